#pragma once

#include <cstddef>
#include <vector>

#include "images/picture.h"

// Inside check/ only.
namespace handout::check {

// What a drawing paints behind a label of so many characters at `place`: the colours of the last filled path whose area holds the label, or none.
std::vector<Color> drawn_behind(const images::Drawing& drawing, const images::TextPlace& place, std::size_t characters);

}  // namespace handout::check
