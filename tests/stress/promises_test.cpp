// The checks themselves: each finds what was broken on purpose in a document that keeps all promises.
#include "stress/promises.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "rendered/rendering.h"

namespace handout::stress {
namespace {

using display::DisplayDocument;
using display::Placement;
using display::StructureId;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

class Promises : public Rendering {
 protected:
  void SetUp() override {
    Rendering::SetUp();
    std::string body;
    for (int i = 1; i <= 80; ++i) body += "<p id=\"b" + std::to_string(i) + "\">b" + std::to_string(i) + ": some words</p>";
    write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="b0">b0: Title</title>
<section id="s"><title id="b90">b90: Section</title><p id="b91">b91: one two</p></section>)" + body + "</article>");
    write("layout.xml", R"(<layout id="layout" title="L"><page size="A4" margin="20mm"/><body><slot select="*"/></body></layout>)");
    made_ = pipeline_.prepare(request("en"), diags_);
    ASSERT_TRUE(made_) << to_text(diags_);
    ASSERT_GT(display().pages.size(), 1u);
    fonts_ = *pipeline_.fonts(nullptr, diags_);
  }
  DisplayDocument& display() { return made_->display; }
  // The n-th placement of words on the first page.
  Placement& words(std::size_t n) {
    for (Placement& each : display().pages.front().placements) {
      if (std::holds_alternative<StructureId>(each.occurrence) && n-- == 0) return each;
    }
    ADD_FAILURE() << "no such placement";
    return display().pages.front().placements.front();
  }
  void remove(const Placement& placement) {
    auto& all = display().pages.front().placements;
    all.erase(all.begin() + (&placement - all.data()));
  }
  [[nodiscard]] const content::Article& article() const { return *made_->sources.articles.front(); }

  Pipeline pipeline_ = shipped();
  Result<Stations> made_;
  const fonts::Fonts* fonts_ = nullptr;
};

TEST_F(Promises, AreKept) {
  EXPECT_THAT(lost_words(article(), words_of(display())), IsEmpty());
  EXPECT_THAT(lines_not_once(display()), IsEmpty());
  EXPECT_THAT(overlaps(display(), *fonts_), IsEmpty());
  EXPECT_THAT(outside(made_->styled, display(), *fonts_), IsEmpty());
  EXPECT_THAT(pages_without_progress(display()), IsEmpty());
  EXPECT_THAT(headings_at_the_foot(display()), IsEmpty());
}

TEST_F(Promises, LostWords) {
  remove(words(3));
  EXPECT_THAT(lost_words(article(), words_of(display())), Contains("b1: is not in the document"));
}

TEST_F(Promises, ChangedWords) {
  auto changed = std::make_shared<display::Fragment>(*words(3).fragment);
  std::get<display::GlyphRun>(changed->commands.front().what).text = "b1: other words";
  words(3).fragment = changed;
  EXPECT_THAT(lost_words(article(), words_of(display())), Contains(HasSubstr("b1: lacks 'somewords'")));
}

TEST_F(Promises, WordsTwice) {
  Placement again = words(3);
  again.occurrence = words(4).occurrence;
  display().pages.back().placements.push_back(again);
  EXPECT_THAT(lost_words(article(), words_of(display())), Contains("b1: stands there twice"));
}

TEST_F(Promises, LinesLeftOutAndTwice) {
  display().pages.back().placements.push_back(words(3));
  EXPECT_THAT(lines_not_once(display()), Contains(HasSubstr("is placed 2 times")));
  words(3).line_count = 0;
  display().pages.back().placements.back().line_count = 0;
  EXPECT_THAT(lines_not_once(display()), Contains(HasSubstr("is placed 0 times")));
}

TEST_F(Promises, ArtifactThatWasNeverContent) {
  words(3).occurrence = display::ArtifactKind::Layout;
  EXPECT_THAT(lines_not_once(display()), Contains(HasSubstr("is an artifact and was never content")));
}

TEST_F(Promises, Overlap) {
  words(3).position.y += 1_pt;
  EXPECT_THAT(overlaps(display(), *fonts_), Contains(HasSubstr("lie over one another")));
}

TEST_F(Promises, Outside) {
  words(3).position.x = words(3).position.x - 2_pt;
  EXPECT_THAT(outside(made_->styled, display(), *fonts_), Contains(HasSubstr("is outside")));
}

TEST_F(Promises, PageWithoutContent) {
  display().pages.insert(display().pages.begin() + 1, display::Page{display().pages.front().size, {}, ""});
  EXPECT_THAT(pages_without_progress(display()), Contains("page 2 has no content"));
}

TEST_F(Promises, HeadingAtTheFoot) {
  auto& all = display().pages.front().placements;
  const auto heading = static_cast<std::size_t>(&words(1) - all.data());
  all.resize(heading + 1);
  EXPECT_THAT(headings_at_the_foot(display()), IsEmpty()) << "the title and the heading are all there is";
  Placement before = words(1);
  before.occurrence = StructureId(0);
  all.insert(all.begin(), before);
  EXPECT_THAT(headings_at_the_foot(display()), Contains(HasSubstr("page 1 ends with the heading 'b90")));
}

}  // namespace
}  // namespace handout::stress
