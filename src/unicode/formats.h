#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "unicode/locale.h"

namespace handout::unicode {

// In the locale's digits and grouping.
std::string format_integer(std::int64_t value, const Locale& locale);
// In the locale's digits, without grouping: page numbers, list labels.
std::string format_ordinal_number(std::int64_t value, const Locale& locale);
// `value` is a plain decimal ("4.50"); the digits after the point are kept.
std::string format_decimal(std::string_view value, const Locale& locale);
// ICU unit formatting of a plain decimal: ("4.5", "kilogram") -> "4.5 kg" in the locale; nothing for a unit that ICU doesn't know.
std::optional<std::string> format_measure(std::string_view value, std::string_view unit, const Locale& locale);

struct Date {
  int year = 1970, month = 1, day = 1;
  friend auto operator<=>(const Date&, const Date&) = default;
};
// "2026-11-22", a day that exists.
std::optional<Date> parse_date(std::string_view text);
std::string to_text(Date date);  // "2026-11-22"
enum class DateStyle { Long, Medium, Short };
// In the locale's own calendar (CLDR: Buddhist for "th", Persian for "fa", "ps" and "prs") unless the tag names one ("fa-u-ca-gregory").
std::string format_date(Date date, const Locale& locale, DateStyle style);
// The same for many dates: ICU's patterns and symbols are read once for each style. Not shared between threads.
class DateFormatter {
 public:
  explicit DateFormatter(Locale locale);
  ~DateFormatter();
  DateFormatter(DateFormatter&&) noexcept;
  std::string format(Date date, DateStyle style);

 private:
  struct Formats;
  Locale locale_;
  std::unique_ptr<Formats> formats_;
};

// "one", "few", "other", ... (CLDR cardinal plural rules); `value` is a plain decimal.
std::string plural_category(std::string_view value, const Locale& locale);

// What stands between a number's digits (CLDR): for the locale's own digits and for western ones.
struct NumberMarks {
  struct Pair { char32_t decimal = U'.', grouping = U','; };
  Pair own, western;
};
NumberMarks number_marks(const Locale& locale);
// Where the number that a text begins with has its decimal mark, or ends when it has none: bytes before it, isolates and other marks of direction not counted. Signs, currency signs and white
// space may stand before the number. Nothing for a text that begins with a letter, or without digits.
std::optional<std::size_t> find_decimal_mark(std::string_view text, const NumberMarks& marks);

using MessageArguments = std::map<std::string, std::variant<std::string, std::int64_t>, std::less<>>;
// ICU MessageFormat with named arguments. Nothing when the pattern is wrong or names an argument that is not given; `reason` then says why.
std::optional<std::string> format_message(std::string_view pattern, const MessageArguments& arguments, const Locale& locale, std::string* reason = nullptr);

// Label of the n-th item of an ordered list: "1." in the locale's digits and with its usual mark after the number.
std::string list_label(std::int64_t number, const Locale& locale);

// The locale's quotation marks (CLDR delimiters), outer.
struct QuotationMarks { std::string open, close; };
QuotationMarks quotation_marks(const Locale& locale);

}  // namespace handout::unicode
