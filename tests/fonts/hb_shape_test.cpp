#include <gtest/gtest.h>

#include <sys/wait.h>

#include <cstdio>
#include <map>
#include <set>

#include <fmt/format.h>

#include "fonts/support.h"
#include "unicode/locale.h"
#include "unicode/text.h"

// shape() against HarfBuzz's own program, whole and cut where a line may end.
namespace handout::fonts {
namespace {

using unicode::Direction;

struct Sample {
  std::string language, script, text;
  Direction direction = Direction::LeftToRight;
};

// Directions for taking a medicine, in the program's own words.
std::vector<Sample> samples() {
  const auto rtl = Direction::RightToLeft;
  return {{"en", "Latn", "Take two tablets, first thing: office AVATAR (5 mg)."},
          {"vi", "Latn", "Uống hai viên thuốc vào buổi sáng, trước bữa ăn."},
          {"el", "Grek", "Πάρτε δύο χάπια το πρωί, πριν από το φαγητό."},
          {"sr", "Cyrl", "Узмите две таблете ујутру, пре оброка."},
          {"ar", "Arab", "خذ قرصين في الصباح، مع الماء والطعام.", rtl},
          {"ur", "Arab", "صبح پانی کے ساتھ دو گولیاں لیں۔", rtl},
          {"he", "Hebr", "קַח שְׁנֵי כַּדּוּרִים בַּבֹּקֶר, עם מים.", rtl},
          {"syr", "Syrc", "ܣܒ ܬܪܝܢ ܚܒܐ ܒܨܦܪܐ", rtl},
          {"dv", "Thaa", "ހެނދުނު ދެގުޅަ ބޭސް ކާންވާނެ", rtl},
          {"nqo", "Nkoo", "ߝߊ߬ߛߏ߫ ߡߍ߲ ߦߋ߫ ߞߊ߲߬", rtl},
          {"ff-Adlm", "Adlm", "𞤂𞤭𞤣𞤼𞤢 𞤤𞤫𞤳𞥆𞤭 𞤩𞤫𞤫𞤼𞤫", rtl},
          {"hi", "Deva", "सुबह पानी के साथ दो गोलियाँ लें, र्क स्त्री क्षमा।"},
          {"bn", "Beng", "সকালে জলের সাথে দুটি বড়ি খান, স্ত্রী র্ক।"},
          {"pa", "Guru", "ਸਵੇਰੇ ਪਾਣੀ ਨਾਲ ਦੋ ਗੋਲੀਆਂ ਲਓ, ਸ੍ਰੀ।"},
          {"gu", "Gujr", "સવારે પાણી સાથે બે ગોળી લો, શ્રી ક્ષમા."},
          {"or", "Orya", "ସକାଳେ ପାଣି ସହିତ ଦୁଇଟି ବଟିକା ନିଅନ୍ତୁ।"},
          {"ta", "Taml", "காலையில் தண்ணீருடன் இரண்டு மாத்திரை எடுக்கவும், ஸ்ரீ."},
          {"te", "Telu", "ఉదయం నీటితో రెండు మాత్రలు తీసుకోండి, స్త్రీ."},
          {"kn", "Knda", "ಬೆಳಿಗ್ಗೆ ನೀರಿನೊಂದಿಗೆ ಎರಡು ಮಾತ್ರೆಗಳನ್ನು ತೆಗೆದುಕೊಳ್ಳಿ."},
          {"ml", "Mlym", "രാവിലെ വെള്ളത്തോടൊപ്പം രണ്ട് ഗുളിക കഴിക്കുക."},
          {"si", "Sinh", "උදේ වතුර සමඟ පෙති දෙකක් ගන්න, ශ්‍රී."},
          {"th", "Thai", "รับประทานยาสองเม็ดในตอนเช้าพร้อมน้ำ"},
          {"lo", "Laoo", "ກິນຢາສອງເມັດໃນຕອນເຊົ້າພ້ອມນ້ຳ"},
          {"km", "Khmr", "លេបថ្នាំពីរគ្រាប់នៅពេលព្រឹក ស្ត្រី"},
          {"my", "Mymr", "မနက်တွင် ရေနှင့် ဆေးနှစ်လုံး သောက်ပါ ကြောင့်"},
          {"bo", "Tibt", "ཞོགས་པར་སྨན་རིལ་གཉིས་བཟའ་དགོས།"},
          {"am", "Ethi", "ጠዋት ሁለት ክኒን ከውሃ ጋር ይውሰዱ።"},
          {"chr", "Cher", "ᏔᎵ ᎦᏅᏍᎩ ᏑᎾᎴᎢ"},
          {"iu-Cans", "Cans", "ᐅᓪᓛᒃᑯᑦ ᒪᕐᕉᒃ ᐃᓗᐊᖅᓴᐅᑎᒃ"},
          {"hy", "Armn", "Առավոտյան ընդունեք երկու հաբ, և ջուր։"},
          {"ka", "Geor", "მიიღეთ ორი ტაბლეტი დილით."},
          {"zh-Hans", "Hani", "早上用水服用两片药，饭前服。"},
          {"zh-Hant-HK", "Hani", "早上用水服用兩片藥，飯前服。骨直返"},
          {"ja", "Hani", "朝食前服薬，毎日二錠。"},
          {"ko", "Hang", "아침에 물과 함께 두 알을 드세요."},
          {"mn-Mong", "Mong", "ᠡᠷᠲᠡ ᠡᠮ ᠤᠤᠭᠤᠬᠤ"},
          {"jv-Java", "Java", "ꦱꦸꦒꦼꦁꦲꦺꦚ꧀ꦗꦶꦁ"},
          {"su-Sund", "Sund", "ᮔᮥᮏᮥ ᮅᮘᮁ"}};
}

std::string unicodes(std::string_view text) {
  std::string list;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    list += fmt::format("{}{:X}", list.empty() ? "" : " ", static_cast<std::uint32_t>(c.value));
    at = c.end;
  }
  return list;
}

// One process for all stretches of a font: `hb-shape --batch` reads a line of arguments for each.
class HbShape {
 public:
  void add(const FaceInfo& info, unsigned index, const Sample& sample, std::size_t begin, std::size_t end) {
    const std::string_view text = sample.text;
    std::string line = fmt::format("{};--face-index={};--script={};--language={};--direction={};--cluster-level=1;--remove-default-ignorables;--no-glyph-names;--utf8-clusters;--show-flags", info.file, index,
                                   sample.script, sample.language, sample.direction == Direction::RightToLeft ? "rtl" : "ltr");
    if (begin == 0) line += ";--bot";
    else line += ";--unicodes-before=" + unicodes(text.substr(0, begin));
    if (end == text.size()) line += ";--eot";
    else line += ";--unicodes-after=" + unicodes(text.substr(end));
    input_ += line + ";--unicodes=" + unicodes(text.substr(begin, end - begin)) + "\n";
    ++count_;
  }

  // A line "[glyph=cluster@x,y+advance|...]" for each that was added.
  std::vector<std::string> run(const Folder& folder) const {
    const auto file = folder.write("batch.txt", input_);
    std::vector<std::string> lines;
    FILE* const pipe = popen(("hb-shape --batch <'" + file.string() + "' 2>/dev/null").c_str(), "r");
    std::string output;
    for (int c = pipe ? fgetc(pipe) : EOF; c != EOF; c = fgetc(pipe)) {
      if (c == '\n') lines.push_back(std::move(output)), output.clear();
      else output += static_cast<char>(c);
    }
    if (pipe) pclose(pipe);
    return lines;
  }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::string input_;
  std::size_t count_ = 0;
};

// As hb-shape writes it, in visual order; clusters count from the stretch's begin.
std::string written(std::vector<ShapedGlyph> glyphs, const Sample& sample, std::size_t begin) {
  if (sample.direction == Direction::RightToLeft) std::reverse(glyphs.begin(), glyphs.end());
  std::string text = "[";
  for (const ShapedGlyph& glyph : glyphs) {
    text += fmt::format("{}{}={}", text.size() > 1 ? "|" : "", glyph.glyph, glyph.cluster - begin);
    if (glyph.x_offset != 0 || glyph.y_offset != 0) text += fmt::format("@{},{}", glyph.x_offset, glyph.y_offset);
    text += fmt::format("+{}", glyph.advance);
  }
  return text + "]";
}

// Flags of breaking are HarfBuzz's matter (unsafe_to_break has tests of its own): "#1" and the like go.
std::string without_flags(std::string line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '#') {
      text += line[i];
      continue;
    }
    while (i + 1 < line.size() && line[i + 1] != '|' && line[i + 1] != ']') ++i;
  }
  return text;
}

bool has_hb_shape() { return std::system("hb-shape --version >/dev/null 2>&1") == 0; }

class AgainstHbShape : public testing::Test {
 protected:
  void SetUp() override {
    if (!has_hb_shape()) GTEST_SKIP() << "libharfbuzz-bin is not installed";
  }

  struct Stretch {
    const Sample* sample = nullptr;
    FaceId face;
    std::size_t begin = 0, end = 0;
  };

  // Stretches of one face, as itemizing would make them between these two offsets.
  void add(const Sample& sample, std::size_t begin, std::size_t end) {
    std::vector<Uncovered> uncovered;
    for (const FaceRun& run : fonts_.choose_faces(sample.text, begin, end, sample.script, request_for(sample.language), uncovered)) {
      const FaceInfo& info = fonts_.info(run.face);
      hb_.add(info, collection_index(info), sample, run.begin, run.end);
      stretches_.push_back({&sample, run.face, run.begin, run.end});
    }
    EXPECT_TRUE(uncovered.empty()) << sample.text;
  }

  static unsigned collection_index(const FaceInfo& info) {
    static const std::map<std::string, unsigned> kIndex = {{"NotoSansCJKjp-Regular", 0}, {"NotoSansCJKkr-Regular", 1}, {"NotoSansCJKsc-Regular", 2}, {"NotoSansCJKtc-Regular", 3}, {"NotoSansCJKhk-Regular", 4}};
    const auto found = kIndex.find(info.postscript_name);
    return found == kIndex.end() ? 0 : found->second;
  }

  void compare() {
    const Folder folder;
    const std::vector<std::string> lines = hb_.run(folder);
    ASSERT_EQ(lines.size(), hb_.count());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Stretch& stretch = stretches_[i];
      const Sample& sample = *stretch.sample;
      const auto glyphs = fonts_.shape(stretch.face, {.text = sample.text, .begin = stretch.begin, .end = stretch.end, .script = sample.script, .language = sample.language,
                                                      .direction = sample.direction, .features = {}});
      EXPECT_EQ(written(glyphs, sample, stretch.begin), without_flags(lines[i])) << sample.language << " " << stretch.begin << " to " << stretch.end << " of " << sample.text;
    }
  }

  Fonts fonts_ = open_shipped();
  HbShape hb_;
  std::vector<Stretch> stretches_;
};

TEST_F(AgainstHbShape, WholeRunsAreTheSame) {
  const std::vector<Sample> all = samples();
  std::set<std::string> scripts;
  for (const Sample& sample : all) {
    add(sample, 0, sample.text.size());
    scripts.insert(sample.script);
  }
  EXPECT_GE(scripts.size(), 25U);
  compare();
}

TEST_F(AgainstHbShape, BothSidesOfEveryLineBreakAreTheSame) {
  const std::vector<Sample> all = samples();
  for (const Sample& sample : all) {
    const auto locale = unicode::Locale::parse(sample.language);
    ASSERT_TRUE(locale) << sample.language;
    for (const unicode::LineBreak& at : unicode::line_breaks(sample.text, *locale)) {
      if (at.offset == 0 || at.offset >= sample.text.size()) continue;
      add(sample, 0, at.offset);
      add(sample, at.offset, sample.text.size());
    }
  }
  EXPECT_GT(stretches_.size(), 400U);
  compare();
}

// Letters that join have the paragraph round them for context, wherever they are cut.
TEST_F(AgainstHbShape, JoiningLettersAreTheSameCutAnywhere) {
  const std::vector<Sample> all = samples();
  for (const Sample& sample : all) {
    if (!std::set<std::string>{"Arab", "Syrc", "Nkoo", "Adlm", "Mong", "Latn"}.contains(sample.script)) continue;
    for (const std::size_t at : unicode::grapheme_boundaries(sample.text)) {
      if (at == 0 || at == sample.text.size()) continue;
      add(sample, 0, at);
      add(sample, at, sample.text.size());
    }
  }
  compare();
}

}  // namespace
}  // namespace handout::fonts
