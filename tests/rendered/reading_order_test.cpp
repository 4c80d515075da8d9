// What a reader hears is what the author wrote: finished files are read by other programs and compared with the words of compose. The table of
// figures and what they mean is in src/pdf/conformance.md; each test prints its row.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "readers.h"
#include "rendering.h"

namespace handout {
namespace {

// What a reader must reach, in percent, of words and of characters in order: as measured, rounded down; for the shipped article 2 less, since its words change.
struct Least { int words = 0, characters = 0; };

struct Sample {
  const char* locale;
  const char* text;  // the paragraph and the list item of a small article; nothing: the shipped one
  std::array<Least, std::size(kPlainReaders)> least;  // as kPlainReaders
};
void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.locale; }

constexpr const char* kLayout = R"(<layout id="layout" title="L"><page size="A4" margin="20mm"/><style for="handout" font-size="12pt" line-height="1.5"/><style for="li" label-width="1.25em"/>
<body><slot select="*"/></body></layout>)";

// Small articles that say one sentence in every kind of block, over several lines: letters that join, stack or go round others, a number, brackets, a word in Latin letters.
const Sample kSamples[] = {
    {"en", nullptr, {{{97, 98}, {86, 87}, {96, 98}, {96, 98}}}},
    {"es", nullptr, {{{95, 96}, {86, 86}, {95, 96}, {95, 96}}}},
    {"vi", nullptr, {{{95, 94}, {92, 91}, {94, 94}, {94, 94}}}},
    {"ar", nullptr, {{{85, 94}, {55, 80}, {11, 92}, {9, 94}}}},
    {"hi", nullptr, {{{96, 98}, {91, 93}, {91, 98}, {91, 98}}}},
    {"zh-Hans", nullptr, {{{96, 96}, {89, 89}, {96, 96}, {96, 96}}}},
    {"ru", "Колено болит: отдохните 2 дня (не больше), затем снова ходите. Сделайте MRT.",
     {{{100, 100}, {100, 100}, {100, 100}, {100, 100}}}},
    {"el", "Το γόνατο πονάει: ξεκουραστείτε 2 ημέρες (όχι παραπάνω) και μετά περπατήστε. Κάντε MRI.",
     {{{100, 100}, {100, 100}, {100, 100}, {100, 100}}}},
    {"ka", "მუხლი გტკივათ: დაისვენეთ 2 დღე (არა მეტი), შემდეგ ისევ იარეთ. გაიკეთეთ MRI.",
     {{{100, 100}, {100, 100}, {100, 100}, {100, 100}}}},
    {"hy", "Ծունկը ցավում է. հանգստացեք 2 օր (ոչ ավելի), հետո նորից քայլեք։ Արեք MRI։",
     {{{100, 100}, {100, 100}, {100, 100}, {100, 100}}}},
    {"am", "ጉልበትዎ ያማል፤ 2 ቀን ይረፉ (ከዚያ አይበልጥም)፣ ከዚያ እንደገና ይራመዱ። MRI ያድርጉ።",
     {{{100, 100}, {100, 100}, {100, 100}, {100, 100}}}},
    {"he", "הברך כואבת: נוחו 2 ימים (לא יותר), ואחר כך לכו שוב. עשו MRI.",
     {{{89, 100}, {31, 97}, {9, 100}, {0, 100}}}},
    {"fa", "زانو درد می‌کند: ۲ روز استراحت کنید (نه بیشتر)، سپس دوباره راه بروید. MRI بگیرید.",
     {{{97, 100}, {57, 95}, {14, 100}, {0, 98}}}},
    {"ur", "گھٹنے میں درد ہے: 2 دن آرام کریں (زیادہ نہیں)، پھر دوبارہ چلیں۔ MRI کروائیں۔",
     {{{93, 100}, {40, 95}, {14, 100}, {2, 100}}}},
    {"bn", "হাঁটু ব্যথা করে: ২ দিন বিশ্রাম নিন (বেশি নয়), তারপর আবার হাঁটুন। MRI করান।",
     {{{100, 100}, {85, 100}, {100, 100}, {100, 100}}}},
    {"pa", "ਗੋਡੇ ਵਿੱਚ ਦਰਦ ਹੈ: 2 ਦਿਨ ਆਰਾਮ ਕਰੋ (ਵੱਧ ਨਹੀਂ), ਫਿਰ ਮੁੜ ਚੱਲੋ। MRI ਕਰਵਾਓ।",
     {{{100, 100}, {100, 100}, {100, 100}, {100, 100}}}},
    {"gu", "ઘૂંટણ દુખે છે: 2 દિવસ આરામ કરો (વધારે નહીં), પછી ફરી ચાલો. MRI કરાવો.",
     {{{100, 100}, {92, 100}, {100, 100}, {100, 100}}}},
    {"ta", "முழங்கால் வலிக்கிறது: 2 நாள் ஓய்வெடுங்கள் (அதற்கு மேல் வேண்டாம்), பிறகு மீண்டும் நடங்கள். MRI எடுங்கள்.",
     {{{100, 100}, {100, 100}, {100, 100}, {92, 100}}}},
    {"te", "మోకాలు నొప్పిగా ఉంది: 2 రోజులు విశ్రాంతి తీసుకోండి (ఎక్కువ వద్దు), తర్వాత మళ్లీ నడవండి. MRI చేయించుకోండి.",
     {{{85, 100}, {100, 100}, {85, 100}, {52, 100}}}},
    {"kn", "ಮೊಣಕಾಲು ನೋಯುತ್ತಿದೆ: 2 ದಿನ ವಿಶ್ರಾಂತಿ ಪಡೆಯಿರಿ (ಹೆಚ್ಚು ಬೇಡ), ನಂತರ ಮತ್ತೆ ನಡೆಯಿರಿ. MRI ಮಾಡಿಸಿ.",
     {{{100, 100}, {100, 100}, {100, 100}, {84, 100}}}},
    {"ml", "മുട്ട് വേദനിക്കുന്നു: 2 ദിവസം വിശ്രമിക്കുക (കൂടുതൽ വേണ്ട), പിന്നെ വീണ്ടും നടക്കുക. MRI എടുക്കുക.",
     {{{100, 100}, {100, 100}, {100, 100}, {100, 100}}}},
    {"si", "දණහිස රිදෙනවා: දින 2ක් විවේක ගන්න (ඊට වැඩි නැත), පසුව නැවත ඇවිදින්න. MRI කරන්න.",
     {{{100, 100}, {100, 100}, {100, 100}, {78, 100}}}},
    {"ko", "무릎이 아픕니다: 2일 동안 쉬고(그 이상은 아님) 다시 걸으세요. MRI를 찍으세요.",
     {{{96, 100}, {96, 100}, {96, 100}, {96, 100}}}},
    {"ja", "膝が痛みます。2日休んで（それ以上は不要）、また歩いてください。MRIを撮りましょう。",
     {{{100, 100}, {100, 100}, {100, 100}, {100, 100}}}},
    {"th", "เข่าของคุณเจ็บ พัก 2 วัน (ไม่เกินนี้) แล้วเดินอีกครั้ง น้ำแข็งช่วยได้ ทำ MRI",
     {{{100, 100}, {98, 98}, {100, 100}, {97, 97}}}},
    {"lo", "ຫົວເຂົ່າຂອງທ່ານເຈັບ ພັກຜ່ອນ 2 ມື້ (ບໍ່ເກີນນີ້) ແລ້ວຍ່າງອີກ ນ້ຳກ້ອນຊ່ວຍໄດ້ ເຮັດ MRI",
     {{{100, 100}, {100, 100}, {100, 100}, {98, 98}}}},
    {"km", "ជង្គង់របស់អ្នកឈឺ សម្រាក 2 ថ្ងៃ (មិនលើសនេះទេ) រួចដើរម្ដងទៀត។ ធ្វើ MRI។",
     {{{100, 100}, {100, 100}, {100, 100}, {100, 100}}}},
    {"my", "ဒူးနာပါသည်။ ၂ ရက် အနားယူပါ (ထိုထက်မပိုရ)၊ ထို့နောက် ပြန်လမ်းလျှောက်ပါ။ MRI ရိုက်ပါ။",
     {{{100, 100}, {100, 100}, {100, 100}, {100, 100}}}},
};

// The measure itself.
TEST(Measure, CountsWordsAndTheirOrder) {
  const Agreement swapped = compare("a bb c d", "x a c bb d x", Words::BySpaces);
  EXPECT_EQ(swapped.exact, 100);
  EXPECT_EQ(swapped.in_order, 75);
  EXPECT_EQ(swapped.characters, 80);
  const Agreement dense = compare("a bb c d", "abbcd", Words::BySpaces);
  EXPECT_EQ(dense.exact, 0);
  EXPECT_EQ(dense.characters, 100);
  EXPECT_EQ(compare("二日 休", "日二休", Words::Characters).in_order, 100.0 * 2 / 3);
  EXPECT_EQ(compare("a a", "a", Words::BySpaces).exact, 50);
}

TEST(Measure, GoesOnBeyond64Words) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += std::to_string(i) + ' ';
  EXPECT_EQ(compare(text, text, Words::BySpaces).in_order, 100);
  EXPECT_EQ(compare(text, text.substr(4), Words::BySpaces).in_order, 99);
  EXPECT_EQ(compare(text, "199 0 1", Words::BySpaces).in_order, 1);
}

TEST(Measure, LeavesOutWhatNobodyHears) {
  EXPECT_EQ(normalized(" a\n\u00A0b\u00ADc\u2060 \u2067d\u2069 "), "a bc d");
  EXPECT_EQ(normalized("می\u200Cکند"), "می\u200Cکند");
}

class Reading : public Rendering, public testing::WithParamInterface<Sample> {
 protected:
  // The file of the sample, and the words that compose made of it.
  std::filesystem::path render(std::string& written, std::string& structure) {
    const Sample& sample = GetParam();
    request::Request wanted = knee(sample.locale);
    if (sample.text != nullptr) {
      write("layout.xml", kLayout);
      constexpr auto kArticle = R"(<article id="a" xml:lang="{0}" version="1" status="draft"><title id="t">{1}</title><p id="p">{1} <strong>{1}</strong> {1}</p><ul id="u"><li id="i">{1}</li></ul></article>)";
      write("article.xml", fmt::format(kArticle, sample.locale, sample.text));
      wanted = request(sample.locale);
    }
    Pipeline pipeline = shipped();
    const auto stations = pipeline.prepare(wanted, diags_);
    const auto rendered = pipeline.render(wanted, diags_);
    EXPECT_TRUE(stations && rendered) << to_text(diags_);
    if (!stations || !rendered) return {};
    const auto report = inspect::read_pdf(rendered->bytes);
    EXPECT_TRUE(report);
    written = normalized(expected_text(stations->styled));
    structure = report ? normalized(inspect::structure_text(report->tree)) : "";
    write("handout.pdf", rendered->bytes);
    return folder_ / "handout.pdf";
  }
};

TEST_P(Reading, SaysWhatWasWritten) {
  const Sample& sample = GetParam();
  std::string written, structure;
  const std::filesystem::path file = render(written, structure);
  ASSERT_FALSE(written.empty());
  EXPECT_EQ(structure, written);
  const auto heard = read_with(Reader::PopplerStructure, file);
  ASSERT_TRUE(heard) << heard.error();
  EXPECT_EQ(normalized(*heard), written);

  const Words words = words_of(unicode::Locale::parse(sample.locale)->language());
  auto row = fmt::format("{:8}", sample.locale);
  for (std::size_t i = 0; i < std::size(kPlainReaders); ++i) {
    const auto read = read_with(kPlainReaders[i], file);
    ASSERT_TRUE(read) << read.error();
    const Agreement agreement = compare(written, *read, words);
    row += fmt::format(" | {:.1f} {:.1f} {:.1f}", agreement.exact, agreement.in_order, agreement.characters);
    EXPECT_GE(agreement.in_order, sample.least[i].words) << name(kPlainReaders[i]);
    EXPECT_GE(agreement.characters, sample.least[i].characters) << name(kPlainReaders[i]);
  }
  fmt::print("{}\n", row);
}

INSTANTIATE_TEST_SUITE_P(Locales, Reading, testing::ValuesIn(kSamples), [](const auto& sample) {
  std::string name = sample.param.locale;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace handout
