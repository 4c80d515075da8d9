#pragma once

#include <cstdint>

#include "base/expects.h"
#include "display/display.h"

namespace handout::pdf {

// Visits the commands of the lines that are placed: a fragment over many pages is placed on each of them, and looked through once in all.
template <typename Visit>
void for_placed_commands(const display::Placement& placement, const Visit& visit) {
  const display::Fragment& fragment = *placement.fragment;
  EXPECTS(std::size_t{placement.first_line} + placement.line_count <= fragment.lines.size());
  for (std::uint32_t i = 0; i < placement.line_count; ++i) {
    const display::FragmentLine& line = fragment.lines[placement.first_line + i];
    EXPECTS(std::size_t{line.first_command} + line.command_count <= fragment.commands.size());
    for (std::uint32_t c = 0; c < line.command_count; ++c) visit(fragment.commands[line.first_command + c]);
  }
}

}  // namespace handout::pdf
