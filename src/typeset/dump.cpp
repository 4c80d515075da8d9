#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "typeset/typeset.h"
#include "unicode/text.h"

namespace handout::typeset {
namespace {

struct Extremes {
  Length left = Length::from_units(std::numeric_limits<std::int64_t>::max());
  Length right = Length::from_units(std::numeric_limits<std::int64_t>::min());
  void include(Length from, Length to) {
    left = std::min(left, from);
    right = std::max(right, to);
  }
  [[nodiscard]] Length width() const { return right > left ? right - left : Length{}; }
};

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    if (!unicode::is_white_space(c.value)) return false;
    at = c.end;
  }
  return true;
}

// The width of what a reader sees: hanging space is not counted.
void include(Extremes& extremes, const display::GlyphRun& run, const fonts::Fonts& fonts) {
  for (const display::PlacedGlyph& glyph : run.glyphs) {
    if (is_blank(std::string_view(run.text).substr(glyph.text_begin, glyph.text_end - glyph.text_begin))) continue;
    const Length x = run.origin.x + glyph.offset.x;
    extremes.include(x, x + fonts::scale(fonts.advance(run.face, glyph.glyph), fonts.info(run.face).metrics, run.size));
  }
}

// Where the run stands in the order of reading: its first glyph is its rightmost when it runs right to left.
std::string_view arrow(const display::GlyphRun& run) {
  return run.glyphs.size() > 0 && run.glyphs.front().offset.x < Length{} && run.glyphs.back().offset.x <= run.glyphs.front().offset.x ? "<-" : "->";
}

std::string text_of(const display::Command& command, const fonts::Fonts& fonts) {
  if (const auto* run = std::get_if<display::GlyphRun>(&command.what)) {
    return fmt::format("{} {}{} at {} {} element {}: {}", fonts.info(run->face).postscript_name, to_text(run->size),
                       run->horizontal_scale == 1000 ? "" : fmt::format(" x {}.{}%", run->horizontal_scale / 10, run->horizontal_scale % 10), to_text(run->origin.x), arrow(*run),
                       command.element ? std::to_string(command.element->value()) : "-", run->text);
  }
  if (const auto* line = std::get_if<display::StrokedLine>(&command.what)) {
    return fmt::format("line {} to {} at {}", to_text(line->from.x), to_text(line->to.x), to_text(line->from.y));
  }
  if (const auto* link = std::get_if<display::LinkArea>(&command.what)) {
    return fmt::format("link {} {} {} x {}", to_text(link->rect.x), to_text(link->rect.y), to_text(link->rect.width), to_text(link->rect.height));
  }
  if (const auto* mark = std::get_if<display::DestinationMark>(&command.what)) return "destination " + mark->name;
  return "drawing";
}

}  // namespace

std::string dump(const display::Fragment& fragment, const fonts::Fonts& fonts) {
  std::string out;
  for (std::size_t i = 0; i < fragment.lines.size(); ++i) {
    const display::FragmentLine& line = fragment.lines[i];
    Extremes extremes;
    std::string commands;
    for (std::size_t c = line.first_command; c < line.first_command + line.command_count; ++c) {
      const display::Command& command = fragment.commands[c];
      if (const auto* run = std::get_if<display::GlyphRun>(&command.what)) include(extremes, *run, fonts);
      commands += fmt::format(" [{}]", text_of(command, fonts));
    }
    out += fmt::format("{}: width {} baseline {} height {}{}\n", i + 1, to_text(extremes.width()), to_text(line.baseline), to_text(line.height), commands);
  }
  return out;
}

}  // namespace handout::typeset
