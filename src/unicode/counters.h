#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "unicode/locale.h"

// Labels of ordered lists (CSS Counter Styles 3).
namespace handout::unicode {

// Number: the locale's own digits. Native: as the language counts in lists where it has a way of its own (CLDR's native or traditional numbering: 一二三, א ב ג, ١٢٣), else Number. The others are of Latin letters.
enum class CounterStyle : std::uint8_t { Number, Native, LowerAlpha, UpperAlpha, LowerRoman, UpperRoman };

// Counts in one style and language; made once for a list.
class ListCounter {
 public:
  ListCounter(CounterStyle style, const Locale& locale);
  ListCounter(ListCounter&&) noexcept;
  ListCounter& operator=(ListCounter&&) noexcept;
  ~ListCounter();

  // "iv", "aa", "十二". A number that the style has no signs for (letters begin at 1, Roman numbers end at 3999) is written in the locale's digits.
  [[nodiscard]] std::string number(std::int64_t value) const;
  // The same with the mark that usually stands behind it: "iv.", "十二、".
  [[nodiscard]] std::string label(std::int64_t value) const;

 private:
  struct Native;
  CounterStyle style_;
  Locale locale_;
  std::unique_ptr<Native> native_;  // null where the language counts in its digits
};

}  // namespace handout::unicode
