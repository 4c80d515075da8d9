#include "images/svg_scanner.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace handout::images {
namespace {

constexpr double kLargestNumber = 1e9;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The whole character at the front of UTF-8 text.
std::string_view first_character(std::string_view text) {
  std::size_t size = 1;
  while (size < text.size() && size < 4 && (static_cast<unsigned char>(text[size]) & 0xC0u) == 0x80u) ++size;
  return text.substr(0, size);
}

}  // namespace

bool SvgScanner::at_number() const {
  const char c = peek();
  return is_digit(c) || c == '.' || c == '-' || c == '+';
}

bool SvgScanner::take_if(char wanted) {
  if (at_end() || peek() != wanted) return false;
  ++position_;
  return true;
}

void SvgScanner::skip_space() {
  while (is_space(peek())) ++position_;
}

bool SvgScanner::skip_separator() {
  skip_space();
  const bool comma = take_if(',');
  skip_space();
  return comma;
}

std::optional<double> SvgScanner::number() {
  std::string_view rest = text_.substr(position_);
  const bool plus = rest.starts_with('+');
  if (plus) rest.remove_prefix(1);  // from_chars knows no plus
  // from_chars would also take "inf" and "nan", and a minus after the plus.
  const std::string_view digits = rest.substr(!plus && rest.starts_with('-') ? 1 : 0);
  const bool starts = !digits.empty() && (is_digit(digits[0]) || (digits[0] == '.' && digits.size() > 1 && is_digit(digits[1])));
  if (!starts) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (error != std::errc{} || !std::isfinite(value) || std::abs(value) > kLargestNumber) return std::nullopt;
  position_ = static_cast<std::size_t>(end - text_.data());
  return value;
}

std::optional<bool> SvgScanner::flag() {
  if (take_if('0')) return false;
  if (take_if('1')) return true;
  return std::nullopt;
}

std::string_view SvgScanner::word() {
  const std::size_t start = position_;
  while (is_letter(peek())) ++position_;
  return text_.substr(start, position_ - start);
}

ValueFault SvgScanner::expected(std::string_view what) const {
  if (at_end()) return fault(fmt::format("expected {}, found its end", what));
  return fault(fmt::format("expected {}, found '{}'", what, first_character(text_.substr(position_))));
}

}  // namespace handout::images
