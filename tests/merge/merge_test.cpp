// Each handout that comes from a template is the one that is made for its recipient alone.
#include "merge/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <array>

#include "display/display.h"
#include "rendered/rendering.h"

namespace handout::merge {
namespace {

struct Person { std::string_view given, family, locale; };
constexpr std::array<Person, 16> kPeople = {{
    {"Amal", "Haddad", ""}, {"Ann", "Li", ""}, {"Bartholomew Maximilian Alexander", "Featherstonehaugh-Cholmondeley", ""}, {"أمل", "حداد", "ar"}, {"王", "小明", "zh-Hans"}, {"आरती", "शर्मा", "hi"},
    {"Дмитрий", "Иванов", "ru"}, {"Nguyễn", "Thị Minh", "vi"}, {"דוד", "כהן", "he"}, {"สมชาย", "ใจดี", "th"}, {"Łukasz", "Żółć", "pl"}, {"Ελένη", "Παπαδοπούλου", "el"}, {"김", "민수", "ko"}, {"O", "X", ""},
    {"Ann", "Smith (born 1960)", ""}, {"J. R. R.", "<b>Tolkien</b> & Söhne", ""}}};

request::Request request_for(std::size_t number, const std::string& locale, const std::string& layout, const std::string& profile) {
  request::Request made = knee(locale, profile);
  made.layout = layout;
  // As the layout says: compact would refuse the whole article.
  made.editions.front().level.reset();
  const Person& person = kPeople[number % kPeople.size()];
  made.recipient->name.given = person.given;
  made.recipient->name.family = person.family;
  if (!person.locale.empty()) made.recipient->name.locale = *unicode::Locale::parse(person.locale);
  made.recipient->birth_date = unicode::parse_date(fmt::format("{}-{:02}-{:02}", 1930 + number % 70, 1 + number % 12, 1 + number % 28));
  if (number % 7 == 3) made.recipient->birth_date.reset();
  if (number % 3 != 0) made.recipient->address = {"12 Long Street", fmt::format("Flat {}", number), "Springfield"};
  if (number % 5 == 1) made.recipient->address.emplace_back("DEUTSCHLAND");
  made.note = number % 4 == 0 ? "" : number % 4 == 1 ? "Rest it for 2 days." : fmt::format("Please call the clinic on +1 555 0{} when the pain has not gone after {} days. Bring this paper with you, and the list of all medicines that you take.", 100 + number, number);
  if (number % 2 == 0) made.fields.emplace("next-visit", fmt::format("2027-{:02}-{:02}", 1 + number % 12, 1 + number % 28));
  return made;
}

class Merging : public testing::TestWithParam<std::tuple<std::string_view, std::string_view, std::string_view>> {};

TEST_P(Merging, EachIsAsMadeAlone) {
  const auto [locale, layout, profile] = GetParam();
  Pipeline alone = shipped(), merged = shipped();
  Merger merger(merged);
  Hands hands(merged);
  constexpr std::size_t kCount = 24;
  std::size_t refused = 0;
  for (std::size_t i = 0; i < kCount; ++i) {
    const request::Request wanted = request_for(i * 7919, std::string(locale), std::string(layout), std::string(profile));
    Diagnostics diags, merged_diags;
    const auto expected = alone.prepare(wanted, diags);
    request::Request asked = wanted;
    const auto made = merger.merge(asked, hands, merged_diags);
    ASSERT_EQ(expected.has_value(), made.has_value()) << to_text(diags) << to_text(merged_diags);
    // An address too long for its window is refused.
    if (!made) {
      ++refused;
      continue;
    }
    const auto fonts = alone.fonts(expected->sources.clinic.get(), diags);
    ASSERT_TRUE(fonts);
    ASSERT_EQ(display::dump(expected->display, **fonts), display::dump(made->display, **fonts)) << "recipient " << i;
  }
  fmt::print("{} filled, {} made\n", merger.counts().filled, merger.counts().made);
  EXPECT_LE(refused, kCount / 2);
  EXPECT_GE(merger.counts().filled, kCount / 5) << "templates must serve more than those they were made for";
}

INSTANTIATE_TEST_SUITE_P(Shipped, Merging, testing::Combine(testing::Values("en", "ar"), testing::Values("standard", "letter", "bilingual", "compact"), testing::Values("standard")));
INSTANTIATE_TEST_SUITE_P(LargePrint, Merging, testing::Values(std::tuple("hi", "standard", "large"), std::tuple("vi", "letter-din-b", "giant"), std::tuple("zh-Hans", "booklet", "standard")));

}  // namespace
}  // namespace handout::merge
