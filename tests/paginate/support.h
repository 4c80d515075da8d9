#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.h"
#include "paginate/paginate.h"
#include "unicode/text.h"

// Documents in a few words, and what became of them in lines of text.
namespace handout::paginate {

using display::Role;
using styled::Block;
using styled::BlockPtr;
using styled::BoxStyle;
using styled::Break;
using styled::CellAlign;
using styled::Keep;

inline constexpr Length kLine = 16_pt;  // every text line's height

inline const fonts::Fonts& shipped_fonts() {
  static const fonts::Fonts opened = [] {
    Diagnostics diags;
    auto result = fonts::Fonts::open(std::filesystem::path(HANDOUT_SOURCE_DIR) / "fonts/fonts.xml", {}, diags);
    EXPECTS(result.has_value());
    return *std::move(result);
  }();
  return opened;
}

// ---- paragraphs ----

// 10 pt on 16 pt. '|' breaks the line, '#' is the page, '%' the number of pages, '$' the section's title.
inline std::shared_ptr<styled::Paragraph> paragraph(std::string_view text, Role role = Role::P) {
  auto made = std::make_shared<styled::Paragraph>();
  for (const char c : text) {
    if (const std::size_t kind = std::string_view("#%$").find(c); kind != std::string_view::npos) made->page_fields.push_back({made->text.size(), static_cast<styled::PageFieldKind>(kind)});
    made->text += c == '|' ? "\u2028" : std::string_view("#%$").find(c) != std::string_view::npos ? "\uFFFC" : std::string(1, c);
  }
  made->language = *unicode::Locale::parse("en");
  made->styles.resize(1);
  made->styles[0].size = 10_pt;
  made->lines.line_height = kLine;
  made->elements.resize(1);
  made->elements[0].info.role = role;
  styled::TextRun run;
  run.end = made->text.size();
  run.language = made->language;
  made->runs.push_back(run);
  return made;
}

inline BlockPtr block(std::shared_ptr<const styled::Paragraph> content) {
  auto made = std::make_shared<Block>();
  made->name = "p";
  made->at = Span::of_file("a.xml").at(3, 5);
  made->content = styled::ParagraphBlock{std::move(content)};
  return made;
}
inline BlockPtr text(std::string_view words, Role role = Role::P) { return block(paragraph(words, role)); }

// A paragraph of `count` lines: "a1", "a2", ...
inline std::string numbered(const std::string& name, std::size_t count) {
  std::string words;
  for (std::size_t i = 1; i <= count; ++i) words += (i > 1 ? "|" : "") + name + std::to_string(i);
  return words;
}
inline BlockPtr lines(const std::string& name, std::size_t count) { return text(numbered(name, count)); }

// ---- blocks ----

template <typename Content>
BlockPtr block_of(Content content, Role role = Role::None) {
  auto made = std::make_shared<Block>();
  made->at = Span::of_file("a.xml").at(7, 9);
  made->element.role = role;
  made->content = std::move(content);
  return made;
}

// A copy with another box.
inline BlockPtr with(const BlockPtr& block, const std::function<void(BoxStyle&)>& change) {
  auto copy = std::make_shared<Block>(*block);
  change(copy->box);
  return copy;
}
inline BlockPtr titled(const BlockPtr& block, std::string title, int level) {
  auto copy = std::make_shared<Block>(*block);
  copy->outline_title = std::move(title);
  copy->outline_level = level;
  return copy;
}
inline BlockPtr kept_with_next(const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.keep_with_next = Keep::Always; }); }
inline BlockPtr kept_together(const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.keep_together = Keep::Always; }); }
inline BlockPtr on_new_page(const BlockPtr& block) { return with(block, [](BoxStyle& box) { box.break_before = Break::Page; }); }
inline BlockPtr spaced(const BlockPtr& block, Length before, Length after) {
  return with(block, [=](BoxStyle& box) { box.space_before = before; box.space_after = after; });
}
inline BlockPtr heading(std::string_view words) { return kept_with_next(text(words, Role::H2)); }

inline BlockPtr flow(std::vector<BlockPtr> children, Role role = Role::None) { return block_of(styled::Flow{std::move(children)}, role); }

inline styled::RowCell cell(BlockPtr block, styled::ColumnWidth width = styled::ShareWidth{1}, CellAlign align = CellAlign::FirstBaseline) { return {std::move(block), width, align}; }
inline BlockPtr row(std::vector<styled::RowCell> cells, std::vector<std::size_t> reading = {}, Length gap = {}) {
  styled::Row made;
  for (std::size_t i = 0; reading.empty() && i < cells.size(); ++i) made.reading.push_back(i);
  if (!reading.empty()) made.reading = std::move(reading);
  made.cells = std::move(cells);
  made.gap = gap;
  return block_of(std::move(made));
}
inline BlockPtr item(std::string_view label, BlockPtr body) {
  return block_of(styled::ListItem{text(label, Role::Label), 20_pt, 4_pt, false, flow({std::move(body)}, Role::ListBody)}, Role::ListItem);
}

// Cells by rows; "" leaves a cell out (another one spans it).
inline styled::Table table(std::vector<styled::ColumnWidth> columns, int head_rows, const std::vector<std::vector<std::string>>& rows) {
  styled::Table made;
  made.columns = std::move(columns);
  made.head_rows = head_rows;
  made.rows = static_cast<int>(rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      if (rows[r][c].empty()) continue;
      styled::TableCell one;
      one.block = flow({text(rows[r][c])}, static_cast<int>(r) < head_rows ? Role::TableHeader : Role::TableData);
      one.row = static_cast<int>(r);
      one.column = static_cast<int>(c);
      made.cells.push_back(std::move(one));
    }
  }
  return made;
}
inline BlockPtr table_block(styled::Table table) { return block_of(std::move(table), Role::Table); }

// A drawing of one place for text, "t", at (10, 20).
inline std::shared_ptr<const images::Picture> drawing(Size size, std::optional<double> label_room = {}, images::Anchor anchor = images::Anchor::Start) {
  auto made = std::make_shared<images::Picture>();
  made->file = "a.svg";
  images::Drawing content;
  content.width = size.width.points();
  content.height = size.height.points();
  images::TextPlace place;
  place.id = "t";
  place.x = 10;
  place.y = 20;
  place.anchor = anchor;
  place.width = label_room;
  content.places.push_back(place);
  made->content = std::move(content);
  made->natural_size = size;
  return made;
}
inline BlockPtr picture(Length width, Length height, Role role = Role::Figure) { return block_of(styled::Picture{drawing({width, height}), {width, height}, {}, styled::Align::Left}, role); }
inline BlockPtr rule(Length width) { return block_of(styled::Rule{{width, {}}}); }
inline BlockPtr write_lines(int count) { return block_of(styled::WriteLines{count, 20_pt, {1_pt, {}}}); }

// ---- documents ----

// Pages whose body is 320 pt wide, from x = 20, and ten lines high, from y = 20.
inline styled::StyledDocument document(std::vector<BlockPtr> children) {
  styled::StyledDocument made;
  styled::PageMaster master;
  master.size = {360_pt, kLine * 10 + 40_pt};
  master.margin = {20_pt, 20_pt, 20_pt, 20_pt};
  made.pages.masters = {master, master};
  for (std::size_t bits = 0; bits < made.pages.by_place.size(); ++bits) made.pages.by_place[bits] = static_cast<std::uint8_t>(bits % 2);
  made.body = flow(std::move(children), Role::Document);
  made.language = *unicode::Locale::parse("en");
  return made;
}

inline styled::PageMaster& first_page(styled::StyledDocument& document) { return document.pages.masters[1]; }
inline const styled::PageMaster& first_page(const styled::StyledDocument& document) { return document.pages.masters[1]; }
inline const styled::PageMaster& rest_page(const styled::StyledDocument& document) { return document.pages.masters[0]; }
inline styled::PageMaster& rest_page(styled::StyledDocument& document) { return document.pages.masters[0]; }

// ---- what became of them ----

struct Line {
  std::size_t page = 0;
  std::string text;
  Length left, right;  // of its glyphs' origins
  Length top, bottom, baseline;
  display::Occurrence occurrence;

  [[nodiscard]] bool is_artifact() const { return std::holds_alternative<display::ArtifactKind>(occurrence); }
};

inline Line line_at(const display::Placement& placement, std::uint32_t index, std::size_t page) {
  const display::Fragment& fragment = *placement.fragment;
  const display::FragmentLine& own = fragment.lines.at(placement.first_line + index);
  const Point origin{placement.position.x, placement.position.y - fragment.lines.at(placement.first_line).top};
  Line line{page, "", 10000_pt, -10000_pt, origin.y + own.top, origin.y + own.top + own.height, origin.y + own.baseline, placement.occurrence};
  for (std::uint32_t c = 0; c < own.command_count; ++c) {
    const auto* run = std::get_if<display::GlyphRun>(&fragment.commands.at(own.first_command + c).what);
    if (run == nullptr) continue;
    line.text += run->text;
    for (const auto& glyph : run->glyphs) {
      line.left = std::min(line.left, origin.x + run->origin.x + glyph.offset.x);
      line.right = std::max(line.right, origin.x + run->origin.x + glyph.offset.x);
    }
  }
  return line;
}

struct Outcome {
  Result<display::DisplayDocument> made;
  Diagnostics diags;

  [[nodiscard]] const display::DisplayDocument& operator*() const { return made.value(); }
  [[nodiscard]] const display::DisplayDocument* operator->() const { return &made.value(); }

  [[nodiscard]] std::vector<Line> text_lines() const {
    std::vector<Line> all;
    for (std::size_t page = 0; page < made->pages.size(); ++page) {
      for (const display::Placement& placement : made->pages[page].placements) {
        for (std::uint32_t i = 0; i < placement.line_count; ++i) {
          Line line = line_at(placement, i, page);
          if (!line.text.empty()) all.push_back(std::move(line));
        }
      }
    }
    return all;
  }
  // The words of each page's lines, artifacts in brackets.
  [[nodiscard]] std::vector<std::string> pages() const {
    std::vector<std::string> all(made->pages.size());
    for (const Line& line : text_lines()) all[line.page] += (all[line.page].empty() ? "" : " ") + (line.is_artifact() ? "[" + line.text + "]" : line.text);
    return all;
  }
  [[nodiscard]] Line find(std::string_view words) const {
    const auto all = text_lines();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Line& line) { return line.text == words; });
    EXPECT_NE(found, all.end()) << "no line '" << words << "'";
    return found == all.end() ? Line{} : *found;
  }
  // From the top of the body.
  [[nodiscard]] Length top(std::string_view words) const { return find(words).top - 20_pt; }
  // Filled rectangles of a page, on the page.
  [[nodiscard]] std::vector<Rect> rects(std::size_t page) const {
    std::vector<Rect> all;
    for (const display::Placement& placement : made->pages.at(page).placements) {
      for (const display::Command& command : placement.fragment->commands) {
        if (const auto* filled = std::get_if<display::FilledRect>(&command.what)) all.push_back({placement.position.x + filled->rect.x, placement.position.y + filled->rect.y, filled->rect.width, filled->rect.height});
      }
    }
    return all;
  }
  // Where pictures stand.
  [[nodiscard]] std::vector<std::pair<std::size_t, Rect>> pictures() const {
    std::vector<std::pair<std::size_t, Rect>> all;
    for (std::size_t page = 0; page < made->pages.size(); ++page) {
      for (const display::Placement& placement : made->pages[page].placements) {
        for (const display::Command& command : placement.fragment->commands) {
          if (const auto* placed = std::get_if<display::PlacedPicture>(&command.what)) all.push_back({page, {placement.position.x + placed->rect.x, placement.position.y + placed->rect.y, placed->rect.width, placed->rect.height}});
        }
      }
    }
    return all;
  }
};

inline Outcome paginated(const styled::StyledDocument& document, Overlay overlay = Overlay::None) {
  unicode::Breaker breaker;
  const unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  typeset::Memo memo;
  Outcome outcome{tl::unexpected<Failure>(Failure{}), {}};
  outcome.made = paginate(document, {shipped_fonts(), breaker, hyphenation}, memo, outcome.diags, {overlay, nullptr});
  return outcome;
}
inline Outcome paginated(std::vector<BlockPtr> children) { return paginated(document(std::move(children))); }

}  // namespace handout::paginate
