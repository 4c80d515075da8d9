#include <fmt/format.h>

#include <algorithm>

#include "base/narrow.h"
#include "layouts/reader.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_word(std::string_view text, std::string_view marks) {
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || is_digit(c) || marks.find(c) != std::string_view::npos; });
}

}  // namespace

Span place(const xml::Attribute& attribute, std::size_t offset) {
  const std::string_view before = std::string_view(attribute.value).substr(0, offset);
  // Columns count code points: continuation bytes have none.
  const auto characters = std::count_if(before.begin(), before.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; });
  return attribute.value_at.at(attribute.value_at.line, attribute.value_at.column + narrow<std::uint32_t>(characters));
}

std::vector<Piece> pieces_of(const xml::Attribute& attribute) {
  std::vector<Piece> pieces;
  const std::string_view value = attribute.value;
  for (std::size_t begin = value.find_first_not_of(' '); begin != std::string_view::npos;) {
    const std::size_t end = std::min(value.find(' ', begin), value.size());
    pieces.push_back({value.substr(begin, end - begin), place(attribute, begin)});
    begin = value.find_first_not_of(' ', end);
  }
  return pieces;
}

std::string text_of(const xml::Element& element, std::string_view attribute) { return std::string(element.value(attribute)); }

bool is_name(std::string_view text) { return is_word(text, "-_"); }
bool is_field_name(std::string_view text) { return is_word(text, "-."); }

std::string read_field_name(const xml::Element& element, std::string_view attribute, Diagnostics& diags) {
  const xml::Attribute* found = element.find(attribute);
  if (found == nullptr) return "";
  if (!is_field_name(found->value)) diags.error(found->value_at, fmt::format("'{}' is not the name of a field", xml::excerpt(found->value))).hint("names of fields are such as clinic.phone");
  return found->value;
}

std::vector<std::string> read_classes(const xml::Element& element, Diagnostics& diags) {
  std::vector<std::string> classes;
  const xml::Attribute* attribute = element.find("class");
  if (attribute == nullptr) return classes;
  for (const Piece& piece : pieces_of(*attribute)) {
    if (is_name(piece.text)) classes.emplace_back(piece.text);
    else diags.error(piece.at, fmt::format("'{}' is not the name of a class", xml::excerpt(piece.text))).hint("use letters, digits, '-' and '_', with a letter first");
  }
  return classes;
}

}  // namespace handout::layouts
