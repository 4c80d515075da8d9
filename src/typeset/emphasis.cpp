#include "typeset/emphasis.h"

namespace handout::typeset {
namespace {

char32_t character_of(styled::EmphasisMark mark) {
  switch (mark) {
    case styled::EmphasisMark::Sesame: return 0xFE45;
    case styled::EmphasisMark::Circle: return 0x25CF;
    case styled::EmphasisMark::Dot: case styled::EmphasisMark::None: break;
  }
  return 0x2022;
}

}  // namespace

EmphasisGlyph emphasis_glyph(const styled::TextStyle& style, const unicode::Locale& language, const Extent& letters, const fonts::Fonts& fonts) {
  std::string text;
  unicode::append_utf8(text, character_of(style.emphasis));
  std::vector<fonts::Uncovered> uncovered;
  EmphasisGlyph mark;
  mark.face = fonts.choose_faces(text, 0, text.size(), "Zyyy", {style.family, style.weight, style.slant, language.tag()}, uncovered).front().face;
  mark.glyph = fonts.nominal_glyph(mark.face, character_of(style.emphasis));
  mark.size = style.size / 2;
  const fonts::FaceMetrics& metrics = fonts.info(mark.face).metrics;
  const auto scaled = [&](fonts::FontUnits units) { return fonts::scale(units, metrics, mark.size); };
  mark.advance = scaled(fonts.advance(mark.face, mark.glyph));
  const fonts::InkBox ink = fonts.ink_box(mark.face, mark.glyph);
  const Length height = scaled(ink.top) - scaled(ink.bottom);
  // CSS Text Decoration 3, 3.4: Chinese has its marks under the text, Japanese and Korean over it.
  if (language.language() == "zh") {
    mark.rise = -letters.below - scaled(ink.top);
    mark.room = {letters.above, letters.below + height};
  } else {
    mark.rise = letters.above - scaled(ink.bottom);
    mark.room = {letters.above + height, letters.below};
  }
  return mark;
}

}  // namespace handout::typeset
