#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostics.h"
#include "base/geometry.h"
#include "images/picture.h"
#include "images/svg_gradient_definition.h"
#include "xml/element.h"

namespace handout::images {

// A gradient as a shape finds it: its href is followed, what nobody said is as SVG 1.1, 13.2 has it.
struct SvgGradient {
  std::variant<LinearGradient, RadialGradient> shape;  // in its units
  GradientUnits units = GradientUnits::BoundingBox;
  Transform transform;
  std::vector<GradientStop> stops;  // none: nothing is painted; one: its colour
};

// The side lengths of the viewBox, of which percentages are parts.
struct UserSpace {
  double width = 0, height = 0;
};

// All gradients of one SVG by id. They are read before the shapes, since a shape may name one that stands behind it.
class SvgGradients {
 public:
  void read(const xml::Element& root, const UserSpace& space, Diagnostics& diags);

  // Null when no gradient has this id. The address stays good.
  [[nodiscard]] const SvgGradient* find(std::string_view id) const;
  // For "did you mean"; the first hundred, so that many wrong names take no time.
  [[nodiscard]] std::vector<std::string_view> ids() const;

 private:
  using Definitions = std::map<std::string, GradientDefinition, std::less<>>;
  void collect(const xml::Element& parent, Definitions& definitions, Diagnostics& diags);
  static GradientDefinition inherited(const GradientDefinition& own, const Definitions& definitions, Diagnostics& diags);

  std::map<std::string, SvgGradient, std::less<>> gradients_;
  std::size_t count_ = 0;  // with those that have no id
};

}  // namespace handout::images
