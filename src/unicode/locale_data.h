#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "unicode/locale.h"

namespace handout::unicode {

// ICU's identifier of the locale whose data serve `locale`, extensions kept ("ar_EG@numbers=latn"). ICU answers for a language without
// data out of the machine's own locale before it comes to root; this names root ("") itself, so that no machine shows in what is printed.
std::string data_locale_id(const Locale& locale);
// The same in UTC, for what has a calendar inside: ICU otherwise asks the machine for its time zone.
std::string data_locale_id_in_utc(const Locale& locale);

// What BCP 47 calls valid: the subtag is registered and not for private use. "und", "mul" and "zxx" are languages here.
bool is_registered_language(std::string_view subtag);
bool is_registered_script(std::string_view subtag);
bool is_registered_region(std::string_view subtag);

// Likely script and region of a language that ICU 72 has no likely subtags for; "" when nothing is known here either.
struct LikelySubtags { std::string_view script, region; };
LikelySubtags more_likely_subtags(std::string_view language);

// What Locale::parse makes of the tags of most handouts, so that they need none of ICU's alias and likely-subtag tables (1.4 ms when cold).
struct CommonLocale { std::string_view tag, language, script, region; };
std::optional<CommonLocale> find_common_locale(std::string_view tag);

}  // namespace handout::unicode
