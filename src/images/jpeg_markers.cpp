#include "images/jpeg_markers.h"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace handout::images {
namespace {

// ITU-T T.81, table B.1.
constexpr unsigned char kRestart0 = 0xD0, kRestart7 = 0xD7, kStart = 0xD8, kEnd = 0xD9, kScan = 0xDA, kApplication0 = 0xE0, kApplication15 = 0xEF, kComment = 0xFE;
constexpr unsigned char kTemporary = 0x01, kStuffed = 0x00, kFill = 0xFF;
constexpr unsigned char kAdobe = 0xEE;

unsigned char byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

bool is_restart(unsigned char marker) { return marker >= kRestart0 && marker <= kRestart7; }
bool stands_alone(unsigned char marker) { return is_restart(marker) || marker == kStart || marker == kEnd || marker == kTemporary; }

// Past the next marker's two bytes, and which it is. As libjpeg looks for it: bytes that belong to nothing are passed over.
std::optional<unsigned char> next_marker(std::string_view& rest) {
  while (rest.size() >= 2) {
    const unsigned char marker = byte_at(rest, 1);
    const bool found = byte_at(rest, 0) == kFill && marker != kStuffed && marker != kFill;
    rest.remove_prefix(found ? 2 : 1);
    if (found) return marker;
  }
  return std::nullopt;
}

// The coded data of a scan, up to the next marker that is no restart.
std::string_view take_coded_data(std::string_view& rest) {
  std::size_t end = 0;
  for (;; ++end) {
    end = rest.find('\xff', end);
    if (end == std::string_view::npos || end + 1 >= rest.size()) {
      end = rest.size();
      break;
    }
    const unsigned char next = byte_at(rest, end + 1);
    if (next != kStuffed && next != kFill && !is_restart(next)) break;
  }
  const std::string_view data = rest.substr(0, end);
  rest.remove_prefix(end);
  return data;
}

struct Piece {
  unsigned char marker = 0;
  std::string_view parameters;  // without their length
  std::string_view coded;       // of a scan
};

// The next marker with what belongs to it; nothing at the end, or where the file ends before its parameters.
std::optional<Piece> take_piece(std::string_view& rest) {
  constexpr std::size_t kLengthSize = 2;
  const std::optional<unsigned char> marker = next_marker(rest);
  if (!marker) return std::nullopt;
  if (stands_alone(*marker)) return Piece{*marker, {}, {}};
  if (rest.size() < kLengthSize) return std::nullopt;
  const std::size_t length = static_cast<std::size_t>(byte_at(rest, 0)) << 8 | byte_at(rest, 1);
  if (length > rest.size()) return std::nullopt;
  rest.remove_prefix(kLengthSize);
  // libjpeg takes a length below its own size for nothing at all.
  Piece piece{*marker, rest.substr(0, std::max(length, kLengthSize) - kLengthSize), {}};
  rest.remove_prefix(piece.parameters.size());
  if (*marker == kScan) piece.coded = take_coded_data(rest);
  return piece;
}

bool is_note(unsigned char marker) { return marker == kComment || (marker >= kApplication0 && marker <= kApplication15); }

// What stays of a segment, or nothing.
std::optional<std::string> kept(unsigned char marker, std::string_view parameters) {
  if (!is_note(marker)) return std::string(parameters);
  // JFIF 1.02: name, version, unit, two densities; then width and height of a preview, which follows. Zero of each: there is none.
  constexpr std::string_view kJfif("JFIF\0", 5);
  constexpr std::size_t kDensities = 12, kJfifSize = 14;
  if (marker == kApplication0 && parameters.starts_with(kJfif) && parameters.size() >= kJfifSize) {
    return std::string(parameters.substr(0, kDensities)) + std::string(2, '\0');
  }
  // Adobe technical note 5116: name, version, two flags, transform.
  constexpr std::size_t kAdobeSize = 12;
  if (marker == kAdobe && parameters.starts_with("Adobe") && parameters.size() >= kAdobeSize) return std::string(parameters.substr(0, kAdobeSize));
  return std::nullopt;
}

}  // namespace

std::string without_metadata(std::string_view jpeg) {
  std::string result;
  result.reserve(jpeg.size());
  while (const std::optional<Piece> piece = take_piece(jpeg)) {
    const std::optional<std::string> stays = kept(piece->marker, piece->parameters);
    if (!stays) continue;
    result += {'\xff', static_cast<char>(piece->marker)};
    if (piece->marker == kEnd) break;
    if (stands_alone(piece->marker)) continue;
    const std::size_t length = stays->size() + 2;
    result += {static_cast<char>(length >> 8), static_cast<char>(length & 255u)};
    result += *stays;
    result += piece->coded;
  }
  return result;
}

std::size_t metadata_segments(std::string_view jpeg) {
  std::size_t count = 0;
  for (std::optional<Piece> piece = take_piece(jpeg); piece && piece->marker != kEnd; piece = take_piece(jpeg)) count += is_note(piece->marker) ? 1u : 0u;
  return count;
}

}  // namespace handout::images
