#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace handout::unicode {

// Countries by what lists of people call them. The names are taken from CLDR when the first text is no code.
class CountryNames {
 public:
  CountryNames();
  CountryNames(CountryNames&&) noexcept;
  ~CountryNames();

  // The code of ISO 3166-1 alpha-2 ("GB") of an alpha-2 or alpha-3 code in any case, of a country's name in English or in a language of its own ("Deutschland", "日本"),
  // and of a few usual ones ("UK", "England", "Holland"); compared by fold_for_matching. Nothing for other texts.
  [[nodiscard]] std::optional<std::string> find(std::string_view text);

 private:
  struct Names;
  std::unique_ptr<Names> names_;
};

}  // namespace handout::unicode
