#include <algorithm>
#include <array>

#include <unicode/uchar.h>

#include "unicode/sequence_parts.h"
#include "unicode/text.h"

namespace handout::unicode {
namespace {

constexpr std::size_t kLongestNumber = 48, kLongestUnit = 40;  // bytes

// SI, medicine and the household. "in" for inches is left out: "2 in 5 people" is not a length. So is Russian "с" for seconds, which is also "with".
constexpr std::string_view kUnits[] = {
    "%", "BPM", "Bq", "Ci", "F", "G", "GBq", "GHz", "GPa", "Gy", "Hz", "IE", "IU", "J", "K", "KG", "L", "MBq", "MCG", "ME", "MG", "MHz", "ML", "MPa", "Pa", "Sv", "U", "UI", "V", "W",
    "bar", "bpm", "cal", "cc", "cl", "cL", "cm", "cmH2O", "cm²", "cm³", "cmH₂O", "dB", "dL", "dl", "dm", "fL", "fl", "ft", "g", "gal", "gr", "h", "ha", "hPa", "hr", "hrs", "kBq", "kHz", "kJ", "kPa",
    "kV", "kW", "kcal", "kg", "km", "l", "lb", "lbs", "m", "mA", "mCi", "mEq", "mg", "mGy", "mIU", "mJ", "mL", "mOsm", "mSv", "mU", "mV", "mW", "mcL", "mcg", "mi", "min", "mins", "ml", "mm", "mmHg", "mmol",
    "mol", "mph", "ms", "mval", "m²", "m³", "ng", "nm", "nmol", "oz", "pg", "pmol", "ppm", "psi", "pt", "qt", "s", "sec", "secs", "tbsp", "tsp", "ug", "uL", "ul", "umol", "yd", "yds", "°", "°C", "°F", "µL",
    "µg", "µl", "µm", "µmol", "µs", "‰", "℃", "℉", "μL", "μg", "μl", "μm", "μmol", "μs", "٪", "％",
    // Greek, Cyrillic, Armenian, Georgian
    "γρ", "χλγ", "χλστ", "Гц", "ЕД", "МЕ", "МО", "г", "гр", "год", "дл", "ед", "к", "кг", "кДж", "ккал", "кПа", "км", "л", "м", "мг", "мин", "мкг", "мкл", "мкм", "мкмоль", "мл", "мм", "ммоль", "моль",
    "нг", "нмоль", "ОД", "сек", "см", "хв", "ч", "մգ", "մլ", "կգ", "սմ", "მგ", "მლ", "კგ", "სმ",
    // Hebrew, Arabic, Persian, Urdu
    "גרם", "גר'", "מ\"ג", "מ״ג", "מ\"ל", "מ״ל", "מ\"מ", "מ״מ", "מק\"ג", "מק״ג", "ס\"מ", "ס״מ", "ק\"ג", "ק״ג", "ק\"מ", "ק״מ", "ליטר", "دقيقة", "جرام", "جم", "سم", "ساعة", "غ", "غرام", "غم", "كجم", "كغ", "كغم", "كلغ", "كم", "لتر", "م",
    "مجم", "مغ", "مكغ", "ملجم", "ملغ", "ملغم", "ملغرام", "مل", "مليلتر", "مم", "ميكروغرام", "وحدة", "گرم", "سی‌سی", "سانتی‌متر", "کیلوگرم", "لیتر", "میلی‌گرم", "میلی‌لیتر", "میکروگرم", "گرام", "ملی‌گرام", "ملی‌لیٹر",
    // Devanagari, Bengali, Tamil, Telugu, Thai, Burmese
    "ग्रा", "ग्राम", "किग्रा", "किलो", "किलोग्राम", "मिग्रा", "मि.ग्रा.", "मिलीग्राम", "मिली", "मि.ली.", "मिलीलीटर", "लीटर", "सेमी", "से.मी.", "मिनट", "मिनेट", "घंटे", "গ্রাম", "মিগ্রা", "মিলিগ্রাম", "মি.গ্রা.", "মিলি", "কেজি", "লিটার", "সেমি", "মিনিট", "கி", "கிராம்", "மிகி", "மி.கி.",
    "மிலி", "மி.லி.", "கிலோ", "మి.గ్రా.", "మి.లీ.", "గ్రా", "కిలో", "มก.", "มล.", "กก.", "ซม.", "มม.", "ก.", "มก", "มล", "กก", "ซม", "มม", "กรัม", "มิลลิกรัม", "มิลลิลิตร", "นาที", "ชั่วโมง",
    // Chinese, Japanese, Korean, which write no space behind them either
    "毫克", "毫升", "微克", "公克", "公斤", "千克", "厘米", "毫米", "公分", "公升", "克", "升", "小时", "小時", "分钟", "分鐘", "ミリグラム", "ミリリットル", "マイクログラム", "グラム", "キログラム", "センチ", "錠", "밀리그램", "밀리리터", "그램", "킬로그램", "센티미터", "시간"};

// The first bytes of the units: most words behind numbers are ruled out by theirs.
constexpr std::array<bool, 256> first_bytes() {
  std::array<bool, 256> out{};
  for (const std::string_view unit : kUnits) out[static_cast<unsigned char>(unit.front())] = true;
  return out;
}
constexpr std::array<bool, 256> kFirstBytes = first_bytes();

bool has_spaces_between_words(char32_t c) {
  const int lb = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LINE_BREAK);
  return lb != U_LB_IDEOGRAPHIC && lb != U_LB_COMPLEX_CONTEXT && lb != U_LB_H2 && lb != U_LB_H3 && lb != U_LB_CONDITIONAL_JAPANESE_STARTER;
}

bool is_fraction(char32_t c) { return (c >= 0xBC && c <= 0xBE) || (c >= 0x2150 && c <= 0x215F) || c == 0x2189; }
bool is_currency(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_CURRENCY_SYMBOL; }
bool is_multiplied(char32_t c) { return c == U'×' || c == U'x'; }
bool is_decimal_mark(char32_t c) { return c == U'.' || c == U',' || c == U'٫' || c == U'٬' || c == U'\'' || c == U'’' || c == U'·' || c == U'\u00A0' || c == U'\u202F' || c == U'\u2009' || c == U'/'; }

std::size_t skip_space(std::string_view text, std::size_t at) { return is_inner_space(character_at(text, at)) ? next_character(text, at) : at; }

std::size_t skip_digits(std::string_view text, std::size_t at) {
  for (int digits = 0; digits < 3 && is_decimal_digit(character_at(text, at)); ++digits) at = next_character(text, at);
  return at;
}

// " 1/2" or " ½"
std::optional<std::size_t> spaced_fraction_end(std::string_view text, std::size_t at) {
  if (!is_inner_space(character_at(text, at))) return std::nullopt;
  at = next_character(text, at);
  if (is_fraction(character_at(text, at))) return next_character(text, at);
  const std::size_t bar = skip_digits(text, at);
  if (bar == at || (character_at(text, bar) != U'/' && character_at(text, bar) != U'⁄')) return std::nullopt;
  const std::size_t begin = next_character(text, bar), end = skip_digits(text, begin);
  return end == begin || is_decimal_digit(character_at(text, end)) ? std::nullopt : std::optional(end);
}

// "1,234.5", "1 234", "½", "1½", "1 1/2", "120/80"
std::optional<std::size_t> plain_number_end(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at - begin <= kLongestNumber && is_decimal_digit(character_at(text, at))) {
    at = next_character(text, at);
    const char32_t mark = character_at(text, at);
    if (is_decimal_mark(mark) && is_decimal_digit(character_at(text, next_character(text, at)))) at = next_character(text, at);
  }
  if (at == begin) return is_fraction(character_at(text, at)) ? std::optional(next_character(text, at)) : std::nullopt;
  if (const auto end = spaced_fraction_end(text, at)) return end;
  if (is_fraction(character_at(text, at))) at = next_character(text, at);
  return at - begin > kLongestNumber ? std::nullopt : std::optional(at);
}

// A number, a range ("5-10", "5 – 10") or a size ("5 × 10").
std::optional<std::size_t> number_end(std::string_view text, std::size_t at) {
  constexpr std::u32string_view kSigns = U"+-−±~≈<>≤≥";
  if (kSigns.find(character_at(text, at)) != std::u32string_view::npos && character_at(text, at) != 0) at = next_character(text, at);
  auto end = plain_number_end(text, at);
  for (int joined = 0; end && joined < 2; ++joined) {
    std::size_t next = skip_space(text, *end);
    const char32_t sign = character_at(text, next);
    if (!is_dash(sign) && !is_multiplied(sign)) break;
    next = skip_space(text, next_character(text, next));
    const auto other = plain_number_end(text, next);
    if (!other) break;
    end = other;
  }
  return end;
}

bool may_follow_unit(std::string_view text, std::size_t at, char32_t last) {
  const char32_t c = character_at(text, at);
  if (c == U'\'' || c == U'’') return !is_word_character(character_at(text, next_character(text, at)));  // French "les 5 l'ont"
  return !is_word_character(c) || last == U'.' || (is_word_character(last) && !has_spaces_between_words(last));
}

// The longest unit of the table that stands here as a whole.
std::optional<std::size_t> one_unit_end(std::string_view text, std::size_t at) {
  constexpr std::string_view kPowers[] = {"²", "³", "⁻¹"};
  if (at >= text.size() || !kFirstBytes[static_cast<unsigned char>(text[at])]) return std::nullopt;
  std::size_t best = 0;
  const std::string_view rest = text.substr(at, kLongestUnit);
  for (const std::string_view unit : kUnits) {
    if (unit.size() <= best || !rest.starts_with(unit)) continue;
    std::size_t end = at + unit.size();
    for (const std::string_view power : kPowers) {
      if (text.substr(end).starts_with(power)) end += power.size();
    }
    if (may_follow_unit(text, end, character_before(text, at + unit.size()))) best = end - at;
  }
  return best == 0 ? std::nullopt : std::optional(at + best);
}

// "mg", "mcg/kg/min", "mm Hg"
std::optional<std::size_t> unit_end(std::string_view text, std::size_t at) {
  if (text.substr(at).starts_with("mm Hg")) return at + 5;
  auto end = one_unit_end(text, at);
  for (int more = 0; end && more < 3; ++more) {
    const char32_t c = character_at(text, *end);
    if (c != U'/' && c != U'·') break;
    const auto other = one_unit_end(text, next_character(text, *end));
    if (!other) break;
    end = other;
  }
  return end;
}

}  // namespace

std::optional<std::size_t> quantity_end(std::string_view text, std::size_t at) {
  const char32_t first = character_at(text, at);
  if (is_currency(first) || first == U'§' || first == U'№') {
    const auto end = plain_number_end(text, skip_space(text, next_character(text, at)));
    return end && !is_word_character(character_at(text, *end)) ? end : std::nullopt;
  }
  const auto number = number_end(text, at);
  if (!number) return std::nullopt;
  const std::size_t unit = skip_space(text, *number);
  if (is_currency(character_at(text, unit))) {
    const std::size_t end = next_character(text, unit);
    // "5 $10": the sign is the next number's.
    return is_decimal_digit(character_at(text, end)) ? std::nullopt : std::optional(end);
  }
  return unit_end(text, unit);
}

}  // namespace handout::unicode
