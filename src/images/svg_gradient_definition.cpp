#include "images/svg_gradient_definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "images/svg_scanner.h"
#include "images/svg_style.h"
#include "images/svg_transform.h"

namespace handout::images {
namespace {

// Every path with a gradient has a copy of its stops; real drawings have less than twenty.
constexpr std::size_t kMaximumStops = 256;

constexpr std::array<std::string_view, 5> kLinearLengths{"x1", "y1", "x2", "y2", ""};
constexpr std::array<std::string_view, 5> kRadialLengths{"cx", "cy", "r", "fx", "fy"};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

Diagnostics::Added fault(const xml::Attribute& attribute, std::string_view message, Diagnostics& diags) {
  return diags.error(attribute.value_at, fmt::format("attribute '{}': {}", attribute.name, message));
}

std::optional<GradientLength> parse_length(std::string_view text) {
  SvgScanner scanner(text);
  scanner.skip_space();
  const std::optional<double> number = scanner.number();
  const bool percent = number && scanner.take_if('%');
  const std::string_view unit = scanner.word();
  scanner.skip_space();
  if (!number || !scanner.at_end() || !(unit.empty() || (unit == "px" && !percent))) return std::nullopt;
  if (percent) return GradientLength{*number / 100, GradientLength::Unit::Percent};
  return GradientLength{*number};
}

std::optional<GradientLength> read_length(const xml::Attribute& attribute, Diagnostics& diags) {
  const std::optional<GradientLength> length = parse_length(attribute.value);
  if (!length) {
    fault(attribute, fmt::format("expected a number or a percentage, found '{}'", attribute.value), diags)
        .hint("write it in the units of the gradient, without a unit, or like 50%");
  } else if (attribute.name == "r" && length->value < 0) {
    fault(attribute, fmt::format("expected 0 or more, found {}", attribute.value), diags);
    return std::nullopt;
  }
  return length;
}

std::optional<GradientUnits> read_units(const xml::Attribute& attribute, Diagnostics& diags) {
  if (attribute.value == "objectBoundingBox") return GradientUnits::BoundingBox;
  if (attribute.value == "userSpaceOnUse") return GradientUnits::UserSpace;
  fault(attribute, fmt::format("expected one of objectBoundingBox, userSpaceOnUse, found '{}'", attribute.value), diags);
  return std::nullopt;
}

std::optional<Transform> read_transform(const xml::Attribute& attribute, Diagnostics& diags) {
  const Parsed<Transform> transform = parse_transform(attribute.value);
  if (transform) return *transform;
  fault(attribute, fmt::format("{} (character {})", transform.error().message, transform.error().character), diags);
  return std::nullopt;
}

void check_spread(const xml::Attribute& attribute, Diagnostics& diags) {
  if (attribute.value == "pad") return;
  if (attribute.value == "reflect" || attribute.value == "repeat") {
    fault(attribute, fmt::format("a gradient that goes on with '{}' is not drawn", attribute.value), diags)
        .hint("write the repeated stops themselves and leave spreadMethod out");
    return;
  }
  fault(attribute, fmt::format("expected pad, found '{}'", attribute.value), diags);
}

// SVG 1.1, 13.2.4: offsets outside 0 to 1 are cut; one below an earlier one is raised to it.
void add_stop(const xml::Element& element, std::vector<GradientStop>& stops, Diagnostics& diags) {
  GradientStop stop;
  for (const xml::Attribute& attribute : element.attributes) {
    if (attribute.name == "offset") {
      if (const std::optional<GradientLength> offset = read_length(attribute, diags)) stop.offset = std::clamp(offset->value, 0.0, 1.0);
    } else if (attribute.name == "stop-color") {
      stop.color = read_color(attribute, diags).value_or(Color{});
    } else if (attribute.name == "stop-opacity") {
      const std::optional<GradientLength> opacity = parse_length(attribute.value);
      if (opacity && opacity->value >= 1) continue;
      fault(attribute, fmt::format("expected 1, found '{}'", attribute.value), diags).hint("mix the colour with the background and write the result as stop-color");
    } else if (!is_known_attribute(SvgElement::Stop, attribute.name)) {
      refuse_attribute(element, attribute, diags);
    }
  }
  if (!stops.empty()) stop.offset = std::max(stop.offset, stops.back().offset);
  if (stops.size() == kMaximumStops) diags.error(element.at, fmt::format("the gradient has more than {} stops", kMaximumStops)).hint("leave out what nobody can see");
  if (stops.size() <= kMaximumStops) stops.push_back(stop);
}

// Stops stand in a gradient only; title and desc anywhere.
void read_children(const xml::Element& element, SvgElement parent, std::vector<GradientStop>& stops, Diagnostics& diags) {
  for (const xml::Node& node : element.children) {
    const xml::Element* const child = node.element();
    if (child == nullptr) {
      if (!is_blank(node.text()->text)) diags.error(node.text()->at, fmt::format("text stands bare in <{}>", element.name)).hint("remove it");
      continue;
    }
    const std::optional<SvgElement> kind = svg_element(child->name);
    if (kind == SvgElement::Stop && parent != SvgElement::Stop) {
      add_stop(*child, stops, diags);
      read_children(*child, SvgElement::Stop, stops, diags);
    } else if (kind && kind != SvgElement::Description) {
      diags.error(child->at, fmt::format("<{}> cannot stand in <{}>", child->name, element.name)).hint("put it behind");
    } else if (!kind) {
      refuse_element(*child, diags);
    }
  }
}

}  // namespace

GradientDefinition read_gradient(const xml::Element& element, SvgElement kind, Diagnostics& diags) {
  GradientDefinition result{.kind = kind, .lengths = {}, .units = {}, .transform = {}, .stops = {}, .href = element.find("href")};
  const auto& names = kind == SvgElement::LinearGradient ? kLinearLengths : kRadialLengths;
  for (const xml::Attribute& attribute : element.attributes) {
    const auto length = std::find(names.begin(), names.end(), attribute.name);
    if (length != names.end()) result.lengths[static_cast<std::size_t>(length - names.begin())] = read_length(attribute, diags);
    else if (attribute.name == "gradientUnits") result.units = read_units(attribute, diags);
    else if (attribute.name == "gradientTransform") result.transform = read_transform(attribute, diags);
    else if (attribute.name == "spreadMethod") check_spread(attribute, diags);
    else if (!is_known_attribute(kind, attribute.name)) refuse_attribute(element, attribute, diags);
  }
  read_children(element, kind, result.stops, diags);
  return result;
}

}  // namespace handout::images
