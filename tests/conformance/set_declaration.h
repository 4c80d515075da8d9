#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "conformance/declaration.h"

// A declaration through typeset, paginate and pdf, and what came of it.
namespace handout::test {

struct SetResult {
  Declaration declaration;
  bool known_language = true;       // Locale takes the file's tag
  std::string faults;               // "" or what typeset and paginate say: characters without a font, words wider than their line
  bool is_set = false;                // there is a file
  std::size_t wide_lines = 0;       // with glyphs that leave the measure by more than 0.5 pt
  std::ptrdiff_t dotted_circles = 0;  // drawn beyond those of the text
  std::string structure_difference;  // "" or where the text by the structure tree differs first
  std::string plain_difference;      // "" or where pdftotext's words differ first
};

// A4, margins of 20 mm, Noto Sans of 11 pt on 1.4 times that.
SetResult set_declaration(Declaration declaration);

}  // namespace handout::test
