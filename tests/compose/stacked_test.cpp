// Tables as blocks, one for each row: no heading gets lost, none stands at another column's cell.
#include "composing.h"

namespace handout::compose {
namespace {

const std::string kEnd = " " + std::string(kSeparator);

class Stacked : public Composing {
 protected:
  void table(std::string_view rows) {
    article("<table id=\"q\">" + std::string(rows) + "</table>");
    styles(R"(<style for="table" table-form="stacked"/><style for="stacked-head" keep-with-next="always"/>)");
    compose();
  }
  // Lines of the cells, '/' where one ends.
  [[nodiscard]] std::vector<std::string> cells() const {
    std::vector<std::string> all = texts();
    all.erase(all.begin());  // the article's title
    for (std::string& text : all) {
      for (std::size_t at = text.find(kEnd); at != std::string::npos; at = text.find(kEnd)) text.replace(at, kEnd.size(), "/");
    }
    return all;
  }
};

TEST_F(Stacked, HeadingsOfAllRowsOfTheHead) {
  table(R"(<thead><tr><th id="a" rowspan="2">Drug</th><th id="b" colspan="2">Dose</th></tr><tr><th id="c">Morning</th><th id="d">Night</th></tr></thead>
<tbody><tr><td id="e">A</td><td id="f">1</td><td id="g">2</td></tr></tbody>)");
  EXPECT_THAT(cells(), ElementsAre("Drug/A", "Dose/Morning/1", "Dose/Night/2"));
}

TEST_F(Stacked, CellBesideOneThatSpansRowsKeepsItsColumnsHeading) {
  table(R"(<thead><tr><th id="a">Drug</th><th id="b">Morning</th><th id="c">Night</th></tr></thead>
<tbody><tr><td id="d" rowspan="2">A</td><td id="e">1</td><td id="f">2</td></tr><tr><td id="g">3</td><td id="h">4</td></tr></tbody>)");
  EXPECT_THAT(cells(), ElementsAre("Drug/A", "Morning/1", "Night/2", "Morning/3", "Night/4"));
}

TEST_F(Stacked, CellThatSpansColumnsHasAllTheirHeadings) {
  table(R"(<thead><tr><th id="a">Morning</th><th id="b">Night</th></tr></thead><tbody><tr><td id="c" colspan="2">1</td></tr></tbody>)");
  EXPECT_THAT(cells(), ElementsAre("Morning/Night/1"));
}

// A cell to write in has a heading; a row of cells without either is nothing.
TEST_F(Stacked, EmptyCells) {
  table(R"(<thead><tr><th id="a"/><th id="b">Night</th></tr></thead><tbody><tr><td id="c">A</td><td id="d"/></tr></tbody>)");
  EXPECT_THAT(cells(), ElementsAre("A", "Night"));
  table(R"(<tbody><tr><td id="a"/></tr><tr><td id="b">B</td></tr></tbody>)");
  EXPECT_THAT(cells(), ElementsAre("B"));
  EXPECT_EQ(std::count_if(blocks_.begin(), blocks_.end(), [](const auto& block) { return block->name == "stacked-row"; }), 1);
}

// The keep of a row's first cell is for its other cells: a row of one cell would hang on the next one, and so on to the end.
TEST_F(Stacked, RowsOfOneCellAreNotChained) {
  table(R"(<tbody><tr><td id="a">A</td></tr><tr><td id="b">B</td></tr></tbody>)");
  EXPECT_EQ(find("stacked-head")->box.keep_with_next, styled::Keep::Auto);
  table(R"(<tbody><tr><td id="a">A</td><td id="b">B</td></tr></tbody>)");
  EXPECT_EQ(find("stacked-head")->box.keep_with_next, styled::Keep::Always);
}

class Questions : public Composing {};

TEST_F(Questions, WithoutLinesDontHangOnWhatFollows) {
  for (const auto& [lines, keep] : {std::pair{"0", styled::Keep::Auto}, std::pair{"2", styled::Keep::Always}}) {
    article("<question id=\"q\" lines=\"" + std::string(lines) + "\">Why?</question><p id=\"p\">So.</p>");
    styles(R"(<style for="question-text" keep-with-next="always"/>)");
    compose();
    EXPECT_EQ(find("question-text")->box.keep_with_next, keep) << lines;
  }
}

}  // namespace
}  // namespace handout::compose
