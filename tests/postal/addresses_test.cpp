// Addresses of all named countries, from addresses.txt, and every country's postcodes, from postcodes.txt.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "postal/format_address.h"

namespace handout::postal {
namespace {

const std::filesystem::path kSource = HANDOUT_SOURCE_DIR;

const Countries& countries() {
  static const Countries read = [] {
    Diagnostics diags;
    auto result = read_countries(kSource / "content/postal/countries.xml", diags);
    EXPECT_TRUE(result) << to_text(diags);
    return result ? std::move(*result) : Countries{};
  }();
  return read;
}

std::string trimmed(std::string text) {
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(separator, at);
    parts.push_back(trimmed(text.substr(at, end == std::string::npos ? end : end - at)));
    if (end == std::string::npos) return parts;
    at = end + separator.size();
  }
}

std::vector<std::string> lines_of(const char* file) {
  std::vector<std::string> lines;
  std::ifstream in(kSource / "tests/postal" / file);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') lines.push_back(line);
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : " / ") + line;
  return text;
}

TEST(Addresses, AreWrittenAsTheirCountriesDo) {
  std::set<std::string> met;
  std::size_t count = 0;
  for (const std::string& line : lines_of("addresses.txt")) {
    const std::size_t arrow = line.find(" => ");
    ASSERT_NE(arrow, std::string::npos) << line;
    const std::vector<std::string> fields = split(line.substr(0, arrow), "|");
    ASSERT_EQ(fields.size(), 6u) << line;
    request::PostalAddress address{split(fields[1], ";"), fields[3], fields[2], fields[4], fields[5], fields[0].substr(3) == "-" ? "" : fields[0].substr(3)};
    const auto made = format_address(address, {}, Sender(countries(), fields[0].substr(0, 2)), countries());
    EXPECT_EQ(joined(made.lines), line.substr(arrow + 4)) << line;
    for (const Finding& finding : made.findings) EXPECT_NE(finding.rule, Finding::Rule::Postcode) << line << ": " << describe(finding);
    met.insert(address.country);
    ++count;
  }
  EXPECT_GE(count, 200u);
  std::istringstream named("US CA MX BR AR GB IE FR DE AT CH NL BE LU ES PT IT DK SE NO FI PL CZ SK HU RO BG GR TR RU UA IL EG SA AE IN PK BD LK NP TH VN PH ID MY SG CN TW HK MO JP KR AU NZ ZA NG KE");
  for (std::string code; named >> code;) EXPECT_TRUE(met.contains(code)) << code;
}

TEST(Postcodes, OfEveryCountryAreTakenAndWrongOnesRefused) {
  std::set<std::string> met;
  for (const std::string& line : lines_of("postcodes.txt")) {
    const Country* country = countries().find(line.substr(0, 2));
    ASSERT_NE(country, nullptr) << line;
    met.insert(country->code);
    const std::size_t semicolon = line.find(" ; ");
    ASSERT_NE(semicolon, std::string::npos) << line;
    for (const std::string& each : split(line.substr(3, semicolon - 3), ",")) {
      const auto sides = split(each, "->");
      const auto printed = country->postcode.print(sides[0], country->postcode_prefix, country->language.script());
      ASSERT_TRUE(printed) << line << ": " << sides[0];
      EXPECT_EQ(*printed, sides.back()) << line;
      EXPECT_EQ(country->postcode.print(*printed, country->postcode_prefix, country->language.script()), printed) << line;
      EXPECT_FALSE(country->postcode.print(sides[0] + "11111", country->postcode_prefix, country->language.script())) << line;
      EXPECT_FALSE(country->postcode.print("?" + sides[0], country->postcode_prefix, country->language.script())) << line;
    }
    for (const std::string& each : split(line.substr(semicolon + 3), ",")) EXPECT_FALSE(country->postcode.print(each, country->postcode_prefix, country->language.script())) << line << ": " << each;
  }
  for (const auto& [code, country] : countries().all()) EXPECT_TRUE(country.postcode.empty() || met.contains(code)) << code;
}

// ISO 3166-1 has 249 codes; CLDR adds XK, which has a post of its own.
TEST(Countries, AreAllThere) {
  EXPECT_EQ(countries().all().size(), 250u);
  for (const auto& [code, country] : countries().all()) {
    // Each writes what it is given.
    const request::PostalAddress address{{"street"}, "city", "district", "state", "", code};
    const auto made = format_address(address, {}, Sender(countries(), code), countries());
    ASSERT_GE(made.lines.size(), 2u) << code;
    const auto abroad = format_address(address, {}, Sender(countries(), code == "DE" ? "AT" : "DE"), countries());
    EXPECT_EQ(abroad.lines.size(), made.lines.size() + 1) << code;
    EXPECT_NE(abroad.lines.back(), code) << "CLDR has no German name";
  }
}

// ---- edges ----

class Formats : public testing::Test {
 protected:
  static FormattedAddress from(std::string_view sender, const request::PostalAddress& address, const std::vector<std::string>& names = {}, const AddressOptions& options = {}) { return format_address(address, names, Sender(countries(), sender), countries(), options); }
};

bool has(const FormattedAddress& made, Finding::Rule rule) {
  return std::any_of(made.findings.begin(), made.findings.end(), [&](const Finding& finding) { return finding.rule == rule; });
}

// USPS IMM 122.1: city and country in English, whatever the street is in.
TEST_F(Formats, AScriptThatTheSendersPostMayNotRead) {
  const auto is_told = [](std::string_view sender, const request::PostalAddress& address) { return has(from(sender, address), Finding::Rule::Script); };
  const request::PostalAddress tokyo{{"神宮前1-2-3"}, "渋谷区", "", "東京都", "1500001", "JP"};
  EXPECT_TRUE(is_told("US", tokyo));
  EXPECT_TRUE(is_told("RU", tokyo));
  EXPECT_FALSE(is_told("JP", tokyo));
  EXPECT_FALSE(is_told("CN", tokyo));
  EXPECT_FALSE(is_told("US", {{"神宮前1-2-3"}, "Tokyo", "", "東京都", "1500001", "JP"}));
  EXPECT_TRUE(is_told("US", {{"شارع النخيل 7"}, "الجيزة", "", "", "12345", "EG"}));
  EXPECT_FALSE(is_told("EG", {{"Main St 7"}, "Dover", "", "DE", "19901", "US"}));
  EXPECT_TRUE(is_told("US", {{"彌敦道1號"}, "", "", "", "", "HK"}));
  EXPECT_FALSE(is_told("US", {{"1 Nathan Road"}, "", "", "", "", "HK"}));
  EXPECT_FALSE(is_told("US", {{"Rue de l'Érable 7"}, "Orléans", "", "", "45000", "FR"}));
  EXPECT_EQ(describe(from("US", tokyo).findings.front()), "it is in a script that the post of US may not read");
}

// Who writes from the large to the small may write all of it in one line.
TEST_F(Formats, NothingIsMissingInALineFromTheLargeToTheSmall) {
  EXPECT_FALSE(has(from("JP", {{"東京都渋谷区神宮前1-2-3"}, "", "", "", "150-0001", "JP"}), Finding::Rule::MissingPart));
  EXPECT_TRUE(has(from("JP", {{"神宮前1-2-3"}, "渋谷区", "", "東京都", "", "JP"}), Finding::Rule::MissingPart));
  EXPECT_TRUE(has(from("JP", {{"1-2-3 Jingumae"}, "", "", "", "150-0001", "JP"}), Finding::Rule::MissingPart));
}

TEST_F(Formats, LinesGetTheirCountryOnce) {
  unicode::CountryNames names;
  const auto lines = [&](std::string_view sender, const std::vector<std::string>& given, std::string_view country) { return complete_lines(given, country, Sender(countries(), sender), countries(), names); };
  EXPECT_EQ(joined(lines("US", {"1 rue de la Paix", "75002 Paris"}, "FR").lines), "1 rue de la Paix / 75002 Paris / FRANCE");
  for (const char* const said : {"FRANCE", "France", "FR", "fra"}) EXPECT_EQ(lines("US", {"1 rue de la Paix", "75002 Paris", said}, "FR").lines.size(), 3u) << said;
  EXPECT_EQ(joined(lines("DE", {"1 Elm St", "Dover DE 19901"}, "US").lines), "1 Elm St / Dover DE 19901 / VEREINIGTE STAATEN");
  for (const char* const said : {"USA", "Vereinigte Staaten", "United States"}) EXPECT_EQ(lines("DE", {"1 Elm St", "Dover DE 19901", said}, "US").lines.size(), 3u) << said;
  // Twice is as once.
  EXPECT_EQ(lines("US", lines("US", {"Am Markt 1", "54290 Trier"}, "DE").lines, "DE").lines.size(), 3u);
  EXPECT_EQ(lines("US", {"1 Calle Luna", "San Juan PR 00901"}, "PR").lines.size(), 2u);
  EXPECT_EQ(lines("US", {"1 Elm St", "Dover DE 19901"}, "").lines.size(), 2u);
  EXPECT_TRUE(lines("US", {}, "FR").lines.empty());
  EXPECT_EQ(joined(lines("US", {"中国", "北京市朝阳区1号"}, "CN").lines), "中国 / 北京市朝阳区1号");
  EXPECT_TRUE(has(lines("US", {"北京市朝阳区1号", "100020"}, "CN"), Finding::Rule::Script));
  EXPECT_EQ(joined(lines("US", {"北京市朝阳区1号", "100020"}, "CN").lines), "北京市朝阳区1号 / 100020 / CHINA");
  EXPECT_FALSE(has(lines("US", {"朝阳区1号", "BEIJING 100020"}, "CN"), Finding::Rule::Script));
}

TEST_F(Formats, NamesStandFirst) {
  const request::PostalAddress address{{"神宮前1-2-3"}, "渋谷区", "", "東京都", "1500001", "JP"};
  EXPECT_EQ(joined(from("JP", address, {"山田 太郎"}).lines), "山田 太郎 / 〒150-0001 / 東京都渋谷区神宮前1-2-3");
  EXPECT_EQ(joined(from("JP", address, {"山田 太郎", " "}, {.names = Names::AsWritten}).lines), "〒150-0001 / 東京都渋谷区神宮前1-2-3 / 山田 太郎");
  EXPECT_EQ(joined(from("CN", address, {"山田 太郎"}).lines), "山田 太郎 / 日本 / 〒150-0001 / 東京都渋谷区神宮前1-2-3");
  EXPECT_EQ(joined(from("CN", address, {"山田 太郎"}, {.names = Names::AsWritten}).lines), "日本 / 〒150-0001 / 東京都渋谷区神宮前1-2-3 / 山田 太郎");
  EXPECT_EQ(joined(from("US", address, {"山田 太郎"}).lines), "山田 太郎 / 〒150-0001 / 東京都渋谷区神宮前1-2-3 / JAPAN");
  EXPECT_EQ(joined(from("DE", {{"Am Markt 1"}, "Trier", "", "", "54290", "DE"}, {"Ada  Weiß", "Praxis am Markt"}).lines), "Ada Weiß / Praxis am Markt / Am Markt 1 / 54290 Trier");
  EXPECT_EQ(joined(from("DE", {{"Am Markt 1"}, "Trier", "", "", "54290", "DE"}, {"Ada Weiß"}, {.names = Names::AsWritten}).lines), "Ada Weiß / Am Markt 1 / 54290 Trier");
}

TEST_F(Formats, FieldsAreCleaned) {
  EXPECT_EQ(joined(from("DE", {{"Am\tMarkt\n1", "\xE2\x80\xAE" "x\x07"}, "\u00A0Trier\u2003 ", "", "", "54290", "DE"}).lines), "Am Markt 1 / x / 54290 Trier");
  // A single ideographic space stays.
  EXPECT_EQ(joined(from("JP", {{"1丁目\u3000\u30002番\u30003号\u3000"}, "渋谷区", "", "", "", "JP"}).lines), "渋谷区1丁目 2番\u30003号");
}

TEST_F(Formats, TellWhatIsMissing) {
  const auto made = from("US", {{"1 Elm St"}, "Dover", "", "", "", "US"});
  ASSERT_EQ(made.findings.size(), 2u);
  EXPECT_EQ(describe(made.findings[0]), "state is missing, which addresses of US have");
  EXPECT_EQ(describe(made.findings[1]), "postcode is missing, which addresses of US have");
  EXPECT_EQ(joined(made.lines), "1 ELM ST / DOVER");
  EXPECT_TRUE(from("US", {{"1 Elm St"}, "Dover", "", "", "", "US"}, {}, {.missing_part = OnFinding::Refuse}).refused());
  EXPECT_TRUE(from("SG", {{"10 Bayfront Ave"}, "", "", "", "018956", "SG"}).findings.empty());
}

TEST_F(Formats, TellAPostcodeOfAnotherForm) {
  const request::PostalAddress address{{"Am Markt 1"}, "Trier", "", "", "D-5429", "DE"};
  const auto made = from("DE", address);
  ASSERT_EQ(made.findings.size(), 1u);
  EXPECT_EQ(describe(made.findings[0]), "the postcode is not of the form of DE: #####");
  EXPECT_EQ(joined(made.lines), "Am Markt 1 / D-5429 Trier");
  EXPECT_TRUE(from("DE", address, {}, {.postcode = OnFinding::Refuse}).refused());
  EXPECT_EQ(describe(from("LV", {{"Brīvības iela 6"}, "Rīga", "", "", "10", "LV"}).findings.at(0)), "the postcode is not of the form of LV: LV-####");
}

TEST_F(Formats, CountLinesAndCharacters) {
  const request::PostalAddress five{{"Haus A", "Aufgang 2", "3. Stock", "Am Markt 1"}, "Trier", "", "", "54290", "DE"};
  EXPECT_TRUE(from("DE", five, {"Ada Weiß"}).findings.empty());  // six lines
  const auto seven = from("DE", five, {"Ada Weiß", "Praxis"});
  ASSERT_EQ(seven.findings.size(), 1u);
  EXPECT_EQ(describe(seven.findings[0]), "the address takes 7 lines, and the post of DE at most 6");
  EXPECT_EQ(seven.lines.size(), 7u);
  EXPECT_TRUE(from("DE", five, {"Ada Weiß", "Praxis"}, {.length = OnFinding::Refuse}).refused());
  // Sent from the US the country's name counts too: five lines (USPS).
  const auto abroad = from("US", {{"Haus A", "Am Markt 1"}, "Trier", "", "", "54290", "DE"}, {"Ada Weiß", "Praxis"});
  ASSERT_EQ(abroad.findings.size(), 1u);
  EXPECT_EQ(describe(abroad.findings[0]), "the address takes 6 lines, and the post of US at most 5");

  const std::string thirty_eight = "12345678901234567890123456789012345 AB";
  EXPECT_TRUE(from("FR", {{thirty_eight}, "Lyon", "", "", "69001", "FR"}).findings.empty());
  const auto longer = from("FR", {{"3 rue", thirty_eight + "Ç"}, "Lyon", "", "", "69001", "FR"});
  ASSERT_EQ(longer.findings.size(), 1u);
  EXPECT_EQ(describe(longer.findings[0]), "line 2 has 39 characters, and lines of FR have at most 38");
  // Canada counts no spaces.
  EXPECT_TRUE(from("CA", {{"1234567890 1234567890 1234567890 123456789"}, "Ottawa", "", "ON", "K1A 0B1", "CA"}).findings.empty());
  EXPECT_EQ(from("CA", {{"1234567890 1234567890 1234567890 1234567890"}, "Ottawa", "", "ON", "K1A 0B1", "CA"}).findings.size(), 1u);
}

TEST_F(Formats, RefuseWhatHasNoForm) {
  const auto unknown = from("DE", {{"Am Markt 1"}, "Trier", "", "", "54290", "ZZ"}, {"Ada Weiß"});
  EXPECT_TRUE(unknown.refused());
  EXPECT_EQ(describe(unknown.findings.at(0)), "the country is none that addresses are known of");
  const auto empty = from("DE", {{" ", ""}, "", "", "", " ", "DE"}, {"Ada Weiß"});
  EXPECT_TRUE(empty.refused());
  EXPECT_EQ(describe(empty.findings.back()), "the address is empty");
}

TEST_F(Formats, NeverTellWordsOfTheAddress) {
  const request::PostalAddress address{{std::string(60, 'q'), "q", "q", "q", "q"}, "", "q", "q", "qqqq", "FR"};
  const auto made = from("FR", address, {"qqq", "qq"});
  EXPECT_GE(made.findings.size(), 4u);
  for (const Finding& finding : made.findings) EXPECT_EQ(describe(finding).find_first_of("qQ"), std::string::npos) << describe(finding);
}

TEST_F(Formats, CountriesInTheSendersOwnLanguage) {
  const request::PostalAddress address{{"Meir 3"}, "Antwerpen", "", "", "2000", "BE"};
  EXPECT_EQ(format_address(address, {}, Sender(countries(), "CH", unicode::Locale::parse("fr-CH")), countries()).lines.back(), "BELGIQUE");
  EXPECT_EQ(format_address(address, {}, Sender(countries(), "CH"), countries()).lines.back(), "BELGIEN");
  EXPECT_EQ(format_address(address, {}, Sender(countries(), "GR"), countries()).lines.back(), "BELGIUM");  // Latin letters
  const request::PostalAddress greek{{"Ερμού 12"}, "Αθήνα", "", "", "10563", "GR"};
  EXPECT_EQ(format_address(greek, {}, Sender(countries(), "CY"), countries()).lines.back(), "ΕΛΛΑΔΑ");
}

TEST_F(Formats, RightToLeftTextStaysInItsOrderWithoutMarks) {
  const auto made = from("EG", {{"١٢ شارع طلعت حرب"}, "القاهرة", "", "", "11511", "EG"}, {"أمل حداد"});
  EXPECT_EQ(joined(made.lines), "أمل حداد / ١٢ شارع طلعت حرب / القاهرة / 11511");
}

// Posts read 0 to 9; digits of the country's own script stay as they are written.
TEST_F(Formats, DigitsOfPostcodes) {
  const auto printed = [&](const char* country, const std::string& code) { return countries().find(country)->postcode.print(code, countries().find(country)->postcode_prefix, countries().find(country)->language.script()).value_or("none"); };
  for (const char* const code : {"١٩٩٠١", "１９９０１", "1٩９01", "१९९०१"}) EXPECT_EQ(printed("US", code), "19901") << code;
  EXPECT_EQ(printed("US", "١٩٩٠١١٢٣٤"), "19901-1234");
  EXPECT_EQ(printed("JP", "１００－０００１"), "１００－０００１");
  EXPECT_EQ(printed("GB", "SW１A ２AA"), "SW1A 2AA");
  EXPECT_EQ(printed("EG", "١١٥١١"), "١١٥١١");
  EXPECT_EQ(printed("IR", "۱۱۹۳۶۵۴۴۷۱"), "۱۱۹۳۶۵۴۴۷۱");
  EXPECT_EQ(printed("IN", "११०००१"), "११०००१");
  EXPECT_EQ(printed("TH", "๑๐๑๑๐"), "๑๐๑๑๐");
  EXPECT_EQ(printed("EG", "１１５１１"), "11511");
  EXPECT_EQ(printed("EG", "११५११"), "11511");
  EXPECT_EQ(joined(from("US", {{"1 Elm"}, "Dover", "", "DE", "١٩٩٠١", "US"}, {"Ann One"}).lines), "Ann One / 1 ELM / DOVER DE 19901");
}

// ---- the file ----

class ReadCountries : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-postal-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string faults(const std::string& inside) {
    std::ofstream(folder_ / "c.xml") << "<countries>" << inside << "</countries>";
    Diagnostics diags;
    const auto read = read_countries(folder_ / "c.xml", diags);
    EXPECT_EQ(read.has_value(), !diags.has_errors());
    std::string text;
    for (const Diagnostic& each : diags.all()) text += to_text(each.at).substr(folder_.string().size() + 7) + " " + each.message + "\n";
    return text;
  }

  std::filesystem::path folder_;
};

TEST_F(ReadCountries, FaultsAreToldWhereTheyStand) {
  const std::string form = "<form id=\"f\"><line><city/></line></form>";
  EXPECT_EQ(faults(form + "<country code=\"DE\" form=\"f\"/>"), "");
  EXPECT_EQ(faults(form + "<country code=\"DE\" form=\"g\"/>"), "1:77 there is no form 'g'\n");
  EXPECT_EQ(faults(form + "<country code=\"DE\"/>"), "1:52 <country> has no form\n");
  EXPECT_EQ(faults(form + "<country code=\"UK\" form=\"f\"/>"), "1:67 'UK' is no code of a country\n");
  EXPECT_EQ(faults(form + "<country code=\"de\" form=\"f\"/>"), "1:67 'de' is no code of a country\n");
  EXPECT_EQ(faults(form + "<country code=\"DE\" form=\"f\"/><country code=\"DE\" form=\"f\"/>"), "1:96 second country 'DE'\n");
  EXPECT_EQ(faults(form + "<country code=\"DE\" form=\"f\" postcode=\"##?\"/>"), "1:92 this is no form of a postcode\n");
  EXPECT_EQ(faults(form + "<country code=\"DE\" form=\"f\" postcode=\"#[9-1]\"/>"), "1:91 this is no form of a postcode\n");
  EXPECT_EQ(faults(form + "<country code=\"DE\" form=\"f\" postcode=\"#[1-\"/>"), "1:91 this is no form of a postcode\n");
  EXPECT_EQ(faults(form + "<country code=\"DE\" form=\"f\" requires=\"city stat\"/>"), "1:95 'stat' is no part of an address; did you mean 'state'?\n");
  EXPECT_EQ(faults(form + "<country code=\"DE\" form=\"f\" domestic-with=\"FR\"/>"), "1:95 there is no country 'FR' here\n");
  EXPECT_EQ(faults("<country code=\"DE\"><form><line>x</line></form></country>"), "1:37 <line> has no parts\n1:37 <line> ends with words that belong to no part\n");
  EXPECT_EQ(faults("<country code=\"DE\"><form><line><city/></line></form><form><line><city/></line></form></country>"), "1:64 second form for all scripts\n");
  EXPECT_EQ(faults("<country code=\"DE\"><form scripts=\"hani\"><line><city/></line></form></country>"), "1:46 'hani' is no code of a script\n1:12 <country> has no form\n");
}

}  // namespace
}  // namespace handout::postal
