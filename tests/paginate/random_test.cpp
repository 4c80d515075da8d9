// What holds for every document, on random ones; and what paginating costs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <random>

#include "paginate/support.h"

namespace handout::paginate {
namespace {

// std::uniform_int_distribution differs between libraries.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : engine_(seed) {}
  std::size_t below(std::size_t n) { return engine_() % n; }
  bool one_in(std::size_t n) { return below(n) == 0; }

 private:
  std::mt19937 engine_;
};

// Documents of every kind of block. Paragraphs are named, their lines numbered.
class Maker {
 public:
  explicit Maker(std::uint32_t seed) : dice_(seed) {}

  styled::StyledDocument make() {
    std::vector<BlockPtr> children;
    const std::size_t count = 1 + dice_.below(12);
    for (std::size_t i = 0; i < count; ++i) children.push_back(block(3));
    styled::StyledDocument made = document(std::move(children));
    first_page(made).size = {900_pt, 160_pt + kLine * static_cast<std::int64_t>(dice_.below(20))};
    rest_page(made).size = dice_.one_in(3) ? Size{940_pt, 200_pt} : first_page(made).size;
    if (dice_.one_in(2)) rest_page(made).header = flow({text("page #")});
    if (dice_.one_in(2)) made.grid = 4_pt;
    return made;
  }

 private:
  BlockPtr block(int depth) {
    if (dice_.one_in(20)) return flow({flow({})});  // nothing to see
    BlockPtr made = depth == 0 ? leaf() : branch(depth);
    return with(made, [&](BoxStyle& box) {
      if (dice_.one_in(4)) box.space_before = 8_pt;
      if (dice_.one_in(4)) box.space_after = 5_pt;
      if (dice_.one_in(6)) box.keep_with_next = Keep::Always;
      if (dice_.one_in(6)) box.keep_together = Keep::Always;
      if (dice_.one_in(25)) box.break_before = Break::Page;
      if (dice_.one_in(12)) box.min_height = 30_pt;
      if (dice_.one_in(6)) box.background = Color{230, 230, 230};
      if (dice_.one_in(6)) box.padding = {3_pt, 4_pt, 5_pt, 6_pt};
      if (dice_.one_in(8)) box.border_top = box.border_bottom = styled::Border{1_pt, {}};
      box.widows = static_cast<int>(dice_.below(4));
      box.orphans = static_cast<int>(dice_.below(4));
    });
  }
  BlockPtr leaf() {
    switch (dice_.below(10)) {
      case 0: return picture(20_pt + 40_pt * static_cast<std::int64_t>(dice_.below(3)), 15_pt * static_cast<std::int64_t>(1 + dice_.below(12)));
      case 1: return rule(1_pt);
      case 2: return write_lines(static_cast<int>(1 + dice_.below(4)));
      default: return named(1 + (dice_.one_in(8) ? dice_.below(30) : dice_.below(5)));
    }
  }
  BlockPtr branch(int depth) {
    switch (dice_.below(7)) {
      case 0:
      case 1: return flow(several(depth), dice_.one_in(2) ? Role::Sect : Role::None);
      case 2: return side_by_side(depth);
      case 3: return item("-", flow(several(depth)));
      case 4: return cells(depth);
      default: return leaf();
    }
  }
  std::vector<BlockPtr> several(int depth) {
    std::vector<BlockPtr> made;
    const std::size_t count = 1 + dice_.below(4);
    for (std::size_t i = 0; i < count; ++i) made.push_back(block(depth - 1));
    return made;
  }
  BlockPtr side_by_side(int depth) {
    std::vector<styled::RowCell> made;
    const std::size_t count = 1 + dice_.below(3);
    for (std::size_t i = 0; i < count; ++i) made.push_back(cell(dice_.one_in(4) ? flow(several(depth)) : block(depth - 1), styled::ShareWidth{1}, static_cast<CellAlign>(dice_.below(5))));
    std::vector<std::size_t> reading;
    for (std::size_t i = 0; i < count; ++i) reading.push_back(dice_.one_in(2) ? i : reading.size());
    return row(std::move(made), std::move(reading), 4_pt);
  }
  BlockPtr cells(int depth) {
    styled::Table made;
    made.columns = {styled::FixedWidth{60_pt}, styled::ContentWidth{}, styled::ShareWidth{1}};
    made.head_rows = static_cast<int>(dice_.below(3));
    made.rows = made.head_rows + 1 + static_cast<int>(dice_.below(9));
    made.row_rule = made.head_rule = styled::Border{1_pt, {}};
    made.zebra = Color{240, 240, 240};
    std::vector<int> busy(3, 0);
    for (int r = 0; r < made.rows; ++r) {
      for (int c = 0; c < 3; ++c) {
        if (busy[static_cast<std::size_t>(c)] > r) continue;
        styled::TableCell one;
        one.row = r;
        one.column = c;
        const int most = (r < made.head_rows ? made.head_rows : made.rows) - r;
        one.row_span = dice_.one_in(10) ? 1 + static_cast<int>(dice_.below(static_cast<std::size_t>(most))) : 1;
        if (c < 2 && busy[static_cast<std::size_t>(c) + 1] <= r && dice_.one_in(8)) one.column_span = 2;
        one.block = flow({c > 0 && dice_.one_in(5) ? block(depth - 1) : named(1 + dice_.below(3))}, r < made.head_rows ? Role::TableHeader : Role::TableData);
        for (int k = 0; k < one.column_span; ++k) busy[static_cast<std::size_t>(c + k)] = r + one.row_span;
        c += one.column_span - 1;
        made.cells.push_back(std::move(one));
      }
    }
    return table_block(std::move(made));
  }
  BlockPtr named(std::size_t count) { return lines("p" + std::to_string(next_++) + ".", count); }

  Dice dice_;
  int next_ = 0;
};

std::size_t count_paragraphs(const Block& block) {
  struct Visitor {
    std::size_t operator()(const styled::Flow& flow) const {
      std::size_t sum = 0;
      for (const auto& child : flow.children) sum += count_paragraphs(*child);
      return sum;
    }
    std::size_t operator()(const styled::Columns& columns) const {
      std::size_t sum = 0;
      for (const auto& child : columns.children) sum += count_paragraphs(*child);
      return sum;
    }
    std::size_t operator()(const styled::Parallel& parallel) const {
      std::size_t sum = 0;
      for (const auto& track : parallel.tracks) sum += count_paragraphs(*track);
      return sum;
    }
    std::size_t operator()(const styled::ParagraphBlock&) const { return 1; }
    std::size_t operator()(const styled::Row& row) const {
      std::size_t sum = 0;
      for (const auto& each : row.cells) sum += count_paragraphs(*each.block);
      return sum;
    }
    std::size_t operator()(const styled::ListItem& item) const { return count_paragraphs(*item.label) + count_paragraphs(*item.body); }
    std::size_t operator()(const styled::Table& table) const {
      std::size_t sum = 0;
      for (const auto& each : table.cells) sum += count_paragraphs(*each.block);
      return sum;
    }
    std::size_t operator()(const styled::Picture&) const { return 0; }
    std::size_t operator()(const styled::Rule&) const { return 0; }
    std::size_t operator()(const styled::WriteLines&) const { return 0; }
  };
  return std::visit(Visitor{}, block.content);
}

bool is_text(const display::Placement& placement) {
  return std::any_of(placement.fragment->commands.begin(), placement.fragment->commands.end(), [](const display::Command& command) { return std::holds_alternative<display::GlyphRun>(command.what); });
}

// Every line of every paragraph once and in order; pages in reading order.
void expect_all_lines_once(const styled::StyledDocument& source, const Outcome& made) {
  std::map<display::StructureId, std::uint32_t> reached;
  std::map<display::StructureId, std::shared_ptr<const display::Fragment>> fragments;
  for (const display::Page& page : made->pages) {
    std::optional<display::StructureId> previous;
    for (const display::Placement& placement : page.placements) {
      const auto* element = std::get_if<display::StructureId>(&placement.occurrence);
      if (element == nullptr) continue;
      ASSERT_TRUE(!previous || *previous < *element) << "reading order";
      previous = *element;
      if (!is_text(placement)) continue;
      ASSERT_EQ(placement.first_line, reached[*element]);
      reached[*element] += placement.line_count;
      auto& fragment = fragments[*element];
      ASSERT_TRUE(fragment == nullptr || fragment == placement.fragment);
      fragment = placement.fragment;
    }
  }
  EXPECT_EQ(reached.size(), count_paragraphs(*source.body));
  for (const auto& [element, fragment] : fragments) EXPECT_EQ(reached[element], fragment->lines.size());
}

void expect_nothing_outside(const styled::StyledDocument& source, const Outcome& made) {
  for (std::size_t i = 0; i < made->pages.size(); ++i) {
    const styled::PageMaster& master = i == 0 ? first_page(source) : rest_page(source);
    const Length header = master.header ? kLine : Length{};
    for (const display::Placement& placement : made->pages[i].placements) {
      if (placement.occurrence == display::Occurrence(display::ArtifactKind::Header)) continue;
      const auto& lines = placement.fragment->lines;
      const auto& last = lines.at(placement.first_line + placement.line_count - 1);
      const Length height = last.top + last.height - lines.at(placement.first_line).top;
      EXPECT_GE(placement.position.y, master.margin.top + header);
      EXPECT_LE(placement.position.y + height, master.size.height - master.margin.bottom) << "page " << i + 1;
      EXPECT_GE(placement.position.x, master.margin.left);
      EXPECT_LE(placement.position.x, master.size.width - master.margin.right);
    }
  }
}

void expect_no_overlap(const Outcome& made) {
  const std::vector<Line> all = made.text_lines();
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = i + 1; j < all.size() && all[j].page == all[i].page; ++j) {
      const bool beside = all[i].right < all[j].left || all[j].right < all[i].left;
      const bool below = all[i].bottom <= all[j].top || all[j].bottom <= all[i].top;
      ASSERT_TRUE(beside || below) << all[i].text << " and " << all[j].text << " on page " << all[i].page + 1;
    }
  }
}

TEST(RandomDocuments, KeepWhatPaginatePromises) {
  std::size_t pages = 0, warned = 0, with_faults = 0;
  for (std::uint32_t seed = 1; seed <= 250; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const styled::StyledDocument source = Maker(seed).make();
    const Outcome made = paginated(source);
    if (!made.made.has_value()) {
      ++with_faults;
      for (const Diagnostic& each : made.diags.all()) {
        if (each.severity == Severity::Error) EXPECT_THAT(each.message, testing::HasSubstr("too narrow for any text"));
      }
      continue;
    }
    pages += made->pages.size();
    expect_all_lines_once(source, made);
    const bool told = std::any_of(made.diags.all().begin(), made.diags.all().end(), [](const Diagnostic& each) { return each.message.find("taller than the page") != std::string::npos; });
    warned += told ? 1 : 0;
    if (!told) {
      expect_nothing_outside(source, made);
      expect_no_overlap(made);
    }
    // A box without anything in it and a break asked for after it make one.
    for (std::size_t i = 0; i + 1 < made->pages.size(); ++i) EXPECT_FALSE(made->pages[i].placements.empty() && made->pages[i + 1].placements.empty()) << "pages from " << i + 1 << " are empty";
    if (seed % 10 == 0) EXPECT_EQ(display::dump(*made, shipped_fonts()), display::dump(*paginated(source), shipped_fonts()));
    if (testing::Test::HasFailure()) return;
  }
  std::printf("%zu pages; %zu documents with a block taller than the page, %zu with one that has no width\n", pages, warned, with_faults);
  EXPECT_GT(pages, 1000u);
  EXPECT_LT(warned, 100u) << "else little is tested";
  EXPECT_LT(with_faults, 50u) << "else little is tested";
}

// ---- cost: printed, not asserted, but for what would take minutes if it grew with the square ----

double seconds(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

BlockPtr content(const std::string& kind, int count) {
  const BlockPtr same = lines("a", 2);
  std::vector<BlockPtr> children;
  if (kind == "table") {
    styled::Table made;
    made.columns = {styled::ContentWidth{}, styled::ContentWidth{}};
    made.head_rows = 1;
    made.rows = count;
    for (int r = 0; r < count; ++r) {
      for (int c = 0; c < 2; ++c) made.cells.push_back({same, r, c, 1, 1});
    }
    return table_block(std::move(made));
  }
  if (kind == "own") {
    for (int i = 0; i < count; ++i) children.push_back(lines("a", 2));
    return flow(std::move(children));
  }
  if (kind == "paragraph") return lines("a", static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    if (kind == "flow") children.push_back(same);
    else if (kind == "keeps") children.push_back(i % 2 == 0 ? heading("h") : same);
    else if (kind == "list") children.push_back(item("1.", flow({same, item("2.", same)})));
    else children.push_back(row({cell(same), cell(flow({row({cell(same), cell(same)})}))}));
  }
  return flow(std::move(children));
}

TEST(Cost, GrowsWithTheContent) {
  for (const char* kind : {"flow", "own", "keeps", "list", "rows", "table", "paragraph"}) {
    double before = 0;
    const int most = kind == std::string_view("flow") ? 100000 : 2500;
    for (const int count : {most / 10, most}) {
      const auto source = document({content(kind, count)});
      std::size_t pages = 0;
      const double took = seconds([&] { pages = paginated(source)->pages.size(); });
      std::printf("%-9s %6d: %4zu pages, %.3f s%s\n", kind, count, pages, took, before > 0 ? (" (" + std::to_string(took / before) + " times)").c_str() : "");
      before = took;
    }
  }
}

// Each level lays its cells out once: twice would be 2^40 times at the bottom.
TEST(Cost, DoesNotDoubleWithEachLevel) {
  BlockPtr nested = lines("a", 12), items = lines("b", 12);
  auto big = paragraph("X");
  big->styles[0].size = 14_pt;
  for (int i = 0; i < 40; ++i) {
    nested = with(row({cell(block(big), styled::FixedWidth{4_pt}), cell(nested, styled::ShareWidth{1}, i % 2 == 0 ? CellAlign::FirstBaseline : CellAlign::Stretch)}), [](BoxStyle& box) { box.background = Color{}; });
    items = block_of(styled::ListItem{block(big), 3_pt, 1_pt, false, flow({items})});
  }
  const auto made = paginated({nested, items});
  EXPECT_EQ(made.find("a12").page, made->pages.size() > 1 ? made.find("a11").page : 0u);
  EXPECT_EQ(made.find("b1").left, 20_pt + 160_pt);
}

TEST(Cost, OfFlowsInFlowsInFlowsIsTheirContents) {
  BlockPtr nested = lines("a", 30);
  for (int i = 0; i < 80; ++i) nested = kept_together(flow({heading("h"), nested}));
  EXPECT_GE(paginated({text("x"), nested})->pages.size(), 11u);
}

}  // namespace
}  // namespace handout::paginate
