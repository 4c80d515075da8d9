#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "request/request.h"

namespace handout::request {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

constexpr std::string_view kEditions = R"("editions":[{"article":"knee","locale":"en"}])";

class Requests : public testing::Test {
 protected:
  Result<Request> parse(std::string_view json) { return parse_request(json, "r.json", diags_); }
  Request right(std::string_view json) {
    auto request = parse(json);
    EXPECT_EQ(told(), "");
    return request ? *std::move(request) : Request{};
  }
  // A request with an edition and these members.
  static std::string with(std::string_view members) { return "{" + std::string(kEditions) + "," + std::string(members) + "}"; }
  std::string wrong(std::string_view json) {
    diags_ = {};
    EXPECT_FALSE(parse(json)) << json;
    return told();
  }
  [[nodiscard]] std::string told() const { return to_text(diags_); }

  Diagnostics diags_;
};

TEST_F(Requests, TheLeastRequest) {
  const Request request = right("{" + std::string(kEditions) + "}");
  ASSERT_EQ(request.editions.size(), 1u);
  EXPECT_EQ(request.editions[0].article, "knee");
  EXPECT_EQ(request.editions[0].locale.tag(), "en");
  EXPECT_EQ(request.editions[0].level, std::nullopt) << "as the layout says";
  EXPECT_EQ(request.layout, "standard");
  EXPECT_EQ(request.profile, "standard");
  EXPECT_FALSE(request.recipient || request.date);
  EXPECT_EQ(to_text(request.at), "r.json");
}

TEST_F(Requests, EveryMember) {
  const Request request = right(R"({"editions":[{"article":"knee","locale":"en","include":["k"],"marked":["m"]},{"article":"hip","locale":"ZH-hans","level":"short","exclude":["h"]}],"duplex":"no","layout":"a5","profile":"large","clinic":"c.xml","region":"GB","impose":"booklet","fit":"sheets:2",
    "recipient":{"key":"K1","name":{"given":"Ana","family":"Ruiz","prefix":"Dr","suffix":"MD","locale":"es"},"birth-date":"1970-01-31","languages":["es","en"],"address":["1 Way","Town"],"country":"US","large-print":true},
    "fields":{"dose":4.50,"note-by":"Kim","n":7},"date":"2026-11-22","include":["risks"],"exclude":["x.1"],"marked":["p1"],"note":"Rest."})");
  EXPECT_EQ(request.editions[1].locale.tag(), "zh-Hans");
  EXPECT_EQ(request.editions[1].level, ArticleLevel::Short);
  EXPECT_EQ(request.layout, "a5");
  EXPECT_EQ(request.profile, "large");
  EXPECT_EQ(request.clinic, "c.xml");
  EXPECT_EQ(request.region, "GB");
  EXPECT_EQ(request.impose, Impose::Booklet);
  EXPECT_EQ(request.fit, (Fit{Fit::In::Sheets, 2}));
  EXPECT_THAT(request.fields, ElementsAre(Pair("dose", "4.50"), Pair("n", "7"), Pair("note-by", "Kim")));
  EXPECT_EQ(request.date, (Date{2026, 11, 22}));
  EXPECT_THAT(request.include, ElementsAre("risks"));
  EXPECT_THAT(request.editions[0].include, ElementsAre("k"));
  EXPECT_THAT(request.editions[0].marked, ElementsAre("m"));
  EXPECT_THAT(request.editions[1].exclude, ElementsAre("h"));
  const Choice chosen = choice_of(request, request.editions[0]);
  EXPECT_THAT(chosen.include, ElementsAre("k", "risks"));
  EXPECT_THAT(chosen.exclude, ElementsAre("x.1"));
  EXPECT_THAT(chosen.marked, ElementsAre("m", "p1"));
  EXPECT_EQ(request.duplex, Duplex::No);
  const auto again = parse_request(to_json(request), "again.json", diags_);
  ASSERT_TRUE(again) << to_text(diags_);
  EXPECT_EQ(to_json(*again), to_json(request));
  EXPECT_THAT(request.exclude, ElementsAre("x.1"));
  EXPECT_THAT(request.marked, ElementsAre("p1"));
  EXPECT_EQ(request.note, "Rest.");
  const Recipient& recipient = *request.recipient;
  EXPECT_EQ(recipient.key, "K1");
  EXPECT_EQ(recipient.name.given + recipient.name.family + recipient.name.prefix + recipient.name.suffix, "AnaRuizDrMD");
  EXPECT_EQ(recipient.name.locale->tag(), "es");
  EXPECT_EQ(recipient.birth_date, (Date{1970, 1, 31}));
  ASSERT_EQ(recipient.languages.size(), 2u);
  EXPECT_THAT(recipient.address, ElementsAre("1 Way", "Town"));
  EXPECT_EQ(recipient.country, "US");
  EXPECT_TRUE(recipient.large_print);
}

TEST_F(Requests, ANameMayBeOneText) {
  EXPECT_EQ(right(with(R"("recipient":{"name":"Ana Ruiz"})")).recipient->name.display, "Ana Ruiz");
  const auto recipient = parse_recipient(R"({"key":"1","name":"Ana"})", "p.json", diags_);
  ASSERT_TRUE(recipient);
  EXPECT_EQ(recipient->name.display, "Ana");
}

TEST_F(Requests, WhatIsMissing) {
  EXPECT_THAT(wrong("{}"), HasSubstr("r.json:1:1: error: editions is missing"));
  EXPECT_THAT(wrong(R"({"editions":[]})"), HasSubstr("r.json:1:13: error: editions: is empty; expected at least one article"));
  EXPECT_THAT(wrong(R"({"editions":[{}]})"), AllOf(HasSubstr("editions[0]: has no article"), HasSubstr("editions[0]: has no locale")));
  EXPECT_THAT(wrong(with(R"("recipient":{"name":{"prefix":"Dr"}})")), HasSubstr("recipient.name: has no name; expected given, family or display"));
}

TEST_F(Requests, WrongKindsOfValues) {
  EXPECT_THAT(wrong("[]"), HasSubstr("r.json:1:1: error: found a list; expected an object"));
  EXPECT_THAT(wrong("7"), HasSubstr("r.json:1:1: error: found a number; expected an object"));
  EXPECT_THAT(wrong(R"({"editions":{}})"), HasSubstr("editions: found an object; expected a list"));
  EXPECT_THAT(wrong(R"({"editions":["knee"]})"), HasSubstr("editions[0]: found a text; expected an object"));
  EXPECT_THAT(wrong(with(R"("layout":  -1.5)")), HasSubstr("r.json:1:59: error: layout: found a number; expected a text"));
  EXPECT_THAT(wrong(with(R"("layout":null)")), HasSubstr("layout: found null; expected a text"));
  EXPECT_THAT(wrong(with(R"("layout":true)")), HasSubstr("r.json:1:57: error: layout: found true; expected a text"));
  EXPECT_THAT(wrong(with(R"("layout":" ")")), HasSubstr("layout: is empty"));
  EXPECT_THAT(wrong(with(R"("recipient":{"large-print":"yes"})")), HasSubstr("recipient.large-print: found a text; expected true or false"));
  EXPECT_THAT(wrong(with(R"("include":"risks")")), HasSubstr("include: found a text; expected a list"));
  EXPECT_THAT(wrong(with(R"("fields":[])")), HasSubstr("fields: found a list; expected an object"));
  EXPECT_THAT(wrong(with(R"("fields":{"a":[]})")), HasSubstr("fields.a: found a list; expected a text or a number"));
  EXPECT_THAT(wrong(with(R"("fields":{"a":1e3})")), HasSubstr("fields.a: is no plain number"));
}

TEST_F(Requests, WrongValuesAreNamedByTheirPath) {
  EXPECT_THAT(wrong(R"({"editions":[{"article":"a","locale":"english"}]})"), HasSubstr("r.json:1:38: error: editions[0].locale: 'english' is no language tag\n  hint: use a BCP 47 tag"));
  EXPECT_THAT(wrong(R"({"editions":[{"article":"a","locale":"en","level":"long"}]})"), HasSubstr("editions[0].level: 'long' is no level; expected full or short"));
  EXPECT_THAT(wrong(with(R"("date":"2026-02-30")")), HasSubstr("date: '2026-02-30' is no day of the calendar"));
  EXPECT_THAT(wrong(with(R"("region":"us")")), HasSubstr("region: 'us' is no code of a country"));
  EXPECT_THAT(wrong(with(R"("region":"UK")")), HasSubstr("region: 'UK' is no code of a country"));
  EXPECT_THAT(wrong(with(R"("region":"QQ")")), HasSubstr("region: 'QQ' is no code of a country"));
  for (const char* fit : {"2", "pages", "pages:0", "pages:x", "sheets:1001", "folders:1"}) EXPECT_THAT(wrong(with("\"fit\":\"" + std::string(fit) + "\"")), HasSubstr("is nothing to fit a handout in")) << fit;
  EXPECT_THAT(wrong(with(R"("impose":"brochure")")), HasSubstr("impose: 'brochure' is no way to put pages on sheets\n  hint: expected booklet, two-up or none"));
  EXPECT_THAT(wrong(with(R"("marked":["p1","p 2"])")), HasSubstr("marked[1]: 'p 2' is no id"));
}

TEST_F(Requests, UnknownKeys) {
  EXPECT_THAT(wrong(with(R"("layuot":"a5")")), HasSubstr("r.json:1:48: error: unknown key 'layuot'; did you mean 'layout'?\n  hint: keys here are editions, layout,"));
  EXPECT_THAT(wrong(R"({"editions":[{"article":"a","locale":"en","lang":"x"}]})"), HasSubstr("editions[0]: unknown key 'lang'"));
  EXPECT_THAT(wrong(with(R"("recipient":{"nmae":"x"})")), HasSubstr("recipient: unknown key; did you mean 'name'?"));
}

TEST_F(Requests, KeysStandOnce) {
  const std::string message = wrong("{\"note\":\"a\",\n \"note\":\"b\"," + std::string(kEditions) + "}");
  EXPECT_THAT(message, HasSubstr("r.json:2:2: error: the key stands twice in one object\n  hint: first at r.json:1:2"));
  EXPECT_THAT(wrong(with(R"("recipient":{"name":{"given":"a","given":"b"}})")), HasSubstr("the key stands twice"));
}

TEST_F(Requests, AllFaultsAreToldAtOnce) {
  EXPECT_FALSE(parse(R"({"editions":[{"article":7,"locale":"xx-"}],"date":"x","unknown":1,"region":"usa"})"));
  EXPECT_EQ(diags_.error_count(), 5u) << told();
}

TEST_F(Requests, ARecipientsValuesAreInNoMessage) {
  const std::string message = wrong(with(R"("recipient":{"key":["SECRET"],"name":{"given":{"SECRET":1},"SECRET":"SECRET","locale":"SECRET"},"birth-date":"SECRET","languages":["SECRET",1],"address":"SECRET","country":"SECRET",
      "SECRET":"SECRET"},"fields":{"SECRET name":"SECRET","dose":{"SECRET":1}},"note":["SECRET"])"));
  EXPECT_GE(diags_.error_count(), 11u) << message;
  EXPECT_THAT(message, AllOf(Not(HasSubstr("SECRET")), HasSubstr("recipient.birth-date: the value is no day of the calendar"), HasSubstr("recipient.languages[0]: the value is no language tag")));
  for (const char* json : {R"({"name":"SECRET" "key":1})", R"({"name":"SECRET)", R"({"name":SECRET})", R"({"name":"SECRET\x"})", R"({"a":1; expected SECRET})", "{\"name\":\"SECRET; expected ','\" \"SECRET; expected ','\"}"}) {
    diags_ = {};
    EXPECT_FALSE(parse_recipient(json, "p.json", diags_)) << json;
    EXPECT_THAT(told(), AllOf(HasSubstr("p.json:1:"), Not(HasSubstr("SECRET")))) << json;
  }
}

TEST_F(Requests, ParseRecipientTellsItsFaults) {
  EXPECT_FALSE(parse_recipient(R"({"kye":"1","country":"Spain"})", "p.json", diags_));
  EXPECT_THAT(told(), AllOf(HasSubstr("p.json:1:2: error: unknown key; did you mean 'key'?"), HasSubstr("p.json:1:22: error: country: the value is no code of a country")));
}

TEST_F(Requests, SyntaxFaultsAreToldWithLineAndColumn) {
  EXPECT_THAT(wrong(""), HasSubstr("r.json:1:1: error: not well-formed JSON: unexpected end of input"));
  EXPECT_THAT(wrong("{\n  \"a\": 1,\n}"), HasSubstr("r.json:3:1: error: not well-formed JSON: unexpected '}'; expected string literal"));
  EXPECT_THAT(wrong("{\"é\" 1}"), HasSubstr("r.json:1:6: error: not well-formed JSON: unexpected number literal; expected ':'"));
  EXPECT_THAT(wrong("{} {}"), HasSubstr("r.json:1:4: error: not well-formed JSON: unexpected '{'; expected end of input"));
  EXPECT_THAT(wrong("{\"a\": 'b'}"), HasSubstr("r.json:1:7: error: not well-formed JSON: invalid literal"));
  EXPECT_THAT(wrong("{\"a\": \"\\ud800\"}"), HasSubstr("invalid string: surrogate"));
  EXPECT_THAT(wrong("// c\n{}"), HasSubstr("r.json:1:1: error: not well-formed JSON: invalid literal"));
  EXPECT_THAT(wrong("{\"a\": 1e999}"), HasSubstr("not well-formed JSON"));
}

TEST_F(Requests, PlacesOfTextsWithEscapes) {
  EXPECT_THAT(wrong(with(R"("note":"a\"b\\","dat\u0065":"\"x\\\"")")), HasSubstr("r.json:1:76: error: date: "));
}

TEST_F(Requests, BytesThatAreNoTextAreRefused) {
  EXPECT_THAT(wrong("{\n\"note\":\"\xC3\x28\"}"), HasSubstr("r.json:2:9: error: is not UTF-8 here"));
  EXPECT_THAT(wrong(with(R"("note":"a\u0000b")")), HasSubstr("the text holds the character U+0000"));
}

TEST_F(Requests, LimitsOfDepthAndSize) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_THAT(wrong(nested(16)), HasSubstr("expected an object"));
  EXPECT_THAT(wrong(nested(17)), HasSubstr("r.json:1:17: error: more than 16 levels"));
  EXPECT_THAT(wrong(std::string(1'000'000, '[')), HasSubstr("more than 16 levels"));
  EXPECT_THAT(wrong(with("\"note\":\"" + std::string(1 << 20, 'x') + "\"")), HasSubstr("has more than 1 MB"));
}

TEST_F(Requests, JsonIsSortedAndReadsBack) {
  Request request = right(with(R"("note":"Rüh\"e","fields":{"b":"2","a":"1"},"clinic":"c","date":"2026-11-22","include":["i"],"exclude":["e"],"marked":["m"],"region":"MX","impose":"none","fit":"pages:2","layout":"a5","profile":"giant",
      "recipient":{"name":{"display":"An","given":"g","family":"f","prefix":"p","suffix":"s","locale":"vi"},"key":"k","birth-date":"1970-01-31","languages":["es"],"address":["x"],"country":"US","large-print":true})"));
  request.editions.push_back({"hip", *Locale::parse("pt-BR"), ArticleLevel::Short});
  const std::string json = to_json(request);
  EXPECT_EQ(to_json(right(json)), json);
  EXPECT_EQ(json,
            R"({"clinic":"c","date":"2026-11-22","editions":[{"article":"knee","locale":"en"},{"article":"hip","level":"short","locale":"pt-BR"}],"exclude":["e"],"fields":{"a":"1","b":"2"},"fit":"pages:2",)"
            R"("impose":"none","include":["i"],"layout":"a5","marked":["m"],"note":"Rüh\"e","profile":"giant","recipient":{"address":["x"],"birth-date":"1970-01-31","country":"US","key":"k","languages":["es"],"large-print":true,)"
            R"("name":{"display":"An","family":"f","given":"g","locale":"vi","prefix":"p","suffix":"s"}},"region":"MX"})");
  EXPECT_EQ(to_json(right(dump(request))), json);
}

TEST_F(Requests, AnAddressMayBeInParts) {
  const Request request = right(with(R"("recipient":{"name":"An","postal":{"lines":["1 Elm St","Apt 2"],"city":"Dover","district":"d","state":"DE","postcode":"19901","country":"US"}})"));
  const PostalAddress expected{{"1 Elm St", "Apt 2"}, "Dover", "d", "DE", "19901", "US"};
  EXPECT_EQ(request.recipient->postal, expected);
  EXPECT_EQ(to_json(right(to_json(request))), to_json(request));
  EXPECT_THAT(to_json(request), HasSubstr(R"("postal":{"city":"Dover","country":"US","district":"d","lines":["1 Elm St","Apt 2"],"postcode":"19901","state":"DE"})"));
  EXPECT_THAT(wrong(with(R"("recipient":{"name":"An","address":["x"],"postal":{"city":"SECRET"}})")), AllOf(HasSubstr("recipient.postal: stands beside address; expected one of them"), Not(HasSubstr("SECRET"))));
  const std::string message = wrong(with(R"("recipient":{"name":"An","postal":{"lines":"SECRET","citty":"SECRET","country":"SECRET","postcode":["SECRET"]}})"));
  EXPECT_THAT(message, AllOf(Not(HasSubstr("SECRET")), HasSubstr("recipient.postal.country: the value is no code of a country"), HasSubstr("unknown key; did you mean 'city'?")));
}

TEST_F(Requests, JsonLeavesOutWhatIsNotThereAndTakesAnyBytes) {
  Request request;
  EXPECT_EQ(to_json(request), R"({"editions":[],"layout":"standard","profile":"standard"})");
  request.note = "\xFF";
  EXPECT_THAT(to_json(request), HasSubstr("\"note\":\"\uFFFD\""));
}

}  // namespace
}  // namespace handout::request
