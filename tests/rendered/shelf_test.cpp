// Every layout of the shelf with the knee handout: no fault and no warning in any language, on both papers, in all profiles that it is for; so many pages; files that keep every rule.
#include <algorithm>
#include <array>
#include <tuple>

#include "inspect/inspect.h"
#include "rendering.h"

namespace handout {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kLocales[] = {"en", "es", "ar", "zh-Hans", "hi", "vi"};
constexpr const char* kRegions[] = {"US", "GB"};
constexpr const char* kProfiles[] = {"standard", "large", "giant"};

request::Request plain(const std::string& layout, const std::string& locale, const std::string& region, const std::string& profile = "standard") {
  request::Request request;
  request.editions.push_back({kArticle, *unicode::Locale::parse(locale), request::ArticleLevel::Full});
  request.layout = layout;
  request.region = region;
  request.profile = profile;
  request.clinic = (kSource / "content/clinics/example.xml").string();
  return request;
}

bool is_for(std::string_view layout, std::string_view profile) {
  if (layout == "compact" || profile == "standard") return true;
  return layout == "booklet" && profile == "large";
}

class Shelf : public testing::TestWithParam<std::tuple<const char*, const char*>> {};

TEST_P(Shelf, RendersWithoutFaultOnBothPapersInItsProfiles) {
  const auto& [layout, locale] = GetParam();
  Pipeline pipeline = shipped();
  for (const char* region : kRegions) {
    for (const char* profile : kProfiles) {
      SCOPED_TRACE(std::string(region) + " " + profile);
      Diagnostics diags;
      request::Request wanted = plain(layout, locale, region, profile);
      wanted.editions.front().level.reset();
      const auto rendered = pipeline.render(wanted, diags);
      if (!is_for(layout, profile)) {
        EXPECT_FALSE(rendered);
        EXPECT_THAT(to_text(diags), HasSubstr(std::string("layout '") + layout + "' is not for the profile '" + profile + "'"));
        continue;
      }
      ASSERT_TRUE(rendered) << to_text(diags);
      // A note may say to what size it was fitted.
      EXPECT_THAT(to_text(diags), testing::AnyOf(testing::Eq(""), HasSubstr("note: fitted to "))) << layout;
      EXPECT_THAT(to_text(diags), testing::Not(HasSubstr("warning:")));
      EXPECT_THAT(inspect::check_tags(rendered->bytes), IsEmpty());
    }
  }
}

// What the article says is on paper, but for what a layout leaves out on purpose.
TEST_P(Shelf, SaysWhatWasComposed) {
  const auto& [layout, locale] = GetParam();
  if (std::string_view(layout) == "booklet") GTEST_SKIP() << "the page numbers of its contents list are not known to compose";
  Pipeline pipeline = shipped();
  Diagnostics diags;
  auto request = plain(layout, locale, "GB");
  request.editions.front().level.reset();
  const auto stations = pipeline.prepare(request, diags);
  const auto rendered = pipeline.render(request, diags);
  ASSERT_TRUE(stations && rendered) << to_text(diags);
  const auto report = inspect::read_pdf(rendered->bytes);
  ASSERT_TRUE(report) << report.error();
  EXPECT_EQ(comparable(inspect::structure_text(report->tree)), expected_text(stations->styled));
}

INSTANTIATE_TEST_SUITE_P(Layouts, Shelf, testing::Combine(testing::Values("compact", "booklet", "leaflet", "one-page"), testing::ValuesIn(kLocales)), [](const auto& info) {
  std::string name = std::string(std::get<0>(info.param)) + "_" + std::get<1>(info.param);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

std::size_t pages_of(const request::Request& request) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  const auto rendered = pipeline.render(request, diags);
  EXPECT_TRUE(rendered) << to_text(diags);
  return rendered ? rendered->pages : 0;
}

// Two columns, one sheet: what the layout's own level prints fits both sides, with a patient's name too; type stays at 12 pt and more, which a warning would tell.
TEST(ShelfPages, CompactTakesOneSheet) {
  for (const char* locale : kLocales) {
    for (const char* region : kRegions) {
      request::Request request = plain("compact", locale, region);
      request.editions.front().level.reset();
      EXPECT_EQ(pages_of(request), 2u) << locale << " " << region;
      request.recipient.emplace().name.display = "Amal Haddad";
      request.recipient->birth_date = unicode::parse_date("1961-03-04");
      request.date = unicode::parse_date("2026-11-22");
      EXPECT_EQ(pages_of(request), 2u) << locale << " " << region;
    }
  }
}

// All sections are more than a sheet, which is said with what would have to give; asked for, they take what they take.
TEST(ShelfPages, CompactSaysWhyAllSectionsTakeMore) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  request::Request request = plain("compact", "en", "US");
  EXPECT_FALSE(pipeline.render(request, diags));
  EXPECT_THAT(to_text(diags), testing::AllOf(HasSubstr("pages, 1 sheet has room for 2"), HasSubstr("take the short level (--level short)"), HasSubstr("leave out section"), HasSubstr("which profile 'standard' forbids")));
  request.fit = {request::Fit::In::Sheets, 2};
  EXPECT_EQ(pages_of(request), 3u);
}

TEST(ShelfPages, OnePageIsOne) {
  for (const char* locale : {"en", "es", "zh-Hans", "hi", "vi"}) {
    for (const char* region : kRegions) EXPECT_EQ(pages_of(plain("one-page", locale, region)), 1u) << locale << " " << region;
  }
  EXPECT_EQ(pages_of(plain("one-page", "ar", "GB")), 1u);
}

TEST(ShelfPages, LeafletIsOneSheetWithSixPanels) {
  for (const char* locale : kLocales) {
    for (const char* region : kRegions) {
      request::Request request = plain("leaflet", locale, region);
      EXPECT_EQ(pages_of(request), 2u) << locale << " " << region;
      request.impose = request::Impose::None;
      EXPECT_EQ(pages_of(request), 6u) << locale << " " << region;
    }
  }
}

TEST(ShelfPages, BookletIsOfWholeSheets) {
  for (const char* locale : kLocales) EXPECT_EQ(pages_of(plain("booklet", locale, "US")) % 2, 0u) << locale;
  EXPECT_EQ(pages_of(plain("booklet", "en", "US")), 4u);
  EXPECT_EQ(pages_of(plain("booklet", "en", "GB")), 4u);
}

// The margin at the fold is the wider one, in either direction: at the start of odd pages, at the end of even ones.
TEST(ShelfPages, MarginsOfABookletAreMirrored) {
  for (const char* locale : {"en", "ar"}) {
    Pipeline pipeline = shipped();
    Diagnostics diags;
    const auto stations = pipeline.prepare(plain("booklet", locale, "US"), diags);
    ASSERT_TRUE(stations) << to_text(diags);
    const bool rtl = std::string_view(locale) == "ar";
    // styled::PagePlace: first, last, blank, left
    const auto& odd = stations->styled.pages.at({false, false, false, rtl}).margin;
    const auto& even = stations->styled.pages.at({false, false, false, !rtl}).margin;
    EXPECT_GT(rtl ? odd.right : odd.left, rtl ? odd.left : odd.right) << locale;
    EXPECT_GT(rtl ? even.left : even.right, rtl ? even.right : even.left) << locale;
  }
}

}  // namespace
}  // namespace handout
