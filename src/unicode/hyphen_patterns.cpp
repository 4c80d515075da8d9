#include "unicode/hyphen_patterns.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include <fmt/format.h>
#include <unicode/ucnv.h>

#include "base/handle.h"
#include "base/narrow.h"
#include "unicode/icu_status.h"
#include "unicode/text.h"
#include "unicode/utf16_text.h"

namespace handout::unicode {
namespace {

using Converter = Handle<UConverter, ucnv_close>;
using Damage = tl::unexpected<std::string>;

// As many as libhyphen's own reader takes from a line.
constexpr std::size_t kLongestPattern = 98;
constexpr int kLargestMinimum = 99;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

std::string_view take_until(std::string_view& text, char end) {
  const std::string_view part = text.substr(0, text.find(end));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return trimmed(part);
}

// Single bytes and UTF-8 only: in other encodings a line end may be part of a character.
Converter open_converter(std::string_view name) {
  constexpr std::string_view kVendor = "microsoft-";  // hunspell's "microsoft-cp1251" is ICU's "cp1251"
  if (name.starts_with(kVendor)) name.remove_prefix(kVendor.size());
  if (name.empty() || name.size() > 20 || !std::ranges::all_of(name, [](char c) { return c > ' ' && c < 0x7F; })) return nullptr;
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(std::string(name).c_str(), &status));
  if (status == U_MEMORY_ALLOCATION_ERROR) ensure_success(status);
  if (U_FAILURE(status)) return nullptr;
  constexpr std::array kTypes{UCNV_SBCS, UCNV_UTF8, UCNV_LATIN_1, UCNV_US_ASCII};
  if (std::ranges::find(kTypes, ucnv_getType(converter.get())) == kTypes.end()) return nullptr;
  return converter;
}

// What is no character of the encoding becomes U+FFFD, or U+001A for one byte.
std::string read_as(UConverter& converter, std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  std::u16string out(2 * bytes.size() + 1, u'\0');
  const std::int32_t length = ucnv_toUChars(&converter, out.data(), narrow<std::int32_t>(out.size()), bytes.data(), narrow<std::int32_t>(bytes.size()), &status);
  ensure_success(status);
  out.resize(static_cast<std::size_t>(length));
  return to_utf8(out);
}

bool is_text(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; })) return true;  // as most is
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode(text, i);
    if (c.value < 0x20 || (c.value >= 0x7F && c.value <= 0x9F) || c.value == 0xFFFD || is_white_space(c.value)) return false;
    i = c.end;
  }
  return true;
}

struct Minimum {
  std::string_view keyword;
  int HyphenLevel::*value;
};
constexpr std::array<Minimum, 4> kMinimums{{{"LEFTHYPHENMIN", &HyphenLevel::left},
                                            {"RIGHTHYPHENMIN", &HyphenLevel::right},
                                            {"COMPOUNDLEFTHYPHENMIN", &HyphenLevel::compound_left},
                                            {"COMPOUNDRIGHTHYPHENMIN", &HyphenLevel::compound_right}}};

bool read_setting(std::string_view line, HyphenLevel& level) {
  if (line.front() < 'A' || line.front() > 'Z') return false;  // as most
  for (const Minimum& minimum : kMinimums) {
    if (!line.starts_with(minimum.keyword)) continue;
    const std::string_view value = trimmed(line.substr(minimum.keyword.size()));
    int number = 0;
    std::from_chars(value.data(), value.data() + value.size(), number);
    level.*minimum.value = std::clamp(number, 0, kLargestMinimum);
    return true;
  }
  constexpr std::string_view kNoHyphen = "NOHYPHEN";
  if (!line.starts_with(kNoHyphen)) return false;
  level.no_hyphen.clear();
  for (std::string_view items = line.substr(kNoHyphen.size()); !items.empty();) {
    const std::string_view item = take_until(items, ',');
    if (!item.empty() && is_text(item)) level.no_hyphen.emplace_back(item);
  }
  return true;
}

// "as3szon/sz=sz,2,1" splits with other letters than the word has: the odd digit, which allows, becomes the next even one, which forbids.
void forbid(std::string& digits) {
  for (char& digit : digits) {
    if ((digit - '0') % 2 == 1) digit = digit == '9' ? '8' : static_cast<char>(digit + 1);
  }
}

struct Pattern {
  std::string letters, digits;
};

// Into `out`, whose memory serves for pattern after pattern.
void read_pattern(std::string_view text, Pattern& out) {
  out.letters.clear();
  out.digits.assign(1, '0');
  for (const char c : text) {
    if (is_digit(c)) {
      out.digits.back() = c;
    } else {
      out.letters += c;
      out.digits += '0';
    }
  }
  // Beyond the word's ends, where libhyphen would write outside its buffer.
  if (out.letters.starts_with('.')) out.digits.front() = '0';
  if (out.letters.ends_with('.')) out.digits.back() = '0';
}

// What is wrong with the line, or "".
std::string_view read_line(std::string_view line, HyphenLevel& level, Pattern& pattern) {
  if (line.empty() || line.front() == '%' || line.front() == '#' || read_setting(line, level)) return {};
  const std::string_view whole(line.data(), static_cast<std::size_t>(std::ranges::find_if(line, is_blank) - line.begin()));  // the rest is a comment
  if (!is_text(whole)) return "has what is no text of its encoding";
  const std::size_t slash = whole.find('/');
  read_pattern(whole.substr(0, slash), pattern);
  if (pattern.letters.size() > kLongestPattern) return "is too long";
  if (slash != std::string_view::npos) forbid(pattern.digits);
  if (pattern.letters.find_first_not_of('.') != std::string::npos) level.add(pattern.letters, pattern.digits);
  return {};
}

// The first eight, as a number that is greater where they are.
std::uint64_t first_letters(std::string_view letters) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof number; ++i) number = number << 8U | (i < letters.size() ? static_cast<unsigned char>(letters[i]) : 0U);
  return number;
}

// Of equal ones the last counts, as in libhyphen.
void sort_patterns(HyphenLevel& level) {
  // Most are told apart by their first letters. No pattern holds U+0000, so that a shorter one is before those it begins.
  struct Keyed {
    std::uint64_t first = 0;
    HyphenLevel::Pattern pattern;
  };
  std::vector<Keyed> sorted;
  sorted.reserve(level.patterns.size());
  for (const HyphenLevel::Pattern& pattern : level.patterns) sorted.push_back({first_letters(level.letters(pattern)), pattern});
  const auto compare = [&level](const Keyed& a, const Keyed& b) {
    if (a.first != b.first) return a.first < b.first ? -1 : 1;
    return level.letters(a.pattern).compare(level.letters(b.pattern));
  };
  std::ranges::sort(sorted, [&](const Keyed& a, const Keyed& b) {
    const int letters = compare(a, b);
    return letters != 0 ? letters < 0 : a.pattern.begin < b.pattern.begin;
  });
  level.patterns.clear();
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i + 1 == sorted.size() || compare(sorted[i], sorted[i + 1]) != 0) level.patterns.push_back(sorted[i].pattern);
  }
}

// What libhyphen reads where a dictionary has one level: words are compounds at hyphens and apostrophes.
HyphenLevel usual_compounds(const HyphenLevel& parts) {
  HyphenLevel out;
  out.left = parts.left;
  out.right = parts.right;
  const auto least = [](int compound, int simple) { return compound != 0 ? compound : simple != 0 ? simple : 3; };
  out.compound_left = least(parts.compound_left, parts.left);
  out.compound_right = least(parts.compound_right, parts.right);
  out.no_hyphen = {"'", "–", "’", "-"};
  Pattern pattern;
  for (const std::string_view mark : {"1'1", "1-1", "1–1", "1’1"}) {
    read_pattern(mark, pattern);
    out.add(pattern.letters, pattern.digits);
  }
  sort_patterns(out);
  return out;
}

}  // namespace

void HyphenLevel::add(std::string_view letters, std::string_view digits) {
  patterns.push_back({narrow<std::uint32_t>(text.size()), narrow<std::uint32_t>(letters.size())});
  text.append(letters).append(digits);
}

tl::expected<HyphenLevels, std::string> read_hyphen_patterns(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::string_view encoding = take_until(bytes, '\n');
  const Converter converter = open_converter(encoding);
  if (converter == nullptr) return Damage("its first line names no known encoding");

  const bool is_text_already = ucnv_getType(converter.get()) == UCNV_UTF8 && !find_invalid_utf8(bytes);
  const std::string text = is_text_already ? std::string() : read_as(*converter, bytes);
  std::string_view rest = is_text_already ? bytes : text;
  std::array<HyphenLevel, 2> levels;
  levels.front().text.reserve(2 * rest.size());
  std::size_t current = 0;
  Pattern pattern;
  for (std::size_t number = 2; !rest.empty(); ++number) {
    const std::string_view line = take_until(rest, '\n');
    if (line.starts_with("NEXTLEVEL")) {
      if (++current == levels.size()) return Damage(fmt::format("line {} begins a third level", number));
    } else if (const std::string_view wrong = read_line(line, levels[current], pattern); !wrong.empty()) {
      return Damage(fmt::format("line {} {}", number, wrong));
    }
  }
  if (levels[current].patterns.empty()) return Damage("there is no pattern in it");
  std::ranges::for_each(levels, sort_patterns);
  if (current == 0) return HyphenLevels{usual_compounds(levels[0]), std::move(levels[0])};
  return HyphenLevels{std::move(levels[0]), std::move(levels[1])};
}

}  // namespace handout::unicode
