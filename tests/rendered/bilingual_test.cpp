// Two languages in one handout, block beside aligned block.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rendering.h"

namespace handout {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Where a line's words stand: page, left edge, baseline.
struct Place { std::size_t page = 0; Length x, baseline; };

class Bilingual : public Rendering {
 protected:
  void SetUp() override {
    Rendering::SetUp();
    std::filesystem::create_directory(folder_ / "both");
    std::filesystem::create_symlink(kSource / "content" / kArticle / "three-steps.svg", folder_ / "both/three-steps.svg");
  }

  void write_article(const std::string& language, const std::string& body) const {
    write("both/" + language + ".xml", fmt::format(R"(<article id="both" xml:lang="{}" version="1" status="reviewed" reviewed="2026-10-01" reviewer="A" review-by="2027-10-01">{}</article>)", language, body));
  }

  [[nodiscard]] request::Request of(const std::vector<std::string>& locales, const std::string& layout = "bilingual") const {
    request::Request made;
    for (const std::string& locale : locales) made.editions.push_back({(folder_ / "both").string(), *unicode::Locale::parse(locale), request::ArticleLevel::Full});
    made.layout = layout;
    return made;
  }

  // Of each line of the body, by its words.
  std::map<std::string, Place> places(const request::Request& request) {
    Pipeline pipeline = shipped();
    const auto made = pipeline.prepare(request, diags_);
    EXPECT_TRUE(made) << to_text(diags_);
    std::map<std::string, Place> found;
    if (!made) return found;
    edition_ = made->display.metadata.edition;
    figures_ = std::count_if(made->display.structure.begin(), made->display.structure.end(), [](const auto& each) { return each.info.role == display::Role::Figure; });
    for (std::size_t page = 0; page < made->display.pages.size(); ++page) {
      for (const display::Placement& placement : made->display.pages[page].placements) {
        if (!std::holds_alternative<display::StructureId>(placement.occurrence) || placement.line_count == 0) continue;
        for (std::uint32_t i = 0; i < placement.line_count; ++i) add_line(found, page, placement, placement.fragment->lines[placement.first_line + i]);
      }
    }
    return found;
  }

  static void add_line(std::map<std::string, Place>& found, std::size_t page, const display::Placement& placement, const display::FragmentLine& line) {
    std::string words;
    Length left = 10000_pt;
    for (std::uint32_t i = 0; i < line.command_count; ++i) {
      const auto* run = std::get_if<display::GlyphRun>(&placement.fragment->commands[line.first_command + i].what);
      if (run == nullptr) continue;
      words += run->text;
      left = std::min(left, placement.position.x + run->origin.x);
    }
    found.emplace(words, Place{page, left, placement.position.y + line.baseline});
  }

  static void expect_level(const std::map<std::string, Place>& places, const std::string& one, const std::string& other) {
    ASSERT_TRUE(places.contains(one)) << one;
    ASSERT_TRUE(places.contains(other)) << other;
    EXPECT_EQ(places.at(one).page, places.at(other).page) << one;
    EXPECT_EQ(places.at(one).baseline, places.at(other).baseline) << one;
  }

  std::string edition_;
  std::ptrdiff_t figures_ = 0;
};

constexpr const char* kEnglish = R"(<title id="t">Knees</title><section id="s"><title id="s-t">Causes</title><p id="p1">A long line of words that takes several lines in its half of the paper, as it goes on and on.</p>
  <ul id="u"><li id="l1">Falls</li><li id="l2">Age</li><li id="l3">Work</li></ul><p id="p2">Ends</p></section>)";
constexpr const char* kArabic = R"(<title id="t">الركبة</title><section id="s"><title id="s-t">الأسباب</title><p id="p1">كلمة</p>
  <ul id="u"><li id="l1">السقوط</li><li id="l3">العمل</li></ul><p id="p2">النهاية</p></section>)";

TEST_F(Bilingual, FirstLinesOfTheSameBlockAreLevel) {
  write_article("en", kEnglish);
  write_article("ar", kArabic);
  const auto found = places(of({"ar", "en"}));
  EXPECT_THAT(to_text(diags_), IsEmpty());
  expect_level(found, "العربية", "English");
  expect_level(found, "الركبة", "Knees");
  expect_level(found, "الأسباب", "Causes");
  expect_level(found, "السقوط", "Falls");
  expect_level(found, "العمل", "Work");
  expect_level(found, "النهاية", "Ends");
  // The first language stands where its lines start.
  EXPECT_GT(found.at("الأسباب").x, 306_pt);
  EXPECT_LT(found.at("Causes").x, 306_pt);
}

// What one translation lacks leaves its place empty.
TEST_F(Bilingual, MissingBlockIsAnEmptyPlace) {
  write_article("en", kEnglish);
  write_article("ar", kArabic);
  const auto found = places(of({"ar", "en"}));
  const Length age = found.at("Age").baseline;
  EXPECT_GT(age, found.at("Falls").baseline);
  EXPECT_LT(age, found.at("Work").baseline);
  for (const auto& [words, place] : found) {
    if (place.x > 306_pt) EXPECT_TRUE(place.baseline <= found.at("Falls").baseline || place.baseline >= found.at("Work").baseline) << words;
  }
}

TEST_F(Bilingual, OneAboveTheOtherWhereItIsNarrow) {
  write_article("en", kEnglish);
  write_article("ar", kArabic);
  write("narrow.xml", R"(<layout id="narrow" extends="bilingual" title="N"><page size="A5"/></layout>)");
  auto small = of({"en", "ar"}, (folder_ / "narrow.xml").string()), large = of({"en", "ar"});
  large.profile = "large";
  for (const auto& request : {small, large}) {
    const auto found = places(request);
    EXPECT_LT(found.at("Falls").baseline, found.at("السقوط").baseline);
    EXPECT_LT(found.at("السقوط").baseline, found.at("Age").baseline);
    EXPECT_LT(found.at("Ends").baseline, found.at("النهاية").baseline);
  }
}

TEST_F(Bilingual, EachLanguageIsAPartToReaders) {
  write_article("en", kEnglish);
  write_article("ar", kArabic);
  Pipeline pipeline = shipped();
  const auto rendered = pipeline.render(of({"ar", "en"}), diags_);
  ASSERT_TRUE(rendered) << to_text(diags_);
  const auto report = inspect::read_pdf(rendered->bytes);
  ASSERT_TRUE(report);
  const std::string text = inspect::structure_text(report->tree);
  EXPECT_LT(text.find("النهاية"), text.find("English")) << text;
  EXPECT_LT(text.find("Knees"), text.find("Ends"));
  EXPECT_THAT(inspect::check_tags(rendered->bytes), IsEmpty());
}

TEST_F(Bilingual, PictureStandsOnceAndItsCaptionsBesideOneAnother) {
  constexpr const char* kFigure = R"(<title id="t">{0}</title><figure id="f" src="three-steps.svg" alt="{0}"><figcaption id="c">{1}</figcaption><label id="a" for="step-1">1{0}</label><label id="b" for="step-2">2{0}</label>
    <label id="d" for="step-3">3{0}</label><label id="e" for="step-1-detail">4{0}</label><label id="g" for="step-2-detail">5{0}</label><label id="h" for="step-3-detail">6{0}</label></figure>)";
  write_article("en", fmt::format(fmt::runtime(kFigure), "en", "English words"));
  write_article("es", fmt::format(fmt::runtime(kFigure), "es", "Palabras"));
  const auto found = places(of({"es", "en"}));
  EXPECT_EQ(figures_, 1);
  const auto has = [&](const char* word) { return std::any_of(found.begin(), found.end(), [&](const auto& each) { return each.first.starts_with(word); }); };
  EXPECT_TRUE(has("1es"));
  EXPECT_FALSE(has("1en"));
  expect_level(found, "Palabras", "English words");
}

TEST_F(Bilingual, TablesThatAreTooWideStandOneAboveTheOther) {
  const auto article = [](const std::string& word, int columns) {
    std::string cells;
    for (int i = 0; i < columns; ++i) cells += fmt::format("<td id=\"d{0}\">{1}{0}</td>", i, word);
    return fmt::format("<title id=\"t\">{}</title><table id=\"x\"><tbody><tr>{}</tr></tbody></table>", word, cells);
  };
  write_article("en", article("Electrocardiography", 3));
  write_article("es", article("Electrocardiografía", 3));
  EXPECT_LT(places(of({"es", "en"})).at("Electrocardiografía0").baseline, places(of({"es", "en"})).at("Electrocardiography0").baseline);
  write_article("en", article("Yes", 3));
  write_article("es", article("Sí", 3));
  expect_level(places(of({"es", "en"})), "Sí0", "Yes0");
}

TEST_F(Bilingual, SecondLanguageIsTheClinicsElseEnglish) {
  write_article("en", kEnglish);
  write_article("ar", kArabic);
  write_article("es", R"(<title id="t">Rodillas</title>)");
  write("clinic.xml", R"(<clinic id="c" name="C" language="es-MX"/>)");
  auto request = of({"ar"});
  places(request);
  EXPECT_THAT(edition_, HasSubstr(" ar+en "));
  request.clinic = (folder_ / "clinic.xml").string();
  places(request);
  EXPECT_THAT(edition_, HasSubstr(" ar+es "));
}

TEST_F(Bilingual, OneLanguageStandsAlone) {
  write_article("en", kEnglish);
  for (const auto& locales : {std::vector<std::string>{"en"}, {"en", "en"}, {"en-GB", "en"}}) {
    const auto found = places(of(locales));
    EXPECT_THAT(edition_, HasSubstr(" en "));
    EXPECT_FALSE(found.contains("English"));
  }
  EXPECT_THAT(to_text(diags_), Not(HasSubstr("warning")));
}

TEST(BilingualKnee, EveryPairHasItsTagsAndNoWarnings) {
  Pipeline pipeline = shipped();
  for (const auto& [first, second] : {std::pair{"ar", "en"}, {"zh-Hans", "en"}, {"hi", "es"}, {"vi", "ar"}}) {
    for (const char* profile : {"standard", "large", "giant"}) {
      SCOPED_TRACE(fmt::format("{} {} {}", first, second, profile));
      request::Request request = knee(first, profile);
      request.editions.push_back({kArticle, *unicode::Locale::parse(second), request::ArticleLevel::Full});
      request.layout = "bilingual";
      request.region = first == std::string("hi") ? "IN" : "US";
      Diagnostics diags;
      const auto rendered = pipeline.render(request, diags);
      ASSERT_TRUE(rendered) << to_text(diags);
      EXPECT_THAT(to_text(diags), IsEmpty());
      EXPECT_THAT(inspect::check_tags(rendered->bytes), IsEmpty());
    }
  }
}

}  // namespace
}  // namespace handout
