#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/diagnostics.h"
#include "xml/element.h"

namespace handout::images {

enum class SvgElement : std::uint8_t {
  Svg, Group, Path, Rect, Circle, Ellipse, Line, Polyline, Polygon, Text, Description, Definitions, LinearGradient, RadialGradient, Stop
};

// What the subset knows, or nothing.
std::optional<SvgElement> svg_element(std::string_view name);

// True for the element's own attributes (geometry), for id, and for those that never change what is drawn (xml:lang, role, aria-...).
bool is_known_attribute(SvgElement element, std::string_view name);

// Tell what is outside the subset, with what to do instead.
void refuse_element(const xml::Element& element, Diagnostics& diags);
void refuse_attribute(const xml::Element& element, const xml::Attribute& attribute, Diagnostics& diags);

}  // namespace handout::images
