#pragma once

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

// Damages font files (OpenType, "Organization of an OpenType Font"): the same seed does the same.
namespace handout::fonts {

inline std::uint32_t u16(std::string_view bytes, std::size_t at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at])) << 8 | static_cast<unsigned char>(bytes[at + 1]); }
inline std::uint32_t u32(std::string_view bytes, std::size_t at) { return u16(bytes, at) << 16 | u16(bytes, at + 2); }
inline void set_u16(std::string& bytes, std::size_t at, std::uint32_t value) {
  if (at + 2 > bytes.size()) return;
  bytes[at] = static_cast<char>(value >> 8);
  bytes[at + 1] = static_cast<char>(value);
}
inline void set_u32(std::string& bytes, std::size_t at, std::uint32_t value) {
  set_u16(bytes, at, value >> 16);
  set_u16(bytes, at + 2, value & 0xFFFF);
}

struct TableRecord {
  std::string tag;
  std::size_t record = 0, offset = 0, length = 0;
};

// Of a sound file with one face.
inline std::vector<TableRecord> tables_of(std::string_view font) {
  std::vector<TableRecord> tables;
  for (std::size_t i = 0; i < u16(font, 4); ++i) {
    const std::size_t record = 12 + 16 * i;
    tables.push_back({std::string(font.substr(record, 4)), record, u32(font, record + 8), u32(font, record + 12)});
  }
  return tables;
}

inline TableRecord table_of(std::string_view font, std::string_view tag) {
  for (const TableRecord& table : tables_of(font)) {
    if (table.tag == tag) return table;
  }
  return {};
}

// No reader knows the table any more; the directory stays in order.
inline std::string without_table(std::string font, std::string_view tag) {
  --font[table_of(font, tag).record + 3];
  return font;
}

class Damage {
 public:
  explicit Damage(std::uint32_t seed) : random_(seed) {}

  std::string operator()(std::string font) {
    const std::vector<TableRecord> tables = tables_of(font);
    const std::size_t times = 1 + below(3);
    for (std::size_t i = 0; i < times; ++i) {
      const TableRecord& table = tables[below(tables.size())];
      switch (below(9)) {
        case 0: font.resize(below(font.size())); return font;
        case 1: flip_bits(font, table); break;
        case 2: fill(font, table.offset, table.length, Filling::Zeros); break;
        case 3: fill(font, table.offset + below(table.length), below(400), Filling::Noise); break;
        case 4: set_u32(font, table.record + (below(2) == 0 ? 8 : 12), static_cast<std::uint32_t>(below(2) == 0 ? below(font.size()) : random_())); break;
        case 5: font[table.record] = 'x'; break;
        case 6: set_u16(font, table_of(font, "hhea").offset + 34, static_cast<std::uint32_t>(below(2000))); break;  // numberOfHMetrics
        case 7: set_u16(font, table_of(font, "maxp").offset + 4, static_cast<std::uint32_t>(below(4000))); break;   // numGlyphs
        case 8: set_words(font, table); break;
      }
    }
    return font;
  }

 private:
  enum class Filling { Zeros, Noise };

  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

  void flip_bits(std::string& font, const TableRecord& table) {
    for (std::size_t i = 0, count = 1 + below(8); i < count; ++i) {
      const std::size_t at = table.offset + below(table.length);
      if (at < font.size()) font[at] = static_cast<char>(font[at] ^ (1 << below(8)));
    }
  }

  void fill(std::string& font, std::size_t begin, std::size_t length, Filling filling) {
    for (std::size_t at = begin; at < std::min(begin + length, font.size()); ++at) font[at] = filling == Filling::Zeros ? '\0' : static_cast<char>(random_());
  }

  // Counts, offsets and glyph numbers at the ends of their ranges.
  void set_words(std::string& font, const TableRecord& table) {
    constexpr std::uint32_t kEnds[] = {0, 1, 0x7FFF, 0x8000, 0xFFFF};
    for (std::size_t i = 0, count = 1 + below(30); i < count; ++i) set_u16(font, table.offset + 2 * below(std::min<std::size_t>(table.length / 2, 500)), kEnds[below(5)]);
  }

  std::mt19937 random_;
};

}  // namespace handout::fonts
