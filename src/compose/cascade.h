#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compose/scale.h"
#include "compose/usage.h"
#include "layouts/layout.h"
#include "styled/styled.h"

// Which value each property of an element has: matching rules by layer, specificity and order; inheritance; relative lengths made absolute.
namespace handout::compose {

enum class TextAlign : std::uint8_t { Start, End, Center, Justify, Decimal };
enum class Column : std::uint8_t { Text, Side, Full };

enum class Float : std::uint8_t { None, Top, Bottom, Start, End };
enum class CellPlace : std::uint8_t { Baseline, Top, Middle, Bottom };

enum class Labels : std::uint8_t { Inline, Legend, Auto };

[[nodiscard]] inline styled::LineStyle usual_lines() {
  styled::LineStyle lines;
  lines.hyphenate = styled::Hyphenate::Auto;
  return lines;
}

struct ComputedStyle {
  // inherited
  std::string family;
  Length size = 12_pt;
  int weight = 400;
  fonts::Slant slant = fonts::Slant::Upright;
  std::vector<std::string> features;
  Color color;
  Length letter_spacing;
  double line_height_factor = 4.0 / 3;       // of the font size, unless an absolute one is given
  std::optional<Length> line_height;
  TextAlign align = TextAlign::Start;
  styled::LineStyle lines = usual_lines();   // but for align and line_height, which are above
  bool small_caps = false;
  styled::EmphasisMark emphasis = styled::EmphasisMark::None;
  std::string marker;                        // "" is the list's own
  bool page_reference = false;
  // not inherited: whether a rule for this very element gave the marker
  bool own_marker = false;

  // not inherited
  styled::Decoration decoration = styled::Decoration::None;
  std::optional<Color> background, head_background, zebra;
  Length space_before, space_after, margin_start, margin_end;
  Length padding_top, padding_end, padding_bottom, padding_start;
  std::optional<styled::Border> border_top, border_end, border_bottom, border_start, row_rule, head_rule, column_rule;
  Length radius, min_height;
  styled::Keep keep_together = styled::Keep::Auto, keep_with_next = styled::Keep::Auto, keep_with_previous = styled::Keep::Auto;
  styled::Break break_before = styled::Break::Auto, break_after = styled::Break::Auto;
  styled::BoxBreak box_break = styled::BoxBreak::Slice;
  styled::ColumnSpan column_span = styled::ColumnSpan::One;
  styled::Clear clear = styled::Clear::No;
  Float floating = Float::None;
  int widows = 2, orphans = 2;
  Column column = Column::Text;
  std::optional<layouts::Dimension> width, height;
  std::string icon;
  std::optional<Length> label_width;
  Length label_gap;
  Length line_distance = 24_pt;
  int column_count = 1;
  Length column_gap;
  bool columns_balanced = true;
  layouts::TracksValue column_widths;        // of a table; empty: all by content
  bool collapse = false;                     // of a table's borders
  CellPlace cell_place = CellPlace::Baseline;
  int initial_lines = 0;                     // 0: no initial
  bool footnote = false;
  Length baseline_shift;                     // up; adds to that of the element around
  Labels labels = Labels::Inline;
  bool stacked = false, hidden = false;

  // Where the colours were written: places of the layout's own declarations, null for what nobody set. color_at is inherited.
  const Span* color_at = nullptr;
  const Span *background_at = nullptr, *head_background_at = nullptr, *zebra_at = nullptr, *row_rule_at = nullptr;

  [[nodiscard]] Length leading() const { return line_height ? *line_height : size.scaled(line_height_factor); }
};

// No file where nobody wrote it.
[[nodiscard]] inline Span place(const Span* at) { return at != nullptr ? *at : Span(); }

// Whether a tag is what one of these begins with ("pt" takes pt-BR).
[[nodiscard]] bool is_of_locales(const std::vector<std::string>& locales, const unicode::Locale& language);

// The lengths that relative ones refer to.
struct RootLengths {
  Length body;    // 1rem: the document's font size
  Length unit;    // 1u: a quarter of the document's line
};

class Cascade {
 public:
  explicit Cascade(const layouts::LayoutDefinition& layout, const Scale& scale = {}, Usage* usage = nullptr);

  // The document element's own style; its size and leading make rem and u.
  ComputedStyle root(const layouts::ElementContext& context, const unicode::Locale& language);
  // `path`: from the document to the element. `parent`: the computed style around it.
  [[nodiscard]] ComputedStyle style(const std::vector<const layouts::ElementContext*>& path, const ComputedStyle& parent, const unicode::Locale& language) const;
  [[nodiscard]] const RootLengths& lengths() const { return lengths_; }
  // An absolute length; percentages and fractions are nothing (0). What is written in points stays, what is relative follows the type.
  [[nodiscard]] Length resolve(const layouts::Dimension& dimension, Length font_size) const;
  // The same for room between and in blocks, and for margins: both are shares of what the layout says, however large the type is.
  [[nodiscard]] Length resolve_space(const layouts::Dimension& dimension, Length font_size) const;
  [[nodiscard]] Length resolve_margin(const layouts::Dimension& dimension, Length font_size) const;
  // resolve() with its percentage, which counts from the room there is.
  [[nodiscard]] styled::Extent extent(const layouts::Dimension& dimension, Length font_size) const;

 private:
  std::vector<const layouts::Declaration*> matching(const std::vector<const layouts::ElementContext*>& path, const unicode::Locale& language) const;
  void apply(ComputedStyle& style, const layouts::Declaration& declaration, const ComputedStyle& parent) const;
  [[nodiscard]] Length relative(const layouts::Dimension& dimension, Length font_size) const;
  [[nodiscard]] Length resolve_type(const layouts::Dimension& dimension, Length font_size) const;
  [[nodiscard]] Length share_of(const layouts::Dimension& dimension, Length font_size, double share) const;
  [[nodiscard]] ComputedStyle around_root() const;

  const layouts::LayoutDefinition& layout_;
  Scale scale_;
  Usage* usage_;
  RootLengths lengths_;
};

}  // namespace handout::compose
