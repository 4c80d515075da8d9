#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "fuzz/memory_file.h"
#include "recipients/column_map.h"
#include "recipients/reader.h"
#include "recipients/to_recipient.h"
#include "unicode/matching.h"

namespace handout::recipients {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;
using testing::SizeIs;
using Strings = std::vector<std::string>;

const Span kFile = Span::of_file("list.csv");

struct Bound {
  bool ok = false;
  ColumnMap map;
  std::string told;
};

Bound bind_columns(const Strings& columns, ColumnMapOptions options = {}, Columns extent = Columns::All) {
  Diagnostics diags;
  Bound bound;
  if (auto map = ColumnMap::make(std::move(options), diags)) {
    bound.map = *std::move(map);
    bound.ok = bound.map.bind(columns, extent, kFile, diags).has_value();
  }
  bound.told = to_text(diags);
  return bound;
}

// ---- what headers mean ----

TEST(Targets, EveryHeaderOfTheTableIsFoundAndMeansOneThing) {
  for (std::size_t i = 0; i < kTargets; ++i) {
    const auto target = static_cast<Target>(i);
    EXPECT_EQ(target_named(name(target)), target);
    EXPECT_EQ(target_of_header(name(target)), target) << name(target);
  }
  EXPECT_FALSE(target_named("nonsense"));
  std::set<std::string_view> all;
  for (std::size_t i = 0; i < kTargets; ++i) {
    const auto target = static_cast<Target>(i);
    for (const std::string_view header : headers_of(target)) {
      EXPECT_EQ(unicode::fold_for_matching(header), header);
      EXPECT_TRUE(all.insert(header).second) << header << " is at two targets";
      EXPECT_EQ(target_of_header(header), target) << header;
    }
  }
  EXPECT_GT(all.size(), 250u);
}

struct Header {
  const char* header;
  Target target;
};

class Headers : public testing::TestWithParam<Header> {};

TEST_P(Headers, AreKnown) { EXPECT_EQ(target_of_header(GetParam().header), GetParam().target) << GetParam().header; }

INSTANTIATE_TEST_SUITE_P(
    Targets, Headers,
    testing::Values(Header{"First Name", Target::Given}, Header{"first_name", Target::Given}, Header{"GivenName", Target::Given}, Header{"FIRST-NAME", Target::Given}, Header{"Prénom", Target::Given}, Header{"Prenom", Target::Given}, Header{"имя", Target::Given}, Header{"名前", Target::Given}, Header{"이름", Target::Given},
                    Header{"Last name", Target::Family}, Header{"Фамилия", Target::Family}, Header{"DOB", Target::BirthDate}, Header{"Date of Birth", Target::BirthDate}, Header{"Geburtsdatum", Target::BirthDate}, Header{"Date de naissance", Target::BirthDate}, Header{"생년월일", Target::BirthDate}, Header{"Zip", Target::Postcode},
                    Header{"ZIP Code", Target::Postcode}, Header{"PLZ", Target::Postcode}, Header{"Postleitzahl", Target::Postcode}, Header{"Código Postal", Target::Postcode}, Header{"Почтовый индекс", Target::Postcode}, Header{"郵便番号", Target::Postcode}, Header{"Address 2", Target::Line2}, Header{"Address Line 1", Target::Line1},
                    Header{"address.line", Target::Address}, Header{"Straße", Target::Address}, Header{"Large Print?", Target::LargePrint}, Header{"Крупный шрифт", Target::LargePrint}, Header{"MRN", Target::Key}, Header{"Patient ID", Target::Key}, Header{"name.family", Target::Family}, Header{"address.postalCode", Target::Postcode}, Header{"address.street", Target::Address}, Header{"address.zip", Target::Postcode}, Header{"address.town", Target::City}, Header{"address.countryCode", Target::Country}, Header{"Address Zip", Target::Postcode}));

TEST(Targets, WhatIsNotKnown) {
  for (const char* header : {"", " ", "favourite colour", "key name", "firstname lastname", "li", "address.name", "address.id", "address.language", "addressee"}) EXPECT_FALSE(target_of_header(header)) << header;
  EXPECT_EQ(nearest_header("frist name"), "name.given");
  EXPECT_EQ(nearest_header("qqqqqqq"), "");
}

// ---- the map ----

TEST(ColumnMaps, DefaultsAndFields) {
  ColumnMapOptions options;
  options.fields = {"dose", "note-by"};
  options.ignored = {"Internal Code"};
  const Bound bound = bind_columns({"MRN", "First Name", "Last Name", "Dose", "field:x", "Note By", "internal_code"}, options);
  EXPECT_TRUE(bound.ok);
  EXPECT_EQ(bound.told, "");
  EXPECT_EQ(bound.map.column(Target::Given), 1u);
  EXPECT_FALSE(bound.map.column(Target::City));
  EXPECT_EQ(bound.map.describe(), "key: MRN\nname.given: First Name\nname.family: Last Name\nfield:dose: Dose\nfield:x: field:x\nfield:note-by: Note By\n");
}

TEST(ColumnMaps, WhatIsSaidCountsBeforeHeaders) {
  ColumnMapOptions options;
  options.columns = {{"name.family", "Col 2"}, {"field:dose", "Zip"}, {"key", "Code"}, {"field:again", "Code"}};
  const Bound bound = bind_columns({"First Name", "col2", "Zip", "ID", "Code"}, options);
  EXPECT_TRUE(bound.ok) << bound.told;
  EXPECT_EQ(bound.map.column(Target::Family), 1u);
  EXPECT_EQ(bound.map.column(Target::Key), 4u);
  EXPECT_FALSE(bound.map.column(Target::Postcode));
  ASSERT_THAT(bound.map.fields(), SizeIs(2));
  EXPECT_EQ(bound.map.fields()[0].column, 2u);
}

// What the options say counts, then a name as it is written; where two are alike nobody guesses.
TEST(ColumnMaps, OfTwoColumnsOfOneFieldTheRightOneCounts) {
  ColumnMapOptions named;
  named.columns = {{"field:doctor", "Arzt"}};
  named.fields = {"doctor"};
  named.named_by = NamedBy::Mailing;
  const Strings person{"key", "name"};
  const auto with = [&](const Strings& more) {
    Strings all = person;
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  for (const Strings& more : {Strings{"doctor", "Arzt"}, Strings{"Arzt", "doctor"}, Strings{"field:doctor", "Arzt"}, Strings{"ARZT", "Arzt"}, Strings{"ARZT", "Arzt", "arzt"}}) {
    const Bound bound = bind_columns(with(more), named);
    EXPECT_TRUE(bound.ok) << bound.told;
    ASSERT_THAT(bound.map.fields(), SizeIs(1)) << more[0];
    EXPECT_EQ(with(more)[bound.map.fields()[0].column], "Arzt");
    for (const std::string& each : more) EXPECT_EQ(bound.told.find("warning: column '" + each + "' is not used: doctor is column 'Arzt'\n") == std::string::npos, each == "Arzt") << bound.told;
  }
  EXPECT_EQ(bind_columns(with({"arzt"}), named).told, "");
  EXPECT_THAT(bind_columns(with({"Doctor", "DOCTOR"}), named).told, HasSubstr("list.csv: error: has no column 'Arzt', which is to be field:doctor\n"));
  const Bound like = bind_columns(with({"ARZT", "arzt"}), named);
  EXPECT_FALSE(like.ok);
  EXPECT_EQ(like.told, "list.csv: error: columns 'ARZT' and 'arzt' both are doctor\n  hint: neither is written as 'Arzt': write it as the list has it\n");

  ColumnMapOptions own;
  own.fields = {"doctor"};
  const Bound exact = bind_columns(with({"Doctor", "doctor"}), own);
  ASSERT_THAT(exact.map.fields(), SizeIs(1));
  EXPECT_EQ(exact.map.fields()[0].column, 3u);
  EXPECT_THAT(exact.told, testing::StartsWith("list.csv: warning: column 'Doctor' is not used: field:doctor is column 'doctor'\n"));
  EXPECT_THAT(bind_columns(with({"Doctor", "DOCTOR"}), own).told, testing::StartsWith("list.csv: error: columns 'Doctor' and 'DOCTOR' both are field:doctor\n  hint: say which one is: --column field:doctor=COLUMN"));
  EXPECT_FALSE(bind_columns(with({"doctor", "field:doctor"}), own).ok);
  ColumnMapOptions target;
  target.columns = {{"city", "Town"}};
  EXPECT_THAT(bind_columns(with({"TOWN", "town"}), target).told, HasSubstr("error: columns 'TOWN' and 'town' both are city"));
}

TEST(ColumnMaps, WhatIsIgnoredIsNotUsed) {
  const auto fields_of = [](const Strings& columns) {
    ColumnMapOptions options;
    options.fields = {"doctor"};
    options.ignored = {"Doctor"};
    const Bound bound = bind_columns(columns, options);
    EXPECT_TRUE(bound.ok) << bound.told;
    EXPECT_EQ(bound.told, "");
    return bound.map.fields();
  };
  EXPECT_THAT(fields_of({"name", "key", "Doctor"}), IsEmpty());
  EXPECT_THAT(fields_of({"name", "key", "doctor"}), IsEmpty());
  EXPECT_THAT(fields_of({"name", "key", "doctor", "Doctor"}), SizeIs(1));
  ColumnMapOptions nowhere;
  nowhere.ignored = {"Nope"};
  const Bound bound = bind_columns({"name", "key"}, nowhere);
  EXPECT_TRUE(bound.ok);
  EXPECT_EQ(bound.told, "list.csv: warning: has no column 'Nope', which is to be ignored\n  hint: is it written as in the list? a column that is not ignored counts\n");
}

// A column whose meaning another one was given is not passed over in silence.
TEST(ColumnMaps, WhatIsGivenToAnotherIsTold) {
  ColumnMapOptions named;
  named.columns = {{"postcode", "zip"}, {"name.family", "family"}};
  EXPECT_THAT(bind_columns({"key", "given", "family", "zip", "postal code", "Surname"}, named).told, AllOf(HasSubstr("warning: column 'postal code' is not used: postcode is column 'zip'\n"), HasSubstr("warning: column 'Surname' is not used: name.family is column 'family'\n  hint: --column TARGET=COLUMN")));
  EXPECT_THAT(bind_columns({"key", "Full name", "Name"}).told, HasSubstr("error: columns 'Full name' and 'Name' both are name.display\n"));
  EXPECT_THAT(bind_columns({"key", "Name", "Nom"}).told, HasSubstr("error: columns 'Name' and 'Nom' both are name.display\n"));
}

TEST(ColumnMaps, WhatNoObjectHadIsTold) {
  ColumnMapOptions options;
  options.columns = {{"field:doctor", "Arzt"}, {"city", "Town"}};
  options.ignored = {"Nope", "x"};
  Diagnostics diags;
  ColumnMap map = *ColumnMap::make(std::move(options), diags);
  EXPECT_TRUE(map.bind({"name", "town", "X"}, Columns::SoFar, kFile, diags));
  EXPECT_EQ(to_text(diags), "");
  map.tell_unmet(kFile, diags);
  EXPECT_THAT(to_text(diags), AllOf(testing::StartsWith("list.csv: warning: no object has 'Arzt', which is to be field:doctor\nlist.csv: warning: has no column 'Nope', which is to be ignored\n"), Not(HasSubstr("Town")), Not(HasSubstr("'x'"))));
}

TEST(ColumnMaps, AColumnThatIsJustName) {
  EXPECT_TRUE(bind_columns({"Name"}).map.column(Target::Display));
  for (const Strings& columns : {Strings{"Vorname", "Name"}, Strings{"Name", "Vorname"}}) {
    const Bound bound = bind_columns(columns);
    EXPECT_TRUE(bound.map.column(Target::Family) && bound.map.column(Target::Given)) << bound.told;
    EXPECT_FALSE(bound.map.column(Target::Display));
  }
  EXPECT_TRUE(bind_columns({"Nome", "Cognome"}).map.column(Target::Given));
  const Bound all = bind_columns({"Name", "First name", "Last name"});
  EXPECT_TRUE(all.map.column(Target::Display) && all.map.column(Target::Given) && all.map.column(Target::Family));
}

TEST(ColumnMaps, Faults) {
  EXPECT_THAT(bind_columns({"First Name", "Given name"}).told, HasSubstr("list.csv: error: columns 'First Name' and 'Given name' both are name.given\n  hint: say which one is: --column name.given=COLUMN; the other can be ignored\n"));
  EXPECT_FALSE(bind_columns({"First Name", "Given name"}).ok);
  ColumnMapOptions ignored;
  ignored.ignored = {"given_name"};
  EXPECT_TRUE(bind_columns({"First Name", "Given name"}, ignored).ok);
  ColumnMapOptions named;
  named.columns = {{"name.given", "Given name"}};
  EXPECT_TRUE(bind_columns({"First Name", "Given name"}, named).ok);
  ColumnMapOptions missing;
  missing.columns = {{"city", "Town hall"}, {"field:dose", "Dose"}};
  EXPECT_THAT(bind_columns({"name"}, missing).told, AllOf(HasSubstr("list.csv: error: has no column 'Town hall', which is to be city"), HasSubstr("has no column 'Dose', which is to be field:dose")));
  EXPECT_THAT(bind_columns({"city"}).told, HasSubstr("has no column with a name"));
  ColumnMapOptions wrong;
  wrong.columns = {{"name.givn", "a"}, {"field:1", "b"}, {"city", "c"}, {"city", "d"}};
  EXPECT_THAT(bind_columns({"name"}, wrong).told, AllOf(HasSubstr("error: 'name.givn' is nothing that a column can be; did you mean 'name.given'?"), HasSubstr("'field:1' is nothing that a column can be"), HasSubstr("'city' is given two columns")));
}

TEST(ColumnMaps, UnknownColumnsAreToldOnce) {
  const Bound bound = bind_columns({"name", "key", "city", "frist name", "zzzzzzzz", "bad\x1b[31m"});
  EXPECT_TRUE(bound.ok);
  EXPECT_THAT(bound.told, AllOf(HasSubstr("list.csv: warning: column 'frist name' is not used; is it meant to be name.given?"), HasSubstr("column 'zzzzzzzz' is not used\n"), HasSubstr("'bad [31m'")));
  Strings many{"name", "key"};
  for (int i = 0; i < 5000; ++i) many.push_back("unknown column " + std::to_string(i));
  const std::string told = bind_columns(many).told;
  EXPECT_THAT(told, testing::StartsWith("list.csv: note: the first line may be somebody's row and no header: its columns are told by number\n"));
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 22) << told;
  EXPECT_THAT(told, HasSubstr("has more columns of no known use"));
}

TEST(ColumnMaps, WhatTellsAHeader) {
  const auto is_header = [](const Strings& columns, ColumnMapOptions options = {}) {
    Diagnostics diags;
    const auto map = ColumnMap::make(std::move(options), diags);
    return map->check_header(columns, kFile.at(1, 1), diags);
  };
  for (const Strings& header : {Strings{"City", "zip"}, Strings{"x", "field:dose"}, Strings{"Name", "DOB", "x", "y"}, Strings{"Name", "DOB", "City", "Phone 2"}, Strings{"Name", "DOB", "City", "zip", "State", "a", "b", "c", "d", "e", "f", "Phone 2"}}) EXPECT_EQ(is_header(header), IsHeader::Surely) << header[0];
  for (const Strings& line : {Strings{"Name"}, Strings{"Name", "DOB", "2026-01-15"}, Strings{"7", "Jan Ten", "Born", "de", "1 Elm St", "City", "DE", "19901", "US"}, Strings{"Name", "DOB", "x", "y", "z"}, Strings{"Ho", "Born", "1 Elm St"}}) EXPECT_EQ(is_header(line), IsHeader::Perhaps) << line[0];
  for (const Strings& row : {Strings{"Ana", "Ruiz"}, Strings{"City", "x"}, Strings{"Max", "First"}, Strings{"Ho", "1950-01-02"}, Strings{"Ho", "ana@example.org"}, Strings{"Ho", "12345"}, Strings{""}}) EXPECT_EQ(is_header(row), IsHeader::No) << row[0];
  EXPECT_EQ(is_header({"who", "1950-01-02"}, {{{"name.display", "Who"}}, {}, {}}), IsHeader::Surely);
  EXPECT_EQ(is_header({"dose", "x"}, {{}, {"dose"}, {}}), IsHeader::Surely);
  EXPECT_EQ(is_header({"x", "notes"}, {{}, {}, {"Notes"}}), IsHeader::Surely);
}

// Columns that are known may be so by chance: what stands in the others may be somebody's, and in those as well.
TEST(ColumnMaps, ColumnsOfALineThatMayBeNoHeaderHaveNumbers) {
  const Strings row{"7", "Jan Ten", "Born", "de", "1 Elm St", "City", "DE", "19901", "Ho"};
  const Bound bound = bind_columns(row);
  EXPECT_TRUE(bound.ok);
  EXPECT_THAT(bound.told, AllOf(HasSubstr("warning: column 2 is not used"), HasSubstr("warning: column 5 is not used")));
  std::string all = bound.told + bound.map.describe();
  for (const std::string& column : row) all += bound.map.told_column(column, row);
  all += bound.map.column_name(Target::Family) + bound.map.column_name(Target::BirthDate);
  for (const char* const cell : {"Jan", "Born", "Elm", "City", "DE", "19901", "Ho"}) EXPECT_THAT(all, Not(HasSubstr(cell)));
  EXPECT_THAT(bound.map.describe(), HasSubstr("name.family: column 9\n"));
  EXPECT_EQ(bound.map.told_column("19901", row), "8");
  EXPECT_EQ(bound.map.told_column("", row), "");
  EXPECT_EQ(bind_columns({"key", "name", "x"}).map.told_column("x", {"key", "name", "x"}), "x");
}

// Where a table was written with its rows as keys, they are somebody's.
TEST(ColumnMaps, NamesInJsonMayBeData) {
  const Strings columns{"name", "Ann Smith HIV", "contact[0].phone_2", "4711.age", "Patientin Müller", "First Name", "labs.MRN778899"};
  const Bound bound = bind_columns(columns, {}, Columns::SoFar);
  EXPECT_TRUE(bound.ok);
  EXPECT_THAT(bound.told, AllOf(testing::StartsWith("list.csv: note: keys that are not known may be somebody's data: they are told by number, in the order in which the list has them\n"), HasSubstr("warning: column 2 is not used"), HasSubstr("warning: column 3 is not used"), HasSubstr("warning: column 4 is not used"),
                                HasSubstr("warning: column 5 is not used"), HasSubstr("warning: column 7 is not used")));
  for (const char* const word : {"Ann", "HIV", "phone", "4711", "Müller", "MRN"}) EXPECT_THAT(bound.told, Not(HasSubstr(word)));
  EXPECT_EQ(bound.map.told_column("Ann Smith HIV", columns), "2");
  EXPECT_EQ(bound.map.told_column("labs.MRN778899", columns), "7");
  EXPECT_EQ(bound.map.told_column("", columns), "");
  // What became no column: as much of its path as is known.
  for (const char* const path : {"Bob Li", "AmalHaddad", "labs.MRN7.x[1].y"}) EXPECT_EQ(bound.map.told_column(path, columns), "") << path;
  EXPECT_EQ(bound.map.told_column("name.AmalHaddad[1].y", columns), "name");
  EXPECT_EQ(bound.map.told_column("address[1].city", columns), "address");
  EXPECT_EQ(bound.map.column_name(Target::Given), "First Name");
}

TEST(ColumnMaps, HintsFitWhoSaysWhatColumnsAre) {
  ColumnMapOptions mailing;
  mailing.named_by = NamedBy::Mailing;
  EXPECT_THAT(bind_columns({"key", "name", "x"}).told, HasSubstr("hint: --column TARGET=COLUMN says what it is"));
  EXPECT_THAT(bind_columns({"key", "name", "x"}, mailing).told, AllOf(HasSubstr("hint: in the mailing's <recipients>, <column name=\"...\" to=\"...\"/> says what it is"), Not(HasSubstr("--column"))));
  EXPECT_THAT(bind_columns({"First Name", "Given name"}, mailing).told, HasSubstr("to=\"name.given\"/>; the other can be ignored"));
  EXPECT_THAT(bind_columns({"city", "zip"}, mailing).told, AllOf(HasSubstr("has no column with a name"), Not(HasSubstr("--column"))));
}

TEST(ColumnMaps, ColumnsMayCome) {
  Diagnostics diags;
  ColumnMap map = *ColumnMap::make({{{"city", "town hall"}}, {}, {}}, diags);
  EXPECT_TRUE(map.bind({"name"}, Columns::SoFar, kFile, diags));
  EXPECT_TRUE(map.column(Target::Display));
  EXPECT_TRUE(map.bind({"name", "vorname", "x"}, Columns::SoFar, kFile, diags));
  EXPECT_FALSE(map.column(Target::Display));
  EXPECT_EQ(map.column(Target::Family), 0u);
  EXPECT_TRUE(map.bind({"name", "vorname", "x"}, Columns::SoFar, kFile, diags));
  EXPECT_EQ(diags.all().size(), 2u) << to_text(diags);
  EXPECT_TRUE(map.bind({"name", "vorname", "x", "First name"}, Columns::SoFar, kFile, diags));
  EXPECT_EQ(map.column(Target::Given), 1u);
  EXPECT_THAT(to_text(diags), HasSubstr("list.csv: warning: columns 'vorname' and 'First name' both are name.given; objects in which they say different things are refused"));
  EXPECT_FALSE(map.bind({"name", "vorname", "x", "First name"}, Columns::All, kFile, diags));
}

// ---- rows as people ----

class People : public testing::Test {
 protected:
  // Columns and a row's values, and a name.
  tl::expected<Person, Rejected> convert(Strings columns, Strings values) {
    columns.insert(columns.begin(), "name.display");
    values.insert(values.begin(), "Ana");
    return convert_as_given(columns, std::move(values));
  }
  tl::expected<Person, Rejected> convert_as_given(const Strings& columns, Strings values) {
    row_ = {7, 9, std::move(values), "raw", {}};
    const Bound bound = bind_columns(columns);
    EXPECT_TRUE(bound.ok) << bound.told;
    return to_recipient(row_, bound.map, lookups_);
  }
  request::Recipient person(const Strings& columns, const Strings& values) {
    const auto result = convert(columns, values);
    EXPECT_TRUE(result) << result.error().reason;
    return result ? result->recipient : request::Recipient{};
  }
  std::string reason(const Strings& columns, const Strings& values) {
    const auto result = convert(columns, values);
    return result ? "none" : result.error().column + ": " + result.error().reason;
  }

  Lookups lookups_;
  Row row_;
};

// Damaged before it came here: nobody knows what it was.
TEST_F(People, WhatHoldsTheMarkOfDamageIsRefused) {
  for (const char* const column : {"key", "name.given", "city", "address", "postcode", "field:dose"}) {
    EXPECT_THAT(reason({column}, {"M\uFFFDller"}), testing::StartsWith(std::string(column) + ": holds U+FFFD")) << column;
  }
  EXPECT_EQ(reason({"key", "x"}, {"1", "\uFFFD"}), "none");
}

// Of JSON Lines an object means the same whatever stands before and behind it.
class Objects : public testing::Test {
 protected:
  // What the objects are, one a line: "key: given, family / display; lines in parts", or the refusal.
  static Strings read(std::string_view list, ColumnMapOptions options = {}) {
    const MemoryFile file(reinterpret_cast<const std::uint8_t*>(list.data()), list.size());
    Diagnostics diags;
    ReaderOptions as_lines;
    as_lines.format = Format::JsonLines;
    auto reader = Reader::open(file.path().string(), as_lines, diags);
    auto map = ColumnMap::make(std::move(options), diags);
    EXPECT_TRUE(reader && map) << to_text(diags);
    Lookups lookups;
    Strings told;
    while (reader->next(diags) == Next::Row) {
      EXPECT_TRUE(map->bind(reader->columns(), Columns::SoFar, kFile, diags));
      const auto person = to_recipient(reader->row(), *map, lookups);
      if (!person) {
        told.push_back(person.error().column + ": " + person.error().reason);
        continue;
      }
      const request::Recipient& who = person->recipient;
      std::string text = who.key + ": " + who.name.given + ", " + who.name.family + " / " + who.name.display + ";";
      for (const std::string& line : who.postal ? who.postal->lines : who.address) text += " " + line;
      if (who.postal) text += " in parts";
      for (const auto& [name, value] : person->fields) text += " " + name + "=" + value;
      told.push_back(text);
    }
    return told;
  }
  // Every object alone, and in lists with the others in two orders.
  static Strings read_alone_and_together(const Strings& objects, const ColumnMapOptions& options = {}) {
    Strings alone;
    std::string forth, back;
    for (const std::string& object : objects) {
      alone.push_back(read(object, options).front());
      forth += object + "\n";
      back = object + "\n" + back;
    }
    EXPECT_EQ(read(forth, options), alone);
    Strings reversed = read(back, options);
    std::reverse(reversed.begin(), reversed.end());
    EXPECT_EQ(reversed, alone);
    return alone;
  }
};

TEST_F(Objects, MeanTheSameInAnyList) {
  const Strings read = read_alone_and_together({R"({"key":"1","name":"Bo","family":"Wu"})", R"({"key":"2","name":"Ann Lee","family":"Lee","given":"Ann"})", R"({"key":"3","name":"Cy","family":"Xu","given":null})", R"({"key":"4","name":"Di Oz","family":"Oz"})",
                                                R"({"key":"5","name":"Ed","address":"1 Elm St Dover DE 19901"})", R"({"key":"6","name":"Ed","address":"2 Oak St","city":"Dover","postcode":"19901"})", R"({"key":"7","name":"Ed","address":"3 Ash St","city":null,"postcode":""})",
                                                R"({"key":"8","name":"Ed","given":"Al","firstName":"","town":"Rye","city":"Rye"})"});
  EXPECT_THAT(read, ElementsAre("1: Bo, Wu / ;", "2: Ann, Lee / Ann Lee;", "3: , Xu / Cy;", "4: , Oz / Di Oz;", "5: ,  / Ed; 1 Elm St Dover DE 19901", "6: ,  / Ed; 2 Oak St in parts", "7: ,  / Ed; 3 Ash St in parts", "8: Al, Ed / ; in parts"));
}

TEST_F(Objects, HaveAKeyOrNone) {
  const Strings objects{R"({"name":"Ann"})", R"({"key":"2","name":"Bo"})", R"({"name":"Cy"})", R"({"key":null,"name":"Di"})", R"({"id":"","name":"Di"})"};
  EXPECT_THAT(read_alone_and_together(objects), ElementsAre(": ,  / Ann;", "2: ,  / Bo;", ": ,  / Cy;", testing::StartsWith("key: is empty"), testing::StartsWith("id: is empty")));
  ColumnMapOptions named;
  named.columns = {{"key", "number"}};
  EXPECT_THAT(read_alone_and_together({R"({"name":"Ann"})", R"({"number":"2","key":"x","name":"Bo"})"}, named), ElementsAre(testing::StartsWith("key: is empty"), "2: ,  / Bo;"));
}

TEST_F(Objects, OfTwoKeysThatAreOneThingNoneIsGuessed) {
  const Strings objects{R"({"name":"Ann","city":"Dover","town":"Boston"})", R"({"name":"Bo","town":"Boston","city":"Dover"})", R"({"name":"Cy","city":"","town":"Rye"})"};
  EXPECT_THAT(read_alone_and_together(objects), ElementsAre("city: and column 'town' both are city, and say different things; expected one of them, or to be told which one it is", testing::StartsWith("town: and column 'city' both are city"), ": ,  / Cy; in parts"));
  ColumnMapOptions named;
  named.columns = {{"city", "town"}};
  named.fields = {"dose"};
  EXPECT_THAT(read_alone_and_together({objects[0], R"({"name":"Bo","Dose":"2","dose":"1","DOSE":"3"})"}, named), ElementsAre(": ,  / Ann; in parts", ": ,  / Bo; dose=1"));
  // What is mapped counts, whatever has the field's own name; what is ignored counts never.
  ColumnMapOptions mapped;
  mapped.columns = {{"field:dose", "Menge"}};
  mapped.fields = {"dose"};
  mapped.ignored = {"amount"};
  EXPECT_THAT(read_alone_and_together({R"({"name":"Bo","dose":"2","Menge":"1"})", R"({"name":"Bo","dose":"2"})"}, mapped), ElementsAre(": ,  / Bo; dose=1", ": ,  / Bo;"));
  mapped = {{}, {"dose"}, {"dose"}};
  EXPECT_THAT(read_alone_and_together({R"({"name":"Bo","dose":"2"})"}, mapped), ElementsAre(": ,  / Bo;"));
  EXPECT_THAT(read_alone_and_together({R"({"name":"Bo","fullName":"Ann"})", R"({"name":"Bo","fullName":"Bo"})"}), ElementsAre(testing::EndsWith("both are name.display, and say different things; expected one of them, or to be told which one it is"), ": ,  / Bo;"));
  // In whatever order the keys come.
  EXPECT_THAT(read_alone_and_together({R"({"name":"Bo","Dose":"2","DOSE":"3","dose":"1"})", R"({"name":"Bo","Dose":"2","DOSE":"3"})"}, named), ElementsAre(": ,  / Bo; dose=1", testing::StartsWith("Dose: and column 'DOSE' both are")));
}

// A street whose other columns are empty is no whole address.
TEST_F(People, AStreetAlone) {
  const Strings columns{"address", "city", "postcode", "country"};
  ASSERT_TRUE(person(columns, {"1 Elm St", "", "", "US"}).postal);
  EXPECT_THAT(person(columns, {"1 Elm St", "", "", "US"}).postal->lines, ElementsAre("1 Elm St"));
  EXPECT_FALSE(person(columns, {"1 Elm St, Dover DE 19901", "", "", "US"}).postal);
  EXPECT_FALSE(person(columns, {"1 Elm St\nDover DE 19901", "", "", "US"}).postal);
  EXPECT_FALSE(person(columns, {"1 Elm St\n", "", "", "US"}).postal);
  EXPECT_FALSE(person({"address", "country"}, {"1 Elm St", "US"}).postal);
}

TEST_F(People, EveryTarget) {
  const auto result = convert({"key", "name.given", "name.family", "name.prefix", "name.suffix", "name.locale", "birth-date", "language", "address", "address.line2", "city", "district", "state", "postcode", "country", "large-print", "field:dose", "field:none"},
                              {" 7 ", "Ana", "Ruiz", "Dr.", "MD", "es", "1961-03-04", "es-MX, en;vi ; es-MX,", "1 Way\r\n\n Apt 2 ", "Rear", "Town", "D", "OH", "44101", "usa", "Yes", "4\n5", " "});
  ASSERT_TRUE(result) << result.error().reason;
  const request::Recipient& person = result->recipient;
  EXPECT_EQ(person.key, "7");
  EXPECT_EQ(person.name.given + person.name.family + person.name.prefix + person.name.suffix + person.name.display, "AnaRuizDr.MDAna");
  EXPECT_EQ(person.name.locale->tag(), "es");
  EXPECT_EQ(person.birth_date, (request::Date{1961, 3, 4}));
  ASSERT_THAT(person.languages, SizeIs(3));
  EXPECT_EQ(person.languages[0].tag() + person.languages[1].tag() + person.languages[2].tag(), "es-MXenvi");
  EXPECT_THAT(person.postal->lines, ElementsAre("1 Way", "Apt 2", "Rear"));
  EXPECT_EQ(person.postal->city + person.postal->district + person.postal->state + person.postal->postcode + person.postal->country + person.country, "TownDOH44101USUS");
  EXPECT_THAT(person.address, IsEmpty());
  EXPECT_TRUE(person.large_print);
  EXPECT_THAT(result->fields, ElementsAre(Pair("dose", "4\n5")));
}

TEST_F(People, LinesAloneAreTheAddress) {
  const request::Recipient given = person({"address", "country"}, {"1 Way\u20282 Town", "MX"});
  EXPECT_THAT(given.address, ElementsAre("1 Way", "2 Town"));
  EXPECT_FALSE(given.postal);
  EXPECT_EQ(given.country, "MX");
  EXPECT_THAT(person({"address", "city"}, {"1 Way", ""}).address, ElementsAre("1 Way"));
  EXPECT_EQ(person({"address", "district"}, {"1 Way", "Kowloon"}).postal->district, "Kowloon");
}

TEST_F(People, ValuesAreCleaned) {
  const request::Recipient given = person({"name.given", "city"}, {"\u00A0A\tn\x01\u202E" "a\r\n\u3000", "Bad\x1b[31m\nTown"});
  EXPECT_EQ(given.name.given, "A na");
  EXPECT_EQ(given.postal->city, "Bad[31m Town");
  EXPECT_EQ(person({"name.given"}, {"=cmd|'/c'!A1"}).name.given, "=cmd|'/c'!A1");
}

TEST_F(People, LargePrintIsSaidInWordsThatAreKnown) {
  for (const char* yes : {"yes", "Y", "TRUE", "1", "x", "ja", "Oui", "sí", "да", "はい", "نعم", "हाँ", "có", "是", "예"}) EXPECT_TRUE(person({"large-print"}, {yes}).large_print) << yes;
  for (const char* no : {"", "no", "N", "false", "0", "nein", "NON", "não", "нет", "いいえ", "không"}) EXPECT_FALSE(person({"large-print"}, {no}).large_print) << no;
  for (const char* other : {"maybe", "yes please", "2", "18pt", "no yes"}) EXPECT_EQ(reason({"large-print"}, {other}), "large-print: is neither yes nor no") << other;
}

struct Refusal {
  const char* column;
  std::string value, reason;
};

class Refusals : public People, public testing::WithParamInterface<Refusal> {};

TEST_P(Refusals, NameTheColumnAndNotTheValue) {
  const auto result = convert({GetParam().column}, {GetParam().value});
  ASSERT_FALSE(result) << GetParam().value;
  EXPECT_EQ(result.error().column, GetParam().column);
  EXPECT_THAT(result.error().reason, HasSubstr(GetParam().reason));
  EXPECT_THAT(result.error().reason, Not(HasSubstr(GetParam().value.empty() ? "SECRET" : GetParam().value)));
  EXPECT_EQ(result.error().number, 7u);
  EXPECT_EQ(result.error().line, 9u);
  EXPECT_EQ(result.error().raw, "raw");
}

INSTANTIATE_TEST_SUITE_P(
    People, Refusals,
    testing::Values(Refusal{"Date of Birth", "31/12/1980", "is no date of the form YYYY-MM-DD; it looks like DD/MM/YYYY or MM/DD/YYYY, which is not guessed"}, Refusal{"dob", "1.2.80", "it looks like DD/MM/YYYY"}, Refusal{"dob", "12-31-1980", "it looks like DD/MM/YYYY"}, Refusal{"dob", "1980-02-30", "is no day of the calendar"},
                    Refusal{"dob", "1980-1-2", "is no day of the calendar"}, Refusal{"dob", "1980-01-02T00:00:00Z", "a time of day is not expected"}, Refusal{"dob", "19800102", "is no day of the calendar"}, Refusal{"dob", "0061-03-04", "is before 1800"}, Refusal{"language", "Klingonish", "is no language"},
                    Refusal{"language", "en qqq", "is no language"}, Refusal{"language", "en, es qq", "is no language"}, Refusal{"name.locale", "xx-", "is no language tag"}, Refusal{"country", "Atlantis", "is no country"}, Refusal{"key", "", "is empty"}, Refusal{"name.given", std::string(201, 'x'), "has 201 characters; the most is 200"},
                    Refusal{"postcode", std::string(21, '1'), "has 21 characters; the most is 20"}, Refusal{"address", std::string(121, 'x'), "has 121 characters; the most is 120"}, Refusal{"address", "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm", "the address has 13 lines; the most is 12"}, Refusal{"field:x", std::string(10001, 'y'), "the most is 10000"}));

TEST_F(People, LongNamesInAnyScriptAreCountedInCharacters) { EXPECT_EQ(person({"name.given"}, {std::string("न") + std::string(199, 'x')}).name.given.size(), 202u); }

TEST_F(People, LanguagesByTagAndName) {
  const auto tags = [&](const char* text) {
    std::string all;
    for (const auto& each : person({"language"}, {text}).languages) all += (all.empty() ? "" : " ") + each.tag();
    return all;
  };
  EXPECT_EQ(tags("en  es vi"), "en es vi");
  EXPECT_EQ(tags("en es, vi;ar"), "en es vi ar");
  EXPECT_EQ(tags("Spanish"), "es");
  EXPECT_EQ(tags("Chinese, Simplified"), "zh-Hans");
  EXPECT_EQ(tags("Haitian Creole; English"), "ht en");
  EXPECT_EQ(tags("español, en_US"), "es en-US");
  EXPECT_EQ(tags("Haitian Creole\nFrench\n"), "ht fr") << "items of a list in JSON";
  EXPECT_EQ(tags("Spanish (Mexico)"), "es-MX");
  EXPECT_EQ(tags(" ;, "), "");
}

TEST_F(People, UnderscoresInTagsAreTaken) { EXPECT_EQ(person({"language"}, {"es_MX"}).languages.at(0).tag(), "es-MX"); }

TEST_F(People, WithoutAName) {
  const auto result = convert_as_given({"name.given", "name.family"}, {" ", "\u200E"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().column + ": " + result.error().reason, "name.family: the person has no name");
  for (const char* const blank : {"\u200B", "\u00AD", "\u2060", "\uFEFF", "\u3164", "\u2800", "\u200D", "\u180E", "\u115F", "\u2003", "\u202A"}) {
    const auto nobody = convert_as_given({"name.given", "name.family"}, {blank, blank});
    ASSERT_FALSE(nobody) << blank;
    EXPECT_EQ(nobody.error().reason, "the person has no name");
    EXPECT_EQ(reason({"key"}, {blank}), "key: is empty; expected the number or name by which the person is known");
    EXPECT_THAT(convert({"field:x"}, {blank})->fields, IsEmpty());
  }
  EXPECT_EQ(convert_as_given({"name.display"}, {"\u2003Ana\u00AD \u3000"})->recipient.name.display, "Ana\u00AD");
}

TEST_F(People, AreBornByTheDayOfTheMailing) {
  const Bound bound = bind_columns({"name.display", "birth-date"});
  const auto born = [&](const char* day) {
    const Row row{1, 2, {"Ana", day}, "raw", {}};
    const auto person = to_recipient(row, bound.map, lookups_, unicode::Date{2026, 11, 30});
    return person ? "" : person.error().column + ": " + person.error().reason;
  };
  EXPECT_EQ(born("2026-11-30"), "");
  EXPECT_EQ(born("2026-12-01"), "birth-date: is after 2026-11-30, the day of the mailing");
  EXPECT_EQ(reason({"birth-date"}, {"2999-01-01"}), "none") << "no day is known";
}

TEST_F(People, RowsMayBeShorterThanTheColumns) {
  const auto result = convert({"city", "field:x"}, {});
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->recipient.postal);
}

TEST(Lookups, RememberAndForget) {
  Lookups lookups;
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 5000; ++i) EXPECT_EQ(lookups.country("nowhere " + std::to_string(i)), "");
    EXPECT_EQ(lookups.country("France"), "FR");
    EXPECT_EQ(lookups.locale("fr")->tag(), "fr");
  }
}

}  // namespace
}  // namespace handout::recipients
