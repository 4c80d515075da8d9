#include "unicode/locale.h"

#include <algorithm>
#include <array>
#include <string>

#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/narrow.h"
#include "unicode/icu_status.h"
#include "unicode/locale_data.h"

namespace handout::unicode {
namespace {

// The longest tag that anybody writes has some 40 characters; ICU's own buffers end at 157.
constexpr std::size_t kLongestTag = 100;

// A "x" subtag starts private use (RFC 5646 2.2.7). ICU turns some grandfathered tags into it, so its output is asked too.
bool has_private_use(std::string_view tag) {
  return tag.starts_with("x-") || tag.starts_with("X-") || tag.find("-x-") != std::string_view::npos || tag.find("-X-") != std::string_view::npos;
}

bool is_tag_character(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; }

// ICU takes "root" for "und", as no tag may: four letters are reserved (RFC 5646 2.2.1).
bool starts_with_language(std::string_view tag) {
  const std::size_t length = std::min(tag.find('-'), tag.size());
  return length == 2 || length == 3 || (length == 1 && (tag.front() == 'i' || tag.front() == 'I'));
}

std::optional<icu::Locale> read_tag(std::string_view tag) {
  if (tag.empty() || tag.size() > kLongestTag || !std::ranges::all_of(tag, is_tag_character)) return std::nullopt;
  if (!starts_with_language(tag) || has_private_use(tag)) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(icu::StringPiece(tag.data(), narrow<std::int32_t>(tag.size())), status);
  locale.canonicalize(status);  // UTS #35 Annex C: "iw" -> "he", "sh" -> "sr-Latn", "prs" -> "fa-AF"
  if (U_FAILURE(status) || locale.isBogus() != 0) return std::nullopt;
  return locale;
}

bool is_registered(const icu::Locale& locale) {
  const std::string_view language = locale.getLanguage(), script = locale.getScript(), region = locale.getCountry();
  return (language.empty() || is_registered_language(language)) && (script.empty() || is_registered_script(script)) &&
         (region.empty() || is_registered_region(region));
}

std::string likely_script(const icu::Locale& locale) {
  icu::Locale likely = locale;
  UErrorCode status = U_ZERO_ERROR;
  likely.addLikelySubtags(status);
  ensure_success(status);
  if (*likely.getScript() != '\0') return likely.getScript();
  const std::string_view more = more_likely_subtags(locale.getLanguage()).script;
  return std::string(more.empty() ? "Zzzz" : more);
}

bool is_right_to_left(std::string_view script) {
  // ISO 15924 variants of Arabic and Syriac hold no characters of their own, so that ICU knows no direction for them.
  constexpr std::array<std::string_view, 4> kVariants{"Aran", "Syre", "Syrj", "Syrn"};
  if (std::ranges::find(kVariants, script) != kVariants.end()) return true;
  return icu::Locale(("und_" + std::string(script)).c_str()).isRightToLeft() != 0;
}

}  // namespace

Locale::Locale() : tag_("en"), language_("en"), script_("Latn") {}

std::optional<Locale> Locale::parse(std::string_view tag) {
  Locale out;
  if (const auto common = find_common_locale(tag)) {
    out.tag_ = common->tag;
    out.language_ = common->language;
    out.script_ = common->script;
    out.region_ = common->region;
    return out;
  }
  const std::optional<icu::Locale> locale = read_tag(tag);
  if (!locale || !is_registered(*locale)) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  out.tag_ = locale->toLanguageTag<std::string>(status);
  if (U_FAILURE(status) || has_private_use(out.tag_)) return std::nullopt;
  out.language_ = *locale->getLanguage() == '\0' ? "und" : locale->getLanguage();
  out.script_ = *locale->getScript() == '\0' ? likely_script(*locale) : locale->getScript();
  out.region_ = locale->getCountry();
  return out;
}

bool is_script(std::string_view code) {
  if (code.size() != 4) return false;
  // Those of East Asian languages, and scripts of Unicode's characters, at once; the registry is slow to ask.
  constexpr std::array<std::string_view, 4> kEastAsian{"Hans", "Hant", "Jpan", "Kore"};
  if (std::ranges::find(kEastAsian, code) != kEastAsian.end()) return true;
  const auto known = static_cast<UScriptCode>(u_getPropertyValueEnum(UCHAR_SCRIPT, std::string(code).c_str()));
  if (known != USCRIPT_INVALID_CODE && known != USCRIPT_UNKNOWN && uscript_getUsage(known) != USCRIPT_USAGE_NOT_ENCODED && code == uscript_getShortName(known)) return true;
  const auto locale = Locale::parse("und-" + std::string(code));
  return locale && locale->script() == code;
}

Direction Locale::direction() const {
  if (script_ == "Latn") return Direction::LeftToRight;
  return is_right_to_left(script_) ? Direction::RightToLeft : Direction::LeftToRight;
}

}  // namespace handout::unicode
