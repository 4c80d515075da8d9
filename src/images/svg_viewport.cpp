#include "images/svg_reader.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <utility>

#include "base/numbers.h"

namespace handout::images {
namespace {

// 5 m; the smallest keeps every side above zero as a Length.
constexpr double kLargestSide = 14400, kSmallestSide = 0.01;

struct SvgLength {
  double pixels = 0;
  bool is_user_units = true;
};

// CSS 2.1, 4.3.2: 96 px an inch.
constexpr std::array<std::pair<std::string_view, double>, 7> kUnits{
    {{"", 1}, {"px", 1}, {"pt", 96.0 / 72}, {"pc", 16}, {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}}};

std::optional<SvgLength> read_length(const xml::Attribute& attribute, Diagnostics& diags) {
  SvgScanner scanner(attribute.value);
  scanner.skip_space();
  const std::optional<double> number = scanner.number();
  const std::string_view unit = scanner.word();
  scanner.skip_space();
  for (const auto& [name, factor] : kUnits) {
    if (number && *number > 0 && scanner.at_end() && unit == name) return SvgLength{*number * factor, name.empty() || name == "px"};
  }
  diags.error(attribute.value_at, fmt::format("attribute '{}': expected a length above zero, found '{}'", attribute.name, attribute.value))
      .hint("use px, pt, pc, mm, cm or in, or leave width and height out: the viewBox gives the size");
  return std::nullopt;
}

std::optional<SvgViewport> read_view_box(const xml::Attribute& attribute, Diagnostics& diags) {
  SvgScanner scanner(attribute.value);
  std::array<double, 4> numbers{};
  bool complete = true;
  scanner.skip_space();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) scanner.skip_separator();
    const std::optional<double> number = scanner.number();
    complete = complete && number.has_value();
    numbers[i] = number.value_or(0);
  }
  scanner.skip_space();
  if (complete && scanner.at_end()) return SvgViewport{numbers[2], numbers[3], {1, 0, 0, 1, -numbers[0], -numbers[1]}};
  diags.error(attribute.value_at, fmt::format("attribute 'viewBox': expected four numbers, found '{}'", attribute.value)).hint("write viewBox=\"0 0 width height\"");
  return std::nullopt;
}

bool has_sensible_size(const SvgViewport& viewport, const Span& at, Diagnostics& diags) {
  for (const double side : {viewport.width, viewport.height}) {
    if (side >= kSmallestSide && side <= kLargestSide) continue;
    diags.error(at, fmt::format("the picture is {} x {} units; sides from {} to {} were expected", decimal_text(viewport.width, 3), decimal_text(viewport.height, 3),
                                kSmallestSide, kLargestSide))
        .hint("one unit is one point at the natural size");
    return false;
  }
  return true;
}

}  // namespace

std::optional<SvgViewport> read_viewport(const xml::Element& root, Diagnostics& diags) {
  const xml::Attribute* const view_box = root.find("viewBox");
  const xml::Attribute* const width_attribute = root.find("width");
  const xml::Attribute* const height_attribute = root.find("height");
  const std::optional<SvgLength> width = width_attribute ? read_length(*width_attribute, diags) : std::nullopt;
  const std::optional<SvgLength> height = height_attribute ? read_length(*height_attribute, diags) : std::nullopt;
  if ((width_attribute && !width) || (height_attribute && !height)) return std::nullopt;

  std::optional<SvgViewport> viewport;
  if (view_box) {
    viewport = read_view_box(*view_box, diags);
  } else if (width && height && width->is_user_units && height->is_user_units) {
    viewport = SvgViewport{width->pixels, height->pixels, {}};
  } else {
    diags.error(root.at, "<svg> has no viewBox").hint("write viewBox=\"0 0 width height\"");
  }
  if (!viewport || !has_sensible_size(*viewport, view_box ? view_box->value_at : root.at, diags)) return std::nullopt;
  if (width && height && std::abs(width->pixels / height->pixels * viewport->height / viewport->width - 1) > 0.01) {
    diags.error(width_attribute->at, "width and height have another shape than the viewBox").hint("leave width and height out: the viewBox gives the size");
    return std::nullopt;
  }
  // A width in units says how large the drawing is at its natural size; without one, a unit of the viewBox is a point.
  if (width && width->is_user_units && view_box) {
    const double scale = width->pixels / viewport->width;
    const Transform& shift = viewport->transform;
    viewport = SvgViewport{viewport->width * scale, viewport->height * scale, {scale, 0, 0, scale, shift.e * scale, shift.f * scale}};
  }
  return viewport;
}

}  // namespace handout::images
