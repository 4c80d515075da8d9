#include "typeset/cjk_spacing.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace handout::typeset {
namespace {

// Of the font size. A little less than the eighth of CSS Text 4 (8.4): from a tenth on poppler, and with it many readers, hears a space that the text does not have.
constexpr double kAutospace = 0.095;

enum class Class : std::uint8_t { Other, Ideograph, Letter, Opening, Closing, MiddleDot, Space };

// Quotation marks count where the face draws them full width.
constexpr std::u32string_view kOpening = U"「『（【〈《〔〖〘〚｛［“‘｟";
constexpr std::u32string_view kClosing = U"」』）】〉》〕〗〙〛｝］”’｠、。，．";
constexpr std::u32string_view kMiddleDots = U"・：；·";

bool is_ideograph(char32_t c) {
  return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3005 && c <= 0x3007) || (c >= 0x3021 && c <= 0x3029) || (c >= 0x3041 && c <= 0x30FA) || (c >= 0x30FC && c <= 0x312F) ||
         (c >= 0x31A0 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

// Letters and digits of Latin, Greek and Cyrillic.
bool is_letter(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7) || (c >= 0x370 && c <= 0x52F) ||
         (c >= 0x1E00 && c <= 0x1FFF);
}

Class class_of(char32_t c) {
  if (c < 0x80) return is_letter(c) ? Class::Letter : Class::Other;
  if (c == 0x3000) return Class::Space;
  if (is_ideograph(c)) return Class::Ideograph;
  if (kOpening.find(c) != std::u32string_view::npos) return Class::Opening;
  if (kClosing.find(c) != std::u32string_view::npos) return Class::Closing;
  if (kMiddleDots.find(c) != std::u32string_view::npos) return Class::MiddleDot;
  return is_letter(c) ? Class::Letter : Class::Other;
}

bool is_passed_over(char32_t c) { return unicode::is_bidi_control(c) || unicode::is_mark(c) || unicode::is_default_ignorable(c); }

// The class of the character that ends before `offset`, and of the one that begins at it; marks and controls are passed over.
Class class_before(std::string_view text, std::size_t offset) {
  while (offset > 0) {
    std::size_t begin = offset - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) --begin;
    const char32_t c = unicode::decode(text, begin).value;
    if (!is_passed_over(c)) return class_of(c);
    offset = begin;
  }
  return Class::Other;
}

Class class_at(std::string_view text, std::size_t offset) {
  while (offset < text.size()) {
    const unicode::CodePoint c = unicode::decode(text, offset);
    if (!is_passed_over(c.value)) return class_of(c.value);
    offset = c.end;
  }
  return Class::Other;
}

// CSS Text 4, 8.3: full-width opening punctuation is set half width behind opening and closing punctuation, middle dots and spaces;
bool gives_start(Class before) { return before == Class::Opening || before == Class::Closing || before == Class::MiddleDot || before == Class::Space; }
// closing punctuation before closing punctuation, middle dots and spaces.
bool gives_end(Class next) { return next == Class::Closing || next == Class::MiddleDot || next == Class::Space; }

enum class Side : std::uint8_t { Start, End };

// Half an em where the glyph is an em wide and all its ink stands in the other half. Hant's centred stops have none to give.
Length empty_half(const Glyph& glyph, Side side, const Item& item, const Resources& resources) {
  const Length size = item.size;
  const fonts::FaceMetrics& metrics = resources.fonts.info(item.face).metrics;
  const Length half = size / 2;
  const Length rounding = Length::from_units(metrics.units_per_em);
  if (glyph.advance + rounding < size || glyph.advance > size + rounding) return {};
  const fonts::InkBox ink = resources.fonts.ink_box(item.face, glyph.id);
  if (ink.right <= ink.left) return {};
  const fonts::FontUnits middle = metrics.units_per_em / 2, slack = metrics.units_per_em / 20;
  const bool empty = side == Side::End ? ink.right <= middle + slack : ink.left >= middle - slack;
  return empty ? half : Length{};
}

void take_start(Glyph& glyph, Length half) {
  glyph.x_offset -= half;
  glyph.advance -= half;
}

}  // namespace

bool is_ideographic(std::string_view script) {
  static constexpr std::array<std::string_view, 4> kScripts = {"Hani", "Hira", "Kana", "Bopo"};
  return std::find(kScripts.begin(), kScripts.end(), script) != kScripts.end();
}

void space_ideographs(std::vector<Glyph>& glyphs, const ItemizedText& itemized, const Item& item, std::size_t end, const Resources& resources) {
  const std::string_view text = itemized.source.text;
  const styled::LineStyle& lines = itemized.paragraph.lines;
  for (std::size_t g = 0; g < glyphs.size(); ++g) {
    Glyph& glyph = glyphs[g];
    const std::size_t next_offset = g + 1 < glyphs.size() ? glyphs[g + 1].cluster : end;
    if (next_offset == glyph.cluster) continue;  // not its cluster's last
    if (next_offset < text.size() && unicode::is_mark(unicode::decode(text, next_offset).value)) continue;  // a mark would stand away from its base
    const Class own = class_before(text, next_offset);
    if (lines.autospace && (own == Class::Ideograph || own == Class::Letter)) {
      const Class next = class_at(text, next_offset);
      if ((own == Class::Ideograph && next == Class::Letter) || (own == Class::Letter && next == Class::Ideograph)) glyph.after += item.size.scaled(kAutospace);
    }
    if (!lines.trim_punctuation || !is_ideographic(item.script)) continue;
    if (own == Class::Opening && gives_start(class_before(text, glyph.cluster))) take_start(glyph, empty_half(glyph, Side::Start, item, resources));
    if (own == Class::Closing && gives_end(class_at(text, next_offset))) glyph.advance -= empty_half(glyph, Side::End, item, resources);
  }
}

Length empty_half_at_end(const Glyph& glyph, const ItemizedText& itemized, const Item& item, const Resources& resources) {
  if (!itemized.paragraph.lines.trim_punctuation || !is_ideographic(item.script)) return {};
  if (class_of(unicode::decode(itemized.source.text, glyph.cluster).value) != Class::Closing) return {};
  return empty_half(glyph, Side::End, item, resources);
}

Length empty_half_at_start(const Glyph& glyph, const ItemizedText& itemized, const Item& item, const Resources& resources) {
  if (!itemized.paragraph.lines.trim_punctuation || !is_ideographic(item.script)) return {};
  if (class_of(unicode::decode(itemized.source.text, glyph.cluster).value) != Class::Opening) return {};
  return empty_half(glyph, Side::Start, item, resources);
}

}  // namespace handout::typeset
