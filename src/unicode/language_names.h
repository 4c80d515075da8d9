#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "unicode/locale.h"

namespace handout::unicode {

// Languages by what lists of people call them. The names are taken from CLDR when the first is asked for.
class LanguageNames {
 public:
  LanguageNames();
  LanguageNames(LanguageNames&&) noexcept;
  ~LanguageNames();

  // The language of that name, in English ("Spanish", "Simplified Chinese", "Spanish (Mexico)") or in itself ("español", "中文"), and of a few usual ones ("Mandarin", "Farsi", "Tagalog"); compared by fold_for_matching. Nothing for other
  // texts, tags among them.
  [[nodiscard]] std::optional<Locale> find(std::string_view text);

 private:
  struct Names;
  std::unique_ptr<Names> names_;
};

}  // namespace handout::unicode
