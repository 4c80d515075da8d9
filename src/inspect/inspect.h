#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"

// Door to libqpdf: reads finished files back. Independent of the writer.
namespace handout::inspect {

// A code that ToUnicode maps to U+2060 alone is a glyph without text of its own (more glyphs than characters): it is left out of every text here.
struct ElementNode {
  std::string role;                         // after the RoleMap
  std::string language, alt, title;
  std::map<std::string, std::string> attributes;  // "Scope" -> "Column", "ListNumbering" -> "Decimal", "RowSpan" -> "2"
  std::vector<std::variant<std::string, ElementNode>> kids;  // text of a marked content sequence (through ToUnicode), or an element, in reading order
};

struct FontReport { std::string name; std::string type; bool embedded = false; bool to_unicode = false; std::size_t program_bytes = 0; };

struct Report {
  std::string version, title, language;
  std::size_t pages = 0;
  std::vector<std::pair<double, double>> page_sizes;  // points
  std::vector<FontReport> fonts;
  std::vector<std::string> outline;         // indented titles
  std::vector<std::string> links;           // URI, or "#name"
  std::string xmp;
  std::map<std::string, std::string> info;
  ElementNode tree;                         // empty role when untagged
};

// Errors: a text that says what is broken.
tl::expected<Report, std::string> read_pdf(std::string_view bytes);

// Elements of this role stand in a line of their parent.
bool is_inline(std::string_view role);
// The whole text in structure order: blocks separated by '\n', text inside a block joined as it is.
std::string structure_text(const ElementNode& tree);
// Indented, one element a line with its attributes and text: tags.txt.
std::string dump(const ElementNode& tree);
// One line for each element: the roles on the way to it and its attributes, without text.
std::vector<std::string> element_lines(const ElementNode& tree);

// What every file must hold: PDF/A-2 (or A-3) at level B, as far as handouts make use of PDF. Empty: all hold. Each fault begins with the numbers of what it breaks
// (src/pdf/conformance.md).
std::vector<std::string> check_archive(std::string_view bytes);
// What a tagged file must hold: all of check_archive, PDF/UA-1 and level A. Linear in the file; what handouts never have (forms, optional content, simple fonts) is
// refused, so that nothing goes unchecked.
std::vector<std::string> check_tags(std::string_view bytes);

}  // namespace handout::inspect
