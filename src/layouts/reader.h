#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "layouts/layout.h"
#include "layouts/prepare.h"
#include "layouts/properties.h"
#include "xml/element.h"

// What the readers of this folder share. They run after xml::validate and say nothing a second time: what validate refused reads as if it were
// not there, so that the faults of both are told at once.
namespace handout::layouts {

using Colors = std::map<std::string, Color, std::less<>>;

// One layout that is being read.
struct Context {
  Diagnostics& diags;
  const Colors& colors;          // of all files of the layout, merged
  const Folders& folders;        // paths start in that of the file that they are written in
  std::filesystem::path root;    // LayoutDefinition::folder
};

// ---- attributes (attributes.cpp) ----

// A word of an attribute's value and where it stands.
struct Piece {
  std::string_view text;
  Span at;
  const xml::Attribute* attribute = nullptr;
  std::size_t offset = 0;  // in its value
};
// Where the character at a byte offset of the value stands.
Span place(const xml::Attribute& attribute, std::size_t offset);
std::vector<Piece> pieces_of(const xml::Attribute& attribute);
// The same, but that sums of lengths ("2em + 3mm", "2 * (1u + 1mm)") are one piece each.
std::vector<Piece> lengths_of(const xml::Attribute& attribute);

std::string text_of(const xml::Element& element, std::string_view attribute);
// Letters, digits, '-' and '_', a letter first.
bool is_name(std::string_view text);
// Letters, digits, '-' and '.', a letter first: "patient.birth-date".
bool is_field_name(std::string_view text);
std::string read_field_name(const xml::Element& element, std::string_view attribute, Diagnostics& diags);
std::vector<std::string> read_classes(const xml::Element& element, Diagnostics& diags);

// ---- conditions (conditions.cpp) ----

// Where items stand: slots, headings and contents have no meaning in what is repeated on every page, nor pages in what flows.
enum class Place : std::uint8_t { Body, Parallel, Band, Region };
Shown read_shown(const xml::Element& element, Place where, Diagnostics& diags);
std::vector<std::string> read_scripts(const xml::Attribute& attribute, Diagnostics& diags);
std::vector<std::string> read_locales(const xml::Attribute& attribute, Diagnostics& diags);
std::optional<PageOn> page_on(std::string_view word);
std::string_view to_text(PageOn on);

// ---- values (values.cpp) ----

std::optional<Dimension> read_length(const Piece& piece, const LengthRule& rule, std::string_view name, Diagnostics& diags);
// Nothing when the attribute is absent or wrong.
std::optional<Dimension> read_length(const xml::Element& element, std::string_view attribute, const LengthRule& rule, Diagnostics& diags);
// As many lengths as `count`, from fewer as CSS does it: one for all; top and sides; top, sides, bottom. Empty when something is wrong.
std::vector<Dimension> read_lengths(const xml::Attribute& attribute, std::size_t count, const LengthRule& rule, Diagnostics& diags);
std::optional<Color> read_color(const Piece& piece, const Context& context);
// The value of a property; nothing when it is wrong.
std::optional<Value> read_value(const xml::Attribute& attribute, const PropertyForm& form, const Context& context);
// Relative, with '/' and without "..".
bool is_safe_path(std::string_view text);
// A path beside the file as a path from LayoutDefinition::folder; a file that is not there is a fault.
std::string read_path(const xml::Attribute& attribute, const Context& context);

// ---- parts of a layout ----

// The rules of all roots, base first, with what they use of named styles; those of roots from `profile` on have the layer of profiles. read_styles.cpp
std::vector<StyleRule> read_styles(const std::vector<xml::Element>& roots, std::size_t profile, const Context& context);
std::vector<Selector> read_selectors(const xml::Attribute& attribute, Diagnostics& diags);  // read_selectors.cpp
PageRule read_page(const xml::Element& element, const Context& context);                    // read_pages.cpp
Region read_region(const xml::Element& element, const Context& context);                    // read_regions.cpp
// A size by one of the names, or width and height.
std::optional<PageSize> read_size(const xml::Attribute& attribute, std::vector<std::string_view> names, Diagnostics& diags);  // read_pages.cpp
SheetRule read_sheet(const xml::Element& element, const Context& context);                  // read_sheets.cpp
std::vector<std::string> read_profiles(const xml::Attribute& attribute, Diagnostics& diags);  // read_sheets.cpp
std::optional<FitRule> read_fit(const xml::Element& element, Diagnostics& diags);           // read_sheets.cpp
std::optional<EnvelopeRule> read_envelope(const xml::Element& element, Diagnostics& diags);  // read_sheets.cpp
Items read_items(const xml::Element& parent, Place place, const Context& context);          // read_items.cpp
// The marks of a <page> and its tray.
void read_marks(const xml::Element& page, PageRule& rule, const Context& context);          // read_marks.cpp
CodeItem read_code(const xml::Element& element, Diagnostics& diags);                        // read_codes.cpp
TextItem read_text(const xml::Element& element, Place place, const Context& context);       // read_text.cpp
// Faults: anything but an address, a sender or a post's code in the regions that belong in the windows of the layout's envelope. windows.cpp
void check_windows(const LayoutDefinition& layout, Diagnostics& diags);

}  // namespace handout::layouts
