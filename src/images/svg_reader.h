#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/geometry.h"
#include "images/picture.h"
#include "images/svg_gradients.h"
#include "images/svg_shapes.h"
#include "images/svg_style.h"
#include "images/svg_vocabulary.h"
#include "xml/element.h"

namespace handout::images {

// Walks one SVG and fills a Drawing. Faults are told as they are met and reading goes on; the drawing is of use only when there were none.
class SvgReader {
 public:
  explicit SvgReader(Diagnostics& diags) : diags_(diags), errors_before_(diags.error_count()) {}
  Drawing read(const xml::Element& root);

 private:
  // What an element stands in: inherited style, and its space in that of the picture.
  struct Context {
    SvgStyle style;
    Transform transform;
  };

  void read_children(const xml::Element& element, const Context& context);
  void read_element(const xml::Element& element, const Context& outer);
  void read_attributes(const xml::Element& element, SvgElement kind, Context& context);
  void read_shape(const xml::Element& element, SvgElement kind, const Context& context);
  void read_text(const xml::Element& element, const Context& context);
  void check_children(const xml::Element& element, SvgElement kind);

  std::vector<Segment> path(const xml::Element& element);
  std::vector<Segment> rect(const xml::Element& element);
  std::vector<Segment> ellipse(const xml::Element& element);
  std::vector<Segment> line(const xml::Element& element);
  std::vector<Segment> poly(const xml::Element& element, PolyEnd end);
  void add(std::vector<Segment> segments, const xml::Element& element, const Context& context);
  std::optional<Fill> fill(const std::vector<Segment>& segments, const xml::Element& element, const Context& context);
  std::shared_ptr<const Gradient> gradient(const SvgGradient& gradient, const Transform& to_drawing, const xml::Element& element);
  std::optional<Stroke> stroke(const xml::Element& element, const Context& context);

  double number(const xml::Element& element, std::string_view name);
  // Not negative; `Need::Required` tells a missing one.
  enum class Need { Optional, Required };
  double size(const xml::Element& element, std::string_view name, Need need);
  const xml::Attribute* require(const xml::Element& element, std::string_view name);
  void tell(const xml::Attribute& attribute, const ValueFault& fault);
  // Nobody reads further, and telling takes time.
  [[nodiscard]] bool has_told_enough() const { return diags_.error_count() - errors_before_ >= 200; }

  Diagnostics& diags_;
  std::size_t errors_before_;
  Drawing drawing_;
  std::size_t segments_ = 0;
  std::set<std::string, std::less<>> label_ids_;
  SvgGradients gradients_;
  // By place, so that shapes in one space share it; only looked up, never walked.
  std::map<std::pair<const SvgGradient*, std::array<double, 6>>, std::shared_ptr<const Gradient>> placed_gradients_;
};

// The root's space: viewBox, or width and height without one. The transform moves the viewBox' corner to (0, 0).
struct SvgViewport {
  double width = 0, height = 0;
  Transform transform;
};
std::optional<SvgViewport> read_viewport(const xml::Element& root, Diagnostics& diags);

}  // namespace handout::images
