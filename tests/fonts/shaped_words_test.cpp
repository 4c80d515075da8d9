#include "fonts/shaped_words.h"

#include <gtest/gtest.h>

#include "fonts/support.h"
#include "unicode/text.h"

namespace handout::fonts {
namespace {

using unicode::Direction;

// Words that kern, join, take ligatures and stack marks, beside digits, brackets, quotes, two spaces, and what has no letters.
struct Sample {
  std::string_view language, script, text;
  Direction direction = Direction::LeftToRight;
};
constexpr Sample kSamples[] = {
    {"en", "Latn", "To AVATAR office  fi (5 mg), Tom\u2019s \u201Cx\u201D 12345 W. V. Y."},
    {"tr", "Latn", "fi filan \u0130stanbul ff ffi T. V."},
    {"vi", "Latn", "U\u1ED1ng m\u1ED9t vi\u00EAn thu\u1ED1c A\u0301 o\u0302\u0323"},
    {"el", "Grek", "\u03A0\u03AC\u03C1\u03C4\u03B5 \u03B4\u03CD\u03BF \u03C7\u03AC\u03C0\u03B9\u03B1 \u0391\u03A5"},
    {"ru", "Cyrl", "\u041F\u0440\u0438\u043D\u0438\u043C\u0430\u0439\u0442\u0435 \u0413\u0423\u0410 \u0422\u043E 5 \u043C\u0433"},
    {"ar", "Arab", "خذ قرصين في الصباح  مع الماء لا إله بِسْمِ اللَّهِ", Direction::RightToLeft},
    {"ur", "Arab", "صبح پانی کے ساتھ دو گولیاں لیں", Direction::RightToLeft},
    {"he", "Hebr", "קַח שְׁנֵי כַּדּוּרִים בַּבֹּקֶר", Direction::RightToLeft},
    {"hi", "Deva", "सुबह पानी के साथ दो गोलियाँ र्क स्त्री क्षमा"},
    {"bn", "Beng", "সকালে জলের সাথে দুটি বড়ি খান স্ত্রী র্ক"},
    {"ta", "Taml", "காலையில் தண்ணீருடன் ஸ்ரீ"},
    {"th", "Thai", "พรทิพย์ วงศ์ประเสริฐ น้ำมัน"},
    {"km", "Khmr", "លេបថ្នាំ ពីរគ្រាប់ ស្ត្រី"},
    {"my", "Mymr", "မနက်တွင် ရေနှင့် ကြောင့်"},
    {"hy", "Armn", "Առավոտյան ընդունեք երկու հաբ"},
    {"ka", "Geor", "მიიღეთ ორი ტაბლეტი"},
    {"zh-Hans", "Hani", "早上 用水 服用两片药"},
    {"ko", "Hang", "아침에 물과 함께"},
};

testing::AssertionResult is_same(const std::vector<ShapedGlyph>& a, const std::vector<ShapedGlyph>& b) {
  if (a.size() != b.size()) return testing::AssertionFailure() << a.size() << " glyphs and " << b.size();
  for (std::size_t i = 0; i < a.size(); ++i) {
    const ShapedGlyph &x = a[i], &y = b[i];
    if (x.glyph != y.glyph || x.cluster != y.cluster || x.advance != y.advance || x.x_offset != y.x_offset || x.y_offset != y.y_offset || x.unsafe_to_break != y.unsafe_to_break || x.takes_tatweel != y.takes_tatweel) {
      return testing::AssertionFailure() << "glyph " << i << ": " << x.glyph << '@' << x.cluster << " and " << y.glyph << '@' << y.cluster;
    }
  }
  return testing::AssertionSuccess();
}

// In every face of the shipped fonts, in and between isolates, cut anywhere, once and again.
TEST(ShapedWords, AreWhatTheWholeTextShapesTo) {
  const Fonts fonts = open_shipped();
  const std::vector<std::string> none, tabular = {"tnum", "-liga"};
  ShapedWords words;
  std::size_t by_words = 0;
  for (std::size_t i = 0; i < fonts.face_count(); ++i) {
    const FaceId face(i);
    if (!fonts.available(face)) continue;
    by_words += fonts.passes_over_spaces(face) ? 1 : 0;
    for (const Sample& sample : kSamples) {
      // Not the whole matrix of 200 faces and 18 scripts: what the face has.
      if (!fonts.covers(face, unicode::decode(sample.text, sample.text.find(' ') + 1).value)) continue;
      const std::string text = "\u2068" + std::string(sample.text) + "\u2069 \u2028\u2067" + std::string(sample.text) + "\u2069";
      for (const auto* features : {&none, &tabular}) {
        for (const auto& [begin, end] : {std::pair<std::size_t, std::size_t>{0, text.size()}, {3, 3 + sample.text.size()}, {3 + sample.text.find(' '), 3 + sample.text.size()}, {3, 3 + sample.text.find(' ')}}) {
          const ShapeInput input{text, begin, end, sample.script, sample.language, sample.direction, *features};
          const auto whole = fonts.shape(face, input);
          EXPECT_TRUE(is_same(words.shape(fonts, face, input), whole)) << fonts.info(face).postscript_name << ' ' << sample.language << ' ' << begin;
          EXPECT_TRUE(is_same(words.shape(fonts, face, input), whole)) << fonts.info(face).postscript_name << ' ' << sample.language << ' ' << begin << " again";
        }
      }
    }
  }
  EXPECT_GT(by_words, 50u);
}

// By its rules, looked up with hb-ot-layout: NotoNastaliqUrdu's GSUB lookup 23, NotoSansGeorgian's GPOS lookup 0 and NotoSansCJK's GSUB lookup 1 name the space.
TEST(ShapedWords, FacesWhoseRulesNameTheSpaceAreShapedWhole) {
  const Fonts fonts = open_shipped();
  std::size_t found = 0;
  for (std::size_t i = 0; i < fonts.face_count(); ++i) {
    const std::string& name = fonts.info(FaceId(i)).postscript_name;
    const bool passes = fonts.passes_over_spaces(FaceId(i));
    for (const std::string_view each : {"NotoSans-Regular", "NotoSans-Bold", "NotoSansArabic-Regular", "NotoSansHebrew-Regular"}) {
      if (name != each) continue;
      EXPECT_TRUE(passes) << name;
      ++found;
    }
    for (const std::string_view each : {"NotoNastaliqUrdu-Regular", "NotoNastaliqUrdu", "NotoSansGeorgian-Regular", "NotoSansCJKsc-Regular"}) {
      if (name != each) continue;
      EXPECT_FALSE(passes) << name;
      ++found;
    }
  }
  EXPECT_GT(found, 5u);
}

// Letters that join across the ends of the range, a word without end, and one with more marks than are shaped at once.
TEST(ShapedWords, HandleWhatIsNoWord) {
  const Fonts fonts = open_shipped();
  ShapedWords words;
  const auto expect_same = [&](std::string_view text, std::size_t begin, std::size_t end, std::string_view script, std::string_view language, Direction direction) {
    const ShapeInput input{text, begin, end, script, language, direction, {}};
    const FaceId face = text.empty() ? FaceId(0) : face_for(fonts, text, std::string(script), request_for(language));
    EXPECT_TRUE(is_same(words.shape(fonts, face, input), fonts.shape(face, input))) << text.substr(0, 40);
  };
  expect_same("بببب بببب", 2, 11, "Arab", "ar", Direction::RightToLeft);
  expect_same("بببب بببب", 4, 15, "Arab", "ar", Direction::RightToLeft);
  std::string marks = "a";
  for (int i = 0; i < 700; ++i) marks += "\u0301";
  expect_same(marks + " b", 0, marks.size() + 2, "Latn", "en", Direction::LeftToRight);
  const std::string longest(500, 'w');
  expect_same(longest + " x " + longest, 0, 2 * longest.size() + 3, "Latn", "en", Direction::LeftToRight);
  expect_same("", 0, 0, "Latn", "en", Direction::LeftToRight);
  expect_same("   ", 0, 3, "Latn", "en", Direction::LeftToRight);
}

// More words than are kept, and settings of more faces and languages than are kept.
TEST(ShapedWords, ForgetAndGoOn) {
  const Fonts fonts = open_shipped();
  ShapedWords words;
  for (int i = 0; i < 9000; ++i) {
    const std::string text = "w" + std::to_string(i) + " V" + std::to_string(i * 7);
    const std::string language = i % 3 == 0 ? "en" : "x-l" + std::to_string(i % 40);
    const ShapeInput input{text, 0, text.size(), "Latn", language, Direction::LeftToRight, {}};
    ASSERT_TRUE(is_same(words.shape(fonts, FaceId(0), input), fonts.shape(FaceId(0), input))) << text;
  }
}

}  // namespace
}  // namespace handout::fonts
