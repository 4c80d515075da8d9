#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/diagnostics.h"
#include "base/geometry.h"
#include "images/picture.h"
#include "images/svg_vocabulary.h"
#include "xml/element.h"

namespace handout::images {

enum class GradientUnits : std::uint8_t { BoundingBox, UserSpace };

struct GradientLength {
  enum class Unit : std::uint8_t { Plain, Percent };
  double value = 0;
  Unit unit = Unit::Plain;
};

// What one gradient element says itself (SVG 1.1, 13.2); what it leaves out may come from the one that its href names.
struct GradientDefinition {
  SvgElement kind = SvgElement::LinearGradient;
  std::array<std::optional<GradientLength>, 5> lengths;  // x1 y1 x2 y2, or cx cy r fx fy
  std::optional<GradientUnits> units;
  std::optional<Transform> transform;
  std::vector<GradientStop> stops;
  const xml::Attribute* href = nullptr;
};

// Needs a linearGradient or radialGradient. Faults are told; what was wrong is then left out.
GradientDefinition read_gradient(const xml::Element& element, SvgElement kind, Diagnostics& diags);

}  // namespace handout::images
