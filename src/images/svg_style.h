#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "base/color.h"
#include "base/diagnostics.h"
#include "images/picture.h"
#include "xml/element.h"

namespace handout::images {

class SvgGradients;
struct SvgGradient;
using SvgFill = std::variant<Color, const SvgGradient*>;

// What g hands down: the presentation attributes of svg.md with SVG's initial values (font-size: medium, which is 16 in every program).
struct SvgStyle {
  std::optional<SvgFill> fill = Color{};
  FillRule fill_rule = FillRule::NonZero;
  std::optional<Color> stroke;
  double stroke_width = 1;
  LineCap cap = LineCap::Butt;
  LineJoin join = LineJoin::Miter;
  double miter_limit = 4;
  std::vector<double> dashes;  // an even number, or none
  double dash_offset = 0;
  double font_size = 16;
  int weight = 400;
  Anchor anchor = Anchor::Start;
};

enum class Applied : std::uint8_t { Yes, NoStyleAttribute };

// Puts one attribute into `style`, which then points into `gradients`. A wrong value is told and counts as applied.
Applied apply_style(const xml::Attribute& attribute, const SvgGradients& gradients, SvgStyle& style, Diagnostics& diags);

// A plain colour. Anything else, none among them, is told, and nothing comes back.
std::optional<Color> read_color(const xml::Attribute& attribute, Diagnostics& diags);

// A number, with or without "px" (a user unit). Anything else is told, and nothing comes back.
std::optional<double> svg_number(const xml::Attribute& attribute, Diagnostics& diags);

}  // namespace handout::images
