#include "stress/generated.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "layouts/layout.h"
#include "stress/generated_article.h"
#include "stress/promises.h"
#include "unicode/sequence_parts.h"

namespace handout::stress {

using display::Role;
using testing::IsEmpty;

namespace {

// A contents list says the titles again: each of its lines, and the number of a page.
void expect_contents(const Stations& made) {
  const std::vector<std::string> lines = words_of_each(made.display, Role::Toci), wanted = expected_texts_of(made.styled, Role::Toci);
  ASSERT_EQ(lines.size(), wanted.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string title = squeezed(wanted[i]);
    ASSERT_TRUE(lines[i].starts_with(title)) << "'" << lines[i] << "' is not the line of '" << title << "'";
    std::size_t digits = 0;
    for (std::size_t at = title.size(); at < lines[i].size(); at = unicode::next_character(lines[i], at), ++digits) EXPECT_TRUE(unicode::is_decimal_digit(unicode::character_at(lines[i], at))) << lines[i];
    EXPECT_GE(digits, 1u) << lines[i];
  }
}

}  // namespace

bool told(const Diagnostics& diags, std::string_view words) {
  return std::any_of(diags.all().begin(), diags.all().end(), [&](const Diagnostic& each) { return each.message.find(words) != std::string::npos; });
}

void GeneratedHandouts::SetUp() {
  Rendering::SetUp();
  for (const char* picture : {"knee-joint.svg", "three-steps.svg"}) std::filesystem::create_symlink(kSource / "content" / kArticle / picture, folder_ / picture);
}

request::Request GeneratedHandouts::request_for(std::size_t number, const std::string& layout) {
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
  made.fit = {request::Fit::In::Pages, 1000};
  if (number % 3 == 0) made.recipient.emplace().name.display = "Amal Haddad";
  if (number % 5 < 2) made.fields = {{"times", number % 2 == 0 ? "1" : "3"}, {"side", "left"}};
  return made;
}

void GeneratedHandouts::check_file(Pipeline& pipeline, const request::Request& request, const styled::StyledDocument& styled) {
  Diagnostics diags;
  const auto rendered = pipeline.render(request, diags);
  ASSERT_TRUE(rendered) << to_text(diags);
  EXPECT_THAT(inspect::check_tags(rendered->bytes), IsEmpty());
  const auto report = inspect::read_pdf(rendered->bytes);
  ASSERT_TRUE(report) << report.error();
  // Page numbers in contents lists are not known to compose.
  if (expected_texts_of(styled, Role::Toc).empty()) EXPECT_EQ(squeezed(inspect::structure_text(report->tree)), squeezed(expected_text(styled)));
}

std::size_t GeneratedHandouts::expect(Pipeline& pipeline, const request::Request& request, Printed printed) {
  Diagnostics diags;
  const auto made = pipeline.prepare(request, diags);
  const auto fonts = pipeline.fonts(nullptr, diags);
  if (!made || !fonts) {
    ADD_FAILURE() << to_text(diags);
    return 0;
  }
  const std::string words = words_of(made->display, Role::Toc);
  if (printed == Printed::Whole) EXPECT_THAT(lost_words(*made->sources.articles.front(), words), IsEmpty());
  EXPECT_EQ(words, squeezed(expected_text_without(made->styled, Role::Toc)));
  expect_contents(*made);
  EXPECT_THAT(lines_not_once(made->display), IsEmpty());
  // A panel for which the article has nothing stays blank.
  if (printed == Printed::Whole) EXPECT_THAT(pages_without_progress(made->display), IsEmpty());
  EXPECT_THAT(headings_at_the_foot(made->display), IsEmpty());
  if (told(diags, "taller than the page")) {
    ++too_tall_;
  } else {
    EXPECT_THAT(overlaps(made->display, **fonts), IsEmpty());
    EXPECT_THAT(outside(made->styled, made->display, **fonts), IsEmpty());
  }
  return made->display.pages.size();
}

std::size_t GeneratedHandouts::expect_promises(Pipeline& pipeline, const request::Request& request) { return expect(pipeline, request, Printed::InPart); }
std::size_t GeneratedHandouts::expect_all(Pipeline& pipeline, const request::Request& request) { return expect(pipeline, request, Printed::Whole); }

}  // namespace handout::stress
