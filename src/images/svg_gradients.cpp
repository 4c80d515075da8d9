#include "images/svg_gradients.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/expects.h"

namespace handout::images {
namespace {

// Far beyond what drawing programs write; each bound keeps a hostile file from taking memory or time.
constexpr std::size_t kMaximumGradients = 4096;
constexpr std::size_t kLongestChain = 32;

enum class Along : std::uint8_t { Width, Height, Diagonal };

// SVG 1.1, 7.10: a percentage of userSpaceOnUse is of the viewBox; for a radius, of its diagonal over the root of two.
double resolved(const std::optional<GradientLength>& given, double otherwise, Along along, GradientUnits units, const UserSpace& space) {
  const GradientLength length = given.value_or(GradientLength{otherwise, GradientLength::Unit::Percent});
  if (length.unit == GradientLength::Unit::Plain || units == GradientUnits::BoundingBox) return length.value;
  switch (along) {
    case Along::Width: return length.value * space.width;
    case Along::Height: return length.value * space.height;
    case Along::Diagonal: break;
  }
  return length.value * std::sqrt((space.width * space.width + space.height * space.height) / 2);
}

// SVG 1.1, 13.2.3 moves a focus outside the circle onto it. There the rays of PDF's radial shading (ISO 32000-1, 8.7.4.5.4) leave a half
// plane unpainted that SVG fills with the last colour, so it is moved just inside.
void pull_focus_inside(RadialGradient& radial) {
  constexpr double kFarthest = 0.99;
  const double x = radial.fx - radial.cx, y = radial.fy - radial.cy, distance = std::hypot(x, y);
  if (distance <= kFarthest * radial.r) return;
  radial.fx = radial.cx + x / distance * kFarthest * radial.r;
  radial.fy = radial.cy + y / distance * kFarthest * radial.r;
}

SvgGradient completed(GradientDefinition definition, const UserSpace& space) {
  SvgGradient result{{}, definition.units.value_or(GradientUnits::BoundingBox), definition.transform.value_or(Transform{}), std::move(definition.stops)};
  const auto length = [&](std::size_t index, double otherwise, Along along) { return resolved(definition.lengths[index], otherwise, along, result.units, space); };
  bool is_point = false;
  if (definition.kind == SvgElement::LinearGradient) {
    const LinearGradient linear{length(0, 0, Along::Width), length(1, 0, Along::Height), length(2, 1, Along::Width), length(3, 0, Along::Height)};
    is_point = linear.x1 == linear.x2 && linear.y1 == linear.y2;
    result.shape = linear;
  } else {
    RadialGradient radial{length(0, 0.5, Along::Width), length(1, 0.5, Along::Height), length(2, 0.5, Along::Diagonal), 0, 0};
    radial.fx = definition.lengths[3] ? length(3, 0, Along::Width) : radial.cx;
    radial.fy = definition.lengths[4] ? length(4, 0, Along::Height) : radial.cy;
    is_point = radial.r == 0;
    if (!is_point) pull_focus_inside(radial);
    result.shape = radial;
  }
  // 13.2.2, 13.2.3: a gradient without extent is its last colour.
  if (is_point && result.stops.size() > 1) result.stops.erase(result.stops.begin(), result.stops.end() - 1);
  return result;
}

// What `definition` leaves out, from `other`; coordinates only from its own kind.
void take_missing(GradientDefinition& definition, const GradientDefinition& other) {
  if (!definition.units) definition.units = other.units;
  if (!definition.transform) definition.transform = other.transform;
  if (definition.stops.empty()) definition.stops = other.stops;
  if (definition.kind != other.kind) return;
  for (std::size_t i = 0; i < definition.lengths.size(); ++i) {
    if (!definition.lengths[i]) definition.lengths[i] = other.lengths[i];
  }
}

Diagnostics::Added fault(const xml::Attribute& attribute, std::string_view message, Diagnostics& diags) {
  return diags.error(attribute.value_at, fmt::format("attribute '{}': {}", attribute.name, message));
}

}  // namespace

void SvgGradients::collect(const xml::Element& parent, Definitions& definitions, Diagnostics& diags) {
  for (const xml::Node& node : parent.children) {
    const xml::Element* const child = node.element();
    const std::optional<SvgElement> kind = child == nullptr ? std::nullopt : svg_element(child->name);
    if (kind == SvgElement::Group || kind == SvgElement::Definitions) collect(*child, definitions, diags);
    if (kind != SvgElement::LinearGradient && kind != SvgElement::RadialGradient) continue;
    if (count_ > kMaximumGradients) return;
    if (++count_ > kMaximumGradients) {
      diags.error(child->at, fmt::format("the picture has more than {} gradients", kMaximumGradients)).hint("place it as PNG");
      return;
    }
    GradientDefinition definition = read_gradient(*child, *kind, diags);
    const xml::Attribute* const id = child->find("id");
    if (id == nullptr) continue;  // never used, which is no fault
    if (!definitions.emplace(id->value, std::move(definition)).second) {
      diags.error(id->value_at, fmt::format("two gradients have the id '{}'", id->value)).hint("give each gradient its own id");
    }
  }
}

GradientDefinition SvgGradients::inherited(const GradientDefinition& own, const Definitions& definitions, Diagnostics& diags) {
  GradientDefinition result = own;
  std::vector<const GradientDefinition*> chain;
  for (const GradientDefinition* last = &own; last->href != nullptr; take_missing(result, *last)) {
    const std::string_view target = last->href->value;
    const auto found = target.starts_with('#') ? definitions.find(target.substr(1)) : definitions.end();
    if (found == definitions.end()) {
      // What is wrong farther on is told when that gradient's own turn comes.
      if (last != &own) return result;
      fault(*own.href, fmt::format("expected '#' and the id of a gradient, found '{}'", target), diags).hint("a gradient can take over from one of the same file only");
      return result;
    }
    last = &found->second;
    if (last == &own) fault(*own.href, "the gradient takes over from itself", diags).hint("remove this href");
    if (last == &own || std::find(chain.begin(), chain.end(), last) != chain.end()) return result;
    chain.push_back(last);
    if (chain.size() > kLongestChain) {
      fault(*own.href, fmt::format("goes through more than {} gradients", kLongestChain), diags).hint("write the stops into this one");
      return result;
    }
  }
  return result;
}

void SvgGradients::read(const xml::Element& root, const UserSpace& space, Diagnostics& diags) {
  EXPECTS(gradients_.empty());
  Definitions definitions;
  collect(root, definitions, diags);
  for (const auto& [id, definition] : definitions) gradients_.emplace(id, completed(inherited(definition, definitions, diags), space));
}

const SvgGradient* SvgGradients::find(std::string_view id) const {
  const auto found = gradients_.find(id);
  return found == gradients_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> SvgGradients::ids() const {
  std::vector<std::string_view> ids;
  for (auto each = gradients_.begin(); each != gradients_.end() && ids.size() < 100; ++each) ids.push_back(each->first);
  return ids;
}

}  // namespace handout::images
