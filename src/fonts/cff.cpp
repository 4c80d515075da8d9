#include "fonts/cff.h"

#include <cstddef>
#include <vector>

namespace handout::fonts {

namespace {

constexpr unsigned kEscape = 12;
constexpr unsigned kCharset = 15;
constexpr unsigned kRos = 1230;  // 12 30

// Big-endian numbers from a table; reading past its end gives 0 and makes `failed` true.
class Reader {
 public:
  Reader(std::string_view bytes, std::size_t offset) : bytes_(bytes), offset_(offset) {}

  unsigned number(unsigned size) {
    unsigned value = 0;
    for (unsigned i = 0; i < size; ++i) {
      if (offset_ >= bytes_.size()) {
        failed_ = true;
        return 0;
      }
      value = value << 8 | static_cast<unsigned char>(bytes_[offset_++]);
    }
    return value;
  }
  void seek(std::size_t offset) { offset_ = offset; }
  [[nodiscard]] std::size_t offset() const { return offset_; }
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool at_end() const { return offset_ >= bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t offset_;
  bool failed_ = false;
};

// An INDEX (section 5): where it ends, and its first object.
struct IndexTable {
  std::size_t end = 0;
  std::string_view first;
};

std::optional<IndexTable> read_index(std::string_view table, std::size_t begin) {
  Reader reader(table, begin);
  const unsigned count = reader.number(2);
  if (reader.failed()) return std::nullopt;
  if (count == 0) return IndexTable{reader.offset(), {}};
  const unsigned size = reader.number(1);
  if (size < 1 || size > 4) return std::nullopt;
  const std::size_t offsets = reader.offset();
  const std::size_t data = offsets + (std::size_t{count} + 1) * size - 1;  // offsets count from 1
  const unsigned first = reader.number(size);
  const unsigned second = reader.number(size);
  reader.seek(offsets + std::size_t{count} * size);
  const unsigned last = reader.number(size);
  if (reader.failed() || first != 1 || second < first || last < second || data + last > table.size()) return std::nullopt;
  return IndexTable{data + last, table.substr(data + first, second - first)};
}

struct DictEntry {
  unsigned op = 0;
  long operand = 0;  // the last one, when it is an integer
};

// A DICT (section 4).
std::optional<std::vector<DictEntry>> read_dict(std::string_view bytes) {
  Reader reader(bytes, 0);
  std::vector<DictEntry> entries;
  long operand = 0;
  while (!reader.at_end()) {
    const unsigned b0 = reader.number(1);
    if (b0 <= 21) {
      const unsigned op = b0 == kEscape ? 1200 + reader.number(1) : b0;
      entries.push_back({op, operand});
      operand = 0;
    } else if (b0 == 28) {
      operand = static_cast<std::int16_t>(reader.number(2));
    } else if (b0 == 29) {
      operand = static_cast<std::int32_t>(reader.number(4));
    } else if (b0 == 30) {
      unsigned byte = 0;
      do byte = reader.number(1);
      while (!reader.failed() && (byte & 0x0F) != 0x0F && byte >> 4 != 0x0F);
    } else if (b0 >= 32 && b0 <= 246) {
      operand = static_cast<long>(b0) - 139;
    } else if (b0 >= 247 && b0 <= 250) {
      operand = (static_cast<long>(b0) - 247) * 256 + static_cast<long>(reader.number(1)) + 108;
    } else if (b0 >= 251 && b0 <= 254) {
      operand = -(static_cast<long>(b0) - 251) * 256 - static_cast<long>(reader.number(1)) - 108;
    } else {
      return std::nullopt;
    }
    if (reader.failed()) return std::nullopt;
  }
  return entries;
}

// Section 13: format 0 lists the identifiers, 1 and 2 give ranges. Offsets 0 to 2 mean predefined charsets, which no CID-keyed program has.
std::optional<Charset> read_charset(std::string_view table, long offset, unsigned glyph_count) {
  if (offset <= 2) return Charset::Other;
  Reader reader(table, static_cast<std::size_t>(offset));
  const unsigned format = reader.number(1);
  if (reader.failed() || format > 2) return std::nullopt;
  Charset charset = Charset::Identity;
  for (unsigned glyph = 1; glyph < glyph_count;) {
    const unsigned first = reader.number(2);
    const unsigned left = format == 0 ? 0 : reader.number(format);
    if (reader.failed()) return std::nullopt;
    if (first != glyph) charset = Charset::Other;
    glyph += 1 + left;
  }
  return charset;
}

}  // namespace

std::optional<CffSummary> summarize_cff(std::string_view table, unsigned glyph_count) {
  Reader header(table, 0);
  const unsigned major = header.number(1);
  header.number(1);
  const unsigned header_size = header.number(1);
  if (header.failed() || major != 1) return std::nullopt;
  const auto names = read_index(table, header_size);
  if (!names) return std::nullopt;
  const auto top_dicts = read_index(table, names->end);
  if (!top_dicts || top_dicts->first.empty()) return std::nullopt;
  const auto dict = read_dict(top_dicts->first);
  if (!dict) return std::nullopt;
  CffSummary summary;
  long charset = 0;
  for (const DictEntry& entry : *dict) {
    if (entry.op == kRos) summary.cid_keyed = true;
    if (entry.op == kCharset) charset = entry.operand;
  }
  if (!summary.cid_keyed) return summary;
  const auto read = read_charset(table, charset, glyph_count);
  if (!read) return std::nullopt;
  summary.charset = *read;
  return summary;
}

}  // namespace handout::fonts
