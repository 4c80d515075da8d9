#pragma once

#include <cstdint>
#include <vector>

#include "display/display.h"
#include "images/picture.h"

// Paths of boxes with round corners, in PDF user space (points, y up).
namespace handout::pdf {

// An area of a page.
struct Box { double left = 0, bottom = 0, right = 0, top = 0; };

// `corners`: those that are round, as in display::FilledRect. The radius is cut down to half of the shorter side.
std::vector<images::Segment> rounded_rectangle(const Box& box, double radius, std::uint8_t corners);

// A path to fill: a frame of one colour by the even-odd rule, some sides of one by the non-zero rule.
struct FramePath { std::vector<images::Segment> segments; images::FillRule rule = images::FillRule::EvenOdd; };
FramePath frame_path(const display::Frame& frame, const Box& outer);

}  // namespace handout::pdf
