#include "images/svg_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "images/picture_file.h"
#include "images/svg_transform.h"

namespace handout::images {
namespace {

constexpr std::string_view kNamespace = "http://www.w3.org/2000/svg";
// Far beyond any page, far within what a Length and a PDF number hold.
constexpr double kLargestCoordinate = 1e6;
// Each is an object of the PDF; shapes that name one gradient in one space count once.
constexpr std::size_t kMaximumPlacedGradients = 4096;
// Nobody sees a shape of a millionth of a point, and its space could not be written as PDF numbers.
constexpr double kSmallestBox = 1e-6;

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

bool is_reachable(double coordinate) { return std::abs(coordinate) <= kLargestCoordinate; }  // false for NaN

bool all_reachable(const std::vector<Segment>& segments) {
  return std::all_of(segments.begin(), segments.end(), [](const Segment& each) {
    return is_reachable(each.x1) && is_reachable(each.y1) && is_reachable(each.x2) && is_reachable(each.y2) && is_reachable(each.x) && is_reachable(each.y);
  });
}

// A gradient's points in the drawing's space, with the radius both ways.
bool is_in_reach(const std::variant<LinearGradient, RadialGradient>& shape, const Transform& t) {
  const auto reaches = [&t](double x, double y) { return is_reachable(t.a * x + t.c * y + t.e) && is_reachable(t.b * x + t.d * y + t.f); };
  if (const LinearGradient* const linear = std::get_if<LinearGradient>(&shape)) return reaches(linear->x1, linear->y1) && reaches(linear->x2, linear->y2);
  const RadialGradient& radial = std::get<RadialGradient>(shape);
  return reaches(radial.cx - radial.r, radial.cy - radial.r) && reaches(radial.cx + radial.r, radial.cy - radial.r) && reaches(radial.cx - radial.r, radial.cy + radial.r) &&
         reaches(radial.cx + radial.r, radial.cy + radial.r);
}

// As articles write ids, so that a label can name it.
bool is_label_id(std::string_view id) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !id.empty() && letter(id.front()) && std::all_of(id.begin(), id.end(), [&](char c) {
    return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
}

}  // namespace

Drawing SvgReader::read(const xml::Element& root) {
  if (const xml::Attribute* const name = root.find("xmlns"); name != nullptr && name->value != kNamespace) {
    diags_.error(name->value_at, fmt::format("expected the namespace {}, found '{}'", kNamespace, name->value));
  }
  // Shapes are still checked when the size is wrong, so that all faults are told.
  const SvgViewport viewport = read_viewport(root, diags_).value_or(SvgViewport{});
  gradients_.read(root, {viewport.width / viewport.transform.a, viewport.height / viewport.transform.d}, diags_);
  Context context;
  read_attributes(root, SvgElement::Svg, context);
  context.transform = viewport.transform;
  drawing_.width = viewport.width;
  drawing_.height = viewport.height;
  read_children(root, context);
  return std::move(drawing_);
}

void SvgReader::read_children(const xml::Element& element, const Context& context) {
  for (const xml::Node& node : element.children) {
    if (has_told_enough()) return;
    if (const xml::Element* const child = node.element()) read_element(*child, context);
    else if (!is_blank(node.text()->text)) diags_.error(node.text()->at, fmt::format("text stands bare in <{}>", element.name)).hint("put it into <text id=\"...\">");
  }
}

void SvgReader::read_element(const xml::Element& element, const Context& outer) {
  const std::optional<SvgElement> kind = svg_element(element.name);
  if (!kind || kind == SvgElement::Svg) return refuse_element(element, diags_);
  if (kind == SvgElement::Description || kind == SvgElement::LinearGradient || kind == SvgElement::RadialGradient) return;
  if (kind == SvgElement::Stop) {
    diags_.error(element.at, "<stop> stands outside a gradient").hint("put it into <linearGradient> or <radialGradient>");
    return;
  }
  if (kind == SvgElement::Definitions) return check_children(element, *kind);
  Context context = outer;
  read_attributes(element, *kind, context);
  if (kind == SvgElement::Group) return read_children(element, context);
  check_children(element, *kind);
  if (kind == SvgElement::Text) return read_text(element, context);
  read_shape(element, *kind, context);
}

void SvgReader::read_attributes(const xml::Element& element, SvgElement kind, Context& context) {
  for (const xml::Attribute& attribute : element.attributes) {
    if (apply_style(attribute, gradients_, context.style, diags_) == Applied::Yes) continue;
    if (!is_known_attribute(kind, attribute.name)) {
      refuse_attribute(element, attribute, diags_);
    } else if (attribute.name == "transform") {
      const Parsed<Transform> transform = parse_transform(attribute.value);
      if (transform) context.transform = combined(context.transform, *transform);
      else tell(attribute, transform.error());
    }
  }
}

// Shapes and text hold no elements but title and desc; defs, besides them, gradients.
void SvgReader::check_children(const xml::Element& element, SvgElement kind) {
  for (const xml::Node& node : element.children) {
    if (has_told_enough()) return;
    if (const xml::Element* const child = node.element()) {
      const std::optional<SvgElement> child_kind = svg_element(child->name);
      if (child_kind == SvgElement::Description) continue;
      if (kind == SvgElement::Definitions) {
        if (child_kind == SvgElement::LinearGradient || child_kind == SvgElement::RadialGradient) continue;
        refuse_element(element, diags_);
        return;
      }
      if (child_kind) diags_.error(child->at, fmt::format("<{}> cannot stand in <{}>", child->name, element.name)).hint("put it behind, or into <g>");
      else refuse_element(*child, diags_);
    } else if (kind != SvgElement::Text && !is_blank(node.text()->text)) {
      diags_.error(node.text()->at, fmt::format("text stands bare in <{}>", element.name)).hint("put it into <text id=\"...\">");
    }
  }
}

void SvgReader::read_shape(const xml::Element& element, SvgElement kind, const Context& context) {
  switch (kind) {
    case SvgElement::Path: return add(path(element), element, context);
    case SvgElement::Rect: return add(rect(element), element, context);
    case SvgElement::Circle:
    case SvgElement::Ellipse: return add(ellipse(element), element, context);
    case SvgElement::Line: return add(line(element), element, context);
    case SvgElement::Polyline: return add(poly(element, PolyEnd::Open), element, context);
    default: return add(poly(element, PolyEnd::Closed), element, context);
  }
}

std::vector<Segment> SvgReader::path(const xml::Element& element) {
  const xml::Attribute* const data = require(element, "d");
  if (data == nullptr) return {};
  Parsed<std::vector<Segment>> segments = parse_path_data(data->value);
  if (segments) return std::move(*segments);
  tell(*data, segments.error());
  return {};
}

std::vector<Segment> SvgReader::rect(const xml::Element& element) {
  RectShape shape{number(element, "x"),
                  number(element, "y"),
                  size(element, "width", Need::Required),
                  size(element, "height", Need::Required),
                  size(element, "rx", Need::Optional),
                  size(element, "ry", Need::Optional)};
  // SVG 1.1, 9.2: one radius stands for both.
  if (element.find("rx") == nullptr) shape.rx = shape.ry;
  if (element.find("ry") == nullptr) shape.ry = shape.rx;
  return rect_path(shape);
}

std::vector<Segment> SvgReader::ellipse(const xml::Element& element) {
  const PathPoint center{number(element, "cx"), number(element, "cy")};
  const bool circle = element.name == "circle";
  const double rx = size(element, circle ? "r" : "rx", Need::Required);
  return ellipse_path(center, rx, circle ? rx : size(element, "ry", Need::Required));
}

std::vector<Segment> SvgReader::line(const xml::Element& element) {
  return poly_path({{number(element, "x1"), number(element, "y1")}, {number(element, "x2"), number(element, "y2")}}, PolyEnd::Open);
}

std::vector<Segment> SvgReader::poly(const xml::Element& element, PolyEnd end) {
  const xml::Attribute* const list = require(element, "points");
  if (list == nullptr) return {};
  const Parsed<std::vector<PathPoint>> points = parse_points(list->value);
  if (points) return poly_path(*points, end);
  tell(*list, points.error());
  return {};
}

void SvgReader::add(std::vector<Segment> segments, const xml::Element& element, const Context& context) {
  if (segments.empty() || segments_ > kMaximumSegments) return;
  segments_ += segments.size();
  if (segments_ > kMaximumSegments) {
    diags_.error(element.at, fmt::format("the picture has more than {} path segments", kMaximumSegments)).hint("simplify it in the drawing program, or place it as PNG");
    return;
  }
  DrawnPath drawn;
  drawn.fill = fill(segments, element, context);
  drawn.fill_rule = context.style.fill_rule;
  drawn.stroke = stroke(element, context);
  move_segments(context.transform, segments);
  if (!all_reachable(segments)) {
    diags_.error(element.at, fmt::format("<{}> reaches beyond 1000000 units", element.name)).hint("check its numbers and transforms");
    return;
  }
  drawn.segments = std::move(segments);
  if (drawn.fill || drawn.stroke) drawing_.paths.push_back(std::move(drawn));
}

std::optional<Fill> SvgReader::fill(const std::vector<Segment>& segments, const xml::Element& element, const Context& context) {
  if (!context.style.fill || !encloses_area(segments)) return std::nullopt;
  if (const Color* const color = std::get_if<Color>(&*context.style.fill)) return *color;
  const SvgGradient& source = *std::get<const SvgGradient*>(*context.style.fill);
  if (source.stops.empty()) return std::nullopt;
  if (source.stops.size() == 1) return source.stops.front().color;
  Transform to_drawing = context.transform;
  if (source.units == GradientUnits::BoundingBox) {
    // SVG 1.1, 7.11: without a width or a height there is no such space, and the gradient is ignored.
    const Bounds box = bounds_of(segments);
    if (!(box.right - box.left > kSmallestBox && box.bottom - box.top > kSmallestBox)) return std::nullopt;
    to_drawing = combined(to_drawing, {box.right - box.left, 0, 0, box.bottom - box.top, box.left, box.top});
  }
  return gradient(source, combined(to_drawing, source.transform), element);
}

std::shared_ptr<const Gradient> SvgReader::gradient(const SvgGradient& source, const Transform& to_drawing, const xml::Element& element) {
  const Transform& t = to_drawing;
  if (placed_gradients_.size() > kMaximumPlacedGradients) return nullptr;  // told before, and the drawing is refused
  auto& placed = placed_gradients_[{&source, {t.a, t.b, t.c, t.d, t.e, t.f}}];
  if (placed) return placed;
  if (!is_in_reach(source.shape, t) || !(std::abs(t.a * t.d - t.b * t.c) > kSmallestBox * kSmallestBox)) {
    diags_.error(element.at, fmt::format("the gradient of <{}> reaches beyond 1000000 units or is squeezed into nothing", element.name))
        .hint("check its numbers and transforms");
  }
  placed = std::make_shared<const Gradient>(Gradient{source.shape, source.stops, t});
  if (placed_gradients_.size() > kMaximumPlacedGradients) {
    diags_.error(element.at, fmt::format("more than {} shapes have gradients of their own", kMaximumPlacedGradients)).hint("use plain colours, or place the picture as PNG");
  }
  return placed;
}

std::optional<Stroke> SvgReader::stroke(const xml::Element& element, const Context& context) {
  const SvgStyle& style = context.style;
  if (!style.stroke || style.stroke_width == 0) return std::nullopt;
  const std::optional<double> scale = uniform_scale(context.transform);
  if (!scale) {
    diags_.error(element.at, fmt::format("the stroke of <{}> is stretched by a transform that scales unequally or skews", element.name))
        .hint("apply the transform to the shape in the drawing program, or turn the stroke into a filled path");
    return std::nullopt;
  }
  Stroke result{*style.stroke, style.stroke_width * *scale, style.cap, style.join, style.miter_limit, style.dashes, style.dash_offset * *scale};
  for (double& dash : result.dashes) dash *= *scale;
  const bool dashes_reachable = std::all_of(result.dashes.begin(), result.dashes.end(), is_reachable);
  if (!is_reachable(result.width) || !is_reachable(result.miter_limit) || !is_reachable(result.dash_offset) || !dashes_reachable) {
    diags_.error(element.at, fmt::format("the stroke of <{}> is beyond 1000000 units", element.name)).hint("check its numbers and transforms");
  }
  return result;
}

void SvgReader::read_text(const xml::Element& element, const Context& context) {
  const std::string id(element.value("id"));
  const Transform& t = context.transform;
  const std::optional<double> scale = uniform_scale(t);
  const SvgFill fill = context.style.fill.value_or(Color{});
  const Color* const color = std::get_if<Color>(&fill);
  TextPlace place{id, number(element, "x"), number(element, "y"), context.style.anchor, context.style.font_size, {}, context.style.weight,
                  color == nullptr ? Color{} : *color, element.at};
  if (id.empty()) {
    diags_.error(element.at, "<text> has no id, so that it could not be translated").hint("give it an id and a <label for=\"...\"> in the article, or turn it into a path");
  } else if (!is_label_id(id)) {
    diags_.error(element.find("id")->value_at, fmt::format("'{}' cannot be the id of a label", id)).hint("a letter, then letters, digits, '.', '_' or '-'");
  } else if (!label_ids_.insert(id).second) {
    diags_.error(element.find("id")->value_at, fmt::format("two labels have the id '{}'", id)).hint("give each label its own id");
  }
  if (!scale || t.a <= 0 || std::abs(t.b) > 1e-3 * t.a || t.d <= 0) {
    diags_.error(element.at, "<text> is turned, mirrored or stretched by a transform").hint("labels stand upright: place it with x and y");
    return;
  }
  if (!context.style.fill) diags_.error(element.at, "<text> has no fill").hint("give it a colour: fill=\"#rrggbb\"");
  if (color == nullptr) diags_.error(element.at, "<text> is filled with a gradient").hint("labels have one colour: fill=\"#rrggbb\"");
  if (context.style.stroke) diags_.error(element.at, "<text> is stroked, which labels cannot be").hint("write stroke=\"none\" on it");
  const double x = place.x;
  place.x = t.a * x + t.c * place.y + t.e;
  place.y = t.b * x + t.d * place.y + t.f;
  place.font_size *= *scale;
  if (element.find("data-width") != nullptr) place.width = size(element, "data-width", Need::Required) * *scale;
  if (place.width == 0.0) diags_.error(element.find("data-width")->value_at, "attribute 'data-width': expected more than 0");
  if (!is_reachable(place.x) || !is_reachable(place.y) || !is_reachable(place.font_size) || !is_reachable(place.width.value_or(0))) {
    diags_.error(element.at, "<text> reaches beyond 1000000 units").hint("check its numbers and transforms");
  }
  drawing_.places.push_back(std::move(place));
}

double SvgReader::number(const xml::Element& element, std::string_view name) {
  const xml::Attribute* const attribute = element.find(name);
  return attribute == nullptr ? 0 : svg_number(*attribute, diags_).value_or(0);
}

double SvgReader::size(const xml::Element& element, std::string_view name, Need need) {
  const xml::Attribute* const attribute = need == Need::Required ? require(element, name) : element.find(name);
  if (attribute == nullptr) return 0;
  const double value = svg_number(*attribute, diags_).value_or(0);
  if (value >= 0) return value;
  diags_.error(attribute->value_at, fmt::format("attribute '{}': expected 0 or more, found {}", name, attribute->value));
  return 0;
}

const xml::Attribute* SvgReader::require(const xml::Element& element, std::string_view name) {
  const xml::Attribute* const attribute = element.find(name);
  if (attribute == nullptr) diags_.error(element.at, fmt::format("<{}> has no '{}'", element.name, name));
  return attribute;
}

void SvgReader::tell(const xml::Attribute& attribute, const ValueFault& fault) {
  diags_.error(attribute.value_at, fmt::format("attribute '{}': {} (character {})", attribute.name, fault.message, fault.character));
}

}  // namespace handout::images
