#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "request/request.h"
#include "request/vocabulary.h"

namespace handout::request {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

class Clinics : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-clinics-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    std::filesystem::create_directory(folder_ / "fonts");
    std::ofstream(folder_ / "logo.svg") << "<svg/>";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Result<Clinic> read(std::string_view xml) {
    std::ofstream(folder_ / "c.xml", std::ios::binary) << xml;
    return read_clinic(folder_ / "c.xml", diags_);
  }
  std::string wrong(const std::string& attributes, const std::string& inside = "") {
    diags_ = {};
    EXPECT_FALSE(read("<clinic id='c' name='C' " + attributes + ">" + inside + "</clinic>"));
    return to_text(diags_);
  }

  std::filesystem::path folder_;
  Diagnostics diags_;
};

TEST_F(Clinics, Language) {
  const auto clinic = read("<clinic id='c' name='C' language='es-MX'/>");
  ASSERT_TRUE(clinic) << to_text(diags_);
  EXPECT_EQ(clinic->language->tag(), "es-MX");
  EXPECT_FALSE(read("<clinic id='c' name='C'/>")->language);
  EXPECT_THAT(wrong("language='e n'"), HasSubstr("c.xml:1:35: error: 'e n' is no language tag"));
}

TEST_F(Clinics, EverythingIsRead) {
  const auto clinic = read(
      "<clinic id='c' name='Knee Clinic' phone='+1 555 0100' email='desk@c.example' web='c.example' region='US' logo='logo.svg' fonts='fonts'>"
      "<address><line> 1  Way </line><line>Town &amp; County</line></address></clinic>");
  ASSERT_TRUE(clinic) << to_text(diags_);
  EXPECT_EQ(clinic->id, "c");
  EXPECT_EQ(clinic->name, "Knee Clinic");
  EXPECT_EQ(clinic->phone, "+1 555 0100");
  EXPECT_EQ(clinic->email, "desk@c.example");
  EXPECT_EQ(clinic->web, "c.example");
  EXPECT_EQ(clinic->region, "US");
  EXPECT_THAT(clinic->address, ElementsAre("1 Way", "Town & County"));
  EXPECT_EQ(clinic->logo, folder_ / "logo.svg");
  EXPECT_THAT(clinic->fonts, ElementsAre(folder_ / "fonts"));
  EXPECT_EQ(clinic->digest.size(), 64u);
  EXPECT_EQ(clinic->at.line, 1u);
}

TEST_F(Clinics, OnlyIdAndNameAreNeeded) {
  const auto clinic = read("<clinic id='c' name='C'/>");
  ASSERT_TRUE(clinic) << to_text(diags_);
  EXPECT_TRUE(clinic->logo.empty() && clinic->fonts.empty() && clinic->address.empty() && clinic->region.empty());
  EXPECT_FALSE(read("<clinic/>"));
  EXPECT_THAT(to_text(diags_), AllOf(HasSubstr("attribute 'id' is missing"), HasSubstr("attribute 'name' is missing")));
}

TEST_F(Clinics, WrongValues) {
  EXPECT_THAT(wrong("region='uk'"), HasSubstr("c.xml:1:33: error: 'uk' is no code of a country"));
  EXPECT_THAT(wrong("email='desk'"), HasSubstr("'desk' is not an address for mail"));
  EXPECT_THAT(wrong("email='a@b@c'"), HasSubstr("is not an address for mail"));
  EXPECT_THAT(wrong("logo='lgo.svg'"), HasSubstr("no file 'lgo.svg' in "));
  EXPECT_THAT(wrong("logo='fonts'"), HasSubstr("no file 'fonts' in "));
  EXPECT_THAT(wrong("fonts='logo.svg'"), HasSubstr("no folder 'logo.svg' in "));
  EXPECT_THAT(wrong("logo='../logo.svg'"), HasSubstr("'../logo.svg' is not a value of logo; expected a relative path"));
  EXPECT_THAT(wrong("phon='1'"), HasSubstr("did you mean 'phone'?"));
  EXPECT_THAT(wrong("", "<address/>"), HasSubstr("<line> is missing in <address>"));
  EXPECT_THAT(wrong("", "<address><line> </line></address>"), HasSubstr("<line> has no words"));
}

TEST_F(Clinics, FilesThatAreNone) {
  EXPECT_FALSE(read_clinic(folder_ / "none.xml", diags_));
  EXPECT_THAT(to_text(diags_), HasSubstr("none.xml: error: no such file"));
  EXPECT_FALSE(read("<article/>"));
  EXPECT_THAT(to_text(diags_), HasSubstr("root element <article>; expected <clinic>"));
  EXPECT_FALSE(read("<clinic"));
}

TEST_F(Clinics, TheExampleIsRight) {
  const auto clinic = read_clinic(HANDOUT_SOURCE_DIR "/content/clinics/example.xml", diags_);
  ASSERT_TRUE(clinic) << to_text(diags_);
  EXPECT_EQ(clinic->name, "Riverside Knee Clinic");
  EXPECT_EQ(clinic->phone, "+1 555 0100");
  EXPECT_TRUE(std::filesystem::is_regular_file(clinic->logo));
}

TEST(ClinicVocabulary, IsWholeAndDocumented) {
  EXPECT_THAT(xml::to_rng(clinic_vocabulary()), HasSubstr("phone"));
  for (const xml::ElementRule& rule : clinic_vocabulary().elements) EXPECT_FALSE(rule.doc.empty()) << rule.name;
}

}  // namespace
}  // namespace handout::request
