#include <map>
#include <regex>
#include <set>

#include "base/digest.h"
#include "postal/format_address.h"
#include "recipients/column_map.h"
#include "recipients/list.h"
#include "recipients/sample.h"
#include "recipients/sample_tables.h"
#include "recipients/to_recipient.h"
#include "unicode/text.h"

namespace handout::recipients::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string sample(std::uint64_t count, std::uint64_t seed, std::vector<Target> columns = {}) {
  StringSink sink;
  EXPECT_TRUE(write_sample({count, seed, std::move(columns)}, sink));
  return sink.take();
}

class Sample : public testing::Test {
 protected:
  static constexpr std::uint64_t kCount = 5000;
  void SetUp() override {
    const Read read = read_list(sample(kCount, 1));
    ASSERT_EQ(read.told, "");
    ASSERT_THAT(read.rejects, IsEmpty());
    ASSERT_EQ(read.rows.size(), kCount);
    Diagnostics diags;
    ColumnMap map = *ColumnMap::make({}, diags);
    ASSERT_TRUE(map.bind(read.columns, Columns::All, Span::of_file("sample"), diags)) << to_text(diags);
    ASSERT_EQ(to_text(diags), "");
    Lookups lookups;
    for (const auto& values : read.rows) {
      const auto person = to_recipient({0, 0, values, "", {}}, map, lookups);
      ASSERT_TRUE(person) << person.error().column << person.error().reason;
      people_.push_back(person->recipient);
    }
  }
  std::vector<request::Recipient> people_;
};

TEST_F(Sample, EveryoneIsValidAndHasAnAddress) {
  std::set<std::string> keys;
  for (const auto& person : people_) {
    EXPECT_TRUE(keys.insert(person.key).second) << person.key;
    EXPECT_TRUE(person.birth_date && person.postal && !person.postal->lines.empty() && !person.postal->city.empty() && !person.postal->postcode.empty() && !person.postal->country.empty()) << person.key;
  }
}

TEST_F(Sample, ScriptsLanguagesAndCountries) {
  std::map<std::string, int> scripts, countries, languages;
  int large = 0;
  for (const auto& person : people_) {
    for (const auto& run : unicode::script_runs(person.name.given + person.name.display)) ++scripts[run.script];
    ++countries[person.postal->country];
    ++languages[person.languages.empty() ? "" : person.languages.front().tag()];
    large += person.large_print ? 1 : 0;
  }
  for (const char* script : {"Latn", "Cyrl", "Grek", "Arab", "Hebr", "Deva", "Beng", "Thai", "Hani", "Hira", "Hang", "Armn", "Geor", "Ethi"}) EXPECT_GT(scripts[script], 0) << script;
  EXPECT_GE(countries.size(), 20u);
  int shipped = 0;
  for (const char* tag : {"en", "es", "ar", "hi", "vi", "zh-Hans"}) shipped += languages[tag];
  EXPECT_GT(shipped, 3000);
  EXPECT_GE(languages.size(), 15u);
  EXPECT_GT(languages[""], 100);
  EXPECT_GT(large, 200);
}

TEST_F(Sample, OneInAHundredIsAwkward) {
  int one_letter = 0, six_lines = 0, very_long = 0, quotes = 0, titles = 0, one_name = 0, formulas = 0;
  for (const auto& person : people_) {
    one_letter += person.name.given.size() == 1 ? 1 : 0;
    six_lines += person.postal->lines.size() == 6 ? 1 : 0;
    very_long += unicode::count_code_points(person.name.given) > 25 ? 1 : 0;
    quotes += person.name.given.find('"') != std::string::npos ? 1 : 0;
    titles += person.name.prefix.empty() ? 0 : 1;
    one_name += person.name.display.empty() ? 0 : 1;
    formulas += person.postal->lines.front().front() == '=' ? 1 : 0;
  }
  for (const int count : {one_letter, six_lines, very_long, quotes, titles, one_name, formulas}) {
    EXPECT_GT(count, 0);
    EXPECT_LT(count, 30);
  }
}

TEST_F(Sample, PostcodesHaveTheFormOfTheirCountry) {
  const std::map<std::string, std::regex> forms{{"US", std::regex("[0-9]{5}(-[0-9]{4})?")}, {"GB", std::regex("[A-Z]{1,2}[0-9]{1,2} [0-9][ABD-HJLNP-UW-Z]{2}")}, {"CA", std::regex("[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z] [0-9][ABCEGHJ-NPRSTV-Z][0-9]")}, {"DE", std::regex("[0-9]{5}")}, {"PL", std::regex("[0-9]{2}-[0-9]{3}")},
                                                {"JP", std::regex("[0-9]{3}-[0-9]{4}")}, {"BR", std::regex("[0-9]{5}-[0-9]{3}")}, {"GR", std::regex("[0-9]{3} [0-9]{2}")}, {"IN", std::regex("[1-9][0-9]{5}")}, {"IL", std::regex("[0-9]{7}")}, {"AU", std::regex("[0-9]{4}")}, {"KR", std::regex("[0-9]{5}")}, {"RU", std::regex("[0-9]{6}")}};
  for (const auto& person : people_) {
    const auto form = forms.find(person.postal->country);
    if (form != forms.end()) EXPECT_TRUE(std::regex_match(person.postal->postcode, form->second)) << person.postal->country << " " << person.postal->postcode;
  }
}

// A mailing refuses addresses to which nothing can be delivered: there are none.
TEST_F(Sample, EveryAddressHasTheFormOfItsCountry) {
  Diagnostics diags;
  const auto countries = postal::read_countries(std::filesystem::path(HANDOUT_SOURCE_DIR) / "content/postal/countries.xml", diags);
  ASSERT_TRUE(countries) << to_text(diags);
  const postal::Sender sender(*countries, "US");
  postal::AddressOptions refusing;
  refusing.missing_part = refusing.postcode = postal::OnFinding::Refuse;
  for (const auto& person : people_) {
    const auto made = postal::format_address(*person.postal, {}, sender, *countries, refusing);
    EXPECT_FALSE(made.refused()) << person.key << " " << person.postal->country << ": " << describe(made.findings.front());
  }
}

TEST(Samples, TheSameSeedIsTheSameBytes) {
  EXPECT_EQ(sample(1000, 7), sample(1000, 7));
  EXPECT_NE(sample(1000, 7), sample(1000, 8));
  // On every machine.
  EXPECT_EQ(sha256_hex(sample(2000, 42)), "5ff41616a8711ba2f0c23528efcd8cfe501e4828c925bb2dbb0d13cc3166a2ad");
}

TEST(Samples, ALongerOneBeginsWithTheShorter) { EXPECT_TRUE(sample(300, 7).starts_with(sample(100, 7))); }

TEST(Samples, ColumnsAreThoseAskedFor) {
  EXPECT_EQ(sample(0, 1, {Target::City, Target::Line1}), "city,address.line1\r\n");
  const Read read = read_list(sample(2000, 3, {Target::Line6}));
  EXPECT_THAT(read.columns, ElementsAre("address.line6"));
  EXPECT_EQ(read.rows.size(), 2000u);
}

TEST(Samples, ASinkThatFailsEndsIt) {
  class Full final : public Sink {
   public:
    bool write(std::string_view) override { return ++writes == 1; }
    Diagnostics::Added report(Diagnostics& diags) const override { return diags.machine_error({}, "full"); }
    int writes = 0;
  } full;
  EXPECT_FALSE(write_sample({1'000'000, 1, {}}, full));
  EXPECT_EQ(full.writes, 2);
}

TEST(SampleTables, AreWhole) {
  int weight = 0;
  for (const NameTable& names : name_tables()) {
    EXPECT_TRUE(unicode::Locale::parse(names.locale) && unicode::Locale::parse(names.language)) << names.locale;
    for (const std::string_view list : {names.women, names.men, names.families}) {
      EXPECT_EQ(list.find("||"), std::string_view::npos);
      EXPECT_FALSE(list.empty() || list.front() == '|' || list.back() == '|') << names.locale;
    }
    weight += names.weight;
  }
  EXPECT_EQ(weight, 1000);
  unicode::CountryNames countries;
  for (const PlaceTable& place : place_tables()) {
    EXPECT_EQ(countries.find(place.country), place.country);
    std::string_view towns = place.towns;
    for (std::size_t end = 0; end != std::string_view::npos;) {
      end = towns.find('|');
      const std::string_view town = towns.substr(0, end);
      EXPECT_EQ(std::count(town.begin(), town.end(), '~'), 3) << town;
      if (end != std::string_view::npos) towns.remove_prefix(end + 1);
    }
  }
}

}  // namespace
}  // namespace handout::recipients::test
