#include "images/svg_vocabulary.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace handout::images {
namespace {

struct KnownElement {
  std::string_view name;
  SvgElement element;
  std::array<std::string_view, 9> attributes;  // "" fills up
};

constexpr std::array<KnownElement, 16> kElements{{
    {"svg", SvgElement::Svg, {"viewBox", "width", "height", "version", "xmlns"}},
    {"g", SvgElement::Group, {"transform"}},
    {"path", SvgElement::Path, {"transform", "d"}},
    {"rect", SvgElement::Rect, {"transform", "x", "y", "width", "height", "rx", "ry"}},
    {"circle", SvgElement::Circle, {"transform", "cx", "cy", "r"}},
    {"ellipse", SvgElement::Ellipse, {"transform", "cx", "cy", "rx", "ry"}},
    {"line", SvgElement::Line, {"transform", "x1", "y1", "x2", "y2"}},
    {"polyline", SvgElement::Polyline, {"transform", "points"}},
    {"polygon", SvgElement::Polygon, {"transform", "points"}},
    {"text", SvgElement::Text, {"transform", "x", "y", "data-width"}},
    {"title", SvgElement::Description, {}},
    {"desc", SvgElement::Description, {}},
    {"defs", SvgElement::Definitions, {}},
    {"linearGradient", SvgElement::LinearGradient, {"gradientUnits", "gradientTransform", "spreadMethod", "href", "x1", "y1", "x2", "y2"}},
    {"radialGradient", SvgElement::RadialGradient, {"gradientUnits", "gradientTransform", "spreadMethod", "href", "cx", "cy", "r", "fx", "fy"}},
    {"stop", SvgElement::Stop, {"offset", "stop-color", "stop-opacity"}},
}};

struct Refusal {
  std::string_view name;
  std::string_view hint;
};

constexpr std::string_view kDrawItself = "draw the shape itself where it stands";
constexpr std::string_view kPlainColor = "use a plain colour, #rrggbb, or a gradient";
constexpr std::string_view kNoEffects = "draw the effect as shapes, or place the picture as PNG";
constexpr std::string_view kCutShapes = "cut the shapes themselves in the drawing program";
constexpr std::string_view kNoMotion = "paper does not move; remove it";
constexpr std::string_view kOneLine = "write one <text> with an id for each line of the label";

constexpr std::array<Refusal, 25> kRefusedElements{{
    {"use", kDrawItself}, {"symbol", kDrawItself}, {"marker", "draw arrow heads as paths"},
    {"pattern", kPlainColor},
    {"filter", kNoEffects}, {"clipPath", kCutShapes}, {"mask", kCutShapes},
    {"image", "place the PNG or JPEG as a figure of its own"},
    {"style", "write fill, stroke, ... as attributes of the shapes"},
    {"script", kNoMotion}, {"animate", kNoMotion}, {"animateTransform", kNoMotion}, {"animateMotion", kNoMotion}, {"set", kNoMotion},
    {"tspan", kOneLine}, {"textPath", kOneLine}, {"tref", kOneLine}, {"foreignObject", kOneLine},
    {"a", "put the link into the article"}, {"svg", "use <g transform=\"...\"> for a part of the picture"},
    {"switch", "translated labels come from the article: keep one <text> with an id"},
    {"metadata", "save as plain SVG, without metadata"}, {"view", "remove it"}, {"cursor", "remove it"},
    {"defs", "<defs> may hold only gradients, title and desc: draw the shapes themselves where they stand"},
}};

constexpr std::string_view kOpaque = "mix the colour with the background and write the result as #rrggbb";
constexpr std::string_view kLayoutsFont = "the layout chooses the font; remove it";
constexpr std::string_view kRemoveShape = "remove what is not to be seen";

constexpr std::array<Refusal, 26> kRefusedAttributes{{
    {"style", "write each property as an attribute: fill=\"#rrggbb\" stroke=\"none\" stop-color=\"#rrggbb\""},
    {"class", "write fill, stroke, ... as attributes of the shape"},
    {"opacity", kOpaque}, {"fill-opacity", kOpaque}, {"stroke-opacity", kOpaque},
    {"filter", kNoEffects}, {"clip-path", kCutShapes}, {"clip-rule", kCutShapes}, {"mask", kCutShapes},
    {"marker-start", "draw arrow heads as paths"}, {"marker-mid", "draw arrow heads as paths"}, {"marker-end", "draw arrow heads as paths"},
    {"display", kRemoveShape}, {"visibility", kRemoveShape}, {"color", "write the colour as fill or stroke"},
    {"font-family", kLayoutsFont}, {"font-style", kLayoutsFont}, {"font", kLayoutsFont}, {"font-variant", kLayoutsFont}, {"letter-spacing", kLayoutsFont},
    {"dx", kOneLine}, {"dy", kOneLine}, {"rotate", "labels stand upright; remove it"}, {"textLength", "give the room as data-width"},
    {"preserveAspectRatio", "pictures keep their shape; remove it"}, {"transform", "put the content into <g transform=\"...\">; a gradient has gradientTransform"},
}};

template <std::size_t Count>
std::string_view hint_for(const std::array<Refusal, Count>& refusals, std::string_view name) {
  const auto found = std::find_if(refusals.begin(), refusals.end(), [&](const Refusal& each) { return each.name == name; });
  return found == refusals.end() ? std::string_view() : found->hint;
}

}  // namespace

std::optional<SvgElement> svg_element(std::string_view name) {
  const auto found = std::find_if(kElements.begin(), kElements.end(), [&](const KnownElement& each) { return each.name == name; });
  return found == kElements.end() ? std::nullopt : std::optional(found->element);
}

bool is_known_attribute(SvgElement element, std::string_view name) {
  if (name == "id" || name == "role" || name == "xml:id" || name == "xml:lang" || name == "xml:space" || name.starts_with("aria-")) return true;
  return std::any_of(kElements.begin(), kElements.end(), [&](const KnownElement& each) {
    return each.element == element && std::find(each.attributes.begin(), each.attributes.end(), name) != each.attributes.end();
  });
}

void refuse_element(const xml::Element& element, Diagnostics& diags) {
  const std::string_view hint = hint_for(kRefusedElements, element.name);
  if (!hint.empty()) {
    diags.error(element.at, fmt::format("<{}> is outside the SVG subset", element.name)).hint(std::string(hint));
    return;
  }
  std::vector<std::string_view> names;
  for (const KnownElement& each : kElements) names.push_back(each.name);
  diags.error(element.at, fmt::format("unknown element <{}>{}", element.name, did_you_mean(element.name, names))).hint("remove it; the subset is paths, shapes, g and text");
}

void refuse_attribute(const xml::Element& element, const xml::Attribute& attribute, Diagnostics& diags) {
  const std::string_view hint = hint_for(kRefusedAttributes, attribute.name);
  if (!hint.empty()) {
    diags.error(attribute.at, fmt::format("attribute '{}' is outside the SVG subset", attribute.name)).hint(std::string(hint));
    return;
  }
  std::vector<std::string_view> names{"fill", "fill-rule", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray",
                                      "stroke-dashoffset", "font-size", "font-weight", "text-anchor", "transform", "id"};
  for (const KnownElement& each : kElements) {
    if (each.name == element.name) names.insert(names.end(), each.attributes.begin(), each.attributes.end());
  }
  std::erase(names, std::string_view());
  diags.error(attribute.at, fmt::format("unknown attribute '{}' on <{}>{}", attribute.name, element.name, did_you_mean(attribute.name, names))).hint("remove it");
}

}  // namespace handout::images
