// Generated articles through every layout there is: nothing is lost, nothing lies over anything else or outside its page, every page makes progress.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <vector>

#include "inspect/inspect.h"
#include "layouts/layout.h"
#include "rendered/rendering.h"
#include "stress/generated_article.h"
#include "stress/promises.h"

namespace handout::stress {
namespace {

constexpr std::size_t kArticles = 120, kShards = 12;

// Layouts that cannot keep a promise for every article say so here; each with its reason.
struct Exception { std::string_view layout, why; };
constexpr std::array<Exception, 3> kNotForAllArticles = {{
    {"leaflet", "leaves content out on purpose, and six panels are all it has"},
    {"one-page", "leaves content out on purpose"},
    {"booklet", "its contents list says the titles again, with the numbers of their pages"},
}};

std::vector<std::string> layouts_to_try() {
  Diagnostics diags;
  std::vector<std::string> names;
  for (const layouts::LayoutEntry& entry : layouts::list_layouts(kSource / "layouts", diags)) {
    const bool excepted = std::any_of(kNotForAllArticles.begin(), kNotForAllArticles.end(), [&](const Exception& each) { return each.layout == entry.id; });
    if (!excepted) names.push_back(entry.id);
  }
  return names;
}

class Generated : public Rendering, public testing::WithParamInterface<std::size_t> {
 protected:
  void SetUp() override {
    Rendering::SetUp();
    for (const char* picture : {"knee-joint.svg", "three-steps.svg"}) std::filesystem::create_symlink(kSource / "content" / kArticle / picture, folder_ / picture);
  }

  // What an article is tried with goes by its number.
  request::Request request_for(std::size_t number, const std::string& layout) {
    static const std::vector<std::string> profiles = layouts::list_profiles(kSource / "layouts");
    const std::string_view language = kLanguages[number % std::size(kLanguages)];
    Draws draws(number);
    const std::string file = fmt::format("{}.xml", number);
    write(file, generated_article(draws, {language, number % 10 == 9 ? 150u : 2 + number % 40, true}));
    request::Request made;
    made.editions.push_back({(folder_ / file).string(), *unicode::Locale::parse(std::string(language)), request::ArticleLevel::Full});
    made.layout = layout;
    made.profile = profiles.at(number / std::size(kLanguages) % profiles.size());
    made.region = number % 2 == 0 ? "US" : "DE";
    if (number % 3 == 0) made.recipient.emplace().name.display = "Amal Haddad";
    if (number % 5 < 2) made.fields = {{"times", number % 2 == 0 ? "1" : "3"}, {"side", "left"}};
    return made;
  }

  // The finished file, read back by another reader.
  static void check_file(Pipeline& pipeline, const request::Request& wanted, const styled::StyledDocument& styled) {
    Diagnostics diags;
    const auto rendered = pipeline.render(wanted, diags);
    ASSERT_TRUE(rendered) << to_text(diags);
    EXPECT_THAT(inspect::check_tags(rendered->bytes), testing::IsEmpty());
    const auto report = inspect::read_pdf(rendered->bytes);
    ASSERT_TRUE(report) << report.error();
    EXPECT_EQ(squeezed(inspect::structure_text(report->tree)), squeezed(expected_text(styled)));
  }

  static bool told(const Diagnostics& diags, std::string_view words) {
    return std::any_of(diags.all().begin(), diags.all().end(), [&](const Diagnostic& each) { return each.message.find(words) != std::string::npos; });
  }
};

TEST_P(Generated, ArticlesKeepThePromisesInEveryLayout) {
  Pipeline pipeline = shipped();
  std::size_t pages = 0, too_tall = 0;
  for (std::size_t number = GetParam(); number < kArticles; number += kShards) {
    for (const std::string& layout : layouts_to_try()) {
      const request::Request wanted = request_for(number, layout);
      SCOPED_TRACE(fmt::format("article {} in layout {}, profile {}, region {}", number, layout, wanted.profile, wanted.region));
      Diagnostics diags;
      const auto made = pipeline.prepare(wanted, diags);
      ASSERT_TRUE(made) << to_text(diags);
      const auto fonts = pipeline.fonts(nullptr, diags);
      ASSERT_TRUE(fonts);
      pages += made->display.pages.size();
      EXPECT_THAT(lost_words(*made->sources.articles.front(), made->display), testing::IsEmpty());
      EXPECT_EQ(words_of(made->display), squeezed(expected_text(made->styled)));
      EXPECT_THAT(lines_not_once(made->display), testing::IsEmpty());
      EXPECT_THAT(pages_without_progress(made->display), testing::IsEmpty());
      EXPECT_THAT(headings_at_the_foot(made->display), testing::IsEmpty());
      // What is taller than a page by itself was told, and has to go somewhere.
      if (told(diags, "taller than the page")) ++too_tall;
      else EXPECT_THAT(overlaps(made->display, **fonts), testing::IsEmpty());
      if (!told(diags, "taller than the page")) EXPECT_THAT(outside(made->styled, made->display, **fonts), testing::IsEmpty());
      if (number % 10 == 0) check_file(pipeline, wanted, made->styled);
    }
    if (HasFailure()) break;
  }
  fmt::print("{} pages\n", pages);
  EXPECT_LE(too_tall, 1u) << "else little is tested";
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
    EXPECT_THAT(lines_not_once(made->display), testing::IsEmpty());
    // In giant print a question that ends with its page leaves its lines to write on to the next.
    if (wanted.profile != "giant") EXPECT_THAT(pages_without_progress(made->display), testing::IsEmpty());
    EXPECT_THAT(headings_at_the_foot(made->display), testing::IsEmpty());
    if (!told(diags, "taller than the page")) EXPECT_THAT(overlaps(made->display, **fonts), testing::IsEmpty());
    if (!told(diags, "taller than the page")) EXPECT_THAT(outside(made->styled, made->display, **fonts), testing::IsEmpty());
    if (number % 10 == 0) check_file(fresh, wanted, made->styled);
    if (HasFailure()) break;
  }
}

INSTANTIATE_TEST_SUITE_P(Shards, Generated, testing::Range<std::size_t>(0, kShards));

}  // namespace
}  // namespace handout::stress
