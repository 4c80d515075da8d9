#pragma once

#include <limits>

#include "typeset/draft.h"

namespace handout::typeset {

// From where to where the advances of a line's glyphs reach: those with text other than spaces, or those that stand for none (decoration).
struct Reach {
  Length left = Length::from_units(std::numeric_limits<std::int64_t>::max()), right = Length::from_units(std::numeric_limits<std::int64_t>::min());
};

inline Reach reach(const display::GlyphRun& run, Reach so_far = {}) {
  const fonts::Fonts& fonts = shipped_fonts();
  for (const display::PlacedGlyph& glyph : run.glyphs) {
    const std::string_view text = std::string_view(run.text).substr(glyph.text_begin, glyph.text_end - glyph.text_begin);
    if (!text.empty() && text.find_first_not_of(' ') == std::string_view::npos) continue;
    const Length x = run.origin.x + glyph.offset.x, advance = fonts::scale(fonts.advance(run.face, glyph.glyph), fonts.info(run.face).metrics, run.size);
    so_far.left = std::min(so_far.left, x);
    so_far.right = std::max(so_far.right, x + advance.scaled(run.horizontal_scale, 1000));
  }
  return so_far;
}

// Of the line's words, or of its decoration.
enum class Of : std::uint8_t { Words, Decoration };
inline Reach line_reach(const display::Fragment& fragment, std::size_t line, Of of = Of::Words) {
  Reach all;
  const display::FragmentLine& at = fragment.lines.at(line);
  for (std::size_t c = at.first_command; c < at.first_command + at.command_count; ++c) {
    const auto* run = std::get_if<display::GlyphRun>(&fragment.commands[c].what);
    if (run != nullptr && run->text.empty() == (of == Of::Decoration)) all = reach(*run, all);
  }
  return all;
}

}  // namespace handout::typeset
