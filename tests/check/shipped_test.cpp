// No shipped layout, in any profile, has colours that are too near to each other.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "check/contrast.h"
#include "compose/compose.h"

namespace handout::check {
namespace {

const std::filesystem::path kSource = HANDOUT_SOURCE_DIR;

// Every kind of block and of words, so that each colour of a layout is met.
constexpr std::string_view kEverything = R"(<article id="all" xml:lang="en" version="1" status="draft" review-by="2030-01-01">
<title id="t">Title</title>
<summary id="s">Summary.</summary>
<points><point id="p1">Point.</point><point id="p2">Point.</point></points>
<callout id="c1" kind="urgent"><title id="c1t">Urgent</title><p id="c1p">Words.</p><ul id="c1u"><li id="c1i">Item</li></ul></callout>
<callout id="c2" kind="warning"><p id="c2p">Words.</p></callout>
<callout id="c3" kind="tip"><p id="c3p">Words with <a href="https://example.org">a link</a>.</p></callout>
<callout id="c4" kind="note"><title id="c4t">Note</title><p id="c4p">Words <field name="patient.name"/>.</p><ol id="c4o"><li id="c4i">Item</li></ol></callout>
<section id="s1" level="short">
<title id="s1t">Section</title>
<p id="w">Words <strong>strong</strong>, <em>em</em>, <term>term</term>, x<sup>2</sup>, H<sub>2</sub>O, <a href="https://example.org">a link</a>, <cite ref="r1"/>, <span xml:lang="es">palabra</span>.</p>
<section id="s2"><title id="s2t">Inside</title><p id="s2p">Words.</p></section>
<ul id="u"><li id="u1">Item</li></ul><ol id="o"><li id="o1">Item</li></ol><ol id="st" kind="steps"><li id="st1">Step</li></ol><ul id="ch" kind="check"><li id="ch1">Box</li></ul>
<ul id="short" class="short"><li id="sh1">Item</li></ul>
<dl id="d"><dt id="dt">Term</dt><dd id="dd">Meaning.</dd></dl>
<table id="tb"><caption id="tc">Caption</caption><thead><tr><th id="h1">Head</th><th id="h2">Two</th></tr></thead><tbody>
<tr><th id="a1">One</th><td id="a2">one</td></tr><tr><th id="b1">Two</th><td id="b2">two</td></tr></tbody></table>
<figure id="f" src="d.svg" alt="A bone"><figcaption id="fc">Caption</figcaption><label for="bone" id="l">Bone</label></figure>
<question id="q" lines="2">Why?</question>
</section>
<references><reference id="r1" href="https://example.org" accessed="2026-01-01" status="unverified">Book.</reference><reference id="r2" accessed="2026-01-01" status="checked">Book.</reference></references>
</article>)";

class Shipped : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-check-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    std::ofstream(folder_ / "d.svg") << R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><text id="bone" x="10" y="20" font-size="12">Bone</text></svg>)";
    auto phrases = content::read_phrases(kSource / "content" / "phrases" / "en.xml", diags_);
    ASSERT_TRUE(phrases) << to_text(diags_);
    sources_.phrases = {{std::make_shared<const content::Phrases>(*std::move(phrases))}};
    auto clinic = request::read_clinic(kSource / "content" / "clinics" / "example.xml", diags_);
    ASSERT_TRUE(clinic) << to_text(diags_);
    sources_.clinic = std::make_shared<const request::Clinic>(*std::move(clinic));
    request_.note = "Words.";
    request_.recipient = request::Recipient{};
    request_.recipient->name.display = "A Person";
    request_.date = request::Date{2026, 1, 1};
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void use_layout(const std::string& layout, const std::string& profile) {
    request_.layout = layout;
    request_.profile = profile;
    auto read = layouts::read_layout(kSource / "layouts", layout, profile, diags_);
    ASSERT_TRUE(read) << to_text(diags_);
    sources_.layout = std::make_shared<const layouts::LayoutDefinition>(*std::move(read));
    for (const std::string& id : compose::notices_of(*sources_.layout)) {
      auto notice = content::read_notice(kSource / "content" / "notices" / (id + ".xml"), diags_);
      ASSERT_TRUE(notice) << to_text(diags_);
      sources_.notices[id] = std::make_shared<const content::Notice>(*std::move(notice));
    }
  }

  std::string warnings_of(content::Article article) {
    request_.editions = {{article.id, article.locale, request::ArticleLevel::Full}};
    request_.marked.clear();
    if (!article.points.empty()) request_.marked.push_back(article.points.front().id);
    sources_.articles = {std::make_shared<const content::Article>(std::move(article))};
    const auto document = compose::compose(request_, sources_, {pictures_}, diags_);
    if (!document) return to_text(diags_);
    Diagnostics told;
    check_contrast(*document, told);
    return to_text(told);
  }

  std::filesystem::path folder_;
  Diagnostics diags_;
  compose::Pictures pictures_;
  compose::Sources sources_;
  request::Request request_;
};

TEST_F(Shipped, layouts_and_profiles_keep_contrast) {
  const auto everything = content::parse_article(kEverything, "all.xml", folder_, diags_);
  ASSERT_TRUE(everything) << to_text(diags_);
  const auto layouts = layouts::list_layouts(kSource / "layouts", diags_);
  const auto profiles = layouts::list_profiles(kSource / "layouts");
  ASSERT_FALSE(layouts.empty() || profiles.empty());
  for (const auto& layout : layouts) {
    use_layout(layout.id, "");
    const std::vector<std::string> its_own = sources_.layout->profiles;
    for (const std::string& profile : its_own.empty() ? profiles : its_own) {
      use_layout(layout.id, profile);
      EXPECT_EQ(warnings_of(*everything), "") << layout.id << " in " << profile;
    }
  }
  EXPECT_FALSE(diags_.has_errors()) << to_text(diags_);
}

TEST_F(Shipped, articles_keep_contrast) {
  use_layout("standard", "standard");
  for (const auto& entry : content::list_articles(kSource / "content", diags_)) {
    for (const auto& file : entry.files) {
      const auto article = content::read_article(file.path, diags_);
      ASSERT_TRUE(article) << to_text(diags_);
      EXPECT_EQ(warnings_of(*article), "") << file.path;
    }
  }
  EXPECT_FALSE(diags_.has_errors()) << to_text(diags_);
}

}  // namespace
}  // namespace handout::check
