// The search for the setting at which a handout fits.
#include <fmt/format.h>

#include "rendering.h"

namespace handout {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Fitting : public Rendering {
 protected:
  // So many sections of one paragraph; the last one is the longest.
  void sections(int count) {
    std::string body;
    for (int i = 0; i < count; ++i) {
      body += fmt::format("<section id=\"s{0}\" level=\"{1}\"><title id=\"t{0}\">Section {0}</title>", i, i % 2 == 0 ? "short" : "full");
      for (int p = 0; p < (i + 1 == count ? 2 : 1); ++p) body += fmt::format("<p id=\"p{}-{}\">{}</p>", i, p, words_);
      body += "</section>";
    }
    write("article.xml", R"(<article id="a" xml:lang="en" version="1" status="draft"><title id="t">Title</title>)" + body + "</article>");
  }
  void layout(std::string_view fit, std::string_view size = "14pt", std::string_view page = "") {
    write("layout.xml", fmt::format("<layout id=\"layout\" title=\"L\"><page size=\"A5\" margin=\"20mm\" {2}/>\n{0}\n<style for=\"handout\" font-size=\"{1}\" line-height=\"1.3\"/><style for=\"p\" space-after=\"14pt\"/><style for=\"section\" space-before=\"20pt\"/>"
                                    "<body><slot select=\"*\"/></body></layout>", fit, size, page));
  }
  Result<Stations> prepare() {
    diags_ = {};
    Pipeline pipeline = shipped();
    return pipeline.prepare(request_ ? *request_ : request("en"), diags_);
  }
  // An article that takes one page more than `pages`, but not much of it.
  void just_over(std::size_t pages) {
    layout("");
    for (int count = 2; count < 100; ++count) {
      sections(count);
      const auto plain = prepare();
      ASSERT_TRUE(plain) << told();
      if (plain->display.pages.size() > pages) break;
    }
  }
  [[nodiscard]] std::string told() const { return to_text(diags_); }

  std::string words_ = "The knee is rested for two days, then moved a little more each day, as far as it goes without pain.";
  std::optional<request::Request> request_;
};

TEST_F(Fitting, WhatFitsStaysAsItIs) {
  sections(2);
  layout("");
  const auto plain = prepare();
  ASSERT_TRUE(plain) << told();
  const std::size_t pages = plain->display.pages.size();
  layout(fmt::format("<fit pages=\"{}\" space=\"50%\" margin=\"50%\" type=\"50%\"/>", pages));
  const auto fitted = prepare();
  ASSERT_TRUE(fitted) << told();
  EXPECT_EQ(styled::dump(fitted->styled), styled::dump(plain->styled));
  EXPECT_THAT(told(), Not(HasSubstr("fitted")));
}

// Space gives before margins, and both before type.
TEST_F(Fitting, LeastHarmFirst) {
  just_over(3);
  const auto note = [&](std::string_view bounds) {
    layout(fmt::format("<fit pages=\"3\" {}/>", bounds));
    const auto fitted = prepare();
    EXPECT_TRUE(fitted) << told();
    if (fitted) EXPECT_EQ(fitted->display.pages.size(), 3u);
    return told();
  };
  EXPECT_THAT(note(R"(space="40%" margin="40%" type="40%")"), AllOf(HasSubstr("layout.xml:2:1: note: fitted to 3 pages: space "), HasSubstr("margins 100%, type 100%")));
  EXPECT_THAT(note(R"(margin="40%" type="40%")"), AllOf(HasSubstr("space 100%, margins "), Not(HasSubstr("margins 100%")), HasSubstr("type 100%")));
  EXPECT_THAT(note(R"(type="40%")"), AllOf(HasSubstr("space 100%, margins 100%, type "), Not(HasSubstr("type 100%"))));
}

// One percent more space and it doesn't fit.
TEST_F(Fitting, TheFirstSettingThatFits) {
  just_over(3);
  constexpr std::size_t wanted = 3;
  layout(fmt::format("<fit pages=\"{}\" space=\"40%\"/>", wanted));
  const auto fitted = prepare();
  ASSERT_TRUE(fitted) << told();
  const std::string text = told();
  const std::size_t at = text.find("space ") + 6;
  const int percent = std::stoi(text.substr(at));
  ASSERT_GT(percent, 40);
  layout(fmt::format("<fit pages=\"{}\" space=\"{}%\"/>", wanted, percent));
  EXPECT_TRUE(prepare());
  layout(fmt::format("<fit pages=\"{}\" space=\"{}%\"/>", wanted, percent + 1));
  EXPECT_FALSE(prepare());
}

// Fewer than 12 settings are tried, however wide the bounds are, and the same are tried every time.
TEST_F(Fitting, FewTrials) {
  sections(12);
  layout("<fit pages=\"1\" space=\"40%\" margin=\"40%\" type=\"40%\"/>");
  diags_ = {};
  Pipeline pipeline = shipped();
  const auto stations = [&] {
    layout("");
    return pipeline.prepare(request("en"), diags_);
  }();
  ASSERT_TRUE(stations) << told();
  layouts::FitRule rule;
  rule.pages = 1;
  rule.least_type = rule.least_space = rule.least_margin = 0.4;
  for (const int first_that_fits : {1, 7, 60, 61, 100, 126}) {
    std::vector<compose::Scale> tried;
    const LayOut lay_out = [&](const compose::Scale& scale, Diagnostics&) -> Result<LaidOut> {
      tried.push_back(scale);
      const int step = static_cast<int>(std::lround(100 * (3 - scale.space - scale.margin - scale.type)));
      LaidOut made{stations->styled, {}};
      made.display.pages.resize(step >= first_that_fits ? 1 : 2);
      return made;
    };
    Diagnostics diags;
    compose::Sources sources = stations->sources;
    auto plain = std::make_shared<layouts::LayoutDefinition>(*sources.layout);
    plain->minimum_type = 12_pt;
    sources.layout = plain;
    ASSERT_TRUE(search_fit(rule, request("en"), sources, lay_out, diags)) << first_that_fits << to_text(diags);
    EXPECT_LE(tried.size(), static_cast<std::size_t>(kMostTrials)) << first_that_fits;
    const int space = std::max(100 - first_that_fits, 40), margin = std::max(std::min(100, 100 - (first_that_fits - 60)), 40), type = std::min(100, 100 - (first_that_fits - 120));
    EXPECT_THAT(to_text(diags), HasSubstr(fmt::format("fitted to 1 page: space {}%, margins {}%, type {}%", space, margin, type)));
  }
}

// The profile's least size is kept whatever the layout allows: 14 pt may become 12 pt.
TEST_F(Fitting, TypeKeepsTheProfilesMinimum) {
  sections(20);
  layout("<fit pages=\"1\" space=\"40%\" margin=\"40%\" type=\"40%\"/>");
  EXPECT_FALSE(prepare());
  EXPECT_THAT(told(), AllOf(HasSubstr("layout.xml:2:1: error: the handout has "), HasSubstr(" pages, 1 was asked for: "), HasSubstr(" lines ("), HasSubstr(" mm) are over at the smallest setting (space 40%, margins 40%, type 86%)"),
                            HasSubstr("which profile 'standard' forbids (its least is 12 pt)"), HasSubstr("--level short"), HasSubstr("leave out section 's19' (--exclude s19)")));
}

TEST_F(Fitting, SaysThatTheLayoutForbidsSmallerType) {
  sections(12);
  layout("");
  const auto plain = prepare();
  ASSERT_TRUE(plain);
  layout(fmt::format("<fit pages=\"{}\"/>", plain->display.pages.size() - 1), "20pt");
  EXPECT_FALSE(prepare());
  EXPECT_THAT(told(), HasSubstr("let type go down to "));
}

// A sheet takes two pages where it is printed on both sides, four as a booklet.
TEST_F(Fitting, Sheets) {
  layouts::FitRule rule;
  rule.sheets = 2;
  styled::StyledDocument document;
  EXPECT_EQ(pages_for(rule, document), 2u);
  document.duplex = true;
  EXPECT_EQ(pages_for(rule, document), 4u);
  const auto folded = [&](display::Fold fold) {
    document.sheet = display::Sheet{fold, {}, false};
    return pages_for(rule, document);
  };
  EXPECT_EQ(folded(display::Fold::Booklet), 8u);
  EXPECT_EQ(folded(display::Fold::TwoUp), 8u);
  EXPECT_EQ(folded(display::Fold::TriFold), 12u);
  EXPECT_EQ(folded(display::Fold::HalfFold), 8u);
  document.duplex = false;
  EXPECT_EQ(folded(display::Fold::TwoUp), 4u);
}

TEST_F(Fitting, RequestOverridesTheLayout) {
  just_over(3);
  request_ = request("en");
  request_->fit = request::fit_named("pages:3");
  ASSERT_TRUE(request_->fit);
  const auto fitted = prepare();
  ASSERT_TRUE(fitted) << told();
  EXPECT_EQ(fitted->display.pages.size(), 3u);
  EXPECT_THAT(told(), AllOf(HasSubstr("note: fitted to "), HasSubstr("type 100%")));
  request_->fit = request::fit_named("sheets:1");
  EXPECT_FALSE(prepare());
  EXPECT_THAT(told(), HasSubstr("1 sheet has room for 1"));
}

TEST_F(Fitting, ProfilesHaveTheirMinimum) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  const auto minimum = [&](const char* profile) {
    const auto layout = layouts::read_layout(kSource / "layouts", "standard", profile, diags);
    return layout ? layout->minimum_type : Length{};
  };
  EXPECT_EQ(minimum("standard"), 12_pt);
  EXPECT_EQ(minimum("large"), 16_pt);
  EXPECT_EQ(minimum("giant"), 24_pt);
}

}  // namespace
}  // namespace handout
