#include <algorithm>
#include <iterator>

#include <unicode/uchar.h>

#include "unicode/sequence_parts.h"
#include "unicode/text.h"

namespace handout::unicode {
namespace {

constexpr std::size_t kLongestTitle = 32, kLongestName = 64;  // bytes
constexpr int kMostTitles = 3;                                // "Prof. Dr. med."

struct Titles {
  std::string_view language, titles;  // separated by single spaces
};

// As they are written before names. Latin letters stand in many languages' texts, so the first row serves everywhere.
constexpr Titles kTitles[] = {
    {"", "Dr. Dra. Prof. Mr. Mrs. Ms."},
    {"af", "dr. mnr. mev. Mnr. Mev."},
    {"am", "ዶ/ር ዶክተር አቶ ወ/ሮ"},
    {"ar", "د. أ.د. الدكتور الدكتورة السيد السيدة"},
    {"bg", "д-р проф. г-н г-жа доц. Д-р Проф. Г-н Г-жа"},
    {"bn", "ডা. ডাঃ ড. ডঃ মিঃ"},
    {"bs", "dr dr. prof. g. gđa"},
    {"ca", "Sr. Sra. D. Dª"},
    {"cs", "MUDr. Mgr. Ing. JUDr. PhDr. prof. doc. MUDr p. pí"},
    {"da", "dr. prof. hr. fru Hr. Fru"},
    {"de", "Frau Herr Herrn Hr. Fr. Priv.-Doz. PD med. Dipl.-Ing."},
    {"el", "Δρ. κ. κα Κ. Κα Δρ"},
    {"en", "Dr Mr Mrs Ms Mx Mx. Miss Prof Rev. Fr. Hon. Capt. Lt. Sgt. Gen. St."},
    {"es", "Sr. Sra. Srta. D. Dña. Don Doña Lic. Ing. Sres."},
    {"et", "dr dr. prof. hr pr"},
    {"fa", "دکتر آقای خانم"},
    {"fi", "tri tohtori hra rva Hra Rva"},
    {"fil", "G. Gng. Bb. Ginoong"},
    {"fr", "M. MM. Mme Mmes Mlle Mlles Dr Pr Me Docteur Professeur Madame Monsieur"},
    {"gl", "Sr. Sra. D. Dna."},
    {"gu", "ડૉ. ડો. શ્રી શ્રીમતી"},
    {"he", "ד\"ר ד״ר פרופ' פרופ׳ מר גב' גב׳ עו\"ד עו״ד"},
    {"hi", "डॉ. डॉ डा. प्रो. श्री श्रीमती सुश्री"},
    {"hr", "dr. dr prof. g. gđa"},
    {"ht", "Doktè Dk. Mesye Madan Mis"},
    {"hu", "dr. prof. Prof."},
    {"hy", "Դր. պրն տկն"},
    {"id", "dr. drg. Bpk. Bapak Ibu Sdr. Tn. Ny."},
    {"it", "Dott. Dott.ssa Sig. Sig.ra Sig.na Prof.ssa Ing. Avv."},
    {"kn", "ಡಾ. ಶ್ರೀ ಶ್ರೀಮತಿ"},
    {"lt", "dr. prof. gyd. p."},
    {"lv", "dr. prof. k-gs k-dze"},
    {"ml", "ഡോ. ശ്രീ ശ്രീമതി"},
    {"mr", "डॉ. डॉ प्रा. श्री श्रीमती"},
    {"ms", "En. Encik Pn. Puan Cik Tn."},
    {"nb", "dr. prof. hr. fru"},
    {"ne", "डा. डा श्री श्रीमती"},
    {"nl", "dr. drs. prof. mevr. dhr. Mevr. Dhr. mr. ir. mw. Mw."},
    {"nn", "dr. prof. hr. fru"},
    {"pa", "ਡਾ. ਸ੍ਰੀ ਸ਼੍ਰੀਮਤੀ"},
    {"pl", "dr dr. prof. mgr lek. p. inż. Pan Pani"},
    {"ps", "ډاکټر ښاغلی"},
    {"pt", "Sr. Sra. Srta. D. Dona Profa. Exmo. Exma."},
    {"ro", "dr. prof. dl. dna. Dl. Dna. dna"},
    {"ru", "д-р проф. г-н г-жа доц. акад. Д-р Проф. Г-н Г-жа"},
    {"sk", "MUDr. Mgr. Ing. JUDr. prof. doc. p."},
    {"sl", "dr. prof. g. ga. mag."},
    {"sq", "dr. prof. z. znj. Z. Znj."},
    {"sr", "др др. проф. г. гђа dr dr. prof. g. gđa"},
    {"sv", "dr dr. prof. hr fru"},
    {"sw", "Dk. Bw. Bi. Bi Bw"},
    {"ta", "டாக்டர் டாக்டர். திரு திரு. திருமதி"},
    {"te", "డా. డాక్టర్ శ్రీ శ్రీమతి"},
    {"tr", "Sn. Sayın Doç. Op. Uzm. Av."},
    {"uk", "д-р проф. п. доц. акад. Д-р Проф."},
    {"ur", "ڈاکٹر جناب محترمہ"},
    {"vi", "BS. BS TS. TS ThS. ThS PGS. GS. BSCKI. BSCKII. Ông Bà"},
    {"yi", "ד\"ר ד״ר הר' הרב"}};
static_assert(std::ranges::is_sorted(kTitles, {}, &Titles::language));

bool is_among(std::string_view word, std::string_view list) {
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const bool begins = at == 0 || list[at - 1] == ' ', ends = at + word.size() == list.size() || list[at + word.size()] == ' ';
    if (begins && ends) return true;
  }
  return false;
}

bool is_title(std::string_view word, const Locale& locale) {
  if (word.empty() || is_among(word, kTitles[0].titles)) return !word.empty();
  const auto* const row = std::ranges::lower_bound(kTitles, std::string_view(locale.language()), {}, &Titles::language);
  return row != std::end(kTitles) && row->language == locale.language() && is_among(word, row->titles);
}

// Behind the word at `at`, which white space ends; nothing when it is too long for a title.
std::optional<std::size_t> title_end(std::string_view text, std::size_t at) {
  const std::size_t begin = at;
  while (at < text.size() && !is_white_space(character_at(text, at))) {
    at = next_character(text, at);
    if (at - begin > kLongestTitle) return std::nullopt;
  }
  return at;
}

bool begins_name(char32_t c) {
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_UPPERCASE_LETTER || type == U_TITLECASE_LETTER || type == U_OTHER_LETTER;
}

// "Ruiz", "O’Brien", "García-López", and the stop of an initial.
std::optional<std::size_t> name_end(std::string_view text, std::size_t at) {
  if (!begins_name(character_at(text, at))) return std::nullopt;
  const std::size_t begin = at;
  const auto joins = [](char32_t c) { return c == U'\'' || c == U'’' || c == U'-' || c == U'\u2011' || c == U'\u200C' || c == U'\u200D'; };
  while (at < text.size()) {
    const char32_t c = character_at(text, at);
    if (!is_word_character(c) && !(joins(c) && is_word_character(character_at(text, next_character(text, at))))) break;
    at = next_character(text, at);
    if (at - begin > kLongestName) return std::nullopt;
  }
  const bool is_initial = next_character(text, begin) == at;
  return is_initial && character_at(text, at) == U'.' ? next_character(text, at) : at;
}

}  // namespace

std::optional<std::size_t> titled_name_end(std::string_view text, std::size_t at, const Locale& locale) {
  for (int titles = 0; titles < kMostTitles; ++titles) {
    const auto end = title_end(text, at);
    if (!end || !is_title(text.substr(at, *end - at), locale)) return titles == 0 ? std::nullopt : name_end(text, at);
    if (!is_inner_space(character_at(text, *end))) return std::nullopt;
    at = next_character(text, *end);
  }
  return name_end(text, at);
}

std::optional<std::size_t> name_with_suffix_end(std::string_view text, std::size_t at, const Locale& locale) {
  if (locale.language() != "en") return std::nullopt;
  auto end = name_end(text, at);
  if (!end) return std::nullopt;
  if (character_at(text, *end) == U',') end = next_character(text, *end);
  if (!is_inner_space(character_at(text, *end))) return std::nullopt;
  const std::size_t suffix = next_character(text, *end);
  const std::string_view word = text.substr(suffix, 3);
  if (word != "Jr." && word != "Sr.") return std::nullopt;
  return is_word_character(character_at(text, suffix + 3)) ? std::nullopt : std::optional(suffix + 3);
}

}  // namespace handout::unicode
