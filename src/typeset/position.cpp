#include <algorithm>
#include <span>

#include "base/expects.h"
#include "typeset/typeset.h"

namespace handout::typeset {
namespace {

std::span<const display::Command> commands_of(const display::Fragment& fragment, std::size_t line) {
  EXPECTS(line < fragment.lines.size());
  const display::FragmentLine& at = fragment.lines[line];
  return std::span(fragment.commands).subspan(at.first_command, at.command_count);
}

// The glyphs of words; nothing for what is drawn or stands for no text.
const display::GlyphRun* words_of(const display::Command& command) {
  const auto* run = std::get_if<display::GlyphRun>(&command.what);
  return run != nullptr && !run->text.empty() && !run->glyphs.empty() ? run : nullptr;
}

Length advance_of(const display::GlyphRun& run, const display::PlacedGlyph& glyph, const fonts::Fonts& fonts) {
  return fonts::scale(fonts.advance(run.face, glyph.glyph), fonts.info(run.face).metrics, run.size).scaled(run.horizontal_scale, 1000);
}

// A run that goes right to left begins at its right edge: the first glyph with a width stands to the left of the origin, by its width. Full-width marks that lost an empty half stand to
// the left by half of it.
bool runs_to_left(const display::GlyphRun& run, const fonts::Fonts& fonts) {
  for (const display::PlacedGlyph& glyph : run.glyphs) {
    const Length advance = advance_of(run, glyph, fonts);
    if (advance > Length{}) return glyph.offset.x * 4 < advance * -3;
  }
  return false;
}

enum class Edge : std::uint8_t { Left, Right };

Length edge(const display::GlyphRun& run, const display::PlacedGlyph& glyph, Edge which, const fonts::Fonts& fonts) {
  return run.origin.x + glyph.offset.x + (which == Edge::Right ? advance_of(run, glyph, fonts) : Length{});
}

}  // namespace

std::string line_text(const display::Fragment& fragment, std::size_t line) {
  std::string text;
  for (const display::Command& command : commands_of(fragment, line)) {
    if (const display::GlyphRun* run = words_of(command)) text += run->text;
  }
  return text;
}

std::optional<Length> position_of(const display::Fragment& fragment, std::size_t line, std::size_t offset, const fonts::Fonts& fonts) {
  std::optional<Length> end;  // behind all runs so far
  std::size_t begin = 0;
  for (const display::Command& command : commands_of(fragment, line)) {
    const display::GlyphRun* run = words_of(command);
    if (run == nullptr) continue;
    const bool to_left = runs_to_left(*run, fonts);
    if (offset < begin + run->text.size()) {
      // The glyphs' texts are in order; several glyphs may share one (the first of them has it).
      const auto next = std::find_if(run->glyphs.begin(), run->glyphs.end(), [&](const display::PlacedGlyph& glyph) { return begin + glyph.text_end > offset; });
      EXPECTS(next != run->glyphs.end());
      return edge(*run, *next, to_left ? Edge::Right : Edge::Left, fonts);
    }
    begin += run->text.size();
    end = edge(*run, run->glyphs.back(), to_left ? Edge::Left : Edge::Right, fonts);
  }
  return offset == begin ? end : std::nullopt;
}

}  // namespace handout::typeset
