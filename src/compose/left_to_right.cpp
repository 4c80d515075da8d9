#include "compose/left_to_right.h"

#include <algorithm>

#include "unicode/breaking.h"
#include "unicode/text.h"

namespace handout::compose {

using unicode::CodePoint;
using unicode::Sequence;
using unicode::SequenceKind;

namespace {

// Digits of class AN turn round what stands between them even in an isolate (UAX #9, I1 and L2), so a number of such digits is overridden as well.
constexpr std::string_view kIsolate = "\u2066", kPop = "\u2069", kOverride = "\u2066\u202D", kPopOverride = "\u202C\u2069";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool has_arabic_digits(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = unicode::decode(text, i);
    if ((c.value >= 0x0660 && c.value <= 0x0669) || (c.value >= 0x06F0 && c.value <= 0x06F9)) return true;
    i = c.end;
  }
  return false;
}

bool is_latin_amount(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_digit) && unicode::first_strong_direction(text) == unicode::Direction::LeftToRight;
}

int opened_by(char32_t c) {
  if ((c >= 0x2066 && c <= 0x2068) || c == 0x202A || c == 0x202B || c == 0x202D || c == 0x202E) return 1;
  return c == 0x2069 || c == 0x202C ? -1 : 0;
}

}  // namespace

std::vector<LeftToRight> LeftToRightFinder::find(std::string_view text, const unicode::Locale& language) {
  std::vector<LeftToRight> found;
  std::size_t at = 0;
  const auto walk_to = [&](std::size_t end) {
    while (at < end) {
      const CodePoint c = unicode::decode(text, at);
      open_ = std::max(0, open_ + opened_by(c.value));
      at = c.end;
    }
  };
  for (const Sequence& sequence : unicode::find_sequences(text, language)) {
    const std::string_view words = text.substr(sequence.begin, sequence.end - sequence.begin);
    walk_to(sequence.begin);
    const bool is_left_to_right = sequence.kind == SequenceKind::Quantity ? is_latin_amount(words) : sequence.kind != SequenceKind::TitledName;
    if (open_ > 0 || !is_left_to_right) continue;
    const bool overridden = sequence.kind == SequenceKind::Phone && has_arabic_digits(words);
    found.push_back({sequence.begin, sequence.end, overridden ? kOverride : kIsolate, overridden ? kPopOverride : kPop});
  }
  walk_to(text.size());
  return found;
}

std::vector<LeftToRight> left_to_right_in_value(std::string_view value, const unicode::Locale& language) {
  const auto direction = unicode::first_strong_direction(value);
  if (direction == unicode::Direction::LeftToRight || (!direction && !has_arabic_digits(value))) return {};
  std::vector<LeftToRight> found = LeftToRightFinder().find(value, language);
  if (!direction) std::erase_if(found, [](const LeftToRight& each) { return each.before == kIsolate; });
  return found;
}

}  // namespace handout::compose
