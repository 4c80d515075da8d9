// Generated articles through every layout there is: nothing is lost, nothing lies over anything else or outside its page, every page makes progress.
#include "stress/generated.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "layouts/layout.h"
#include "stress/generated_article.h"
#include "stress/promises.h"

namespace handout::stress {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t kArticles = 120, kShards = 12;

// Some content is left out on purpose, and what there is room for is limited: these have promises of their own.
constexpr std::string_view kInPart[] = {"leaflet", "one-page"};
// Of the program's own reports.
constexpr std::string_view kNoHandout = "job-report";

// The letters differ in their first page's regions only: one of them for each article.
bool is_tried(const std::string& layout, std::size_t number) {
  static constexpr std::string_view kLetters[] = {"letter", "letter-10-single", "letter-c56", "letter-din-a", "letter-din-b", "letter-uk", "mailing-letter", "mailing-letter-din-b"};
  const auto* letter = std::find(std::begin(kLetters), std::end(kLetters), layout);
  return letter == std::end(kLetters) || (number / kShards + number) % std::size(kLetters) == static_cast<std::size_t>(letter - std::begin(kLetters));
}

std::vector<layouts::LayoutEntry> shipped_layouts() {
  Diagnostics diags;
  return layouts::list_layouts(kSource / "layouts", diags);
}

bool is_for(const layouts::LayoutEntry& layout, const std::string& profile) {
  Diagnostics diags;
  return layouts::read_layout(kSource / "layouts", layout.id, profile, diags).has_value();
}

class Generated : public GeneratedHandouts, public testing::WithParamInterface<std::size_t> {};

TEST_P(Generated, ArticlesKeepThePromisesInEveryLayout) {
  Pipeline pipeline = shipped();
  std::size_t pages = 0;
  for (std::size_t number = GetParam(); number < kArticles; number += kShards) {
    for (const layouts::LayoutEntry& layout : shipped_layouts()) {
      if (layout.id == kNoHandout || std::find(std::begin(kInPart), std::end(kInPart), layout.id) != std::end(kInPart) || !is_tried(layout.id, number)) continue;
      request::Request wanted = request_for(number, layout.id);
      if (layout.id == "booklet" && !is_for(layout, wanted.profile)) wanted.profile = "standard";
      // Pages before they are put on sheets; sheets are looked at in the file.
      wanted.impose = request::Impose::None;
      SCOPED_TRACE(fmt::format("article {} in layout {}, profile {}, region {}", number, layout.id, wanted.profile, wanted.region));
      Diagnostics diags;
      if (layout.id == "booklet" && !pipeline.prepare(wanted, diags)) {
        // A running title of twenty lines leaves half a sheet no room, which is said.
        EXPECT_TRUE(told(diags, "the page leaves less than 25 mm for the text")) << to_text(diags);
        continue;
      }
      pages += expect_all(pipeline, wanted);
      if (number % 10 != 0) continue;
      wanted.impose = request::Impose::AsLaidOut;
      const auto made = pipeline.prepare(wanted, diags);
      ASSERT_TRUE(made) << to_text(diags);
      check_file(pipeline, wanted, made->styled);
    }
    if (HasFailure()) break;
  }
  fmt::print("{} pages\n", pages);
  EXPECT_LE(too_tall_, 3u) << "else little is tested";
}

// What their slots ask for and what must not be missing: the title, the summary, the points, what is urgent.
content::Article always_printed(const content::Article& article) {
  content::Article always = article;
  always.references.clear();
  std::erase_if(always.body, [](const content::Block& block) { return !std::holds_alternative<content::Callout>(block.what); });
  return always;
}

TEST_P(Generated, LayoutsThatLeaveContentOutKeepWhatTheyTakeOrRefusePlainly) {
  Pipeline pipeline = shipped();
  std::size_t kept = 0, refused = 0;
  for (std::size_t number = GetParam(); number < kArticles; number += 2 * kShards) {
    for (const std::string_view layout : kInPart) {
      request::Request wanted = request_for(number, std::string(layout));
      wanted.profile = "standard";
      wanted.fit.reset();
      SCOPED_TRACE(fmt::format("article {} in layout {}, region {}", number, layout, wanted.region));
      Diagnostics diags;
      const auto made = pipeline.prepare(wanted, diags);
      if (!made) {
        ++refused;
        ASSERT_EQ(diags.error_count(), 1u) << to_text(diags);
        const auto fault = std::find_if(diags.all().begin(), diags.all().end(), [](const Diagnostic& each) { return each.severity == Severity::Error; });
        EXPECT_THAT(fault->message, AnyOf(HasSubstr("6 were asked for"), HasSubstr("1 was asked for")));
        EXPECT_FALSE(fault->hint.empty());
        continue;
      }
      ++kept;
      EXPECT_THAT(lost_words(always_printed(*made->sources.articles.front()), words_of(made->display)), IsEmpty());
      check_file(pipeline, wanted, made->styled);
      wanted.impose = request::Impose::None;
      EXPECT_LE(expect_promises(pipeline, wanted), layout == "leaflet" ? 6u : 1u);
    }
    if (HasFailure()) break;
  }
  fmt::print("{} kept, {} refused\n", kept, refused);
  EXPECT_GE(kept, 1u) << "else nothing is tested";
}

// Translations of one another, since they take the same draws.
TEST_P(Generated, LanguagesBesideOneAnotherKeepThemToo) {
  for (std::size_t number = GetParam(); number < kArticles; number += kShards) {
    request::Request wanted = request_for(number, "bilingual");
    const std::string_view other = kLanguages[(number + 1) % std::size(kLanguages)];
    Draws draws(number);
    write("other.xml", generated_article(draws, {other, number % 10 == 9 ? 150u : 2 + number % 40, true}));
    wanted.editions.push_back({(folder_ / "other.xml").string(), *unicode::Locale::parse(std::string(other)), request::ArticleLevel::Full});
    SCOPED_TRACE(fmt::format("article {} beside {}, profile {}, region {}", number, other, wanted.profile, wanted.region));
    Pipeline fresh = shipped();
    Diagnostics diags;
    const auto made = fresh.prepare(wanted, diags);
    ASSERT_TRUE(made) << to_text(diags);
    const auto fonts = fresh.fonts(nullptr, diags);
    ASSERT_TRUE(fonts);
    EXPECT_EQ(words_of(made->display), squeezed(expected_text(made->styled)));
    EXPECT_THAT(lines_not_once(made->display), IsEmpty());
    // In giant print a question that ends with its page leaves its lines to write on to the next.
    if (wanted.profile != "giant") EXPECT_THAT(pages_without_progress(made->display), IsEmpty());
    EXPECT_THAT(headings_at_the_foot(made->display), IsEmpty());
    if (!told(diags, "taller than the page")) EXPECT_THAT(overlaps(made->display, **fonts), IsEmpty());
    if (!told(diags, "taller than the page")) EXPECT_THAT(outside(made->styled, made->display, **fonts), IsEmpty());
    if (number % 10 == 0) check_file(fresh, wanted, made->styled);
    if (HasFailure()) break;
  }
}

INSTANTIATE_TEST_SUITE_P(Shards, Generated, testing::Range<std::size_t>(0, kShards));

}  // namespace
}  // namespace handout::stress
