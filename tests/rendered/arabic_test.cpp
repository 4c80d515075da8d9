// Right to left: what is Latin keeps its own order, and the page is mirrored.
#include <algorithm>
#include <optional>

#include "rendering.h"

namespace handout {
namespace {

constexpr const char* kArabicArticle = R"(<article id="a" xml:lang="ar" version="1" status="reviewed" reviewed="2026-01-02" reviewer="R">
<field-def name="visit" type="text"/><title id="t">عنوان</title>
<section id="s"><title id="s-t">قسم</title><p id="s-p">السيدة <field name="patient.name"/>، اتصلي على <field name="clinic.phone"/> قبل <field name="visit"/> من فضلك.</p></section>
</article>)";
constexpr const char* kLayout = R"(<layout id="layout" title="L"><page size="A4" margin="20mm" side="40mm" side-gap="6mm"/><style for="handout" font-size="12pt"/>
<style for="section" column="full"/><style for="section > title" column="side"/><body><slot select="*"/></body></layout>)";

// A character on the page: its place from the left.
struct Placed { std::string text; Length x, y; };

class Arabic : public Rendering {
 protected:
  // Every glyph with its characters, in the order of the content.
  std::vector<Placed> glyphs(const request::Request& request) {
    Pipeline pipeline = shipped();
    const auto stations = pipeline.prepare(request, diags_);
    EXPECT_TRUE(stations) << to_text(diags_);
    std::vector<Placed> placed;
    if (!stations) return placed;
    for (const auto& placement : stations->display.pages.front().placements) {
      for (const auto& command : placement.fragment->commands) {
        const auto* run = std::get_if<display::GlyphRun>(&command.what);
        if (run == nullptr) continue;
        for (const auto& glyph : run->glyphs) {
          placed.push_back({run->text.substr(glyph.text_begin, glyph.text_end - glyph.text_begin), placement.position.x + run->origin.x + glyph.offset.x, placement.position.y + run->origin.y + glyph.offset.y});
        }
      }
    }
    return placed;
  }
  // The places of the characters of `words`, one by one; each glyph must stand for one character.
  static std::vector<Placed> find(const std::vector<Placed>& glyphs, std::string_view words) {
    for (std::size_t begin = 0; begin < glyphs.size(); ++begin) {
      std::string text;
      for (std::size_t end = begin; end < glyphs.size() && text.size() < words.size(); ++end) {
        text += glyphs[end].text;
        if (text == words) return {glyphs.begin() + static_cast<std::ptrdiff_t>(begin), glyphs.begin() + static_cast<std::ptrdiff_t>(end + 1)};
      }
    }
    ADD_FAILURE() << "not on the page: " << words;
    return {};
  }
  static bool left_to_right(const std::vector<Placed>& places) {
    return std::is_sorted(places.begin(), places.end(), [](const Placed& a, const Placed& b) { return a.x < b.x; });
  }
};

TEST_F(Arabic, FieldValuesKeepTheirOwnOrder) {
  write("article.xml", kArabicArticle);
  write("layout.xml", kLayout);
  write("clinic.xml", R"(<clinic id="c" name="C" phone="+20 2 5550100"/>)");
  request::Request wanted = request("ar");
  wanted.clinic = (folder_ / "clinic.xml").string();
  wanted.recipient.emplace().name.display = "Ann-Marie (Mia) 3rd!";
  wanted.fields = {{"visit", "2026-11-22 / 14:30"}};
  const auto placed = glyphs(wanted);
  for (const char* words : {"Ann-Marie (Mia) 3rd!", "+20\u00A02\u00A05550100", "2026-11-22 / 14:30"}) {
    const auto places = find(placed, words);
    EXPECT_TRUE(left_to_right(places)) << words;
  }
  // The sentence around them runs from right to left.
  const auto before = find(placed, "السيدة"), after = find(placed, "فضلك");
  ASSERT_FALSE(before.empty() || after.empty());
  EXPECT_FALSE(left_to_right(before));
}

// A value in Arabic inside English goes from right to left, and the words after it stay where they are.
TEST_F(Arabic, ArabicNameInsideEnglish) {
  write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">T</title><p id="p">Dear <field name="patient.name"/>, 5 days.</p></article>)");
  write("layout.xml", kLayout);
  request::Request wanted = request("en");
  wanted.recipient.emplace().name.display = "أمل حداد";
  const auto placed = glyphs(wanted);
  const auto name = find(placed, "حداد"), after = find(placed, ", 5 days."), before = find(placed, "Dear");
  ASSERT_FALSE(name.empty() || after.empty() || before.empty());
  EXPECT_GT(name.front().x, name.back().x);
  EXPECT_TRUE(left_to_right(after));
  EXPECT_GT(after.front().x, name.front().x);
  EXPECT_LT(before.back().x, name.back().x);
}

TEST_F(Arabic, SideColumnStandsOnTheRight) {
  write("article.xml", kArabicArticle);
  write("layout.xml", kLayout);
  const auto arabic = glyphs(request("ar"));
  const auto heading = find(arabic, "قسم"), text = find(arabic, "السيدة");
  ASSERT_FALSE(heading.empty() || text.empty());
  EXPECT_GT(heading.back().x, 210_mm - 20_mm - 40_mm);
  EXPECT_LT(text.front().x, 210_mm - 20_mm - 46_mm);
  // First baselines are level.
  EXPECT_EQ(heading.front().y, text.front().y);
}

TEST_F(Arabic, EnglishSideColumnStandsOnTheLeft) {
  write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">T</title><section id="s"><title id="s-t">Head</title><p id="p">Words.</p></section></article>)");
  write("layout.xml", kLayout);
  const auto english = glyphs(request("en"));
  const auto heading = find(english, "Head"), text = find(english, "Words.");
  ASSERT_FALSE(heading.empty() || text.empty());
  EXPECT_EQ(text.front().x, 20_mm + 46_mm);
  EXPECT_LT(heading.back().x, 20_mm + 40_mm);
  EXPECT_EQ(heading.front().y, text.front().y);
}

TEST_F(Arabic, ViewerIsToldTheDirection) {
  Pipeline pipeline = shipped();
  const auto arabic = pipeline.prepare(knee("ar"), diags_), english = pipeline.prepare(knee("en"), diags_);
  ASSERT_TRUE(arabic && english) << to_text(diags_);
  EXPECT_TRUE(arabic->display.right_to_left);
  EXPECT_FALSE(english->display.right_to_left);
}

}  // namespace
}  // namespace handout
