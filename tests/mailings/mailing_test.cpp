#include "mailings/mailing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "mailings/vocabulary.h"

namespace handout::mailings {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const fs::path kSource = HANDOUT_SOURCE_DIR;

class Mailings : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "handout-mailings-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, std::string_view xml) const { std::ofstream(folder_ / name, std::ios::binary) << xml; }

  // <mailing id='m'> with an article and this inside, on line 1.
  Result<Mailing> parse(const std::string& inside) {
    diags_ = {};
    return parse_mailing("<mailing id='m'><article ref='knee'/>" + inside + "</mailing>", "m.xml", folder_, diags_);
  }
  std::string wrong(const std::string& inside) {
    EXPECT_FALSE(parse(inside)) << inside;
    EXPECT_EQ(diags_.exit_code(), 1) << inside;
    return to_text(diags_);
  }
  Mailing right(const std::string& inside) {
    auto mailing = parse(inside);
    EXPECT_TRUE(mailing) << to_text(diags_);
    return mailing ? *std::move(mailing) : Mailing{};
  }

  fs::path folder_;
  Diagnostics diags_;
};

TEST_F(Mailings, EverythingIsRead) {
  const auto read = read_mailing(kSource / "tests/fuzz/seeds/mailing/whole.xml", diags_);
  ASSERT_TRUE(read) << to_text(diags_);
  EXPECT_EQ(to_text(diags_), "");
  const Mailing& m = *read;
  EXPECT_EQ(m.id, "whole");
  ASSERT_THAT(m.articles, SizeIs(2));
  EXPECT_EQ(m.articles[0].level, request::ArticleLevel::Short);
  EXPECT_THAT(m.articles[0].include, ElementsAre(testing::Field(&NamedId::id, "causes"), testing::Field(&NamedId::id, "help")));
  EXPECT_THAT(m.articles[0].marked, ElementsAre(testing::Field(&NamedId::id, "first")));
  EXPECT_THAT(m.articles[1].exclude, ElementsAre(testing::Field(&NamedId::id, "sources")));
  EXPECT_EQ(m.layout.profile, "large");
  EXPECT_EQ(m.layout.large_print, LargePrint::Giant);
  EXPECT_EQ(m.layout.impose, request::Impose::Booklet);
  EXPECT_EQ(m.layout.fit, (request::Fit{request::Fit::In::Pages, 2}));
  EXPECT_EQ(m.clinic->written, "clinics/example.xml");
  EXPECT_EQ(std::get<DayFromField>(m.day).field, "visit");
  EXPECT_EQ(m.region, "US");
  EXPECT_EQ(m.locale.fixed->tag(), "es-MX");
  EXPECT_FALSE(m.locale.fallback);
  EXPECT_EQ(m.locale.beside->tag(), "en");
  EXPECT_EQ(m.list.format, ListFormat::Fhir);
  EXPECT_EQ(m.list.identifier_system, "urn:oid:1.2.3");
  ASSERT_THAT(m.list.columns, SizeIs(2));
  EXPECT_EQ(m.list.columns[1].name + ">" + m.list.columns[1].to, "Day>visit");
  EXPECT_THAT(m.list.ignored, ElementsAre("Phone"));
  ASSERT_THAT(m.fields, SizeIs(4));
  EXPECT_EQ(m.fields[0].presence, Presence::Required);
  EXPECT_THAT(m.fields[1].choices, ElementsAre("left", "right"));
  EXPECT_EQ(m.fields[1].fallback, "left");
  EXPECT_EQ(m.fields[2].column, "Dose in mg");
  EXPECT_EQ(m.fields[3].constant, "7");
  ASSERT_THAT(m.filter, SizeIs(7));
  EXPECT_THAT(m.filter[1].values, ElementsAre("es", "en-US"));
  EXPECT_EQ(m.filter[4].type, FieldType::Date);
  EXPECT_THAT(m.sorting.fields, ElementsAre("country", "postcode", "visit"));
  EXPECT_EQ(m.sorting.direction, Direction::Descending);
  EXPECT_EQ(m.duplicates, Duplicates::KeepAll);
  EXPECT_EQ(m.household, Household::Address);
  ASSERT_THAT(m.suppressions, SizeIs(2));
  EXPECT_EQ(m.suppressions[1].by, "city");
  EXPECT_EQ(m.output.as, OutputAs::Both);
  EXPECT_EQ(m.output.purpose, Purpose::Screen);
  EXPECT_EQ(m.output.names, InFileNames::Yes);
  EXPECT_EQ(m.output.keys, InFileNames::Yes);
  EXPECT_EQ(m.output.pieces_per_file, 100u);
  EXPECT_EQ(m.output.pages_per_file, 400u);
  EXPECT_THAT(m.output.split_by, ElementsAre(SplitBy::Locale, SplitBy::Weight));
  EXPECT_EQ(m.output.sheet_weight, 80);
  EXPECT_THAT(m.output.weight_steps, ElementsAre(20, 50, 100));
  EXPECT_EQ(m.output.duplex, Duplex::No);
  EXPECT_DOUBLE_EQ(*m.limit.share, 0.025);
  EXPECT_EQ(m.keep_days, 30u);
  EXPECT_EQ(m.ledger.keys, KeyStyle::Hashed);
  EXPECT_EQ(resolve(*m.ledger.key_file, "/root"), fs::path("/root/secret.key"));
  EXPECT_EQ(m.envelope, "din-c65");
  EXPECT_EQ(m.job_id, "A1B2C3D4");
  EXPECT_THAT(m.files, SizeIs(1));
}

TEST_F(Mailings, OnlyAnArticleIsNeeded) {
  const Mailing m = right("");
  EXPECT_EQ(m.layout.name, "standard");
  EXPECT_EQ(m.layout.large_print, LargePrint::Large);
  EXPECT_TRUE(std::holds_alternative<std::monostate>(m.day));
  EXPECT_FALSE(m.locale.fixed || m.locale.fallback || m.locale.beside || m.limit.rows || m.limit.share || m.keep_days || m.clinic);
  EXPECT_EQ(m.duplicates, Duplicates::Reject);
  EXPECT_EQ(m.household, Household::None);
  EXPECT_EQ(m.output.as, OutputAs::Stream);
  EXPECT_EQ(m.ledger.keys, KeyStyle::Plain);
  EXPECT_EQ(file_name(m.output.file, [](std::string_view name) { return name == "number" ? "7" : "es"; }), "7-es.pdf");
  EXPECT_FALSE(parse_mailing("<mailing id='m'/>", "m.xml", folder_, diags_));
  EXPECT_THAT(to_text(diags_), HasSubstr("m.xml:1:1: error: <mailing> has no <article>\n  hint: say what is printed"));
}

TEST_F(Mailings, ShippedOnesAreRight) {
  EXPECT_TRUE(read_mailing(kSource / "content/templates/mailing.xml", diags_));
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(kSource / "content/mailings")) count += read_mailing(entry.path(), diags_) ? 1 : 0;
  EXPECT_GT(count, 0u);
  EXPECT_EQ(to_text(diags_), "");
}

// ---- extends ----

TEST_F(Mailings, ExtendAnother) {
  write("base.xml", "<mailing id='base' title='Base'><article ref='a'/><article ref='b'/><layout name='letter' profile='large'/><date value='2026-01-01'/><field name='x' default='1'/><field name='y'/>"
                    "<filter><condition field='x' value='1'/></filter><recipients separator='tab'><column name='A' to='x'/><column name='B' to='y'/></recipients><suppression file='s.csv'/><output as='both' duplex='yes'/><keep days='5'/></mailing>");
  write("own.xml", "<mailing id='own' extends='base'><article ref='c'/><layout name='letter-uk'/><date from='z'/><field name='x' default='2'/><field name='z' type='date'/><recipients><column name='B' to='z'/></recipients><suppression file='t.csv'/><output as='files'/></mailing>");
  const auto own = read_mailing(folder_ / "own.xml", diags_);
  ASSERT_TRUE(own) << to_text(diags_);
  EXPECT_EQ(own->id, "own");
  EXPECT_EQ(own->title, "Base");
  ASSERT_THAT(own->articles, SizeIs(1));
  EXPECT_EQ(own->articles[0].ref, "c");
  EXPECT_EQ(own->layout.name + " " + own->layout.profile, "letter-uk large");
  EXPECT_EQ(std::get<DayFromField>(own->day).field, "z");
  ASSERT_THAT(own->fields, SizeIs(3));
  EXPECT_EQ(own->fields[0].fallback, "2");
  EXPECT_EQ(own->fields[2].name, "z");
  ASSERT_THAT(own->list.columns, SizeIs(2));
  EXPECT_EQ(own->list.columns[1].to, "z");
  EXPECT_EQ(own->list.separator, '\t');
  EXPECT_THAT(own->filter, SizeIs(1));
  EXPECT_THAT(own->suppressions, SizeIs(2));
  EXPECT_EQ(own->output.as, OutputAs::Files);
  EXPECT_EQ(own->output.duplex, Duplex::Yes);
  EXPECT_EQ(own->keep_days, 5u);
  EXPECT_THAT(own->files, ElementsAre(folder_ / "own.xml", folder_ / "base.xml"));
  const auto base = read_mailing(folder_ / "base.xml", diags_);
  EXPECT_NE(base->digest, own->digest);
}

// What a field of its own doesn't say, that of the base says.
TEST_F(Mailings, FieldsAreMerged) {
  write("base.xml", "<mailing id='base'><article ref='a'/><field name='n' type='number' required='yes' default='2'/><field name='side' type='choice' choices='left|right' required='yes' from='Seite'/><field name='memo' value='BASE'/><field name='word' from='Wort' default='x'/></mailing>");
  write("own.xml", "<mailing id='own' extends='base'><field name='n' default='3'/><field name='side' required='no'/><field name='memo' from='Notiz'/><field name='word' value='all'/></mailing>");
  const auto own = read_mailing(folder_ / "own.xml", diags_);
  ASSERT_TRUE(own) << to_text(diags_);
  ASSERT_THAT(own->fields, SizeIs(4));
  const auto& [n, side, memo, word] = std::tie(own->fields[0], own->fields[1], own->fields[2], own->fields[3]);
  EXPECT_TRUE(n.type == FieldType::Number && n.presence == Presence::Required && n.fallback == "3");
  EXPECT_TRUE(side.type == FieldType::Choice && side.presence == Presence::Optional && side.column == "Seite");
  EXPECT_THAT(side.choices, ElementsAre("left", "right"));
  EXPECT_TRUE(memo.column == "Notiz" && !memo.constant);
  EXPECT_TRUE(word.constant == "all" && word.column.empty() && !word.fallback);
  write("text.xml", "<mailing id='text' extends='base'><field name='side' type='text'/></mailing>");
  const auto text = read_mailing(folder_ / "text.xml", diags_);
  ASSERT_TRUE(text) << to_text(diags_);
  EXPECT_TRUE(text->fields[1].type == FieldType::Text && text->fields[1].choices.empty());
  const auto overridden = read_mailing(folder_ / "base.xml", {{"--field", "side=left"}}, diags_);
  ASSERT_TRUE(overridden) << to_text(diags_);
  EXPECT_TRUE(overridden->fields[1].constant == "left" && overridden->fields[1].type == FieldType::Choice);
}

// What of a base goes no more with what its own says falls away.
TEST_F(Mailings, WhatContradictsABaseTakesItsPlace) {
  write("base.xml", "<mailing id='base'><article ref='a'/><locale choose='fixed' fixed='en'/><recipients format='csv' separator='comma'><column name='dose' to='doctor'/><column name='n' to='ward'/><ignore column='visit'/><ignore column='w'/></recipients>"
                    "<field name='doctor'/><field name='ward'/><field name='tel' from='phone'/><ledger key='hashed' key-file='k.key'/></mailing>");
  write("own.xml", "<mailing id='own' extends='base'><locale choose='recipient' fallback='es'/><recipients format='json-lines'><column name='visit' to='doctor'/><column name='mobile' to='tel'/></recipients><field name='ward' from='w'/><ledger key='plain'/></mailing>");
  const auto own = read_mailing(folder_ / "own.xml", diags_);
  ASSERT_TRUE(own) << to_text(diags_);
  EXPECT_TRUE(!own->locale.fixed && own->locale.fallback->tag() == "es");
  EXPECT_TRUE(own->list.format == ListFormat::JsonLines && own->list.separator == '\0');
  EXPECT_THAT(own->list.columns, ElementsAre(testing::Field(&ListChoice::Column::name, "visit"), testing::Field(&ListChoice::Column::name, "mobile")));
  EXPECT_THAT(own->list.ignored, IsEmpty());
  EXPECT_EQ(own->fields[1].column + own->fields[2].column, "w");
  EXPECT_TRUE(own->ledger.keys == KeyStyle::Plain && !own->ledger.key_file);
  write("third.xml", "<mailing id='third' extends='own'><recipients format='fhir' identifier-system='s'><ignore column='visit'/></recipients><locale choose='fixed' fixed='ar'/></mailing>");
  const auto third = read_mailing(folder_ / "third.xml", diags_);
  ASSERT_TRUE(third) << to_text(diags_);
  EXPECT_THAT(third->list.columns, ElementsAre(testing::Field(&ListChoice::Column::name, "mobile")));
  EXPECT_THAT(third->list.ignored, ElementsAre("visit"));
  // What contradicts itself in one file is told all the same.
  write("wrong.xml", "<mailing id='wrong' extends='base'><ledger key='plain' key-file='k.key'/></mailing>");
  EXPECT_FALSE(read_mailing(folder_ / "wrong.xml", diags_));
  EXPECT_THAT(to_text(diags_), HasSubstr("a secret, but keys are plain"));
}

// One list may have keys and postcodes.
TEST_F(Mailings, SuppressionsOfABaseHoldToo) {
  write("base.xml", "<mailing id='base'><article ref='a'/><suppression file='s.csv'/></mailing>");
  write("own.xml", "<mailing id='own' extends='base'><suppression file='s.csv' by='postcode'/><suppression file='s.csv' by='key'/></mailing>");
  const auto own = read_mailing(folder_ / "own.xml", diags_);
  ASSERT_TRUE(own) << to_text(diags_);
  EXPECT_THAT(own->suppressions, ElementsAre(testing::Field(&Suppression::by, "key"), testing::Field(&Suppression::by, "postcode")));
  EXPECT_THAT(wrong("<suppression file='s.csv'/><suppression file='s.csv' by='key'/>"), HasSubstr("'s.csv' is named twice for 'key'"));
}

// A base that is for one country stays so.
TEST_F(Mailings, ConditionsOfABaseHoldToo) {
  write("base.xml", "<mailing id='base'><article ref='a'/><filter><condition field='country' value='US'/></filter></mailing>");
  write("middle.xml", "<mailing id='middle' extends='base'><filter><condition field='city' op='present'/></filter></mailing>");
  write("own.xml", "<mailing id='own' extends='middle'><filter><condition field='birth-date' op='less' value='1960-01-01'/></filter></mailing>");
  const auto own = read_mailing(folder_ / "own.xml", diags_);
  ASSERT_TRUE(own) << to_text(diags_);
  EXPECT_THAT(own->filter, ElementsAre(testing::Field(&Condition::field, "country"), testing::Field(&Condition::field, "city"), testing::Field(&Condition::field, "birth-date")));
  EXPECT_EQ(to_text(own->filter[0].at), (folder_ / "base.xml").generic_string() + ":1:46");
}

TEST_F(Mailings, FaultsOfABaseAreToldWhereTheyStand) {
  write("base.xml", "<mailing id='base'>\n  <output file-name='a/b.pdf'/></mailing>");
  write("own.xml", "<mailing id='own' extends='base'><article ref='c'/></mailing>");
  EXPECT_FALSE(read_mailing(folder_ / "own.xml", diags_));
  EXPECT_THAT(to_text(diags_), HasSubstr("base.xml:2:22: error: 'a/b.pdf' cannot be the name of a file on every system"));
}

TEST_F(Mailings, CirclesAndWrongBases) {
  write("a.xml", "<mailing id='a' extends='b'><article ref='c'/></mailing>");
  write("b.xml", "<mailing id='b' extends='a'/>");
  EXPECT_FALSE(read_mailing(folder_ / "a.xml", diags_));
  EXPECT_THAT(to_text(diags_), HasSubstr("b.xml:1:26: error: mailing 'a' extends itself"));
  write("c.xml", "<mailing id='c' extends='aa'/>");
  EXPECT_FALSE(read_mailing(folder_ / "c.xml", diags_));
  EXPECT_THAT(to_text(diags_), HasSubstr("c.xml:1:26: error: unknown mailing 'aa'; did you mean 'a'?"));
  write("d.xml", "<mailing id='e'><article ref='c'/></mailing>");
  EXPECT_FALSE(read_mailing(folder_ / "d.xml", diags_));
  EXPECT_THAT(to_text(diags_), HasSubstr("id is 'e', but the file is named d.xml"));
}

// ---- faults ----

TEST_F(Mailings, UnknownNamesAreSuggested) {
  EXPECT_THAT(wrong("<outptu/>"), HasSubstr("did you mean <output>?"));
  EXPECT_THAT(wrong("<output split-by='papr'/>"), HasSubstr("m.xml:1:56: error: unknown 'papr'; did you mean 'paper'?"));
  EXPECT_THAT(wrong("<sort by='postcod'/>"), HasSubstr("unknown field 'postcod'; did you mean 'postcode'?"));
  EXPECT_THAT(wrong("<recipients><column name='Zip' to='zip'/></recipients>"), HasSubstr("m.xml:1:73: error: unknown field 'zip'"));
  EXPECT_THAT(wrong("<filter><condition field='contry' value='US'/></filter>"), HasSubstr("did you mean 'country'?"));
  EXPECT_THAT(wrong("<date from='next'/>"), HasSubstr("unknown field 'next'"));
}

TEST_F(Mailings, WhatContradictsItself) {
  EXPECT_THAT(wrong("<locale choose='fixed'/>"), HasSubstr("choose=\"fixed\" without the language"));
  EXPECT_THAT(wrong("<locale fixed='en'/>"), HasSubstr("a fixed language, but each recipient's own is chosen"));
  EXPECT_THAT(wrong("<locale fallback='xq'/>"), HasSubstr("'xq' is the tag of no language"));
  EXPECT_THAT(wrong("<date value='2026-01-01' from='d'/><field name='d' type='date'/>"), HasSubstr("<date> with 'value' and 'from'"));
  EXPECT_THAT(wrong("<date/>"), HasSubstr("<date> says no day"));
  EXPECT_THAT(wrong("<date from='d'/><field name='d'/>"), HasSubstr("field 'd' is no date"));
  EXPECT_THAT(wrong("<article ref='knee'/>"), HasSubstr("article 'knee' is named twice"));
  EXPECT_THAT(wrong("<article ref='a/art'/><article ref='a/./art'/>"), HasSubstr("article 'a/./art' is named twice"));
  EXPECT_THAT(wrong("<article ref='b'><include section='x'/><exclude section='y'/></article>"), HasSubstr("<include> and <exclude> in one article"));
  EXPECT_THAT(wrong("<field name='city'/>"), HasSubstr("field 'city' is what every recipient has"));
  EXPECT_THAT(wrong("<field name='patient.name'/>"), HasSubstr("is built in"));
  EXPECT_THAT(wrong("<field name='a'/><field name='a'/>"), HasSubstr("field 'a' is declared twice\n  hint: first declared at m.xml:1:38"));
  EXPECT_THAT(wrong("<field name='a' type='choice'/>"), HasSubstr("a choice without choices"));
  EXPECT_THAT(wrong("<field name='a' type='choice' choices='left|right' default='rigt'/>"), HasSubstr("did you mean 'right'?"));
  EXPECT_THAT(wrong("<field name='a' type='number' value='x'/>"), HasSubstr("'x' is not a number"));
  EXPECT_THAT(wrong("<field name='a' value='x' from='A'/>"), HasSubstr("the same value for everybody; 'from' says something else"));
  EXPECT_THAT(wrong("<ledger key='hashed'/>"), HasSubstr("hashed keys need a secret"));
  EXPECT_THAT(wrong("<recipients format='fhir' separator='tab'/>"), HasSubstr("the list is no CSV"));
  EXPECT_THAT(wrong("<recipients><column name='A' to='city'/><column name='B' to='city'/></recipients>"), HasSubstr("'city' is given twice"));
  EXPECT_THAT(wrong("<recipients><column name='dose' to='doctor'/></recipients><field name='doctor' from='visit'/>"), AllOf(HasSubstr("error: field 'doctor' is given two columns: 'dose' here, 'visit' by its <field>\n  hint: leave one out; the other one is at "), testing::ContainsRegex("[a-z]+\\.xml:[0-9]+:[0-9]+: error: field 'doctor'")));
}

TEST_F(Mailings, WrongNumbers) {
  EXPECT_THAT(wrong("<limits rejects='101%'/>"), HasSubstr("'101%' is no limit"));
  EXPECT_THAT(wrong("<limits rejects='-1'/>"), HasSubstr("is no limit"));
  EXPECT_EQ(right("<limits rejects='0'/>").limit.rows, 0u);
  EXPECT_EQ(right("<limits rejects='0'/>").addresses, FaultyAddresses::ByLayout);
  EXPECT_EQ(right("<limits addresses='print'/>").addresses, FaultyAddresses::Print);
  EXPECT_EQ(right("<limits rejects='1' addresses='refuse'/>").addresses, FaultyAddresses::Refuse);
  EXPECT_THAT(wrong("<limits/>"), HasSubstr("<limits> says no limit"));
  EXPECT_THAT(wrong("<limits addresses='warn'/>"), HasSubstr("addresses"));
  EXPECT_DOUBLE_EQ(*right("<limits rejects='100%'/>").limit.share, 1.0);
  EXPECT_THAT(wrong("<output sheet-weight='80'/>"), HasSubstr("'80' is no weight of paper\n  hint: write grams a square metre, such as 80g/m2"));
  EXPECT_THAT(wrong("<output weight-steps='50g 20g'/>"), HasSubstr("20g does not stand behind a lesser weight"));
  EXPECT_THAT(wrong("<output split-by='weight'/>"), HasSubstr("files are split by weight, but weights are not known"));
  EXPECT_THAT(wrong("<output pieces-per-file='0'/>"), HasSubstr("pieces-per-file"));
  EXPECT_THAT(wrong("<keep days='40000'/>"), HasSubstr("days is 40000, more than 36500"));
  EXPECT_THAT(wrong("<marks job-id='lower'/>"), HasSubstr("1 to 8 capital letters and digits"));
  EXPECT_THAT(wrong("<marks job-id='PROOF'/>"), HasSubstr("'PROOF' is what marks of proofs say"));
  EXPECT_THAT(wrong("<region code='UK'/>"), HasSubstr("'UK' is no code of a country"));
  EXPECT_THAT(wrong("<layout fit='pages:0'/>"), HasSubstr("nothing to fit"));
}

// ---- names of files ----

TEST_F(Mailings, NamesOfFilesAreSafe) {
  for (const char* const name : {"a/b.pdf", "a\\b.pdf", "a:b.pdf", "a b.pdf", ".a.pdf", "-a.pdf", "{key}", "{key.pdf", "key}.pdf", "{}.pdf", ".pdf", "\xC3\xA9.pdf", "{key}.PDF", "a*.pdf", "{1}.pdf"}) {
    EXPECT_THAT(wrong("<output file-name='" + std::string(name) + "'/>"), HasSubstr("cannot be the name of a file on every system")) << name;
  }
  for (const char* const name : {"con.pdf", "AUX.pdf", "lpt1.{key}.pdf"}) EXPECT_THAT(wrong("<output file-name='" + std::string(name) + "'/>"), HasSubstr("on Windows")) << name;
  EXPECT_THAT(wrong("<output file-name='" + std::string(120, 'a') + "{key}.pdf'/>"), HasSubstr("besides its fields, more than 100"));
  EXPECT_THAT(wrong("<output file-name='{mailing}-{locale}.pdf'/>"), HasSubstr("gives every recipient's file the same name\n  hint: have {number} in it"));
  EXPECT_THAT(wrong("<output file-name='{ky}.pdf'/>"), HasSubstr("unknown field 'ky' in a file's name; did you mean 'key'?"));
  EXPECT_THAT(wrong("<output stream-name='{key}-{number}.pdf'/>"), HasSubstr("field 'key' differs within a print file"));
  EXPECT_THAT(wrong("<output stream-name='{mailing}.pdf'/>"), HasSubstr("gives print files the same name\n  hint: have {number} in it"));
  EXPECT_THAT(wrong("<output stream-name='{locale}-{number}.pdf' split-by='locale paper'/>"), HasSubstr("split by paper, as they always are, the same name\n  hint: have {class} or {paper} in it"));
  EXPECT_THAT(wrong("<output stream-name='{paper}-{number}.pdf' split-by='locale paper'/>"), HasSubstr("split by locale the same name\n  hint: have {class} or {locale} in it"));
  right("<output stream-name='{locale}-{paper}-{number}.pdf' split-by='locale paper'/>");
  // Sheets of two sizes are never in one file; what differs in a file tells nobody what is in it.
  EXPECT_THAT(wrong("<output stream-name='{mailing}-{number}.pdf'/>"), HasSubstr("gives print files that are split by paper, as they always are, the same name\n  hint: have {class} or {paper} in it"));
  EXPECT_THAT(wrong("<output stream-name='{locale}-{number}.pdf' split-by='locale'/>"), HasSubstr("split by paper"));
  EXPECT_THAT(wrong("<output stream-name='{locale}-{layout}-{class}-{number}.pdf' split-by='layout'/>"), HasSubstr("field 'locale' differs within a print file, and cannot be in its name\n  hint: have locale among the words of split-by"));
  right("<output stream-name='{paper}-{number}.pdf'/>");
  right("<output stream-name='{locale}-{class}-{number}.pdf' split-by='locale'/>");
}

TEST_F(Mailings, NamesOfPeopleInNamesOfFilesMustBeWanted) {
  EXPECT_THAT(wrong("<output file-name='{name.family}-{ward}-{number}.pdf'/><field name='ward'/>"), HasSubstr("m.xml:1:57: error: puts what belongs to a person into names of files: name.family, ward\n  hint: use {number}; if it is wanted, write names-in-file-names=\"yes\""));
  right("<output file-name='{name.family}-{number}.pdf' names-in-file-names='yes'/>");
  EXPECT_EQ(to_text(diags_), "");
}

TEST_F(Mailings, KeysInNamesOfFilesMustBeWanted) {
  const NameTemplate usual = right("<output as='both'/>").output.file;
  EXPECT_EQ(file_name(usual, [](std::string_view field) -> std::string_view { return field == "number" ? "17" : field == "locale" ? "en" : ""; }), "17-en.pdf");
  EXPECT_THAT(wrong("<output file-name='{key}.pdf'/>"), HasSubstr("m.xml:1:57: error: puts recipients' keys into names of files\n  hint: use {number}; if it is wanted, write keys-in-file-names=\"yes\""));
  EXPECT_THAT(wrong("<output file-name='{key}.pdf' names-in-file-names='yes'/>"), HasSubstr("puts recipients' keys into names of files"));
  right("<output file-name='{key}.pdf' keys-in-file-names='yes'/>");
  EXPECT_EQ(to_text(diags_), "");
  EXPECT_THAT(wrong("<output file-name='{key}.pdf' keys-in-file-names='yes'/><ledger key='hashed' key-file='secret.key'/>"), HasSubstr("m.xml:1:57: error: puts recipients' keys into names of files, which the ledger has, while its keys are hashed\n  hint: use {number} in place of {key}"));
  right("<output file-name='{number}.pdf' keys-in-file-names='yes'/><ledger key='hashed' key-file='secret.key'/>");
}

TEST_F(Mailings, ValuesInNamesOfFiles) {
  const NameTemplate parts = right("<output file-name='{key}.pdf' keys-in-file-names='yes'/>").output.file;
  const auto named = [&](std::string_view key) { return file_name(parts, [&](std::string_view) { return key; }); };
  EXPECT_EQ(named("MRN-1_2.x"), "MRN-1_2.x.pdf");
  EXPECT_EQ(named("../../etc/passwd"), "_.._2F_.._2F_etc_2F_passwd.pdf");
  EXPECT_EQ(named("\xC3\x84/1"), "_C4__2F_1.pdf");
  EXPECT_EQ(named("a b\n\xE2\x80\xAE"), "a_20_b_A__202E_.pdf");
  EXPECT_EQ(named("-rf"), "_-rf.pdf");
  EXPECT_EQ(named(""), std::nullopt);
  EXPECT_EQ(named("nul"), std::nullopt);
  EXPECT_EQ(named("Com7"), std::nullopt);
  EXPECT_EQ(named("com10"), "com10.pdf");
  EXPECT_EQ(named(std::string(196, 'a')), std::string(196, 'a') + ".pdf");
  EXPECT_EQ(named(std::string(197, 'a')), std::nullopt);
  EXPECT_EQ(collision_key("AbC-1.pdf"), collision_key("aBc-1.pdf"));
}

// ---- conditions ----

TEST_F(Mailings, Conditions) {
  const auto met = [&](const std::string& condition, std::string_view value) {
    const Mailing m = right("<field name='dose' type='number'/><field name='day' type='date'/><field name='word'/><filter><condition " + condition + "/></filter>");
    return m.filter.size() == 1 && holds(m.filter[0], value);
  };
  EXPECT_TRUE(met("field='dose' value='1.50'", "1.5"));
  EXPECT_FALSE(met("field='dose' value='9007199254740992'", "9007199254740993")) << "numbers are exact";
  EXPECT_TRUE(met("field='dose' op='less' value='9007199254740993'", "9007199254740992"));
  EXPECT_TRUE(met("field='word' value='Zo\xC3\xAB  1'", "Zoe\xCC\x88\xE2\x80\x83" "1\xE2\x80\x8B"));
  EXPECT_FALSE(met("field='dose' value='1.5'", ""));
  EXPECT_TRUE(met("field='dose' op='less' value='10'", "9"));
  EXPECT_FALSE(met("field='dose' op='less' value='10'", "10"));
  EXPECT_FALSE(met("field='dose' op='less' value='10'", "nine"));
  EXPECT_FALSE(met("field='dose' op='less' value='10'", ""));
  EXPECT_TRUE(met("field='dose' op='more' value='10'", "11"));
  EXPECT_TRUE(met("field='day' op='more' value='2026-09-30'", "2026-10-01"));
  EXPECT_TRUE(met("field='birth-date' op='less' value='1960-01-01'", "1959-12-31"));
  EXPECT_TRUE(met("field='word' op='in' value='a| b c |d'", "b c"));
  EXPECT_FALSE(met("field='word' op='in' value='a|b'", "c"));
  EXPECT_TRUE(met("field='word' op='is-not' value='a'", ""));
  EXPECT_FALSE(met("field='word' op='is-not' value='a'", "a"));
  EXPECT_TRUE(met("field='word' op='present'", "x") && !met("field='word' op='present'", ""));
  EXPECT_TRUE(met("field='word' op='missing'", "") && !met("field='word' op='missing'", "x"));
  EXPECT_TRUE(met("field='language' value='es'", "es-MX") && met("field='language' value='es'", "ES"));
  EXPECT_FALSE(met("field='language' value='es'", "est"));
}

// A list's "USA" is US when it is read.
TEST_F(Mailings, ConditionsTakeWhatListsTake) {
  const auto values = [&](const std::string& condition) { return right("<filter><condition " + condition + "/></filter>").filter.at(0).values; };
  EXPECT_THAT(values("field='country' value='USA'"), ElementsAre("US"));
  EXPECT_THAT(values("field='country' op='in' value='Deutschland|at'"), ElementsAre("DE", "AT"));
  EXPECT_THAT(values("field='language' op='in' value='Spanish|iw|pt_BR'"), ElementsAre("es", "he", "pt-BR"));
  EXPECT_THAT(values("field='name.locale' value='ZH_hant'"), ElementsAre("zh-Hant"));
  EXPECT_THAT(values("field='large-print' value='Oui'"), ElementsAre("yes"));
  EXPECT_THAT(values("field='large-print' op='is-not' value='0'"), ElementsAre("no"));
  EXPECT_THAT(values("field='city' value='USA'"), ElementsAre("USA")) << "text stays as it is";
  EXPECT_THAT(wrong("<filter><condition field='country' op='in' value='US|Untied States'/></filter>"), HasSubstr("m.xml:1:88: error: 'Untied States' is no country\n  hint: write its code of ISO 3166"));
  EXPECT_THAT(wrong("<filter><condition field='large-print' value='maybe'/></filter>"), HasSubstr("'maybe' is neither yes nor no"));
  EXPECT_THAT(wrong("<filter><condition field='birth-date' value='01/02/1980'/></filter>"), HasSubstr("'01/02/1980' is not a date\n  hint: write YYYY-MM-DD"));
}

TEST_F(Mailings, WrongConditions) {
  EXPECT_THAT(wrong("<filter><condition field='city' op='less' value='M'/></filter>"), HasSubstr("field 'city' is neither a number nor a date"));
  EXPECT_THAT(wrong("<filter><condition field='birth-date' op='less' value='1960'/></filter>"), HasSubstr("'1960' is not a date\n  hint: write YYYY-MM-DD"));
  EXPECT_THAT(wrong("<filter><condition field='city'/></filter>"), HasSubstr("without a value to compare with"));
  EXPECT_THAT(wrong("<filter><condition field='city' op='present' value='x'/></filter>"), HasSubstr("compares with nothing"));
  EXPECT_THAT(wrong("<filter><condition field='language' value='xq'/></filter>"), HasSubstr("'xq' is the tag of no language"));
  EXPECT_THAT(wrong("<filter/>"), HasSubstr("<filter>"));
}

// ---- in place of what it says ----

TEST_F(Mailings, OverridesAreReadAsTheAttributes) {
  const std::string inside = "<layout name='a' profile='giant' large-print='ignore'/><clinic ref='c.xml'/><date from='visit'/><locale choose='recipient' fallback='en'/><field name='visit' type='date' required='yes' from='Visit'/><field name='side' type='choice' choices='left|right' default='left'/><output as='files' purpose='screen' pieces-per-file='7'/><limits rejects='3'/>";
  const auto over = [&](const Overrides& overrides) {
    diags_ = {};
    return parse_mailing("<mailing id='m'><article ref='knee'/>" + inside + "</mailing>", "m.xml", folder_, overrides, diags_);
  };
  const auto read = over({{"--rejects", "5%"}, {"--layout", "b"}, {"--profile", "large"}, {"--clinic", "d.xml"}, {"--date", "2026-11-30"}, {"--locale", "es"}, {"--fallback", "ar"}, {"--field", "side=right"}, {"--field", "ward=3=West"}, {"--purpose", "print"}, {"--pieces-per-file", "9"}, {"--addresses", "print"}});
  ASSERT_TRUE(read) << to_text(diags_);
  EXPECT_EQ(to_text(diags_), "");
  const Mailing& m = *read;
  EXPECT_EQ(m.id, "m");
  EXPECT_EQ(m.addresses, FaultyAddresses::Print);
  EXPECT_EQ(m.layout.name, "b");
  EXPECT_EQ(m.layout.profile, "large");
  EXPECT_EQ(m.layout.large_print, LargePrint::Ignore) << "what no option says stays";
  EXPECT_EQ(m.clinic->written, "d.xml");
  EXPECT_EQ(m.clinic->folder, ".") << "from where the command is given";
  EXPECT_EQ(std::get<Date>(m.day), *unicode::parse_date("2026-11-30"));
  EXPECT_EQ(m.locale.fixed->tag(), "es");
  EXPECT_EQ(m.locale.fallback->tag(), "ar");
  ASSERT_THAT(m.fields, SizeIs(3));
  EXPECT_EQ(m.fields[0].column, "Visit");
  EXPECT_EQ(m.fields[1].constant, "right");
  EXPECT_EQ(m.fields[1].type, FieldType::Choice);
  EXPECT_FALSE(m.fields[1].fallback);
  EXPECT_EQ(m.fields[2].constant, "3=West");
  EXPECT_EQ(m.output.as, OutputAs::Files);
  EXPECT_EQ(m.output.purpose, Purpose::Print);
  EXPECT_EQ(m.output.pieces_per_file, 9u);
  EXPECT_EQ(m.limit.share, 0.05);
  EXPECT_FALSE(m.limit.rows);
  const auto language = over({{"--fallback", "reject"}});
  ASSERT_TRUE(language);
  EXPECT_FALSE(language->locale.fixed || language->locale.fallback);
}

TEST_F(Mailings, FaultsOfOverridesNameTheOption) {
  const struct { Override given; const char* told; } wrong[] = {
      {{"--layout", " "}, "--layout: error: attribute 'name' of <layout> is empty"},
      {{"--date", "2026-02-30"}, "--date: error: '2026-02-30' is no day of the calendar; expected YYYY-MM-DD\n"},
      {{"--locale", "e n"}, "--locale: error: 'e n' is no language tag; expected one of BCP 47, such as en or es-US"},
      {{"--locale", "xq"}, "--locale: error: 'xq' is the tag of no language"},
      {{"--fallback", "xq"}, "--fallback: error: 'xq' is the tag of no language"},
      {{"--field", "side=up"}, "--field side: error: 'up' is not one of the field's choices"},
      {{"--field", "side"}, "--field: error: takes a field and its value"},
      {{"--field", "1=x"}, "--field 1: error: '1' cannot be the name of a field"},
      {{"--field", "patient.name=x"}, "--field patient.name: error: field 'patient.name' is built in"},
      {{"--field", "city=x"}, "--field city: error: field 'city' is what every recipient has"},
      {{"--purpose", "paper"}, "--purpose: error: 'paper' is not a value of purpose; expected print or screen"},
      {{"--pieces-per-file", "0"}, "--pieces-per-file: error: '0' is not a value of pieces-per-file"},
      {{"--rejects", "101%"}, "--rejects: error: '101%' is no limit"},
  };
  for (const auto& each : wrong) {
    Diagnostics diags;
    EXPECT_FALSE(parse_mailing("<mailing id='m'><article ref='knee'/><field name='side' type='choice' choices='left|right'/></mailing>", "m.xml", folder_, {each.given}, diags)) << each.given.option;
    EXPECT_THAT(to_text(diags), testing::StartsWith(each.told));
    EXPECT_THAT(diags.all(), SizeIs(1)) << to_text(diags);
  }
  Diagnostics twice;
  EXPECT_FALSE(parse_mailing("<mailing id='m'><article ref='knee'/></mailing>", "m.xml", folder_, {{"--field", "a=1"}, {"--field", "a=2"}}, twice));
  EXPECT_THAT(to_text(twice), testing::StartsWith("--field a: error: the field is given twice"));
}

// ---- files ----

TEST_F(Mailings, PathsBeginBesideTheMailing) {
  write("here.xml", "x");
  const Mailing m = right("<clinic ref='here.xml'/>");
  EXPECT_EQ(resolve(*m.clinic, "/data"), folder_ / "here.xml");
  EXPECT_EQ(resolve(*right("<clinic ref='content/clinics/a.xml'/>").clinic, "/data"), fs::path("/data/content/clinics/a.xml"));
  EXPECT_EQ(resolve(*right("<clinic ref='/etc/a.xml'/>").clinic, "/data"), fs::path("/etc/a.xml"));
}

TEST_F(Mailings, FilesThatAreNotThereAreToldWhereTheyAreNamed) {
  fs::create_directory(folder_ / "keys");
  write("keys/secret.key", "x");
  const auto find = [&](const std::string& written) {
    const Mailing m = right("\n<ledger key='hashed' key-file='" + written + "'/>");
    const auto found = find_file(*m.ledger.key_file, "/data", diags_);
    return found ? found->string() : to_text(diags_);
  };
  EXPECT_EQ(find("keys/secret.key"), (folder_ / "keys/secret.key").string());
  const std::string beside = (folder_ / "keys/secrt.key").generic_string();
  EXPECT_EQ(find("keys/secrt.key"), "m.xml:2:32: error: no file 'keys/secrt.key'; did you mean 'keys/secret.key'?\n  hint: looked for " + beside + " and for /data/keys/secrt.key\n");
  EXPECT_EQ(find("/none/x.key"), "m.xml:2:32: error: no file '/none/x.key'\n  hint: looked for /none/x.key\n");
  EXPECT_EQ(find("keys"), "m.xml:2:32: error: 'keys' is a folder, a file was expected\n");
}

}  // namespace
}  // namespace handout::mailings
