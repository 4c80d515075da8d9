#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <variant>

#include "base/expects.h"
#include "display/display.h"
#include "pdf/pdf.h"

namespace handout::pdf {

// Where the text of a line ends that a print file needs. What follows are blanks of their own, which stand for the break of the line: without tags nobody reads in the order of the operators, and on paper there is nothing.
inline std::size_t end_of_text(std::span<const display::Command> line) {
  for (std::size_t i = line.size(); i-- > 0;) {
    const auto* run = std::get_if<display::GlyphRun>(&line[i].what);
    if (run != nullptr && run->text.find_first_not_of(' ') != std::string::npos) return i + 1;
  }
  return 0;
}

// Visits the commands that are written of the lines that are placed: a fragment over many pages is placed on each of them, and looked through once in all.
template <typename Visit>
void for_placed_commands(const display::Placement& placement, Purpose purpose, const Visit& visit) {
  const display::Fragment& fragment = *placement.fragment;
  EXPECTS(std::size_t{placement.first_line} + placement.line_count <= fragment.lines.size());
  for (std::uint32_t i = 0; i < placement.line_count; ++i) {
    const display::FragmentLine& line = fragment.lines[placement.first_line + i];
    EXPECTS(std::size_t{line.first_command} + line.command_count <= fragment.commands.size());
    const std::span<const display::Command> commands(fragment.commands.data() + line.first_command, line.command_count);
    const std::size_t text = purpose == Purpose::Print ? end_of_text(commands) : commands.size();
    for (std::size_t c = 0; c < commands.size(); ++c) {
      if (c < text || !std::holds_alternative<display::GlyphRun>(commands[c].what)) visit(commands[c]);
    }
  }
}

}  // namespace handout::pdf
