#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "images/picture.h"
#include "images/svg_scanner.h"

namespace handout::images {

// `inner` first, then `outer`.
Transform combined(const Transform& outer, const Transform& inner);
void move_segments(const Transform& transform, std::vector<Segment>& segments);

// How much `transform` enlarges when it does so equally in all directions (turning and mirroring allowed), within 0.1%; else nothing.
std::optional<double> uniform_scale(const Transform& transform);

// A list of matrix, translate, scale, rotate, skewX and skewY (SVG 1.1, 7.6). One that flattens everything is a fault.
Parsed<Transform> parse_transform(std::string_view text);

}  // namespace handout::images
