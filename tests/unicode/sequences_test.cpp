#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "unicode/breaking.h"

namespace handout::unicode {
namespace {

using Found = std::vector<std::string>;

const char* letter(SequenceKind kind) {
  switch (kind) {
    case SequenceKind::Phone: return "phone";
    case SequenceKind::Url: return "url";
    case SequenceKind::Email: return "email";
    case SequenceKind::Quantity: return "quantity";
    case SequenceKind::TitledName: return "name";
  }
  return "";
}

Found found(std::string_view text, std::string_view tag = "en") {
  Found out;
  std::size_t from = 0;
  for (const Sequence& sequence : find_sequences(text, *Locale::parse(tag))) {
    EXPECT_LE(from, sequence.begin);
    EXPECT_LT(sequence.begin, sequence.end);
    EXPECT_LE(sequence.end, text.size());
    from = sequence.end;
    out.push_back(std::string(letter(sequence.kind)) + ":" + std::string(text.substr(sequence.begin, sequence.end - sequence.begin)));
  }
  return out;
}

TEST(Sequences, PhoneNumbers) {
  for (const std::string number : {"+1 (555) 123-4567", "555-1234", "1-800-555-0199", "00 49 30 123456", "(555) 123-4567", "555.123.4567", "+44 20 7946 0958", "+49 (0)30 123456", "030/1234567", "01 23 45 67 89",
                                   "01.23.45.67.89", "912 34 56 78", "8 800 555 35 35", "138-1234-5678", "555-1234 ext. 12", "555-1234 x12", "1-800-555-0199, ext 7", "5551234567 ext. 3", "+7 495 123-45-67 доб. 5",
                                   "٠١٠-١٢٣٤٥٦٧٨", "+٩٦٦ ١١ ١٢٣ ٤٥٦٧", "۰۲۱-۱۲۳۴۵۶۷۸", "555\u20111234"}) {
    EXPECT_EQ(found("Call " + number + ", or come."), Found{"phone:" + number});
    EXPECT_EQ(found(number), Found{"phone:" + number});
  }
  EXPECT_EQ(found("555-1234 2 times"), Found{"phone:555-1234"});
  EXPECT_EQ(found("拨打555-1234。"), Found{"phone:555-1234"});
  EXPECT_EQ(found("(call 555-1234)"), Found{"phone:555-1234"});
}

TEST(Sequences, NumbersThatAreNoPhones) {
  for (const char* text : {"911", "Call 911 now.", "2026-11-22", "22.11.2026", "01/02/2026", "3-5", "2019-2021", "500-1000 steps", "3.14159265", "1.234.567", "12,345,678", "10:30", "120/80", "2026-11-22 10:30", "a555-1234",
                           "555-1234a", "1-2-3", "chapter 1.2.3.4", "12345678", "((((((((", "+", "(", "1-", "ID 2026-11-22-5"}) {
    EXPECT_EQ(found(text), Found{}) << text;
  }
}

TEST(Sequences, Quantities) {
  for (const std::string quantity : {"500 mg", "500mg", "5–10 mg", "5-10 mg", "5 – 10 mg", "0.5 mL", "1,5 mg", "1,000 kcal", "½ tsp", "1½ tsp", "1 1/2 tsp", "-5 °C", "−5 °C", "38.5°C", "10 %", "10%", "120/80 mmHg", "7.8 mmol/L", "5 mcg/kg/min",
                                     "22 kg/m²", "5 × 10 cm", "$5.00", "€ 5", "5 €", "5,00 €", "§ 3", "30 min", "5\u00A0mg", "5\u202Fmg", "1\u202F000 mg", "100 IU", "2 h"}) {
    EXPECT_EQ(found("Take " + quantity + " now."), Found{"quantity:" + quantity});
    EXPECT_EQ(found(quantity), Found{"quantity:" + quantity});
  }
  EXPECT_EQ(found("≤5 mg"), Found{"quantity:≤5 mg"});
  EXPECT_EQ(found("(5 mg)"), Found{"quantity:5 mg"});
  EXPECT_EQ(found("5 mg/day"), Found{"quantity:5 mg"});
  EXPECT_EQ(found("100 mm Hg"), Found{"quantity:100 mm Hg"});
  EXPECT_EQ(found("Take 2 500 mg tablets"), Found{"quantity:500 mg"});
}

TEST(Sequences, QuantitiesOfOtherScripts) {
  EXPECT_EQ(found("по 5 мг утром", "ru"), Found{"quantity:5 мг"});
  EXPECT_EQ(found("через 30 мин. после", "ru"), Found{"quantity:30 мин"});
  EXPECT_EQ(found("5 с едой", "ru"), Found{});  // "with"
  EXPECT_EQ(found("خذ ٥٠٠ ملغ مرتين", "ar"), Found{"quantity:٥٠٠ ملغ"});
  EXPECT_EQ(found("٣٧٫٥ °C", "ar"), Found{"quantity:٣٧٫٥ °C"});
  EXPECT_EQ(found("קח 500 מ\"ג ביום", "he"), Found{"quantity:500 מ\"ג"});
  EXPECT_EQ(found("५०० मिग्रा दिन में", "hi"), Found{"quantity:५०० मिग्रा"});
  EXPECT_EQ(found("กิน 500 มก.วันละครั้ง", "th"), Found{"quantity:500 มก."});
  EXPECT_EQ(found("服用500毫克药", "zh-Hans"), Found{"quantity:500毫克"});
}

TEST(Sequences, NumbersWithoutAUnit) {
  for (const char* text : {"5 in the morning", "2 in 5 people", "5 mgs", "5 men", "5 lambs", "5 l'ont", "5\nmg", "5  mg", "mg", "5", "½", "B12 mg", "x5 mg", "$", "5 $10"}) {
    for (const std::string& sequence : found(text)) EXPECT_EQ(sequence, std::string_view(text) == "5 $10" ? "quantity:$10" : "") << text;
  }
}

TEST(Sequences, TitledNames) {
  EXPECT_EQ(found("See Dr. Ana Ruiz soon."), Found{"name:Dr. Ana"});
  EXPECT_EQ(found("Dr. Ruiz"), Found{"name:Dr. Ruiz"});
  EXPECT_EQ(found("Dr Ruiz", "en-GB"), Found{"name:Dr Ruiz"});
  EXPECT_EQ(found("(Mrs. O’Brien-Smith)"), Found{"name:Mrs. O’Brien-Smith"});
  EXPECT_EQ(found("Prof. Dr. Müller", "de"), Found{"name:Prof. Dr. Müller"});
  EXPECT_EQ(found("Frau Müller", "de"), Found{"name:Frau Müller"});
  EXPECT_EQ(found("Dr. J. Ruiz"), Found{"name:Dr. J."});
  EXPECT_EQ(found("Luis Ruiz Jr. came"), Found{"name:Ruiz Jr."});
  EXPECT_EQ(found("la Dra. Ruiz", "es"), Found{"name:Dra. Ruiz"});
  EXPECT_EQ(found("el Sr. Ruiz", "es"), Found{"name:Sr. Ruiz"});
  EXPECT_EQ(found("Mme Curie", "fr"), Found{"name:Mme Curie"});
  EXPECT_EQ(found("д-р Иванов", "ru"), Found{"name:д-р Иванов"});
  EXPECT_EQ(found("BS. Nguyễn Văn An", "vi"), Found{"name:BS. Nguyễn"});
  EXPECT_EQ(found("د. أحمد علي", "ar"), Found{"name:د. أحمد"});
  EXPECT_EQ(found("डॉ. शर्मा से", "hi"), Found{"name:डॉ. शर्मा"});
  EXPECT_EQ(found("Sr. Ruiz"), Found{});  // English puts it behind
  for (const char* text : {"Dr. and", "the Dr.", "Dr.", "Dr.\nRuiz", "ADr. Ruiz", "Drive Home", "dr. Ruiz", "Dr.  Ruiz"}) EXPECT_EQ(found(text), Found{}) << text;
  EXPECT_EQ(found("Dr. A" + std::string(100, 'a')), Found{});  // no name is that long
}

TEST(Sequences, Addresses) {
  EXPECT_EQ(found("Write to ana.ruiz+x@clinic.example.org, please"), Found{"email:ana.ruiz+x@clinic.example.org"});
  EXPECT_EQ(found("(see https://example.org/a_(b)?x=1&y=2#z)."), Found{"url:https://example.org/a_(b)?x=1&y=2#z"});
  EXPECT_EQ(found("www.example.org."), Found{"url:www.example.org"});
  EXPECT_EQ(found("请访问https://example.org了解"), Found{"url:https://example.org"});
  EXPECT_EQ(found("https://555-1234.org/5 mg"), (Found{"url:https://555-1234.org/5"}));
  EXPECT_EQ(found("555-1234@example.org"), Found{"email:555-1234@example.org"});
  for (const char* text : {"a@b", "@clinic.org", "a@.org", "://", "https://", "www.", "www.example", "awww.example.org", "a : // b", "https://..."}) EXPECT_EQ(found(text), Found{}) << text;
}

TEST(Sequences, StandBesideOneAnother) {
  EXPECT_EQ(found("Dr. Ruiz: 500 mg, 555-1234 or a@b.org"), (Found{"name:Dr. Ruiz", "quantity:500 mg", "phone:555-1234", "email:a@b.org"}));
  EXPECT_EQ(found(""), Found{});
}

std::string jointed(std::string text) {
  const std::vector<Sequence> sequences = find_sequences(text, Locale());
  EXPECT_EQ(sequences.size(), 1U) << text;
  const std::vector<std::size_t> joints = address_joints(text, sequences.front());
  for (auto at = joints.rbegin(); at != joints.rend(); ++at) text.insert(*at, "|");
  return text;
}

TEST(AddressJoints, AreChicagos) {
  EXPECT_EQ(jointed("at https://www.example.org/a-b/c_d?x=1&y=%20#z"), "at https://|www|.example|.org|/a|-b|/c|_d|?x|=|1|&|y|=|%20|#z");
  EXPECT_EQ(jointed("https://example.org:80/~ana/"), "https://|example|.org:|80|/|~ana|/");
  EXPECT_EQ(jointed("ana.ruiz@clinic.org"), "ana|.ruiz|@clinic|.org");
  EXPECT_EQ(jointed("555-1234"), "555-1234");
}

// What each grammar meets over and over must not make the walk quadratic: 1 MB of it ends at once or never.
TEST(Sequences, LongTextIsLinear) {
  for (const std::string piece : {"1", "1-", "1 ", "(", "a@", "a://", "://", "www.", "Dr. ", "Dr.", "A", "$", "5 mg ", ".", "a.", "\u0301", "½", "+1 "}) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    (void)find_sequences(text, Locale());
  }
}

}  // namespace
}  // namespace handout::unicode
