#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "unicode/sequence_parts.h"
#include "unicode/text.h"

namespace handout::unicode {
namespace {

constexpr std::size_t kMostGroups = 8;
constexpr std::size_t kMostDigits = 17;  // ITU-T E.164: 15, and "00" before them

struct Group {
  std::size_t digits = 0, end = 0;
  bool starts_with_zero = false, is_round = false;  // round: ends with 0, as the ends of ranges do
  bool in_brackets = false;
  char32_t separator = 0;  // between this group and the one before
};

struct Number {
  bool has_plus = false;
  std::vector<Group> groups;
};

bool is_hyphen(char32_t c) { return c == U'-' || c == U'\u2011' || c == U'\u2010'; }

int digit_value(std::string_view text, std::size_t at) {
  // Digits of a script follow one another from a multiple of sixteen or six (UAX #44): only zero matters here.
  const char32_t c = character_at(text, at);
  return c >= U'1' && c <= U'9' ? static_cast<int>(c - U'0') : c == U'0' || !is_decimal_digit(c - 1) ? 0 : 1;
}

// The group of digits at `at`, with brackets round it.
std::optional<Group> read_group(std::string_view text, std::size_t at) {
  Group out;
  if (character_at(text, at) == U'(') {
    out.in_brackets = true;
    at = next_character(text, at);
  }
  out.starts_with_zero = digit_value(text, at) == 0;
  while (out.digits <= kMostDigits && is_decimal_digit(character_at(text, at))) {
    out.is_round = digit_value(text, at) == 0;
    at = next_character(text, at);
    ++out.digits;
  }
  if (out.digits == 0) return std::nullopt;
  if (out.in_brackets) {
    if (character_at(text, at) != U')') return std::nullopt;
    at = next_character(text, at);
  }
  out.end = at;
  return out;
}

Number read_number(std::string_view text, std::size_t at) {
  Number out;
  if (character_at(text, at) == U'+') {
    out.has_plus = true;
    at = next_character(text, at);
  }
  char32_t separator = 0;
  while (out.groups.size() < kMostGroups) {
    auto group = read_group(text, at);
    if (!group) break;
    group->separator = separator;
    at = group->end;
    out.groups.push_back(*group);
    separator = character_at(text, at);
    if (is_inner_space(separator) || is_hyphen(separator) || separator == U'.' || separator == U'/') at = next_character(text, at);
    else if (separator != U'(' && !group->in_brackets) break;
  }
  return out;
}

// The countries' usual groupings of numbers that no zero begins.
bool is_usual_grouping(std::span<const Group> groups) {
  static constexpr std::array<std::string_view, 12> kGroupings{"334", "1334", "333", "3222", "2322", "322", "13322", "344", "244", "254", "433", "3322"};
  std::string lengths;
  for (const Group& group : groups) lengths += static_cast<char>('0' + std::min<std::size_t>(group.digits, 9));
  const auto separated_by = [&](auto is) { return std::ranges::all_of(groups.subspan(1), is, &Group::separator); };
  if (lengths == "34") return separated_by(is_hyphen) && !(groups[0].is_round && groups[1].is_round);  // "500-1000" is a range
  if (lengths == "333" && separated_by([](char32_t c) { return c == U'.'; })) return false;           // "612.345.678" is a number
  if (lengths == "322") return separated_by(is_hyphen);
  return std::ranges::find(kGroupings, lengths) != kGroupings.end();
}

// "22.11.2026", "01/02/26", "2026-11-22"
bool is_date(std::span<const Group> groups) {
  if (groups.size() != 3) return false;
  const std::size_t a = groups[0].digits, b = groups[1].digits, c = groups[2].digits;
  return b <= 2 && ((a <= 2 && (c == 2 || c == 4)) || (a == 4 && c <= 2));
}

bool is_phone(bool has_plus, std::span<const Group> groups) {
  std::size_t digits = 0;
  for (const Group& group : groups) digits += group.digits;
  if (digits < 7 || digits > kMostDigits || is_date(groups)) return false;
  if (has_plus) return true;
  if (groups.front().in_brackets) return groups.size() > 1 && groups.front().digits <= 5;
  if (groups.size() < 2) return false;
  if (groups.front().starts_with_zero) return digits >= 8 || groups.size() == 2;
  const bool has_slash = std::ranges::any_of(groups, [](const Group& group) { return group.separator == U'/'; });
  return !has_slash && is_usual_grouping(groups);
}

bool ends_number(std::string_view text, std::size_t at) {
  const char32_t c = character_at(text, at);
  if (is_word_character(c) || c == U'@' || c == U'%' || c == U'_') return false;
  const bool joins = is_dash(c) || c == U'.' || c == U'/' || c == U':' || c == U',';
  return !joins || !is_word_character(character_at(text, next_character(text, at)));
}

// "ext. 12", "x12", "доб. 5", with the white space before it.
std::optional<std::size_t> extension_end(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 9> kWords{"extension", "ext", "anexo", "interno", "poste", "ramal", "доб", "int", "x"};
  if (character_at(text, at) == U',') at = next_character(text, at);
  if (is_inner_space(character_at(text, at))) at = next_character(text, at);
  const auto word = std::ranges::find_if(kWords, [&](std::string_view candidate) { return text.substr(at).starts_with(candidate); });
  if (word == kWords.end()) return std::nullopt;
  at += word->size();
  if (character_at(text, at) == U'.') at = next_character(text, at);
  if (is_inner_space(character_at(text, at))) at = next_character(text, at);
  std::size_t digits = 0;
  for (; digits < 7 && is_decimal_digit(character_at(text, at)); ++digits) at = next_character(text, at);
  if (digits == 0 || digits > 6 || is_word_character(character_at(text, at))) return std::nullopt;
  return at;
}

}  // namespace

std::optional<std::size_t> phone_end(std::string_view text, std::size_t at) {
  const Number number = read_number(text, at);
  // The longest that is one: what follows after a space may be another number.
  for (std::size_t count = number.groups.size(); count > 0; --count) {
    const std::span<const Group> groups(number.groups.data(), count);
    const std::size_t end = groups.back().end;
    const auto extension = extension_end(text, end);
    const bool is_long_number = count == 1 && groups[0].digits >= 7 && extension;
    if (!is_long_number && !is_phone(number.has_plus, groups)) continue;
    if (extension) return extension;
    if (ends_number(text, end)) return end;
  }
  return std::nullopt;
}

}  // namespace handout::unicode
