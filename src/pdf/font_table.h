#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/index.h"
#include "display/display.h"
#include "fonts/fonts.h"
#include "pdf/pdf.h"
#include "pdf/saver.h"

namespace handout::pdf {

using FontIndex = Index<struct FontTag>;  // in FontTable::fonts
using Code = std::uint16_t;               // 0 stands for .notdef and is never written

// One code: a glyph and the text that it stands for here, so ToUnicode is never ambiguous.
struct CodedGlyph {
  fonts::GlyphId glyph = 0;
  std::string text;           // UTF-8; empty for a glyph whose cluster's text stands at another
  std::int32_t width = 0;     // 1/1000 em as /W declares it
  friend auto operator<=>(const CodedGlyph& a, const CodedGlyph& b) {
    if (const auto order = a.text <=> b.text; order != 0) return order;
    return a.glyph <=> b.glyph;
  }
  friend bool operator==(const CodedGlyph& a, const CodedGlyph& b) { return a.glyph == b.glyph && a.text == b.text; }
};

// One font of the file: the glyphs of one face that one source uses, code i at place i - 1.
struct Font {
  fonts::FaceId face;
  display::TextSource source = display::TextSource::Fixed;
  std::vector<CodedGlyph> glyphs;
  ObjectId object;
};

// The fonts of a file and the code of every glyph of its runs. Codes are in the order of the texts within what is added together, and so depend on content
// alone. Programs are subset when all is known.
class FontTable {
 public:
  FontTable(const fonts::Fonts& fonts, Saver& saver, Purpose purpose) : faces_(&fonts), saver_(&saver), purpose_(purpose) {}

  // All codes of another file's table; its fonts get objects of this file. Nothing was added yet.
  void take(const FontTable& other);
  // Gives codes to what is new.
  void add(std::span<const display::Placement> placements);

  struct Coded {
    FontIndex font;
    Code code = 0;
    std::int32_t width = 0;
  };
  // The codes of the glyphs of one face from one source.
  class Codes;
  // Null: no glyph like the run's was added.
  [[nodiscard]] const Codes* codes_of(const display::GlyphRun& run) const;
  [[nodiscard]] const std::vector<Font>& fonts() const { return fonts_; }
  [[nodiscard]] const fonts::Fonts& faces() const { return *faces_; }

 private:
  using Key = std::pair<fonts::FaceId, display::TextSource>;
  void collect(const display::Placement& placement, std::map<Key, std::set<CodedGlyph>>& added) const;
  void give_code(const Key& key, CodedGlyph glyph);

  const fonts::Fonts* faces_;
  Saver* saver_;
  Purpose purpose_;
  std::vector<Font> fonts_;
  std::map<Key, Codes> codes_;
};

class FontTable::Codes {
 public:
  // Null: the glyph of the run was not added.
  [[nodiscard]] const Coded* find(const display::GlyphRun& run, const display::PlacedGlyph& glyph) const;

 private:
  friend class FontTable;
  struct Entry { fonts::GlyphId glyph = 0; std::string text; Coded coded; };
  static constexpr std::uint32_t kFree = 0xFFFFFFFF;
  void add(Entry entry);
  void take_slot(std::uint32_t entry);
  [[nodiscard]] std::size_t first_slot(fonts::GlyphId glyph) const;

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;      // places in entries_, hashed by glyph with linear probing: nearly every glyph stands for one text. A power of two, twice the entries at least
  std::optional<FontIndex> open_;                         // the font that has room
};

}  // namespace handout::pdf
