#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "display/display.h"
#include "fonts/fonts.h"

namespace handout::test {

// Debian's Noto fonts through the program's own catalogue; loaded once for all tests.
const fonts::Fonts& noto();
std::string srgb_profile();

struct Script {
  std::string_view family, script, language;
  unicode::Direction direction = unicode::Direction::LeftToRight;
};
inline constexpr Script kLatin{"Noto Sans", "Latn", "en"};
inline constexpr Script kArabic{"Noto Sans Arabic", "Arab", "ar", unicode::Direction::RightToLeft};
inline constexpr Script kDevanagari{"Noto Sans Devanagari", "Deva", "hi"};
inline constexpr Script kThai{"Noto Sans Thai", "Thai", "th"};
inline constexpr Script kChinese{"Noto Sans CJK SC", "Hani", "zh-Hans"};

// A run set in one face; characters of a cluster go to its glyphs one by one, the rest to the last.
display::GlyphRun shape(std::string_view text, const Script& script, Point origin, Length size = 12_pt);

// One line of text as a fragment; element 0 has the role.
display::Command text_command(std::string_view text, const Script& script, Point origin, std::size_t element = 0);

// Builds a document by hand, block by block, downwards on page one.
class Maker {
 public:
  Maker();

  display::StructureId element(display::ElementInfo info, display::StructureId parent);
  // An element with one line of text.
  display::StructureId block(display::Role role, std::string_view text, display::StructureId parent, const Script& script = kLatin);
  display::StructureId block(display::ElementInfo info, std::string_view text, display::StructureId parent, const Script& script = kLatin);
  // Registers the fragment's elements in the structure and places it whole.
  display::StructureId place(display::Fragment fragment, display::StructureId parent);
  void artifact(display::ArtifactKind kind, std::string_view text, Point at);
  std::size_t add_page();

  display::DisplayDocument document;
  display::StructureId root;
  Length y = 60_pt;
};

// A fragment of one line that holds all commands.
display::Fragment one_line(std::vector<display::FragmentElement> elements, std::vector<display::Command> commands);

// The bytes; fails the test with the diagnostics when there are none.
std::string write(const display::DisplayDocument& document);

}  // namespace handout::test
