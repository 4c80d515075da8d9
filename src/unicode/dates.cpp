#include "unicode/formats.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <utility>

#include <fmt/compile.h>
#include <unicode/datefmt.h>
#include <unicode/gregocal.h>
#include <unicode/locid.h>

#include "base/expects.h"
#include "base/numbers.h"
#include "unicode/icu_status.h"
#include "unicode/locale_data.h"

namespace handout::unicode {
namespace {

constexpr double kMillisecondsPerDay = 86400000.0;
constexpr UDate kAlwaysGregorian = -1e15;  // some 30,000 years before the common era

std::chrono::year_month_day calendar_day(Date date) {
  return std::chrono::year(date.year) / date.month / date.day;
}

bool exists(Date date) { return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.day >= 1 && calendar_day(date).ok(); }

icu::DateFormat::EStyle icu_style(DateStyle style) {
  switch (style) {
    case DateStyle::Long: return icu::DateFormat::kLong;
    case DateStyle::Medium: return icu::DateFormat::kMedium;
    case DateStyle::Short: return icu::DateFormat::kShort;
  }
  return icu::DateFormat::kLong;
}

// ISO 8601 dates are Gregorian before 1582 too. Buddhist and Japanese calendars count years over Gregorian days.
void use_proleptic_calendar(icu::DateFormat& format) {
  std::unique_ptr<icu::Calendar> calendar(format.getCalendar()->clone());
  if (auto* const gregorian = dynamic_cast<icu::GregorianCalendar*>(calendar.get())) {
    UErrorCode status = U_ZERO_ERROR;
    gregorian->setGregorianChange(kAlwaysGregorian, status);
    ensure_success(status);
    format.adoptCalendar(calendar.release());
  }
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto part = [&](std::size_t begin, std::size_t length) -> std::optional<long long> {
    const std::string_view digits = text.substr(begin, length);
    return std::ranges::all_of(digits, is_digit) ? parse_integer(digits) : std::nullopt;
  };
  const auto year = part(0, 4), month = part(5, 2), day = part(8, 2);
  if (!year || !month || !day) return std::nullopt;
  const Date date{static_cast<int>(*year), static_cast<int>(*month), static_cast<int>(*day)};
  return exists(date) ? std::optional(date) : std::nullopt;
}

std::string to_text(Date date) { return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}"), date.year, date.month, date.day); }

struct DateFormatter::Formats {
  std::array<std::unique_ptr<icu::DateFormat>, 3> by_style;
  std::map<std::pair<Date, DateStyle>, std::string> known;
};

DateFormatter::DateFormatter(Locale locale) : locale_(std::move(locale)), formats_(std::make_unique<Formats>()) {}
DateFormatter::~DateFormatter() = default;
DateFormatter::DateFormatter(DateFormatter&&) noexcept = default;

std::string DateFormatter::format(Date date, DateStyle style) {
  EXPECTS(exists(date));
  // A mailing's dates recur.
  constexpr std::size_t kMostKnown = 512;
  if (formats_->known.size() >= kMostKnown) formats_->known.clear();
  const auto [known, added] = formats_->known.try_emplace({date, style});
  if (!added) return known->second;
  auto& format = formats_->by_style.at(static_cast<std::size_t>(style));
  if (!format) {
    format.reset(icu::DateFormat::createDateInstance(icu_style(style), icu::Locale(data_locale_id_in_utc(locale_).c_str())));
    ENSURES(format != nullptr);
    use_proleptic_calendar(*format);
  }
  icu::UnicodeString text;
  const auto days = std::chrono::sys_days(calendar_day(date)).time_since_epoch().count();
  format->format(static_cast<double>(days) * kMillisecondsPerDay, text);
  return text.toUTF8String(known->second);
}

std::string format_date(Date date, const Locale& locale, DateStyle style) { return DateFormatter(locale).format(date, style); }

}  // namespace handout::unicode
