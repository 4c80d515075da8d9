#include "fonts/catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace handout::fonts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string document(std::string_view inside, std::string_view fallback = "<fallback script=\"Latn\" families=\"A, B\"/>") {
  return "<fonts default=\"A\"><search path=\"sub/folder\"/>"
         "<family name=\"A\" license=\"OFL-1.1\" scripts=\"Latn Grek\"><face file=\"a.ttf\" weight=\"400\" slant=\"upright\"/>"
         "<face file=\"a.ttc\" index=\"2\" weight=\"700\" slant=\"italic\"/></family>"
         "<family name=\"B\" license=\"X\"><face file=\"b.ttf\" weight=\"400\" slant=\"upright\"/></family>" +
         std::string(inside) + std::string(fallback) + "</fonts>";
}

std::string faults(const std::string& source) {
  Diagnostics diags;
  const auto catalogue = read_catalogue(source, "fonts.xml", diags);
  EXPECT_EQ(catalogue.has_value(), !diags.has_errors());
  return to_text(diags);
}

TEST(Catalogue, ReadsWhatIsDeclared) {
  Diagnostics diags;
  const auto catalogue = read_catalogue(document("", "<fallback script=\"Arab\" language=\"ur\" families=\"B , A\"/>"), "fonts.xml", diags);
  ASSERT_TRUE(catalogue) << to_text(diags);
  ASSERT_EQ(catalogue->families.size(), 2U);
  EXPECT_EQ(catalogue->families[0].name, "A");
  EXPECT_EQ(catalogue->families[0].license, "OFL-1.1");
  EXPECT_THAT(catalogue->families[0].scripts, ElementsAre("Latn", "Grek"));
  EXPECT_THAT(catalogue->families[0].faces, ElementsAre(FaceId{0}, FaceId{1}));
  EXPECT_EQ(catalogue->faces[1].file, "a.ttc");
  EXPECT_EQ(catalogue->faces[1].index, 2U);
  EXPECT_EQ(catalogue->faces[1].weight, 700);
  EXPECT_EQ(catalogue->faces[1].slant, Slant::Italic);
  EXPECT_EQ(catalogue->faces[2].family, FamilyId{1});
  EXPECT_THAT(catalogue->search, ElementsAre("sub/folder"));
  ASSERT_EQ(catalogue->fallbacks.size(), 1U);
  EXPECT_EQ(catalogue->fallbacks[0].language->tag(), "ur");
  EXPECT_THAT(catalogue->fallbacks[0].families, ElementsAre(FamilyId{1}, FamilyId{0}));
  EXPECT_EQ(catalogue->default_family, FamilyId{0});
}

TEST(Catalogue, FindsFamiliesByTheirWholeName) {
  Diagnostics diags;
  const auto catalogue = read_catalogue(document(""), "fonts.xml", diags);
  ASSERT_TRUE(catalogue);
  EXPECT_EQ(catalogue->find("B"), FamilyId{1});
  EXPECT_EQ(catalogue->find("b"), std::nullopt);
  EXPECT_EQ(catalogue->find(""), std::nullopt);
}

TEST(Catalogue, RefusesAnUndeclaredFamilyAndSuggestsTheNearest) {
  EXPECT_THAT(faults(document("<family name=\"Noto Sans\" license=\"X\"><face file=\"n.ttf\" weight=\"400\" slant=\"upright\"/></family>",
                              "<fallback script=\"Latn\" families=\"Noto Sens\"/>")),
              HasSubstr("family 'Noto Sens' is not declared; did you mean 'Noto Sans'?"));
  EXPECT_THAT(faults(document("", "<fallback script=\"Latn\" families=\"A,,B\"/>")), HasSubstr("family '' is not declared"));
  EXPECT_THAT(faults("<fonts default=\"Z\"><family name=\"A\" license=\"X\"><face file=\"a.ttf\" weight=\"400\" slant=\"upright\"/></family></fonts>"),
              HasSubstr("fonts.xml:1:17: error: family 'Z' is not declared"));
}

TEST(Catalogue, RefusesWhatIsDeclaredTwice) {
  EXPECT_THAT(faults(document("<family name=\"A\" license=\"X\"><face file=\"c.ttf\" weight=\"400\" slant=\"upright\"/></family>")),
              HasSubstr("family 'A' is declared twice"));
  EXPECT_THAT(faults(document("<family name=\"C\" license=\"X\"><face file=\"c.ttf\" weight=\"400\" slant=\"upright\"/>"
                              "<face file=\"d.ttf\" weight=\"400\" slant=\"upright\"/></family>")),
              HasSubstr("family 'C' has two faces of weight 400"));
  EXPECT_THAT(faults(document("", "<fallback script=\"Latn\" families=\"A\"/><fallback script=\"Latn\" families=\"B\"/>")),
              HasSubstr("a second fallback for script 'Latn'"));
  EXPECT_EQ(faults(document("", "<fallback script=\"Arab\" language=\"ur\" families=\"A\"/><fallback script=\"Arab\" families=\"B\"/>")), "");
}

TEST(Catalogue, RefusesWrongValues) {
  const auto face = [](std::string_view attributes) {
    return document("<family name=\"C\" license=\"X\"><face file=\"c.ttf\" " + std::string(attributes) + "/></family>");
  };
  EXPECT_THAT(faults(face("weight=\"950\" slant=\"upright\"")), HasSubstr("weight is 950, more than 900"));
  EXPECT_THAT(faults(face("weight=\"50\" slant=\"upright\"")), HasSubstr("50"));
  EXPECT_THAT(faults(face("weight=\"400\" slant=\"oblique\"")), HasSubstr("oblique"));
  EXPECT_THAT(faults(face("weight=\"400\" slant=\"upright\" index=\"70000\"")), HasSubstr("index is 70000"));
  EXPECT_THAT(faults(document("", "<fallback script=\"latin\" families=\"A\"/>")), HasSubstr("'latin' is no script code"));
  EXPECT_THAT(faults(document("", "<fallback script=\"Latn\" language=\"qqq\" families=\"A\"/>")), HasSubstr("qqq"));
  EXPECT_THAT(faults("<fonts default=\"A\"><search path=\"../fonts\"/><family name=\"A\" license=\"X\">"
                     "<face file=\"a.ttf\" weight=\"400\" slant=\"upright\"/></family></fonts>"),
              HasSubstr("'../fonts' is no folder to search"));
  EXPECT_THAT(faults(document("<family name=\"C, D\" license=\"X\"><face file=\"c.ttf\" weight=\"400\" slant=\"upright\"/></family>")),
              HasSubstr("has a comma"));
}

TEST(Catalogue, TellsEveryFaultAtOnce) {
  const std::string text = faults(document("", "<fallback script=\"latin\" families=\"A\"/><fallback script=\"Grek\" families=\"Z\"/>"));
  EXPECT_THAT(text, HasSubstr("latin"));
  EXPECT_THAT(text, HasSubstr("'Z' is not declared"));
}

TEST(Catalogue, RefusesWhatTheVocabularyDoesNotKnow) {
  EXPECT_THAT(faults(document("<familly name=\"C\"/>")), HasSubstr("familly"));
  EXPECT_THAT(faults("<fonts default=\"A\"></fonts>"), HasSubstr("family"));
  EXPECT_NE(faults("<fonts default=\"A\">"), "");
  EXPECT_THAT(faults(document("<family name=\"C\"><face file=\"c.ttf\" weight=\"400\" slant=\"upright\"/></family>")), HasSubstr("license"));
}

TEST(Catalogue, KnowsTheFormOfScriptCodes) {
  EXPECT_TRUE(is_script_code("Latn"));
  for (const std::string_view wrong : {"latn", "LATN", "Lat", "Latin", "", "La1n"}) EXPECT_FALSE(is_script_code(wrong)) << wrong;
}

}  // namespace
}  // namespace handout::fonts
