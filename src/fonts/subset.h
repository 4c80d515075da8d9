#pragma once

#include <span>


#include "base/result.h"
#include "fonts/fonts.h"
#include "fonts/program.h"

struct hb_font_t;

namespace handout::fonts {

// Fonts::subset, of a program of this kind.
[[nodiscard]] tl::expected<Subset, Refusal> make_subset(hb_font_t* font, ProgramKind kind, std::span<const GlyphId> glyphs);

}  // namespace handout::fonts
