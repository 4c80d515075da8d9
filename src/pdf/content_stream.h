#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/color.h"
#include "base/geometry.h"
#include "display/display.h"
#include "images/picture.h"
#include "pdf/font_table.h"

namespace handout::pdf {

// PDF user space: points, y up from the bottom left corner of the page.
struct UserPoint {
  double x = 0, y = 0;
};

// A glyph of a run with what the file knows of it.
struct ShownGlyph {
  Code code = 0;
  std::int32_t width = 0;  // 1/1000 em, as declared, before horizontal scaling
  double x = 0, y = 0;     // from the run's origin, points, y up
};

struct Lettering {
  FontIndex font;
  double size = 0;
  Color color;
  int horizontal_scale = 1000;  // thousandths of the glyphs' own widths
};

// The operators of one content stream (ISO 32000-1, annex A). Numbers have at most three decimals. Colour and font are written when they
// change; text objects open and close by themselves.
class ContentStream {
 public:
  // From `origin` on. Every glyph stands within 1/1000 em of its place.
  void show_text(const Lettering& lettering, UserPoint origin, std::span<const ShownGlyph> glyphs);

  void fill_rectangle(UserPoint corner, double width, double height, Color color);
  void fill_path(const std::vector<images::Segment>& segments, images::FillRule rule, Color color);
  void stroke_line(UserPoint from, UserPoint to, double width, Color color, std::span<const double> dashes);
  // An XObject of the page's resources in a coordinate system of its own.
  void paint_object(std::string_view name, const Transform& to_user_space);
  // A drawing's paths in a coordinate system of its own. It has no gradients: those need names in the resources.
  void paint_drawing(const images::Drawing& drawing, const Transform& to_user_space);
  // Returns the gradients; the n-th is named "S<n + 1>".
  std::vector<std::shared_ptr<const images::Gradient>> paint_paths(const images::Drawing& drawing);

  // The operators; the graphics state is again what it was at the beginning, but for colours, font and widths, which every stream sets before it uses them.
  [[nodiscard]] std::string finish();

 private:
  friend class MarkedContent;

  void number(double value);
  void number_of_thousandths(std::int64_t value);
  void op(std::string_view name);
  // An operator on a resource.
  void op_on(std::string_view resource, std::string_view name);
  void point(UserPoint p);
  void begin_text();
  void end_text();
  void fill_color(Color color);
  void stroke_color(Color color);
  void color(Color color, std::string_view gray, std::string_view rgb);
  void transform(const Transform& matrix);
  void dash_pattern(std::span<const double> dashes, double offset);
  void path(const std::vector<images::Segment>& segments);
  void stroke_style(const images::Stroke& stroke);
  void fill_with_shading(const images::DrawnPath& drawn, const Transform& to_drawing, std::string_view name);
  void show_glyphs(double size, std::span<const ShownGlyph> glyphs);
  void set_rise(double rise);
  void set_horizontal_scale(int thousandths);
  void forget_state();

  struct FontState {
    FontIndex font;
    std::int64_t size = 0;  // thousandths
    friend bool operator==(const FontState&, const FontState&) = default;
  };

  std::string text_;
  bool lost_ = false;  // an operator, for want of memory
  bool in_text_ = false;
  std::int64_t line_x_ = 0, line_y_ = 0;  // thousandths: where Td has brought the text line matrix
  double rise_ = 0;
  int scale_ = 1000;  // Tz, in thousandths
  std::optional<FontState> font_;
  std::optional<Color> fill_, stroke_;
  bool dashed_ = false;
  std::optional<double> line_width_;
};

// Nothing: glyphs without text, whose places readers should not take for words': a span replaced by no text (14.9.4). Poppler knows ActualText of a Span only, and after a span without MCID it
// forgets the sequence round it, so that sequence holds nothing else.
enum class Reading : std::uint8_t { Text, Nothing };

// An open marked-content sequence: BDC now, EMC when it ends (14.6).
class MarkedContent {
 public:
  // Real content of a structure element (14.7.4.2).
  MarkedContent(ContentStream& stream, std::string_view tag, std::uint32_t mcid, Reading reading = Reading::Text);
  // An artifact (14.8.2.2.2); a background says its box.
  MarkedContent(ContentStream& stream, display::ArtifactKind kind, const std::optional<Rect>& user_box);
  MarkedContent(const MarkedContent&) = delete;
  MarkedContent& operator=(const MarkedContent&) = delete;
  ~MarkedContent();

 private:
  ContentStream& stream_;
  Reading reading_ = Reading::Text;
};

}  // namespace handout::pdf
