#include "recipients/list.h"

namespace handout::recipients::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using namespace std::string_literals;

TEST(JsonLines, ColumnsAreThePathsOfValues) {
  for (const std::size_t chunk : {1, 7, 4096}) {
    ReaderOptions options;
    options.chunk = chunk;
    const Read read = read_list("{\"key\":\"1\",\"name\":{\"given\":\"Ana\",\"family\":\"Ruiz\"},\"age\":-0,\"n\":1.50e2,\"big\":123456789012345678901234567890,\"ok\":true,\"none\":null,\"e\":{},\"l\":[]}\r\n"
                                "\n  {\"name\": {\"family\": \"Li\"}, \"lines\": [\"a\", \"b\", 3, false, null], \"c\": [{\"x\": 1}, [\"y\", \"z\"], {\"x\": 2}]} \n", options);
    EXPECT_EQ(read.told, "");
    EXPECT_EQ(read.format, Format::JsonLines);
    EXPECT_THAT(read.columns, ElementsAre("key", "name.given", "name.family", "age", "n", "big", "ok", "none", "lines", "c[0].x", "c[1]", "c[2].x"));
    ASSERT_THAT(read.rows, SizeIs(2)) << read.rejects.front();
    EXPECT_THAT(read.rows[0], ElementsAre("1", "Ana", "Ruiz", "-0", "1.50e2", "123456789012345678901234567890", "true", ""));
    EXPECT_THAT(read.rows[1], ElementsAre("", "", "Li", "", "", "", "", "", "a\nb\n3\nfalse", "1", "y\nz", "2"));
    EXPECT_THAT(read.order, ElementsAre("row 1 line 1", "row 2 line 3"));
    EXPECT_EQ(read.ended, Next::End);
  }
}

TEST(JsonLines, TextsAreUnescaped) {
  const Read read = read_list(R"({"a":"\u00e9\ud83d\ude00\n\"\\\/","b\u0041":"x"})");
  EXPECT_THAT(read.columns, ElementsAre("a", "bA"));
  EXPECT_THAT(read.rows, ElementsAre(ElementsAre("é😀\n\"\\/", "x")));
}

struct Bad {
  const char* name;
  std::string line, reject;
};

class JsonRejects : public testing::TestWithParam<Bad> {};

TEST_P(JsonRejects, NameLineAndByteAndNoValue) {
  for (const std::size_t chunk : {1, 4096}) {
    ReaderOptions options;
    options.chunk = chunk;
    options.format = Format::JsonLines;
    const Read read = read_list("{\"a\":\"1\"}\n" + GetParam().line + "\n{\"a\":\"3\"}\n", options);
    EXPECT_EQ(read.told, "");
    EXPECT_THAT(read.rejects, ElementsAre(HasSubstr(GetParam().reject)));
    EXPECT_THAT(read.rejects, ElementsAre(Not(HasSubstr("SECRET"))));
    ASSERT_THAT(read.rows, SizeIs(2));
    EXPECT_EQ(read.rows[1][0], "3");
    EXPECT_EQ(read.raws[1], GetParam().line);
  }
}

INSTANTIATE_TEST_SUITE_P(
    JsonLines, JsonRejects,
    testing::Values(Bad{"duplicate_key", R"({"a":"SECRET","b":{"c":1,"c":2}})", "2 line 2 byte 28 [b.c]: a key stands twice in one object"}, Bad{"duplicate_object", R"({"b":{},"b":{}})", "byte 11 [b]: a key stands twice"},
                    Bad{"same_path", R"({"a.b":"x","a":{"b":"SECRET"}})", "[a.b]: two values have the same path"}, Bad{"escaped_duplicate", R"({"a":1,"\u0061":2})", "[a]: a key stands twice"},
                    Bad{"unquoted", R"({"a":SECRET})", "2 line 2 byte 6: not well-formed JSON: invalid literal"}, Bad{"cut", R"({"a":"SECRET)", "2 line 2 byte 13: not well-formed JSON: invalid string: missing closing quote"},
                    Bad{"two_objects", R"({"a":"SECRET"}{"a":1})", "byte 15: not well-formed JSON: unexpected '{'; expected end of input"}, Bad{"comma", R"({"a":1,})", "not well-formed JSON: unexpected '}'"}, Bad{"text", R"("SECRET")", "is no JSON object"},
                    Bad{"number", "7", "is no JSON object"}, Bad{"list", R"([{"a":"SECRET"}])", "is a list; expected an object"}, Bad{"bad_utf8", "{\"a\":\"SECRET\xE9\"}", "2 line 2 byte 13: is not UTF-8: Latin-1 or Windows-1252, as it seems"},
                    Bad{"lone_surrogate", R"({"a":"SECRET\ud800"})", "not well-formed JSON: invalid string: surrogate"}, Bad{"nul", R"({"a":"SECRET\u0000"})", "[a]: holds the character U+0000"}, Bad{"nul_key", R"({"SECRET\u0000":1})", "a key holds the character U+0000"},
                    Bad{"raw_nul", "{\"a\":\"SEC\0RET\"}"s, "not well-formed JSON: invalid string: control character U+0000"}, Bad{"infinite", R"({"a":1e999})", "not well-formed JSON"},
                    Bad{"deep", "{\"a\":" + std::string(40, '[') + std::string(40, ']') + "}", "more than 32 levels of objects and lists"}, Bad{"large", "{\"a\":\"" + std::string((1u << 20) + 1, 'x') + "\"}", "[a]: has more than 1048576 bytes"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(JsonLines, AFaultLeavesNothingBehind) {
  const Read read = read_list("{\"a\":\"1\",\"b\":\"2\",\"a\":\"3\"}\n{\"c\":\"4\"}\n");
  ASSERT_THAT(read.rows, SizeIs(1));
  EXPECT_THAT(read.rows[0], ElementsAre("", "", "4"));
}

TEST(JsonLines, LimitsOfColumnsAndRecords) {
  ReaderOptions options;
  options.most_columns = 2;
  const Read read = read_list("{\"a\":1}\n{\"b\":1,\"c\":1}\n{\"b\":2}\n", options);
  EXPECT_THAT(read.rejects, ElementsAre(HasSubstr("the file has more than 2 different columns")));
  EXPECT_THAT(read.rows, SizeIs(2));
  options.most_record = 100;
  options.chunk = 10;
  const Read lines = read_list("{\"a\":1}\n{\"a\":\"" + std::string(500, 'x') + "\"}\n{\"a\":2}\n", options);
  EXPECT_THAT(lines.rejects, ElementsAre("2 line 2: is longer than 100 bytes, the most that a record may have (cut)"));
  EXPECT_THAT(lines.order, ElementsAre("row 1 line 1", "reject 2 line 2", "row 3 line 3"));
}

// The tree of keys is a cache: many different keys in values that are passed over don't fill the memory, and columns keep their numbers.
TEST(JsonLines, ManyDifferentKeys) {
  std::string text;
  for (int i = 0; i < 3000; ++i) {
    text += "{\"a\":\"" + std::to_string(i) + "\",\"o\":{";
    for (int k = 0; k < 30; ++k) text += (k == 0 ? "\"" : ",\"") + std::to_string(i * 30 + k) + "\":{}";
    text += "}}\n";
  }
  const Read read = read_list(text);
  ASSERT_THAT(read.rows, SizeIs(3000));
  EXPECT_THAT(read.columns, ElementsAre("a"));
  EXPECT_THAT(read.rows.back(), ElementsAre("2999"));
}

TEST(JsonLines, FormsThatAreNotRead) {
  EXPECT_THAT(read_list("[{\"a\":1}]").told, HasSubstr("list: error: is a JSON list; expected one object on each line, or a FHIR Bundle\n  hint: for example: jq"));
  EXPECT_THAT(read_list("{\n  \"a\": 1\n}\n").told, HasSubstr("has a JSON object that takes more than one line"));
  ReaderOptions options;
  options.format = Format::JsonLines;
  EXPECT_EQ(read_list("key,name\n1,SECRET\n", options).told, "list: error: does not begin with a JSON object; expected one object on each line\n  hint: is it CSV? that is a list of another format\n");
  EXPECT_THAT(read_list("", options).told, HasSubstr("is empty; expected a JSON object on each line"));
  EXPECT_THAT(read_list("{\"resourceType\":\"Bundle\",\"entry\":[]}", options).told, HasSubstr("is a FHIR Bundle, not JSON Lines"));
}

// ---- FHIR ----

constexpr std::string_view kPatient = R"({"resourceType":"Patient","id":"p1","active":true,"identifier":[{"use":"usual","system":"urn:a","value":"1"},{"use":"official","system":"urn:mrn","value":"M7"}],)"
                                      R"("name":[{"use":"nickname","given":["Annie"]},{"use":"official","family":"Ruiz Ode","given":["Ana","María"],"prefix":["Dr."],"suffix":["MD","PhD"]}],"birthDate":"1961-03-04","deceasedBoolean":false,)"
                                      R"("address":[{"use":"work","line":["9 Desk"]},{"use":"home","line":["1 Way","Apt 2"],"city":"Town","district":"D","state":"OH","postalCode":"44101","country":"US"}],)"
                                      R"("communication":[{"language":{"coding":[{"system":"urn:x","code":"zz"},{"system":"urn:ietf:bcp:47","code":"en"}]}},{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"es-MX"}]},"preferred":true}],)"
                                      R"("extension":[{"url":"x","valueString":"SECRET"}],"contact":[{"name":{"family":"Other"}}]})";

const std::vector<std::string> kRow{"urn:mrn|M7", "Ana María", "Ruiz Ode", "Dr.", "MD PhD", "", "1961-03-04", "es-MX;en", "1 Way\nApt 2", "Town", "D", "OH", "44101", "US"};

std::string bundle(const std::vector<std::string>& resources) {
  std::string text = "{\n  \"type\": \"searchset\", \"resourceType\" : \"Bundle\", \"meta\": {\"entry\": [1, \"]\"]},\n  \"entry\": [";
  for (std::size_t i = 0; i < resources.size(); ++i) text += (i == 0 ? "\n" : ",\n") + std::string("{\"fullUrl\": \"u\", \"resource\": ") + resources[i] + ", \"search\": {\"mode\": \"match\"}}";
  return text + "\n  ],\n  \"link\": []\n}\n";
}

TEST(Fhir, APatientFromLinesAndFromABundle) {
  for (const std::size_t chunk : {1, 13, 4096}) {
    ReaderOptions options;
    options.chunk = chunk;
    for (const std::string& text : {std::string(kPatient) + "\n", bundle({std::string(kPatient)})}) {
      const Read read = read_list(text, options);
      EXPECT_EQ(read.told, "") << text;
      EXPECT_EQ(read.format, Format::Fhir);
      EXPECT_THAT(read.columns, ElementsAre("key", "name.given", "name.family", "name.prefix", "name.suffix", "name.display", "birth-date", "language", "address", "city", "district", "state", "postcode", "country"));
      EXPECT_THAT(read.rows, ElementsAre(kRow)) << text;
      EXPECT_EQ(read.ended, Next::End);
    }
  }
}

TEST(Fhir, OtherResourcesArePassedOverAndCounted) {
  const std::vector<std::string> resources{std::string(kPatient), R"({"resourceType":"Observation","value":1})", R"({"resourceType":"Observation"})", std::string(kPatient), R"({"resourceType":"not a type 7"})"};
  std::string lines;
  for (const std::string& each : resources) lines += each + "\n";
  for (const std::string& text : {lines, bundle(resources)}) {
    const Read read = read_list(text);
    EXPECT_EQ(read.rows.size(), 2u);
    EXPECT_EQ(read.counts.skipped.at("Observation"), 2u);
    EXPECT_EQ(read.counts.skipped.at("other resources"), 1u);
    // Every number is a person's: what was printed is held against 1 to the last.
    EXPECT_THAT(read.order, ElementsAre(HasSubstr("row 1 "), HasSubstr("row 2 ")));
  }
  EXPECT_EQ(read_list("{\"resourceType\":\"Bundle\",\"entry\":[{\"request\":{}}]}").counts.skipped.at("entries without a resource"), 1u);
  EXPECT_THAT(read_list("{\"resourceType\":\"Bundle\"}").rows, IsEmpty());
  EXPECT_EQ(read_list("{\"resourceType\":\"Bundle\",\"entry\":[]}").ended, Next::End);
}

struct Patient {
  const char* name;
  std::string body;  // between resourceType and the end
  std::size_t column;
  std::string value;
};

class FhirValues : public testing::TestWithParam<Patient> {};

TEST_P(FhirValues, AreChosenAsR4HasThem) {
  const Read read = read_list("{\"resourceType\":\"Patient\"," + GetParam().body + "}\n");
  ASSERT_THAT(read.rows, SizeIs(1)) << (read.rejects.empty() ? read.told : read.rejects.front());
  EXPECT_EQ(read.rows[0].at(GetParam().column), GetParam().value);
}

constexpr std::size_t kKey = 0, kGiven = 1, kFamily = 2, kDisplay = 5, kBirth = 6, kLanguage = 7, kAddress = 8, kCity = 9;
INSTANTIATE_TEST_SUITE_P(
    Fhir, FhirValues,
    testing::Values(Patient{"usual_name", R"("name":[{"family":"A"},{"use":"usual","family":"B"}])", kFamily, "B"}, Patient{"first_name", R"("name":[{"family":"A"},{"family":"B"}])", kFamily, "A"}, Patient{"no_old_name", R"("name":[{"use":"old","family":"A"},{"use":"maiden","family":"M"},{"use":"temp","family":"B"}])", kFamily, "B"},
                    Patient{"only_an_old_name", R"("name":[{"use":"old","family":"A"}])", kFamily, ""}, Patient{"text_only", R"("name":[{"text":"Ana R."}])", kDisplay, "Ana R."}, Patient{"text_beside_parts", R"("name":[{"text":"Ana R.","given":["Ana"]}])", kDisplay, ""},
                    Patient{"one_given", R"("name":[{"given":["Ana"]}])", kGiven, "Ana"}, Patient{"nulls_in_lists", R"("name":[null,{"given":["Ana",null],"_given":[null,{"extension":[]}]}])", kGiven, "Ana"}, Patient{"after_many_nulls", R"("name":[null,null,null,null,null,null,{"family":"A"}])", kFamily, "A"},
                    Patient{"a_code_behind_others", R"("communication":[{"language":{"text":"a"}},{},{},{},{},{"language":{"coding":[{"display":"x"},{"code":"vi"}]}}])", kLanguage, "vi"}, Patient{"a_year", R"("birthDate":"1961")", kBirth, ""}, Patient{"a_month", R"("birthDate":"1961-03")", kBirth, ""},
                    Patient{"a_wrong_date_is_left_to_who_reads_dates", R"("birthDate":"1961-13-45")", kBirth, "1961-13-45"}, Patient{"id_as_key", R"("id":"p1")", kKey, "p1"}, Patient{"first_identifier", R"("identifier":[{"value":"1"},{"system":"s","value":"2"}])", kKey, "1"},
                    Patient{"no_old_identifier", R"("identifier":[{"use":"old","value":"1"},{"system":"s","value":"2"}])", kKey, "s|2"}, Patient{"language_without_system", R"("communication":[{"language":{"coding":[{"code":"vi"}]}}])", kLanguage, "vi"}, Patient{"language_text_only", R"("communication":[{"language":{"text":"Thai"}}])", kLanguage, "Thai"}, Patient{"a_preferred_text", R"("communication":[{"language":{"coding":[{"code":"en"}]}},{"language":{"text":"Haitian Creole"},"preferred":true}])", kLanguage, "Haitian Creole;en"},
                    Patient{"a_code_before_the_text", R"("communication":[{"language":{"coding":[{"code":"vi"}],"text":"Vietnamese"}}])", kLanguage, "vi"},
                    Patient{"medical_record_number", R"("identifier":[{"use":"official","system":"s","value":"1"},{"type":{"coding":[{"code":"MR"}]},"value":"2"}])", kKey, "2"}, Patient{"official_identifier", R"("identifier":[{"value":"1"},{"use":"official","value":"2"}])", kKey, "2"},
                    Patient{"no_ssn_by_system", R"("identifier":[{"use":"official","system":"http://hl7.org/fhir/sid/us-ssn","value":"SSN"},{"value":"2"}])", kKey, "2"}, Patient{"no_ssn_by_oid", R"("id":"p","identifier":[{"system":"urn:oid:2.16.840.1.113883.4.1","value":"SSN"}])", kKey, "p"},
                    Patient{"no_ssn_by_type", R"("id":"p","identifier":[{"type":{"coding":[{"system":"x","code":"X"},{"code":"SS"}]},"value":"SSN"}])", kKey, "p"}, Patient{"no_ssn_by_name", R"("id":"p","identifier":[{"type":{"text":"Social Security Number"},"value":"SSN"}])", kKey, "p"},
                    Patient{"bills_go_elsewhere", R"("address":[{"use":"billing","city":"A"},{"use":"work","city":"B"}])", kCity, "B"}, Patient{"bills_before_nothing", R"("address":[{"use":"billing","city":"A"}])", kCity, "A"}, Patient{"bills_even_before_visits", R"("address":[{"use":"billing","city":"A"},{"use":"home","type":"physical","city":"B"}])", kCity, "B"},
                    Patient{"address_text_of_a_line", R"("address":[{"text":"1 Way, Town"}])", kAddress, "1 Way, Town\n"},
                    Patient{"periods_without_a_day", R"("name":[{"use":"official","period":{"end":"2001"},"family":"A"}])", kFamily, "A"},
                    Patient{"home_is_not_for_post", R"("address":[{"use":"home","type":"physical","city":"A"},{"type":"postal","city":"B"}])", kCity, "B"}, Patient{"home_before_others", R"("address":[{"use":"work","city":"A"},{"use":"home","city":"B"}])", kCity, "B"}, Patient{"no_old_address", R"("address":[{"use":"old","city":"A"}])", kCity, ""},
                    Patient{"address_text_only", R"("address":[{"text":"1 Way\nTown"}])", kAddress, "1 Way\nTown"}, Patient{"seen_link", R"("link":[{"type":"seealso"}],"name":[{"family":"A"}])", kFamily, "A"}),
    [](const auto& each) { return std::string(each.param.name); });

// The day of these lists is 2026-11-30.
struct Dated {
  const char* name;
  std::string body;
  std::size_t column;
  std::string value;  // or the rejected row's reason
};

class FhirPeriods : public testing::TestWithParam<Dated> {};

TEST_P(FhirPeriods, SayWhatIsInUse) {
  ReaderOptions options;
  options.day = unicode::Date{2026, 11, 30};
  const Read read = read_list("{\"resourceType\":\"Patient\"," + GetParam().body + "}\n", options);
  if (!read.rejects.empty()) {
    EXPECT_EQ(read.rejects.front(), "1 line 1 " + GetParam().value);
    return;
  }
  ASSERT_THAT(read.rows, SizeIs(1));
  EXPECT_EQ(read.rows[0].at(GetParam().column), GetParam().value);
}

constexpr const char* kNoAddress = "[address]: no address is in use on the day of the mailing: the periods of all have ended, not begun, or can't be read";
INSTANTIATE_TEST_SUITE_P(
    Fhir, FhirPeriods,
    testing::Values(Dated{"ended_home", R"("address":[{"use":"home","period":{"end":"2010"},"city":"A"},{"use":"home","period":{"start":"2010"},"city":"B"}])", kCity, "B"}, Dated{"ended_temp", R"("address":[{"use":"temp","period":{"start":"2010-01","end":"2010-02"},"city":"A"}])", kCity, kNoAddress},
                    Dated{"not_begun", R"("address":[{"use":"home","period":{"start":"2026-12-01"},"city":"A"}])", kCity, kNoAddress}, Dated{"not_begun_month", R"("address":[{"period":{"start":"2026-12"},"city":"A"}])", kCity, kNoAddress}, Dated{"begins_today", R"("address":[{"period":{"start":"2026-11-30T23:00:00+01:00"},"city":"A"}])", kCity, "A"},
                    Dated{"ends_today", R"("address":[{"period":{"end":"2026-11-30"},"city":"A"}])", kCity, "A"}, Dated{"ended_yesterday", R"("address":[{"period":{"end":"2026-11-29T23:59:59Z"},"city":"A"}])", kCity, kNoAddress}, Dated{"ends_this_month", R"("address":[{"period":{"end":"2026-11"},"city":"A"}])", kCity, "A"},
                    Dated{"ends_this_year", R"("address":[{"period":{"end":"2026"},"city":"A"}])", kCity, "A"}, Dated{"ended_last_month", R"("address":[{"period":{"end":"2026-10"},"city":"A"}])", kCity, kNoAddress}, Dated{"unreadable", R"("address":[{"period":{"end":"12/31/2030"},"city":"A"}])", kCity, kNoAddress},
                    Dated{"an_old_one_is_no_address", R"("address":[{"use":"old","period":{"end":"2010"},"city":"A"}])", kCity, ""}, Dated{"work_when_home_ended", R"("address":[{"use":"home","period":{"end":"2010"},"city":"A"},{"use":"work","city":"B"}])", kCity, "B"},
                    Dated{"ended_official_name", R"("name":[{"use":"official","period":{"end":"2001"},"family":"A"},{"use":"usual","family":"B"}])", kFamily, "B"}, Dated{"only_ended_names", R"("name":[{"period":{"end":"2001"},"family":"A"}])", kFamily, "[name]: no name is in use on the day of the mailing: the periods of all have ended, not begun, or can't be read"},
                    Dated{"ended_identifier", R"("identifier":[{"use":"official","period":{"end":"2001"},"value":"1"},{"value":"2"}])", kKey, "2"}, Dated{"id_when_identifiers_ended", R"("id":"p","identifier":[{"period":{"end":"2001"},"value":"1"}])", kKey, "p"}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(Fhir, PartialBirthDatesAreCounted) { EXPECT_EQ(read_list("{\"resourceType\":\"Patient\",\"birthDate\":\"1961\"}\n{\"resourceType\":\"Patient\",\"birthDate\":\"1961-02\"}\n").counts.partial_birth_dates, 2u); }

TEST(Fhir, TheIdentifierAskedFor) {
  ReaderOptions options;
  options.identifier_system = "urn:a";
  const Read read = read_list(std::string(kPatient) + "\n{\"resourceType\":\"Patient\",\"id\":\"x\"}\n", options);
  EXPECT_EQ(read.rows.at(0).at(0), "urn:a|1");
  EXPECT_THAT(read.rejects, ElementsAre("2 line 2 [key]: has no identifier of the system that was asked for"));
  // Who asks for it by name gets it.
  options.identifier_system = "http://hl7.org/fhir/sid/us-ssn";
  options.day = unicode::Date{2026, 11, 30};
  const std::string ssn = R"({"resourceType":"Patient","identifier":[{"system":"http://hl7.org/fhir/sid/us-ssn","value":"9")";
  const Read named = read_list(ssn + "}]}\n" + ssn + R"(,"period":{"end":"2001"}}]})" + "\n", options);
  EXPECT_EQ(named.rows.at(0).at(0), "http://hl7.org/fhir/sid/us-ssn|9");
  EXPECT_THAT(named.rejects, ElementsAre("2 line 2 [key]: has an identifier of the system that was asked for, but none that is in use on the day of the mailing"));
}

// As a job writes the rows of a Bundle that it refused.
TEST(Fhir, EntriesOneALine) {
  for (const std::size_t chunk : {1, 4096}) {
    ReaderOptions options;
    options.chunk = chunk;
    const Read read = read_list("{\"fullUrl\":\"urn:uuid:1\", \"resource\" : " + std::string(kPatient) + "}\n{\"resource\":{\"resourceType\":\"Task\"}}\n{\"resource\":" + std::string(kPatient) + "}\n", options);
    EXPECT_EQ(read.told, "");
    EXPECT_EQ(read.format, Format::Fhir);
    EXPECT_THAT(read.rows, ElementsAre(kRow, kRow));
    EXPECT_EQ(read.counts.skipped.at("Task"), 1u);
    options.format = Format::Fhir;
    EXPECT_EQ(read_list("{\"resource\":" + std::string(kPatient) + "}\n", options).rows.size(), 1u);
  }
  // Another list's column of that name.
  EXPECT_EQ(read_list("{\"resource\":{\"name\":\"resourceType\"},\"name\":\"Ann\"}\n").format, Format::JsonLines);
}

struct Refused {
  const char* name;
  std::string body, reject;
};

class FhirRejects : public testing::TestWithParam<Refused> {};

TEST_P(FhirRejects, AreNeverWrittenTo) {
  const std::string patient = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"SECRET\"}]," + GetParam().body + "}";
  const Read lines = read_list(patient + "\n" + std::string(kPatient) + "\n");
  EXPECT_THAT(lines.rejects, ElementsAre("1 line 1" + GetParam().reject));
  EXPECT_THAT(lines.rows, ElementsAre(kRow));
  const Read entries = read_list(bundle({patient, std::string(kPatient)}));
  EXPECT_THAT(entries.rejects, ElementsAre("1 line 4" + GetParam().reject));
  EXPECT_THAT(entries.rows, ElementsAre(kRow));
}

INSTANTIATE_TEST_SUITE_P(Fhir, FhirRejects,
                         testing::Values(Refused{"not_active", "\"active\":false", " [active]: the record is not in use (active is false)"}, Refused{"dead", "\"deceasedBoolean\":true", " [deceased]: the patient has died"}, Refused{"dead_since", "\"deceasedDateTime\":\"2020\"", " [deceased]: the patient has died"},
                                         Refused{"dead_on_a_day_that_nobody_knows", R"("_deceasedDateTime":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]})", " [deceased]: the patient has died"},
                                         Refused{"perhaps_dead", R"("_deceasedBoolean":{"extension":[{"url":"x","valueCode":"unknown"}]})", " [deceased]: whether the patient has died is said by an extension alone, which is not read"},
                                         Refused{"perhaps_active", R"("_active":{"extension":[{"url":"x","valueCode":"unknown"}]})", " [active]: whether the record is in use is said by an extension alone, which is not read"},
                                         Refused{"replaced", R"("link":[{"other":{"reference":"Patient/2"},"type":"replaced-by"}])", " [link]: the record was replaced by another one (link of type replaced-by)"},
                                         Refused{"modifier", R"("modifierExtension":[{"valueBoolean":true}])", ": has a modifierExtension, which may change what the record means"}),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(Fhir, FaultsInsideRecordsAreRejects) {
  const std::vector<std::string> resources{std::string(kPatient), R"({"resourceType":"Patient","x":{"y":1,"y":2}})", R"({"resourceType":"Patient","x":tru})", std::string(kPatient)};
  const Read read = read_list(bundle(resources));
  EXPECT_EQ(read.told, "");
  EXPECT_EQ(read.rows.size(), 2u);
  EXPECT_THAT(read.rejects, ElementsAre(AllOf(HasSubstr("2 line 5 byte "), HasSubstr(": a key stands twice")), AllOf(HasSubstr("3 line 6 byte "), HasSubstr("not well-formed JSON"))));
  EXPECT_THAT(read_list("{\"resourceType\":\"Patient\"}\n{\"a\":1}\n").rejects, ElementsAre("2 line 2: is no FHIR resource: it has no resourceType"));
}

// Of who could be printed after mending; not of who must not be.
TEST(Fhir, RejectsHaveTheirKeys) {
  const std::string list = R"({"resourceType":"Patient","id":" p1","name":[{"family":"F","use":"old"}],"birthDate":"1961-03-04"}
{"resourceType":"Patient","id":"p2","active":false,"name":[{"family":"F"}]}
{"resourceType":"Patient","id":"p3","name":[{"family":"F","period":{"end":"2001-01-01"}}]}
)";
  const MemoryFile file(reinterpret_cast<const std::uint8_t*>(list.data()), list.size());
  ReaderOptions options;
  options.day = unicode::Date{2026, 11, 30};
  Diagnostics diags;
  auto reader = Reader::open(file.path().string(), options, diags);
  ASSERT_TRUE(reader) << to_text(diags);
  std::vector<std::string> keys;
  for (Next next = reader->next(diags); next == Next::Row || next == Next::Rejected; next = reader->next(diags)) keys.push_back(next == Next::Row ? "row" : reader->rejected().key);
  EXPECT_THAT(keys, ElementsAre("row", "", "p3"));
}

TEST(Fhir, ABundlesBytesArePlaced) {
  const Read read = read_list("{\"resourceType\":\"Bundle\",\n\"entry\":[ {\"resource\":\n{\"a\":x}}]}");
  EXPECT_THAT(read.rejects, ElementsAre("1 line 3 byte 6: not well-formed JSON: invalid literal"));
  EXPECT_THAT(read.raws, ElementsAre("{\"resource\":\n{\"a\":x}}"));
}

struct Damaged {
  const char* name;
  std::string text, told;
};

class FhirBundles : public testing::TestWithParam<Damaged> {};

TEST_P(FhirBundles, ThatAreDamagedEndThere) {
  for (const std::size_t chunk : {1, 4096}) {
    ReaderOptions options;
    options.chunk = chunk;
    options.format = Format::Fhir;
    const Read read = read_list(GetParam().text, options);
    EXPECT_EQ(read.ended, Next::Failed);
    EXPECT_THAT(read.told, HasSubstr(GetParam().told));
    EXPECT_THAT(read.told, Not(HasSubstr("SECRET")));
  }
}

INSTANTIATE_TEST_SUITE_P(Fhir, FhirBundles,
                         testing::Values(Damaged{"cut_in_entry", "{\"resourceType\":\"Bundle\",\"entry\":[{},{\"a\":\"SECRET", "list:1:1: error: the Bundle is damaged at byte 38 of this line: it ends inside an entry"}, Damaged{"cut_between", "{\"resourceType\":\"Bundle\",\"entry\":[{}\n,", "list:2:1: error: the Bundle is damaged at byte 2 of this line: it ends inside its entries"},
                                         Damaged{"cut_around", "{\"resourceType\":\"Bundle\",\"entry\":[{}]", "what stands around its entries is not well-formed JSON"}, Damaged{"no_comma", "{\"resourceType\":\"Bundle\",\"entry\":[{}{}]}", "expected ',' or ']' after an entry"},
                                         Damaged{"text_entry", "{\"resourceType\":\"Bundle\",\"entry\":[\"SECRET\"]}", "expected an entry, which is an object"}, Damaged{"twice", "{\"resourceType\":\"Bundle\",\"entry\":[{}],\"entry\":[{}]}", "the key 'entry' stands twice"},
                                         Damaged{"no_list", "{\"resourceType\":\"Bundle\",\"entry\":{}}", "'entry' is no list"}, Damaged{"another_type", "{\"entry\":[{}]}", "its resourceType is not Bundle"}, Damaged{"more_after", "{\"resourceType\":\"Bundle\"} SECRET", "something stands behind the Bundle, at byte 27 of this line; expected one Bundle alone"}),
                         [](const auto& each) { return std::string(each.param.name); });

// What extensions say beside a value changes nothing.
TEST(Fhir, ExtensionsOfElementsWithAValue) {
  const Read read = read_list(R"({"resourceType":"Patient","name":[{"family":"F"}],"active":true,"_active":{"extension":[{"url":"x"}]},"deceasedBoolean":false,"_deceasedBoolean":{"extension":[{"url":"x"}]},"birthDate":"1961-03-04","_birthDate":{"extension":[{"url":"x"}]}})");
  EXPECT_THAT(read.rows, SizeIs(1));
  EXPECT_THAT(read.rejects, testing::IsEmpty());
}

// A page of a list is no list.
TEST(Fhir, ABundleThatIsNotWhole) {
  const std::string entries = R"("entry":[{"resource":{"resourceType":"Patient","name":[{"family":"F"}]}}])", next = R"("link":[{"relation":"self","url":"a"},{"relation":"next","url":"b"}])";
  const Read early = read_list(R"({"resourceType":"Bundle",)" + next + "," + entries + "}");
  EXPECT_THAT(early.rows, testing::IsEmpty());
  EXPECT_THAT(early.told, HasSubstr("list: error: the Bundle has a link to a next page: the list is not whole\n  hint: get all its pages, and give the patients one a line, or all entries in one Bundle"));
  EXPECT_THAT(read_list(R"({"resourceType":"Bundle",)" + entries + "," + next + "}").told, HasSubstr("has a link to a next page"));
  const Read more = read_list(R"({"resourceType":"Bundle","total":2,)" + entries + "}");
  EXPECT_EQ(more.ended, Next::Failed);
  EXPECT_THAT(more.told, HasSubstr("the Bundle says that it has 2 matches, and holds 1 entry: the list is not whole"));
  for (const char* const whole : {R"("total":1,)", R"("total":0,)", R"("link":[{"relation":"self","url":"a"},7],)"}) EXPECT_EQ(read_list(std::string(R"({"resourceType":"Bundle",)") + whole + entries + "}").told, "") << whole;
}

// A search has matches and what goes with them; the total is of the matches.
TEST(Fhir, WhatASearchBringsBesideItsMatches) {
  const auto entry = [](const std::string& id, const std::string& mode) { return R"({"resource":{"resourceType":"Patient","id":")" + id + R"(","name":[{"family":"F"}]},"search":{"mode":")" + mode + R"("}})"; };
  const std::string outcome = R"({"resource":{"resourceType":"OperationOutcome","issue":[{"severity":"warning"},{"severity":"fatal"}]},"search":{"mode":"outcome"}})";
  const auto bundle_of = [&](const std::string& total, const std::string& entries) { return R"({"resourceType":"Bundle","type":"searchset","total":)" + total + R"(,"entry":[)" + entries + "]}"; };
  const Read read = read_list(bundle_of("1", entry("p1", "match") + "," + entry("p2", "include") + "," + outcome));
  EXPECT_EQ(read.told, "");
  ASSERT_THAT(read.rows, SizeIs(1));
  EXPECT_EQ(read.rows[0][0], "p1");
  EXPECT_EQ(read.counts.skipped.at("Patient of search.mode include"), 1u);
  EXPECT_EQ(read.counts.skipped.at("OperationOutcome"), 1u);
  EXPECT_EQ(read.counts.failed_outcomes, 1u);
  EXPECT_THAT(read_list(bundle_of("2", entry("p1", "match") + "," + entry("p2", "include"))).told, HasSubstr("the Bundle says that it has 2 matches, and holds 1 of them: the list is not whole"));
  // One a line, as a job writes entries that were refused.
  const Read lines = read_list(entry("p1", "match") + "\n" + entry("p2", "include") + "\n");
  EXPECT_THAT(lines.rows, SizeIs(1));
  EXPECT_EQ(lines.counts.skipped.at("Patient of search.mode include"), 1u);
}

TEST(Fhir, OutcomesOfAnExportThatFailedAreCounted) {
  const Read read = read_list(R"({"resourceType":"Patient","id":"1"})" "\n" R"({"resourceType":"OperationOutcome","issue":[{"severity":"information"}]})" "\n" R"({"resourceType":"OperationOutcome","issue":[{"severity":"error"},{"severity":"error"}]})" "\n");
  EXPECT_EQ(read.counts.skipped.at("OperationOutcome"), 2u);
  EXPECT_EQ(read.counts.failed_outcomes, 1u);
}

// Its patients are not lost in silence.
TEST(Fhir, ABundleInsideTheListIsRejected) {
  const std::string inside = R"({"resourceType":"Bundle","type":"searchset","total":1,"entry":[{"resource":{"resourceType":"Patient","id":"SECRET"}}]})";
  const std::string reject = "2 line 2: is a Bundle inside the list, whose patients are not read; expected patients, or entries of one Bundle alone";
  const Read lines = read_list(R"({"resourceType":"Patient","id":"1"})" "\n" + inside + "\n" R"({"resourceType":"Patient","id":"3"})");
  EXPECT_THAT(lines.rejects, ElementsAre(reject));
  EXPECT_THAT(lines.order, ElementsAre("row 1 line 1", "reject 2 line 2", "row 3 line 3"));
  const Read entries = read_list(R"({"resourceType":"Bundle","type":"batch-response","entry":[{"resource":{"resourceType":"Patient","id":"1"}},)" "\n" R"({"resource":)" + inside + "}]}");
  EXPECT_THAT(entries.rejects, ElementsAre(reject));
  EXPECT_THAT(entries.rows, SizeIs(1));
  const Read several = read_list(inside + "\n" + inside + "\n");
  EXPECT_EQ(several.ended, Next::Failed);
  EXPECT_EQ(several.told, "list:2:1: error: something stands behind the Bundle, at byte 1 of this line; expected one Bundle alone\n  hint: of several, give the entries one a line: jq -c '.entry[]?' OLD > NEW.ndjson\n");
}

// Who was deleted gets no letter, and no old version of an address.
TEST(Fhir, BundlesThatAreNoListsOfPatients) {
  const std::string patient = R"("resource":{"resourceType":"Patient","id":"p","name":[{"family":"F"}]})";
  for (const std::string type : {"history", "transaction", "batch"}) {
    const Read early = read_list(R"({"resourceType":"Bundle","type":")" + type + R"(","entry":[{)" + patient + "}]}");
    EXPECT_THAT(early.rows, IsEmpty());
    EXPECT_EQ(early.told, "list: error: the Bundle is of type " + type + ": it may hold former versions and records that were deleted\n  hint: give what a search for patients or an export has, which are the records as they are: one a line, or a Bundle of type searchset or collection\n");
    EXPECT_THAT(read_list(R"({"resourceType":"Bundle","entry":[{)" + patient + R"(}],"type":")" + type + "\"}").told, HasSubstr("the Bundle is of type " + type));
  }
  for (const std::string type : {"searchset", "collection", "batch-response", "transaction-response", "document"}) EXPECT_THAT(read_list(R"({"resourceType":"Bundle","type":")" + type + R"(","entry":[{)" + patient + "}]}").rows, SizeIs(1)) << type;
  // Wherever the type stands.
  const std::string removed = R"({"request":{"method":"DELETE","url":"Patient/SECRET"}})";
  const Read late = read_list("{\"resourceType\":\"Bundle\",\"entry\":[" + removed + ",\n{" + patient + "}],\"type\":\"history\"}");
  EXPECT_EQ(late.ended, Next::Failed);
  EXPECT_THAT(late.rows, IsEmpty());
  EXPECT_THAT(late.told, AllOf(HasSubstr("list:1:1: error: an entry has a request, as those of a history, a transaction or a batch have"), HasSubstr("hint: give what a search"), Not(HasSubstr("SECRET"))));
  EXPECT_THAT(read_list("{" + patient + "}\n" + removed + "\n").told, HasSubstr("list:2:1: error: an entry has a request"));
}

// Keys may be somebody's data.
TEST(Fhir, OfAPathThatIsWrongOnlyWhatIsKnownIsNamed) {
  EXPECT_THAT(read_list(R"({"resourceType":"Patient","labs":{"MRN7":1,"MRN7":2}})").rejects, ElementsAre(AllOf(HasSubstr(": a key stands twice"), Not(HasSubstr("labs")), Not(HasSubstr("MRN7")))));
  EXPECT_THAT(read_list(R"({"resourceType":"Patient","name":[{"MRN7":1,"MRN7":2}]})").rejects, ElementsAre(AllOf(HasSubstr(" [name]: a key stands twice"), Not(HasSubstr("MRN7")))));
}

TEST(Fhir, ALongEntryIsPassedOver) {
  ReaderOptions options;
  options.most_record = 2000;
  options.chunk = 100;
  const Read read = read_list(bundle({std::string(kPatient), "{\"a\":\"" + std::string(9000, '}') + "\\\"\"}", std::string(kPatient)}), options);
  EXPECT_EQ(read.told, "");
  EXPECT_EQ(read.rows.size(), 2u);
  EXPECT_THAT(read.rejects, ElementsAre("2 line 5: is longer than 2000 bytes, the most that a record may have (cut)"));
}

}  // namespace
}  // namespace handout::recipients::test
