// In right-to-left text: what is read left to right stands in isolates, and nothing in a field disturbs what surrounds it.
#include <algorithm>

#include "composing.h"
#include "unicode/text.h"

namespace handout::compose {
namespace {

using unicode::Direction;

struct Letter {
  std::string text;
  std::uint8_t level = 0;
};

// The characters of a text with their levels, in logical order, controls left out.
std::vector<Letter> letters(std::string_view text, Direction direction) {
  std::vector<Letter> all;
  for (const unicode::BidiRun& run : unicode::bidi_runs(text, direction)) {
    for (std::size_t i = run.begin; i < run.end;) {
      const unicode::CodePoint c = unicode::decode(text, i);
      i = c.end;
      if (!unicode::is_bidi_control(c.value)) all.push_back({std::string(text.substr(c.begin, c.end - c.begin)), run.level});
    }
  }
  return all;
}

// The characters as they stand on paper, left to right (UAX #9 L2), without mirroring.
std::string on_paper(const styled::Paragraph& paragraph) {
  // Hidden controls take part in the order, as in typeset.
  std::vector<std::string> characters;
  std::vector<std::uint8_t> levels;
  for (const unicode::BidiRun& run : unicode::bidi_runs(paragraph.text, paragraph.direction)) {
    for (std::size_t i = run.begin; i < run.end;) {
      const unicode::CodePoint c = unicode::decode(paragraph.text, i);
      i = c.end;
      characters.push_back(unicode::is_bidi_control(c.value) ? "" : paragraph.text.substr(c.begin, c.end - c.begin));
      levels.push_back(run.level);
    }
  }
  std::string line;
  for (const std::size_t index : unicode::visual_order(levels)) line += characters[index];
  return line;
}

class Bidi : public Composing {
 protected:
  const styled::Paragraph& set(std::string_view content, std::string_view language, std::string_view head = "") {
    article("<p id=\"p\">" + std::string(content) + "</p>", language, head);
    request_.editions.clear();
    compose();
    return paragraph("p");
  }
  std::string line(std::string_view content, std::string_view language, std::string_view head = "") { return on_paper(set(content, language, head)); }
};

struct Language { const char *tag, *before, *behind; };
constexpr Language kRightToLeft[] = {{"ar", "اتصل على ", " الآن"}, {"fa", "با شماره ", " تماس بگیرید"}, {"ur", "اس نمبر ", " پر کال کریں"}, {"he", "התקשרו אל ", " היום"}};

TEST_F(Bidi, PhonesAddressesAndLatinAmountsAreReadLeftToRight) {
  for (const Language& language : kRightToLeft) {
    for (const char* words : {"555-1234", "+1 (555) 123-4567", "5-10 mg", "500 mg", "name@example.org", "https://example.org/a-b/?c=1"}) {
      const std::string text = std::string(language.before) + words + language.behind;
      EXPECT_THAT(line(text, language.tag), HasSubstr(words)) << language.tag;
      // And what stands before it stands to its right.
      const std::string paper = on_paper(paragraph("p"));
      std::string first = letters(language.before, Direction::RightToLeft).front().text;
      EXPECT_LT(paper.find(words), paper.rfind(first)) << language.tag << ' ' << words;
    }
  }
}

TEST_F(Bidi, IsolatesStandRoundTheWholeSequence) {
  EXPECT_EQ(set("اتصل على 555-1234.", "ar").text, "اتصل على " + std::string(kLeftIsolate) + "555-1234" + std::string(kPop) + ".");
  EXPECT_EQ(set("خذ 5-10 mg يوميا", "ar").text, "خذ " + std::string(kLeftIsolate) + "5-10 mg" + std::string(kPop) + " يوميا");
  EXPECT_EQ(set("<strong>555-1234</strong>", "ar").text, std::string(kLeftIsolate) + "555-1234" + std::string(kPop));
  EXPECT_EQ(set("Call 555-1234.", "en").text, "Call 555-1234.");
}

// What the language's own words measure stays right to left, and so do ranges of numbers alone.
TEST_F(Bidi, AmountsInTheLanguagesOwnWordsStay) {
  for (const char* words : {"خذ ٥٠٠ ملغ يوميا", "خذ 500 ملغ يوميا", "من ٥-١٠ أيام", "من 5-10 أيام", "٥٠٠ mg", "10 %"}) EXPECT_EQ(set(words, "ar").text, words);
}

TEST_F(Bidi, ControlsOfTheAuthorsOwnAreLeftAlone) {
  const std::string isolated_by_author = "اتصل \u2068على 555-1234\u2069.";
  EXPECT_EQ(set(isolated_by_author, "ar").text, isolated_by_author);
  EXPECT_EQ(set("اتصل \u2066<strong>555-1234</strong>\u2069 أو 555-9876", "ar").text, "اتصل \u2066" "555-1234\u2069 أو " + std::string(kLeftIsolate) + "555-9876" + std::string(kPop));
}

// Inside words of another direction it is theirs that counts.
TEST_F(Bidi, SpansHaveTheirOwnDirection) {
  EXPECT_EQ(set("ا <span xml:lang=\"en\">call 555-1234</span> ب", "ar").text, "ا \u2066call 555-1234\u2069 ب");
  EXPECT_EQ(set("a <span xml:lang=\"ar\">على 555-1234</span> b", "en").text, "a \u2067على \u2066" "555-1234\u2069\u2069 b");
}

TEST_F(Bidi, LayoutsAndPhrasesAreWordsToo) {
  article("<p id=\"p\">كلمات.</p>", "ar");
  auto phrases = std::make_shared<content::Phrases>();
  phrases->locale = unicode::Locale::parse("ar").value();
  phrases->patterns = {{"call", "اتصل 555-1234 الآن"}};
  phrases_ = {phrases};
  layout("<body><slot select=\"*\"/><text><phrase id=\"call\"/></text><text class=\"x\">اتصل 555-9876</text></body>");
  compose();
  EXPECT_THAT(texts(), testing::Contains("اتصل \u2066" "555-1234\u2069 الآن"));
  EXPECT_THAT(texts(), testing::Contains("اتصل \u2066" "555-9876\u2069"));
}

// ---- fields ----

constexpr const char* kFree = R"(<field-def name="free" type="text"/><field-def name="next" type="date"/>)";

TEST_F(Bidi, PhoneAndDateFieldsInArabic) {
  clinic_ = std::make_shared<request::Clinic>();
  clinic_->name = "House";
  clinic_->phone = "+1 555 123-4567";
  EXPECT_THAT(line("اتصل على <field name=\"clinic.phone\"/> الآن", "ar"), HasSubstr("+1\u00A0" "555\u00A0" "123\u2011" "4567"));
  clinic_->phone = "+٩٦٦ ٥٥٥-١٢٣٤";
  EXPECT_THAT(line("اتصل على <field name=\"clinic.phone\"/> الآن", "ar"), HasSubstr("+٩٦٦\u00A0٥٥٥\u2011١٢٣٤"));
  request_.fields = {{"next", "2026-11-22"}};
  // Day at the right, year at the left, each number in its own order.
  const std::string arabic = line("في <field name=\"next\"/> غدا", "ar-EG", kFree);
  EXPECT_LT(arabic.find("٢٠٢٦"), arabic.find("٢٢"));
  const std::string short_arabic = line("في <field name=\"next\" format=\"short-date\"/> غدا", "ar-EG", kFree);
  EXPECT_THAT(short_arabic, HasSubstr("٢٠٢٦/١١/٢٢"));
  EXPECT_THAT(line("ב<field name=\"next\" format=\"short-date\"/> מחר", "he", kFree), HasSubstr("22.11.2026"));
  EXPECT_THAT(line("در <field name=\"next\" format=\"short-date\"/> فردا", "fa", kFree), HasSubstr("۱۴۰۵/۹/۱"));
}

// The levels of what surrounds a field, and that nothing of it is reordered, are the same as for a plain value.
TEST_F(Bidi, ControlsInFieldsDoNotDisturbTheirSurroundings) {
  const auto surroundings = [&](const std::string& value, std::string_view content, std::string_view language) {
    request_.fields = {{"free", value}};
    const styled::Paragraph& p = set(content, language, kFree);
    std::string all;
    // The value is between the only isolates there are; around it each character with its level.
    const std::size_t begin = p.text.find(kIsolate), end = p.text.rfind(kPop);
    EXPECT_NE(begin, std::string::npos);
    std::string rest;
    for (const unicode::BidiRun& run : unicode::bidi_runs(p.text, p.direction)) {
      for (std::size_t i = run.begin; i < run.end;) {
        const unicode::CodePoint c = unicode::decode(p.text, i);
        i = c.end;
        if (c.begin < begin || c.begin >= end) rest += p.text.substr(c.begin, c.end - c.begin) + std::to_string(run.level);
      }
    }
    return rest;
  };
  std::vector<std::string> hostile;
  for (const char32_t control : {0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069}) {
    std::string one;
    unicode::append_utf8(one, static_cast<char32_t>(control));
    std::string many;
    for (int i = 0; i < 200; ++i) many += one;  // deeper than UAX #9's 125 levels
    hostile.insert(hostile.end(), {one + "x", "x" + one, "x" + one + "y", many + "x", "x" + many, "א" + many + "x"});
  }
  hostile.insert(hostile.end(), {"\u2066\u2067\u202E x", "x\u2069\u2069\u202C y", "\u202Ex\u202C\u2069\u2067y"});
  struct Place { const char *content, *language; };
  for (const Place& place : {Place{"قبل 12 <field name=\"free\"/> بعد abc 34.", "ar"}, Place{"before 12 <field name=\"free\"/> after אבג 34.", "en"}}) {
    const std::string plain = surroundings("x", place.content, place.language);
    for (const std::string& value : hostile) EXPECT_EQ(surroundings(value, place.content, place.language), plain) << testing::PrintToString(value);
  }
}

TEST_F(Bidi, FieldsHoldNothingThatEndsALine) {
  request_.fields = {{"free", "a\u2028b\u2029c\nd\te\rf\x01g\x7Fh\u0085i\uFFFEj\uFDD0k\U0001FFFFl"}};
  EXPECT_EQ(set("<field name=\"free\"/>", "en", kFree).text, isolated("a b c d e fgh ijkl"));
}

TEST_F(Bidi, MarksWithoutEndAreAFaultThatNamesTheField) {
  std::string marks;
  for (int i = 0; i < 30; ++i) marks += "\u0301";
  request_.fields = {{"free", "e" + marks + "e" + marks}};
  set("<field name=\"free\"/>", "en", kFree);
  EXPECT_EQ(told(), "");
  for (int i = 0; i < 10'000; ++i) marks += "\u0301";
  request_.fields = {{"free", "SECRET e" + marks}};
  request_.editions.clear();
  const std::string messages = refusal();
  EXPECT_THAT(messages, HasSubstr("field 'free' has more than 30 combining marks on one character"));
  EXPECT_THAT(messages, testing::Not(testing::AnyOf(HasSubstr("SECRET"), HasSubstr("U+"))));
  // What is not seen is no mark, and changes nothing between marks.
  diags_ = {};
  std::string unseen;
  for (int i = 0; i < 40; ++i) unseen += "\u034F\u200D\uFE0F";
  request_.fields = {{"free", "e" + unseen}};
  request_.editions.clear();
  set("<field name=\"free\"/>", "en", kFree);
  diags_ = {};
  std::string joined;
  for (int i = 0; i < 40; ++i) joined += "\u0301\u200D";
  request_.fields = {{"free", "e" + joined}};
  request_.editions.clear();
  EXPECT_THAT(refusal(), HasSubstr("combining marks"));
}

}  // namespace
}  // namespace handout::compose
