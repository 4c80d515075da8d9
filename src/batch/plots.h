#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "batch/control_totals.h"

// Plots of a job's report, as drawings of the SVG subset (images/svg.md) whose words are labels of a <figure>. Widths are points.
namespace handout::batch {

struct Plot {
  std::string svg;
  struct Label { std::string id, words; };
  std::vector<Label> labels;
  std::string in_words;  // for who cannot see it
};

// A bar for each, from above; those behind the 24th are one bar, "others". Names are ASCII; of one that is longer than 24 characters, the beginning.
Plot plot_bars(std::string_view title, std::vector<ControlTotals::Bar> bars);

// Pieces a second over the time of a run.
struct Speed { double seconds = 0; std::uint64_t pieces = 0; };  // so many by then
Plot plot_speed(const std::vector<Speed>& samples);

}  // namespace handout::batch
