#include "compose/fields.h"

#include "composing.h"

namespace handout::compose {
namespace {

using display::TextSource;

class FieldValues : public Composing {
 protected:
  void declare(std::string_view definitions, std::string_view language = "en") { article("<p id=\"p\">Words.</p>", language, definitions); }
  Fields fields() {
    sources_ = {{article_}, layout_, {phrases_}, notices_, clinic_};
    return Fields(request_, sources_, *article_, "edition", diags_);
  }
  // As printed.
  std::string text(std::string_view name) {
    const Fields all = fields();
    const FieldValue* value = all.find(name);
    return value != nullptr ? value->text : "(none)";
  }
  Sources sources_;
};

TEST_F(FieldValues, NumbersAndDatesAreWrittenInTheReadersWay) {
  declare(R"(<field-def name="dose" type="number"/><field-def name="next" type="date"/>)", "de");
  request_.fields = {{"dose", "1234.50"}, {"next", "2026-11-22"}};
  request_.date = unicode::parse_date("2026-01-02");
  EXPECT_EQ(text("dose"), "1.234,50");
  EXPECT_EQ(text("next"), "22. November 2026");
  EXPECT_EQ(text("date"), "2. Januar 2026");
  const Fields all = fields();
  EXPECT_EQ(all.find("dose")->raw, "1234.50");
  EXPECT_EQ(all.format(*all.find("next"), content::FieldFormat::ShortDate), "22.11.26");
  EXPECT_EQ(told(), "");
}

TEST_F(FieldValues, DefaultStandsUntilAValueIsGiven) {
  declare(R"(<field-def name="side" type="choice" choices="left|right" default="left"/>)");
  EXPECT_EQ(text("side"), "left");
  request_.fields = {{"side", "right"}};
  EXPECT_EQ(text("side"), "right");
}

TEST_F(FieldValues, ValuesCannotDisturbTheLine) {
  declare(R"(<field-def name="free" type="text"/>)");
  request_.fields = {{"free", "a\u202Eb\nc\td\u2069\x01" "e"}};
  EXPECT_EQ(text("free"), "ab c de");
}

TEST_F(FieldValues, BlankValuesAreNone) {
  declare(R"(<field-def name="free" type="text"/>)");
  request_.fields = {{"free", "  \u202E "}};
  EXPECT_EQ(text("free"), "(none)");
}

TEST_F(FieldValues, RecipientAndClinic) {
  declare("");
  request::Recipient recipient;
  recipient.key = "17";
  recipient.name.given = "Mai";
  recipient.name.family = "Tran";
  recipient.birth_date = unicode::parse_date("1960-02-03");
  recipient.address = {"1 Road", "Town"};
  request_.recipient = recipient;
  clinic_ = std::make_shared<request::Clinic>();
  clinic_->name = "House";
  clinic_->phone = "+1 555 0100";
  EXPECT_EQ(text("patient.name"), "Mai Tran");
  EXPECT_EQ(text("patient.birth-date"), "February 3, 1960");
  EXPECT_EQ(text("patient.id"), "17");
  EXPECT_EQ(text("patient.address"), "1 Road, Town");
  EXPECT_EQ(text("clinic.name"), "House");
  EXPECT_EQ(text("clinic.phone"), "+1\u00A0555\u00A00100");  // on one line
  EXPECT_EQ(text("clinic.web"), "(none)");
}

// A field that the request names stands over the recipient's.
TEST_F(FieldValues, RequestOverridesTheRecipient) {
  declare("");
  request_.recipient.emplace().name.display = "A";
  request_.fields = {{"patient.name", "B"}};
  EXPECT_EQ(text("patient.name"), "B");
}

// The recipient's go to a subset of their own; clinic and article are the same for everybody.
TEST_F(FieldValues, SourceTellsWhatIsPrivate) {
  declare(R"(<field-def name="dose" type="number"/>)");
  clinic_ = std::make_shared<request::Clinic>();
  clinic_->name = "House";
  request_.recipient.emplace().name.display = "A";
  request_.fields = {{"dose", "4"}};
  const Fields all = fields();
  EXPECT_EQ(all.find("patient.name")->source, TextSource::Field);
  EXPECT_EQ(all.find("dose")->source, TextSource::Field);
  EXPECT_EQ(all.find("clinic.name")->source, TextSource::Fixed);
  EXPECT_EQ(all.find("article.version")->source, TextSource::Fixed);
}

TEST_F(FieldValues, FaultsNameTheFieldAndNeverTheValue) {
  declare(R"(<field-def name="dose" type="number"/><field-def name="day" type="date"/><field-def name="side" type="choice" choices="left|right"/><field-def name="who" type="text" required="yes"/>)");
  request_.fields = {{"dose", "SECRET"}, {"day", "SECRET"}, {"side", "SECRET"}, {"date", "SECRET"}, {"dosis", "SECRET"}};
  static_cast<void>(fields());
  const std::string messages = told();
  EXPECT_THAT(messages, HasSubstr("field 'dose' has a value that is not a number such as 4.5"));
  EXPECT_THAT(messages, HasSubstr("field 'day' has a value that is not a date"));
  EXPECT_THAT(messages, HasSubstr("field 'side' has a value that is not one of left, right"));
  EXPECT_THAT(messages, HasSubstr("field 'date' has a value that is not a date"));
  EXPECT_THAT(messages, HasSubstr("unknown field 'dosis'; did you mean 'dose'?"));
  EXPECT_THAT(messages, HasSubstr("a.xml:2:1") );
  EXPECT_THAT(messages, HasSubstr("field 'who' is required and has no value"));
  EXPECT_THAT(messages, testing::Not(HasSubstr("SECRET")));
}

TEST_F(FieldValues, Conditions) {
  declare(R"(<field-def name="side" type="choice" choices="left|right"/>)");
  request_.fields = {{"side", "left"}};
  const Fields all = fields();
  EXPECT_TRUE(all.holds(content::Condition{"side", {}, {}}));
  EXPECT_TRUE(all.holds(content::Condition{"side", "left", {}}));
  EXPECT_FALSE(all.holds(content::Condition{"side", "right", {}}));
  EXPECT_TRUE(all.holds(content::Condition{"side", {}, "right"}));
  EXPECT_FALSE(all.holds(content::Condition{"side", {}, "left"}));
  EXPECT_FALSE(all.holds(content::Condition{"patient.name", {}, {}}));
  EXPECT_TRUE(all.holds(content::Condition{"patient.name", {}, "x"}));
}

TEST_F(FieldValues, DraftIsSaidOfSourcesAndTranslations) {
  declare("");
  EXPECT_EQ(text("article.is-draft"), "yes");
  EXPECT_EQ(text("article.is-draft-translation"), "(none)");
}

}  // namespace
}  // namespace handout::compose
