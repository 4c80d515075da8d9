#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "unicode/locale.h"

namespace handout::unicode {

// Capitals by the rules of a language (Unicode 15, section 3.13 and SpecialCasing): Turkish i becomes İ, Greek loses its accents, ß becomes SS. May be used by several threads at a time.
class Capitals {
 public:
  explicit Capitals(const Locale& language);
  ~Capitals();
  Capitals(Capitals&&) noexcept;
  Capitals& operator=(Capitals&&) noexcept;

  // `text` must be UTF-8.
  [[nodiscard]] std::string of(std::string_view text) const;

 private:
  struct Map;
  std::unique_ptr<const Map> map_;
};

}  // namespace handout::unicode
