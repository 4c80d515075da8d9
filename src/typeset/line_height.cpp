#include "typeset/line_height.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "typeset/emphasis.h"

namespace handout::typeset {
namespace {

bool keeps_within_em(std::string_view script) {
  static constexpr std::array<std::string_view, 13> kScripts = {"Latn", "Grek", "Cyrl", "Armn", "Geor", "Hebr", "Cher",
                                                                "Hani", "Hira", "Kana", "Hang", "Bopo", "Yiii"};
  return std::find(kScripts.begin(), kScripts.end(), script) != kScripts.end();
}

// Of the font size: where full-width characters end above and below the baseline, with a little air.
constexpr double kEmTop = 0.92, kEmBottom = 0.16;

Extent extent_of(const fonts::FaceMetrics& metrics, Length size) {
  const fonts::FontUnits ascender = std::min(metrics.ascender, std::max(metrics.y_max, 0));
  const fonts::FontUnits descender = std::max(metrics.descender, std::min(metrics.y_min, 0));
  return {fonts::scale(ascender, metrics, size), -fonts::scale(descender, metrics, size)};
}

// The first run's, unless that is raised or lowered as a note's number is.
const styled::TextStyle* main_style(const ItemizedText& text) {
  const auto style_of = [&](const styled::TextRun& run) { return &text.paragraph.styles[run.style.value()]; };
  const auto& runs = text.source.runs;
  const auto level = std::find_if(runs.begin(), runs.end(), [&](const styled::TextRun& run) { return style_of(run)->baseline_shift == Length{}; });
  if (level != runs.end()) return style_of(*level);
  if (!runs.empty()) return style_of(runs.front());
  return text.paragraph.styles.empty() ? nullptr : &text.paragraph.styles.front();
}

// A space is in every face, so the requested family's own face is chosen for it, whatever the script.
fonts::FaceId main_face(const styled::TextStyle& style, std::string_view language, const fonts::Fonts& fonts) {
  std::vector<fonts::Uncovered> uncovered;
  const fonts::FaceRequest request{style.family, style.weight, style.slant, language};
  return fonts.choose_faces(" ", 0, 1, "Latn", request, uncovered).front().face;
}

}  // namespace

LineHeight::LineHeight(const ItemizedText& text, const Resources& resources) : text_(text), fonts_(resources.fonts) {
  const Length wished = text.paragraph.lines.line_height;
  const styled::TextStyle* style = main_style(text);
  if (style == nullptr) {
    strut_ = {wished, {}};
    return;
  }
  size_ = style->size;
  const fonts::FaceMetrics& metrics = fonts_.info(main_face(*style, text.paragraph.language.tag(), fonts_)).metrics;
  const Length ascent = fonts::scale(metrics.ascender, metrics, size_);
  const Length descent = -fonts::scale(metrics.descender, metrics, size_);
  const Length height = wished > Length{} ? wished : ascent + descent;
  strut_.above = ascent + (height - ascent - descent) / 2;
  strut_.below = height - strut_.above;
  if (const Item* item = prevailing_item()) least_ = needed_by(*item);
}

Extent LineHeight::face_extent(const Item& item) const {
  const styled::TextStyle& style = text_.style(item);
  Extent extent = extent_of(fonts_.info(item.face).metrics, item.size);
  extent.above += style.baseline_shift;
  extent.below -= style.baseline_shift;
  return extent;
}

Extent LineHeight::letter_extent(const Item& item) const {
  if (keeps_within_em(item.script)) return {item.size.scaled(kEmTop), item.size.scaled(kEmBottom)};
  const Extent face = extent_of(fonts_.info(item.face).metrics, item.size);
  return {face.above * 9 / 10, face.below * 9 / 10};
}

Extent LineHeight::needed_by(const Item& item) const {
  if (item.kind != ItemKind::Text) return {};
  const styled::TextStyle& style = text_.style(item);
  Extent needed;
  if (style.size > size_ || !keeps_within_em(item.script)) {
    const Extent face = face_extent(item);
    needed = {face.above * 9 / 10, face.below * 9 / 10};
  }
  if (style.emphasis == styled::EmphasisMark::None) return needed;
  const Extent room = emphasis_glyph(style, text_.run(item).language, letter_extent(item), fonts_).room;
  return {std::max(needed.above, room.above + style.baseline_shift), std::max(needed.below, room.below - style.baseline_shift)};
}

const Item* LineHeight::prevailing_item() const {
  std::map<fonts::FaceId, std::size_t> bytes;
  const Item* most = nullptr;
  for (const Item& item : text_.items) {
    if (item.kind != ItemKind::Text || text_.style(item).size != size_ || text_.style(item).baseline_shift != Length{}) continue;
    bytes[item.face] += item.end - item.begin;
    if (most == nullptr || bytes[item.face] > bytes[most->face]) most = &item;
  }
  return most;
}

// On a grid by whole steps, so that the lines behind stand where they would.
Length LineHeight::in_steps(Length growth) const {
  const Length grid = text_.paragraph.lines.grid;
  return grid > Length{} ? grid * ((growth.units() + grid.units() - 1) / grid.units()) : growth;
}

Extent LineHeight::raised(Extent line, Length above) const {
  line.above += in_steps(std::max(Length{}, above - line.above));
  return line;
}

Extent LineHeight::of(const SetLine& line) const {
  Extent needed = least_;
  for (const Piece& piece : line.pieces) {
    const Extent piece_needs = needed_by(*piece.item);
    needed = {std::max(needed.above, piece_needs.above), std::max(needed.below, piece_needs.below)};
  }
  const Length growth = in_steps(std::max(Length{}, needed.sum() - strut_.sum()));
  const Length above = std::clamp(needed.above - strut_.above, Length{}, growth);
  return {strut_.above + above, strut_.below + growth - above};
}

}  // namespace handout::typeset
