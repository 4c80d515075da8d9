#include "check/contrast.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/numbers.h"
#include "check/drawn_behind.h"
#include "unicode/text.h"

namespace handout::check {

using styled::Block;
using styled::Paragraph;
using styled::Table;

namespace {

enum class Kind : std::uint8_t { Text, LargeText, WritingLine, Blank, CheckBox };

struct KindRule { std::string_view name, short_name; double least; std::string_view clause; };

constexpr KindRule rule_of(Kind kind) {
  constexpr KindRule kRules[] = {
      {"text", "text", 4.5, "1.4.3"}, {"large text", "text", 3, "1.4.3"}, {"writing line", "line", 3, "1.4.11"}, {"blank", "blank", 3, "1.4.11"}, {"check box", "box", 3, "1.4.11"}};
  return kRules[static_cast<std::size_t>(kind)];
}

// A colour, and where it was written: no file where nobody did.
struct Paint {
  Color color;
  const Span* at;
};

constexpr Color kBlack{0, 0, 0}, kWhite{255, 255, 255};
// What lengths relative to others lose by rounding.
constexpr Length kHair = Length::from_units(Length::kUnitsPerPoint / 100);
constexpr std::size_t kObjectLength = 3;  // U+FFFC in UTF-8

// WCAG 2.1, "large scale": at least 18 point, or 14 point bold.
Kind kind_of(const styled::TextStyle& style) {
  const Length size = style.size + kHair;
  return size >= 18_pt || (size >= 14_pt && style.weight >= 700) ? Kind::LargeText : Kind::Text;
}

// Without the space that parts a mark or a label from what is read after it.
std::string_view trimmed(std::string_view words) { return words.substr(0, words.find_last_not_of(' ') + 1); }

bool is_check_box(std::string_view words) {
  static constexpr std::array<std::string_view, 4> kBoxes = {"\u2610", "\u2611", "\u2612", "\u25A1"};
  return std::find(kBoxes.begin(), kBoxes.end(), words) != kBoxes.end();
}

bool has_ink(std::string_view words) {
  for (std::size_t i = 0; i < words.size();) {
    const unicode::CodePoint c = unicode::decode(words, i);
    if (!unicode::is_white_space(c.value) && !unicode::is_bidi_control(c.value)) return true;
    i = c.end;
  }
  return false;
}

Kind kind_of(const Paragraph& paragraph, const styled::TextRun& run) {
  const std::string_view words = trimmed(std::string_view(paragraph.text).substr(run.begin, run.end - run.begin));
  if (is_check_box(words)) return Kind::CheckBox;
  const bool is_blank = words.size() == kObjectLength && std::any_of(paragraph.blanks.begin(), paragraph.blanks.end(), [&](const styled::Blank& blank) { return blank.offset == run.begin; });
  return is_blank ? Kind::Blank : kind_of(paragraph.styles[run.style.value()]);
}

// The first row of the group that each row belongs to: rows linked by spanning cells are painted as one (paginate/table.cpp).
std::vector<std::size_t> group_starts(const Table& table) {
  const auto rows = static_cast<std::size_t>(table.rows), head = static_cast<std::size_t>(table.head_rows);
  std::vector<std::size_t> ends(rows), starts(rows);
  for (std::size_t row = 0; row < rows; ++row) ends[row] = row + 1;
  for (const styled::TableCell& cell : table.cells) {
    const auto row = static_cast<std::size_t>(cell.row);
    ends.at(row) = std::max(ends[row], row + static_cast<std::size_t>(std::max(cell.row_span, 1)));
  }
  for (std::size_t start = 0, row = 0; row < rows; start = row) {
    const std::size_t limit = start < head ? head : rows;
    for (std::size_t end = start + 1; row < std::min(end, limit); ++row) {
      end = std::max(end, ends[row]);
      starts[row] = start;
    }
  }
  return starts;
}

class ContrastCheck {
 public:
  explicit ContrastCheck(Diagnostics& diags) : diags_(diags) {}

  void check(const styled::BlockPtr& block, Paint around) {
    if (!block) return;
    const Paint behind = block->box.background ? Paint{*block->box.background, &block->box.background_at} : around;
    std::visit([&](const auto& content) { check(content, *block, behind); }, block->content);
  }

 private:
  void check(const styled::Columns& columns, const Block&, Paint behind) {
    for (const styled::BlockPtr& child : columns.children) check(child, behind);
  }
  void check(const styled::Parallel& parallel, const Block&, Paint behind) {
    for (const styled::BlockPtr& track : parallel.tracks) check(track, behind);
  }
  void check(const styled::Flow& flow, const Block&, Paint behind) {
    for (const styled::BlockPtr& child : flow.children) check(child, behind);
  }
  void check(const styled::ParagraphBlock& holder, const Block& block, Paint behind) { check_text(*holder.paragraph, behind, block.at); }
  void check(const styled::Row& row, const Block&, Paint behind) {
    for (const std::size_t cell : row.reading) check(row.cells[cell].block, behind);
  }
  void check(const styled::ListItem& item, const Block&, Paint behind) {
    check(item.label, behind);
    check(item.body, behind);
  }
  void check(const Table& table, const Block&, Paint behind) {
    const auto head = static_cast<std::size_t>(table.head_rows);
    const std::vector<std::size_t> starts = group_starts(table);
    for (const styled::TableCell& cell : table.cells) {
      const std::size_t row = starts[static_cast<std::size_t>(cell.row)];
      if (row < head) check(cell.block, table.head_background ? Paint{*table.head_background, &table.head_background_at} : behind);
      else check(cell.block, table.zebra && (row - head) % 2 == 1 ? Paint{*table.zebra, &table.zebra_at} : behind);
    }
  }
  void check(const styled::Picture& picture, const Block& block, Paint behind) {
    const auto* drawing = std::get_if<images::Drawing>(&picture.picture->content);
    if (drawing == nullptr) return;
    for (const styled::PictureLabel& label : picture.labels) {
      const images::TextPlace& place = drawing->places.at(label.place);
      const std::vector<Color> drawn = drawn_behind(*drawing, place, unicode::count_code_points(trimmed(label.paragraph->text)));
      if (drawn.empty()) check_text(*label.paragraph, behind, block.at);
      for (const Color color : drawn) check_text(*label.paragraph, {color, &place.at}, block.at);
    }
  }
  void check(const styled::Rule&, const Block&, Paint) {}
  void check(const styled::WriteLines& lines, const Block& block, Paint behind) {
    if (lines.count > 0 && !is_known(lines.border.color, behind.color, Kind::WritingLine)) compare({lines.border.color, &lines.border_at}, behind, Kind::WritingLine, block.at);
  }

  void check_text(const Paragraph& paragraph, Paint behind, const Span& at) {
    for (const styled::TextRun& run : paragraph.runs) {
      const std::size_t style = run.style.value();
      const Color color = paragraph.styles[style].color;
      const Kind kind = kind_of(paragraph, run);
      if (is_known(color, behind.color, kind) || !has_ink(std::string_view(paragraph.text).substr(run.begin, run.end - run.begin))) continue;
      compare({color, style < paragraph.colors_at.size() ? &paragraph.colors_at[style] : nullptr}, behind, kind, at);
    }
  }

  struct Pair {
    Color front, behind;
    Kind kind;
    friend bool operator==(const Pair&, const Pair&) = default;
  };

  [[nodiscard]] bool is_known(Color front, Color behind, Kind kind) const { return std::find(known_.begin(), known_.end(), Pair{front, behind, kind}) != known_.end(); }

  void compare(Paint front, Paint behind, Kind kind, const Span& block) {
    known_.push_back({front.color, behind.color, kind});
    const KindRule rule = rule_of(kind);
    const double ratio = contrast_ratio(front.color, behind.color);
    if (ratio >= rule.least) return;
    const auto written = [](Paint paint) { return paint.at != nullptr && paint.at->file != nullptr; };
    const Span& at = written(front) ? *front.at : written(behind) ? *behind.at : block;
    const std::string behind_at = written(front) && written(behind) ? to_text(*behind.at) + "; " : std::string();
    // Cut, not rounded: 4.499 is not 4.5.
    const std::string found = decimal_text(std::floor(ratio * 100) / 100, 2), least = decimal_text(rule.least, 1);
    diags_.warning(at, fmt::format("{} {} on {} has a contrast of {}, at least {} was expected", rule.name, to_text(front.color), to_text(behind.color), found, least))
        .hint(advice(front.color, behind.color, rule, behind_at));
  }

  // Colours are driven apart the way they already stand.
  static std::string advice(Color front, Color behind, const KindRule& rule, const std::string& behind_at) {
    const bool darker = contrast_ratio(front, kBlack) <= contrast_ratio(behind, kBlack);
    const std::string_view away = darker ? "darken" : "lighten", back = darker ? "lighten" : "darken";
    return behind == (darker ? kWhite : kBlack) ? fmt::format("{} the {} (WCAG 2.1, {})", away, rule.short_name, rule.clause)
                                               : fmt::format("{} the {} or {} what lies behind it ({}WCAG 2.1, {})", away, rule.short_name, back, behind_at, rule.clause);
  }

  Diagnostics& diags_;
  std::vector<Pair> known_;  // few: a layout has a dozen of colours
};

}  // namespace

void check_contrast(const styled::StyledDocument& document, Diagnostics& diags) {
  const Paint paper{kWhite, nullptr};
  ContrastCheck check(diags);
  for (const styled::PageMaster& master : document.pages.masters) {
    check.check(master.header, paper);
    check.check(master.footer, paper);
    for (const styled::PlacedRegion& region : master.regions) check.check(region.block, paper);
  }
  check.check(document.body, paper);
}

}  // namespace handout::check
