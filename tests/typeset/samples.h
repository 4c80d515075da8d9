#pragma once

#include <array>
#include <string_view>

namespace handout::typeset {

struct Sample {
  std::string_view language, text;
};

// Sentences as handouts have them; digits and Latin names inside.
inline constexpr std::array<Sample, 14> kSamples = {{
    {"en", "Take one tablet twice a day with a glass of water. Do not take more than 8 tablets in 24 hours: AVATAR office, To Yo."},
    {"fr", "Prenez un comprimé deux fois par jour : n’en prenez pas plus de 8 en 24 heures, œdème, efficacité."},
    {"ar", "تناول قرصًا واحدًا مرتين يوميًا مع كوب من الماء (Paracetamol 500 mg) ولا تتجاوز 8 أقراص خلال ٢٤ ساعة. لا إله"},
    {"ur", "دن میں دو بار ایک گولی پانی کے گلاس کے ساتھ لیں۔ 24 گھنٹوں میں 8 سے زیادہ گولیاں نہ لیں۔"},
    {"fa", "روزی دو بار یک قرص با یک لیوان آب بخورید. در ۲۴ ساعت بیش از ۸ قرص نمی‌خورید."},
    {"he", "קח כדור אחד פעמיים ביום עם כוס מים (500 mg) ולא יותר מ-8 כדורים ב־24 שעות. שָׁלוֹם"},
    {"hi", "दिन में दो बार एक गिलास पानी के साथ एक गोली लें। 24 घंटे में 8 से अधिक गोलियाँ न लें। क्षत्रिय"},
    {"zh-Hans", "每天两次，每次一片，用一杯水送服。24小时内不要超过8片（对乙酰氨基酚）。"},
    {"ja", "一日二回、一錠をコップ一杯の水で服用してください。か\u3099き\u3099"},
    {"vi", "Uống một viên hai lần mỗi ngày với một cốc nước. Không uống quá 8 viên trong 24 giờ."},
    {"th", "รับประทานครั้งละหนึ่งเม็ดวันละสองครั้งพร้อมน้ำหนึ่งแก้ว ไม่เกินวันละ 8 เม็ด"},
    {"km", "លេបថ្នាំមួយគ្រាប់ពីរដងក្នុងមួយថ្ងៃជាមួយទឹកមួយកែវ។"},
    {"my", "တစ်နေ့လျှင် နှစ်ကြိမ် ရေတစ်ခွက်နှင့် ဆေးတစ်ပြား သောက်ပါ။"},
    {"ta", "ஒரு நாளைக்கு இரண்டு முறை ஒரு மாத்திரையை ஒரு டம்ளர் தண்ணீருடன் எடுத்துக்கொள்ளுங்கள்."},
}};

}  // namespace handout::typeset
