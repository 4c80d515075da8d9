#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "fonts/fonts.h"
#include "typeset/typeset.h"
#include "unicode/locale.h"

namespace handout::typeset {

// Text [begin, end) of one face, bidi level and script.
struct ExplainedRun {
  std::size_t begin = 0, end = 0;
  std::string script;  // ISO 15924
  fonts::FaceId face;
  std::vector<fonts::Uncovered> uncovered;  // offsets count from the paragraph's begin
};

// The runs that typeset makes of a paragraph of plain text in the default family and this language, in logical order. Bidi controls and line separators are in none.
std::vector<ExplainedRun> explain_faces(std::string_view text, const unicode::Locale& language, const Resources& resources);

}  // namespace handout::typeset
