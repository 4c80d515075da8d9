#include "xml/references.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/expects.h"
#include "xml/characters.h"

namespace handout::xml {
namespace {

// XML 1.0 section 4.6: the predefined entities; without a DTD there are no others.
constexpr std::array<std::pair<std::string_view, char32_t>, 5> kEntities{{{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};

int digit_value(char c, int base) {
  int value = -1;
  if (c >= '0' && c <= '9') value = c - '0';
  else if (c >= 'a' && c <= 'f') value = c - 'a' + 10;
  else if (c >= 'A' && c <= 'F') value = c - 'A' + 10;
  return value < base ? value : -1;
}

std::variant<Reference, ReferenceFault> read_character_reference(std::string_view source, std::size_t offset) {
  std::size_t i = offset + 2;
  const int base = i < source.size() && source[i] == 'x' ? 16 : 10;
  if (base == 16) ++i;
  const std::size_t first = i;
  char32_t value = 0;
  for (; i < source.size(); ++i) {
    const int digit = digit_value(source[i], base);
    if (digit < 0) break;
    value = std::min<char32_t>(value * static_cast<char32_t>(base) + static_cast<char32_t>(digit), 0x110000);
  }
  const std::string shown = excerpt(source.substr(offset, i - offset));
  if (i == first) return ReferenceFault{fmt::format("'{}' has no number; expected a character reference such as &#233;", shown), ""};
  if (i == source.size() || source[i] != ';') return ReferenceFault{fmt::format("'{}' lacks its ';'", shown), ""};
  if (!is_xml_char(value)) return ReferenceFault{fmt::format("'{};' names no character that XML allows", shown), ""};
  return Reference{value, i + 1 - offset};
}

// Appends up to the next character of `stop`, runs at a time; returns where it stopped.
std::size_t append_run(std::string& to, std::string_view raw, std::size_t from, std::string_view stop) {
  const std::size_t end = std::min(raw.find_first_of(stop, from), raw.size());
  to.append(raw, from, end - from);
  return end;
}

std::size_t append_reference(std::string& to, std::string_view raw, std::size_t offset) {
  const auto read = read_reference(raw, offset);
  const auto* reference = std::get_if<Reference>(&read);
  EXPECTS(reference != nullptr);
  append_utf8(to, reference->value);
  return offset + reference->length;
}

std::size_t append_line_end(std::string& to, std::string_view raw, std::size_t offset, char as) {
  to += as;
  return offset + (raw.substr(offset, 2) == "\r\n" ? 2 : 1);
}

}  // namespace

std::variant<Reference, ReferenceFault> read_reference(std::string_view source, std::size_t offset) {
  if (source.substr(offset, 2) == "&#") return read_character_reference(source, offset);
  const std::size_t end = end_of_name(source.substr(0, std::min(source.size(), offset + 256)), offset + 1);
  const std::string_view name = source.substr(offset + 1, end - offset - 1);
  if (name.empty()) return ReferenceFault{"'&' begins no entity", "a plain ampersand is written &amp;"};
  const std::string shown = excerpt(name);
  if (end == source.size() || source[end] != ';') return ReferenceFault{fmt::format("'&{}' lacks its ';'", shown), "a plain ampersand is written &amp;"};
  const auto* entity = std::find_if(kEntities.begin(), kEntities.end(), [name](const auto& each) { return each.first == name; });
  if (entity != kEntities.end()) return Reference{entity->second, end + 1 - offset};
  return ReferenceFault{fmt::format("undefined entity '&{};'; expected &amp;, &lt;, &gt;, &quot; or &apos;", shown),
                        "write the character itself or its number, such as &#160;"};
}

void append_text(std::string& to, std::string_view raw) {
  for (std::size_t i = 0; (i = append_run(to, raw, i, "&\r")) < raw.size();) {
    i = raw[i] == '&' ? append_reference(to, raw, i) : append_line_end(to, raw, i, '\n');
  }
}

void append_cdata(std::string& to, std::string_view raw) {
  for (std::size_t i = 0; (i = append_run(to, raw, i, "\r")) < raw.size();) i = append_line_end(to, raw, i, '\n');
}

std::string normalize_attribute(std::string_view raw) {
  std::string value;
  for (std::size_t i = 0; (i = append_run(value, raw, i, "&\r\n\t")) < raw.size();) {
    i = raw[i] == '&' ? append_reference(value, raw, i) : append_line_end(value, raw, i, ' ');
  }
  return value;
}

}  // namespace handout::xml
