#include "unicode/locale_data.h"

#include <algorithm>
#include <array>

namespace handout::unicode {
namespace {

// By tag. The tests hold each row against ICU's canonicalization and likely subtags.
constexpr std::array<CommonLocale, 76> kCommon{{
    {"am", "am", "Ethi", ""},
    {"ar", "ar", "Arab", ""},
    {"ar-EG", "ar", "Arab", "EG"},
    {"bn", "bn", "Beng", ""},
    {"bs", "bs", "Latn", ""},
    {"cs", "cs", "Latn", ""},
    {"de", "de", "Latn", ""},
    {"de-DE", "de", "Latn", "DE"},
    {"el", "el", "Grek", ""},
    {"en", "en", "Latn", ""},
    {"en-CA", "en", "Latn", "CA"},
    {"en-GB", "en", "Latn", "GB"},
    {"en-US", "en", "Latn", "US"},
    {"es", "es", "Latn", ""},
    {"es-419", "es", "Latn", "419"},
    {"es-ES", "es", "Latn", "ES"},
    {"es-MX", "es", "Latn", "MX"},
    {"es-US", "es", "Latn", "US"},
    {"fa", "fa", "Arab", ""},
    {"fil", "fil", "Latn", ""},
    {"fr", "fr", "Latn", ""},
    {"fr-CA", "fr", "Latn", "CA"},
    {"fr-FR", "fr", "Latn", "FR"},
    {"gu", "gu", "Gujr", ""},
    {"haw", "haw", "Latn", ""},
    {"he", "he", "Hebr", ""},
    {"hi", "hi", "Deva", ""},
    {"hr", "hr", "Latn", ""},
    {"ht", "ht", "Latn", ""},
    {"hu", "hu", "Latn", ""},
    {"hy", "hy", "Armn", ""},
    {"id", "id", "Latn", ""},
    {"it", "it", "Latn", ""},
    {"ja", "ja", "Jpan", ""},
    {"ka", "ka", "Geor", ""},
    {"km", "km", "Khmr", ""},
    {"kn", "kn", "Knda", ""},
    {"ko", "ko", "Kore", ""},
    {"lo", "lo", "Laoo", ""},
    {"ml", "ml", "Mlym", ""},
    {"mr", "mr", "Deva", ""},
    {"ms", "ms", "Latn", ""},
    {"my", "my", "Mymr", ""},
    {"nb", "nb", "Latn", ""},
    {"ne", "ne", "Deva", ""},
    {"nl", "nl", "Latn", ""},
    {"no", "no", "Latn", ""},
    {"pa", "pa", "Guru", ""},
    {"pl", "pl", "Latn", ""},
    {"ps", "ps", "Arab", ""},
    {"pt", "pt", "Latn", ""},
    {"pt-BR", "pt", "Latn", "BR"},
    {"pt-PT", "pt", "Latn", "PT"},
    {"ro", "ro", "Latn", ""},
    {"ru", "ru", "Cyrl", ""},
    {"si", "si", "Sinh", ""},
    {"so", "so", "Latn", ""},
    {"sq", "sq", "Latn", ""},
    {"sr", "sr", "Cyrl", ""},
    {"sr-Latn", "sr", "Latn", ""},
    {"sv", "sv", "Latn", ""},
    {"sw", "sw", "Latn", ""},
    {"ta", "ta", "Taml", ""},
    {"te", "te", "Telu", ""},
    {"th", "th", "Thai", ""},
    {"ti", "ti", "Ethi", ""},
    {"tr", "tr", "Latn", ""},
    {"uk", "uk", "Cyrl", ""},
    {"ur", "ur", "Arab", ""},
    {"vi", "vi", "Latn", ""},
    {"zh", "zh", "Hans", ""},
    {"zh-CN", "zh", "Hans", "CN"},
    {"zh-HK", "zh", "Hant", "HK"},
    {"zh-Hans", "zh", "Hans", ""},
    {"zh-Hant", "zh", "Hant", ""},
    {"zh-TW", "zh", "Hant", "TW"},
}};
static_assert(std::ranges::is_sorted(kCommon, {}, &CommonLocale::tag));

}  // namespace

std::optional<CommonLocale> find_common_locale(std::string_view tag) {
  const auto row = std::ranges::lower_bound(kCommon, tag, {}, &CommonLocale::tag);
  return row != kCommon.end() && row->tag == tag ? std::optional(*row) : std::nullopt;
}

}  // namespace handout::unicode
