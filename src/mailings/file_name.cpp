#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "mailings/limits.h"
#include "mailings/mailing.h"
#include "mailings/reader.h"
#include "unicode/text.h"

namespace handout::mailings {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// POSIX.1-2017 section 3.282, "Portable Filename Character Set".
bool is_portable(char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-'; }

void append_value(std::string& name, std::string_view value) {
  for (std::size_t at = 0; at < value.size();) {
    const unicode::CodePoint point = unicode::decode(value, at);
    if (point.value < 0x80 && is_portable(value[at])) name += value[at];
    else name += fmt::format("_{:X}_", static_cast<std::uint32_t>(point.value));
    at = point.end;
  }
}

}  // namespace

bool is_field_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) && std::all_of(name.begin(), name.end(), [](char c) { return is_portable(c); });
}

// Windows keeps these for devices, with any ending and in any case.
bool is_reserved_name(std::string_view name) {
  const std::string stem = ascii_lowered(name.substr(0, name.find('.')));
  if (stem == "con" || stem == "prn" || stem == "aux" || stem == "nul") return true;
  return stem.size() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")) && is_digit(stem[3]);
}

std::optional<NameTemplate> parse_name_template(std::string_view text) {
  constexpr std::string_view kEnd = ".pdf";
  if (!text.ends_with(kEnd) || text.size() == kEnd.size() || text.front() == '.' || text.front() == '-') return std::nullopt;
  NameTemplate parts;
  std::string literal;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '{') {
      if (!is_portable(text[at])) return std::nullopt;
      literal += text[at++];
      continue;
    }
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos || !is_field_name(text.substr(at + 1, end - at - 1))) return std::nullopt;
    if (!literal.empty()) parts.emplace_back(std::exchange(literal, {}));
    parts.emplace_back(NameField{std::string(text.substr(at + 1, end - at - 1))});
    at = end + 1;
  }
  parts.emplace_back(std::move(literal));
  return parts;
}

std::optional<std::string> file_name(const NameTemplate& parts, const FieldValue& value) {
  std::string name;
  for (const NamePart& part : parts) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      name += *literal;
      continue;
    }
    const std::string_view text = value(std::get<NameField>(part).name);
    if (text.empty()) return std::nullopt;
    // A name that begins with a dot is hidden, one that begins with a dash looks like an option.
    if (name.empty() && (text.front() == '.' || text.front() == '-')) name += '_';
    append_value(name, text);
    if (name.size() > kLongestName) return std::nullopt;
  }
  if (name.size() > kLongestName || is_reserved_name(name)) return std::nullopt;
  return name;
}

std::string collision_key(std::string_view file_name) { return ascii_lowered(file_name); }

}  // namespace handout::mailings
