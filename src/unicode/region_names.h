#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "unicode/locale.h"

namespace handout::unicode {

// Short: as it is said where there is no room ("Hong Kong" for "Hong Kong SAR China"); the full name where there is no shorter one.
enum class NameLength { Full, Short };

// What countries are called in one language (CLDR).
class RegionNames {
 public:
  explicit RegionNames(const Locale& in);
  ~RegionNames();
  RegionNames(RegionNames&&) noexcept;
  RegionNames& operator=(RegionNames&&) noexcept;

  // `region`: ISO 3166 alpha-2. The code itself where the language has no name for it.
  [[nodiscard]] std::string of(const std::string& region, NameLength length) const;

 private:
  struct Names;
  std::unique_ptr<const Names> names_;
};

// Whether ISO 3166 has the alpha-2 code today, as ICU knows it.
bool is_country(std::string_view code);

// The language that most is written in there (CLDR likely subtags): "tr" for TR; English where CLDR knows none.
Locale usual_language(std::string_view region);

}  // namespace handout::unicode
