#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostics.h"
#include "base/index.h"
#include "display/display.h"
#include "fonts/fonts.h"

namespace handout::pdf {

using FontIndex = Index<struct FontTag>;  // in FontTable::fonts
using Code = std::uint16_t;               // 0 stands for .notdef and is never written

// One code: a glyph and the text that it stands for here, so ToUnicode is never ambiguous.
struct CodedGlyph {
  fonts::GlyphId glyph = 0;
  std::string text;           // UTF-8; empty for a glyph whose cluster's text stands at another
  fonts::GlyphId renumbered = 0;
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
  fonts::Subset subset;
};

// The fonts of a document and the code of every glyph of its runs. Codes are in the order of the texts, so they depend on content alone.
class FontTable {
 public:
  static Result<FontTable> build(const display::DisplayDocument& document, const fonts::Fonts& fonts, Diagnostics& diags);

  struct Coded {
    FontIndex font;
    Code code = 0;
    std::int32_t width = 0;
  };
  // The code of a glyph of the run; the run is the document's.
  [[nodiscard]] Coded find(const display::GlyphRun& run, const display::PlacedGlyph& glyph) const;
  [[nodiscard]] const std::vector<Font>& fonts() const { return fonts_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  using Codes = std::unordered_map<std::string, Coded, Hash, std::equal_to<>>;  // only looked up, never walked

  std::vector<Font> fonts_;
  std::map<std::pair<fonts::FaceId, display::TextSource>, Codes> codes_;
};

}  // namespace handout::pdf
