#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/color.h"
#include "base/diagnostics.h"
#include "base/geometry.h"

// Door to libpng, libjpeg-turbo and lcms2, and a reader for an SVG subset. A picture is decoded and checked here, never in pdf/.
namespace handout::images {

// Path segments in the picture's own space (y down), curves as cubic Béziers.
enum class SegmentKind : std::uint8_t { Move, Line, Curve, Close };
struct Segment {
  SegmentKind kind = SegmentKind::Move;
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0, x = 0, y = 0;  // Curve uses all; Move and Line x, y
};

enum class FillRule : std::uint8_t { NonZero, EvenOdd };
enum class LineCap : std::uint8_t { Butt, Round, Square };
enum class LineJoin : std::uint8_t { Miter, Round, Bevel };

struct Stroke {
  Color color;
  double width = 1;  // in the picture's space
  LineCap cap = LineCap::Butt;
  LineJoin join = LineJoin::Miter;
  double miter_limit = 4;
  std::vector<double> dashes;
  double dash_offset = 0;
};

struct GradientStop {
  double offset = 0;  // 0 to 1, never falling; of two at one place the first ends the colours before it, the last begins those behind it
  Color color;
};
// Colours along the line from (x1, y1) to (x2, y2), two different points.
struct LinearGradient {
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
};
// Colours from the focus (fx, fy), which lies inside, to the circle's edge; r is above zero.
struct RadialGradient {
  double cx = 0, cy = 0, r = 0, fx = 0, fy = 0;
};
struct Gradient {
  std::variant<LinearGradient, RadialGradient> shape;
  std::vector<GradientStop> stops;  // two at least; beyond the ends the end colours go on
  Transform to_drawing;             // from the shape's space to the drawing's; can be undone
};
using Fill = std::variant<Color, std::shared_ptr<const Gradient>>;  // equal gradients of one drawing are one object

struct DrawnPath {
  std::vector<Segment> segments;  // transforms already applied
  std::optional<Fill> fill;
  FillRule fill_rule = FillRule::NonZero;
  std::optional<Stroke> stroke;
};

enum class Anchor : std::uint8_t { Start, Middle, End };  // SVG text-anchor; Start is the left side of the picture, whatever the language

// Where compose puts a label's text (a <text> element with an id): the SVG's own text is a stand-in for the editor.
struct TextPlace {
  std::string id;
  double x = 0, y = 0;         // baseline
  Anchor anchor = Anchor::Start;
  double font_size = 0;        // in the picture's space
  std::optional<double> width; // attribute data-width: the room that the label may take
  int weight = 400;
  Color color;
  Span at;
};

// An SVG as paths: sharp in print at any size.
struct Drawing {
  double width = 0, height = 0;  // the viewBox; one unit of an SVG is one point when the picture stands at its natural size, of a code (codes/) one module
  std::vector<DrawnPath> paths;
  std::vector<TextPlace> places;
};

enum class PixelFormat : std::uint8_t { Gray8, Rgb8 };

// Decoded PNG: rows without padding, alpha apart.
struct Raster {
  std::uint32_t width = 0, height = 0;
  PixelFormat format = PixelFormat::Rgb8;
  std::string pixels;
  std::string alpha;  // empty or width * height bytes
};

// A verified JPEG whose coded data is passed through, without its metadata.
struct Jpeg {
  std::uint32_t width = 0, height = 0;
  int components = 3;          // 1 or 3: CMYK is converted, or a fault
  std::string bytes;
};

struct Picture {
  std::string file;  // as shown in messages
  std::variant<Drawing, Raster, Jpeg> content;
  Size natural_size;  // SVG: its units as points; PNG: by pHYs, else 96 pixels an inch; JPEG: by JFIF density, else 96
};

// Tells the kind by content, not by name. A file that is no picture, is damaged, is outside the SVG subset or beyond 64 megapixels, 32 MB (SVG: 8 MB) is a fault at `reference` or inside the SVG.
Result<Picture> load_picture(const std::filesystem::path& path, const Span& reference, Diagnostics& diags);
Result<Picture> decode_picture(std::string_view bytes, std::string_view file, const Span& reference, Diagnostics& diags);

}  // namespace handout::images
