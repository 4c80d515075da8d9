#include "base/numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/expects.h"

namespace handout {

std::string decimal_text(double value, int decimals) {
  std::string text;
  append_decimal(text, value, decimals);
  return text;
}

void append_decimal(std::string& text, double value, int decimals) {
  EXPECTS(std::isfinite(value));
  std::array<char, 400> buffer;  // 309 digits before the point
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
  EXPECTS(error == std::errc{});
  std::string_view written(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  if (written.find('.') != std::string_view::npos) {
    while (written.back() == '0') written.remove_suffix(1);
    if (written.back() == '.') written.remove_suffix(1);
  }
  text += written == "-0" ? std::string_view("0") : written;
}

std::optional<double> parse_decimal(std::string_view text) {
  bool digit = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c >= '0' && c <= '9') digit = true;
    else if (c == '-' && i == 0) continue;
    else if (c == '.' && text.find('.') == i) continue;
    else return std::nullopt;
  }
  if (!digit) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<std::string> exact_decimal(std::string_view text) {
  if (!parse_decimal(text)) return std::nullopt;
  const bool negative = text.front() == '-';
  if (negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string_view whole = text.substr(0, point), fraction = text.substr(std::min(point + 1, text.size()));
  while (whole.starts_with('0')) whole.remove_prefix(1);
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  if (whole.empty() && fraction.empty()) return "0";
  std::string exact = negative ? "-" : "";
  exact.append(whole.empty() ? std::string_view("0") : whole);
  if (!fraction.empty()) exact.append(".").append(fraction);
  return exact;
}

std::string decimal_order(std::string_view exact) {
  const bool negative = exact.starts_with('-');
  if (negative) exact.remove_prefix(1);
  const std::size_t whole = std::min(exact.find('.'), exact.size());
  // The sign, how many digits stand before the point, the digits; of negative numbers what is missing to all nines, with an end behind all digits.
  EXPECTS(whole < 0x10000);
  std::string order{'1', static_cast<char>(whole >> 8U), static_cast<char>(whole & 0xFFU)};
  for (const char c : exact) {
    if (c != '.') order += c;
  }
  if (!negative) return order;
  order.front() = '0';
  for (std::size_t i = 1; i < 3; ++i) order[i] = static_cast<char>(~order[i]);
  for (std::size_t i = 3; i < order.size(); ++i) order[i] = static_cast<char>('9' - (order[i] - '0'));
  return order + '~';
}

std::optional<long long> parse_integer(std::string_view text) {
  long long value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::uint64_t> parse_digits(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  std::string text = std::to_string(count);
  text.append(" ").append(count == 1 || many.empty() ? one : many);
  if (count != 1 && many.empty()) text += 's';
  return text;
}

}  // namespace handout
