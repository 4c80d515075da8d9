#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace handout::unicode {

enum class Direction { LeftToRight, RightToLeft };

// A well-formed, canonical BCP 47 tag. Never the machine's own locale.
class Locale {
 public:
  Locale();  // "en"
  // Nothing for an ill-formed tag or a language subtag that ISO 639 does not know; nor for private use, and scripts and regions that
  // BCP 47 does not know. Aliases are resolved (UTS #35 Annex C: "iw" is "he", "prs" is "fa-AF"); -u- extensions stay.
  [[nodiscard]] static std::optional<Locale> parse(std::string_view tag);

  [[nodiscard]] const std::string& tag() const { return tag_; }             // "zh-Hans"
  [[nodiscard]] const std::string& language() const { return language_; }   // "zh"
  [[nodiscard]] const std::string& script() const { return script_; }       // likely when not written: "Hans"; "Zzzz" when not known
  [[nodiscard]] const std::string& region() const { return region_; }       // as written, else ""
  [[nodiscard]] Direction direction() const;
  friend bool operator==(const Locale& a, const Locale& b) { return a.tag_ == b.tag_; }

 private:
  std::string tag_, language_, script_, region_;
};

// Whether ISO 15924 has the code, "Arab", and a tag may have it.
[[nodiscard]] bool is_script(std::string_view code);

// The index of the nearest of `have` (CLDR language matching), or nothing when none has the same language and script.
std::optional<std::size_t> nearest_locale(const Locale& wanted, std::span<const Locale> have);

// "español" for ("es", "es"); the tag itself when ICU has no name.
std::string display_name(const Locale& of, const Locale& in);

// True when ICU has no data of the locale's own language (dates and digits then come from the root locale).
bool inherits_root_data(const Locale& locale);

// True for the regions that print on US Letter (CLDR paperSize US-Letter).
bool uses_letter_paper(std::string_view region);
// "US" for "en", by likely subtags; the written one if there is one; "" when not known.
std::string likely_region(const Locale& locale);

}  // namespace handout::unicode
