#include "batch/told_alike.h"

namespace handout::batch {

namespace {

constexpr std::string_view kMeasure = " mm", kCodePoint = "U+", kEllipsis = "\u2026";

std::size_t length_of(std::string_view text, std::string_view among) {
  const std::size_t end = text.find_first_not_of(among);
  return end == std::string_view::npos ? text.size() : end;
}

}  // namespace

std::string told_alike(std::string_view message) {
  std::string result;
  while (!message.empty()) {
    if (message.starts_with(kCodePoint)) {
      result.append(kCodePoint).append(kEllipsis);
      message.remove_prefix(kCodePoint.size());
      message.remove_prefix(length_of(message, "0123456789ABCDEF"));
      continue;
    }
    const std::size_t number = length_of(message, "0123456789.");
    if (number > 0) {
      const bool is_measure = message.substr(number).starts_with(kMeasure);
      result.append(is_measure ? kEllipsis : message.substr(0, number));
      message.remove_prefix(number);
      continue;
    }
    result += message.front();
    message.remove_prefix(1);
  }
  return result;
}

}  // namespace handout::batch
