#include "xml/places.h"

#include <algorithm>

namespace handout::xml {
namespace {

// Few enough bytes to walk for each question, many enough that the marks stay small beside the source.
constexpr std::size_t kStride = 16;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The place of the byte after `offset`.
void step(std::string_view source, std::size_t offset, Place& place) {
  const char c = source[offset];
  if (c == '\r' || (c == '\n' && (offset == 0 || source[offset - 1] != '\r'))) {
    ++place.line;
    place.column = 1;
  } else if (c != '\n' && (offset + 1 == source.size() || (static_cast<unsigned char>(source[offset + 1]) & 0xC0) != 0x80)) {
    ++place.column;  // counted where a code point ends, so that its continuation bytes share its column
  }
}

}  // namespace

Places::Places(std::string_view source) : source_(source) {
  marks_.reserve(source.size() / kStride + 1);
  Place place;
  for (std::size_t i = 0; i < source.size(); ++i) {
    if (i % kStride == 0) marks_.push_back(place);
    step(source, i, place);
    if (i == 2 && source.starts_with(kByteOrderMark)) place = {};
  }
  if (source.size() % kStride == 0) marks_.push_back(place);
}

Place Places::at(std::size_t offset) const {
  offset = std::min(offset, source_.size());
  std::size_t i = offset / kStride * kStride;
  Place place = marks_[i / kStride];
  for (; i < offset; ++i) {
    step(source_, i, place);
    if (i == 2 && source_.starts_with(kByteOrderMark)) place = {};
  }
  return place;
}

}  // namespace handout::xml
