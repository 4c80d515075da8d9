#include "pdf/content_stream.h"

#include <algorithm>
#include <cmath>
#include <new>

#include "base/expects.h"
#include "base/numbers.h"
#include "pdf/text_string.h"

namespace handout::pdf {

namespace {

std::int64_t thousandths(double value) { return static_cast<std::int64_t>(std::llround(value * 1000)); }

double from_thousandths(std::int64_t value) { return static_cast<double>(value) / 1000; }

}  // namespace

void ContentStream::number(double value) {
  append_decimal(text_, value, 3);
  text_ += ' ';
}

// What number() writes of a thousandth of it.
void ContentStream::number_of_thousandths(std::int64_t value) {
  const std::int64_t size = value < 0 ? -value : value;
  if (value < 0) text_ += '-';
  text_ += std::to_string(size / 1000);
  if (std::int64_t rest = size % 1000; rest != 0) {
    text_ += '.';
    for (std::int64_t place = 100; rest != 0; rest %= place, place /= 10) text_ += static_cast<char>('0' + rest / place);
  }
  text_ += ' ';
}

void ContentStream::op(std::string_view name) {
  text_ += name;
  text_ += '\n';
}

void ContentStream::op_on(std::string_view resource, std::string_view name) {
  text_ += '/';
  text_ += resource;
  text_ += ' ';
  op(name);
}

void ContentStream::point(UserPoint p) {
  number(p.x);
  number(p.y);
}

std::string ContentStream::finish() {
  if (lost_) throw std::bad_alloc();
  end_text();
  set_horizontal_scale(1000);
  if (dashed_) dash_pattern({}, 0);
  return std::move(text_);
}

void ContentStream::begin_text() {
  if (in_text_) return;
  op("BT");
  in_text_ = true;
  line_x_ = line_y_ = 0;
}

void ContentStream::end_text() {
  if (!in_text_) return;
  op("ET");
  in_text_ = false;
}

// Equal channels as DeviceGray: shorter, and an output intent for RGB covers it (ISO 19005-2, 6.2.4.3).
void ContentStream::color(Color color, std::string_view gray, std::string_view rgb) {
  number(color.red / 255.0);
  if (color.red == color.green && color.green == color.blue) return op(gray);
  number(color.green / 255.0);
  number(color.blue / 255.0);
  op(rgb);
}

void ContentStream::fill_color(Color wanted) {
  if (fill_ == wanted) return;
  fill_ = wanted;
  color(wanted, "g", "rg");
}

void ContentStream::stroke_color(Color wanted) {
  if (stroke_ == wanted) return;
  stroke_ = wanted;
  color(wanted, "G", "RG");
}

void ContentStream::set_rise(double rise) {
  if (rise == rise_) return;
  rise_ = rise;
  number(rise);
  op("Ts");
}

void ContentStream::set_horizontal_scale(int thousandths) {
  if (thousandths == scale_) return;
  scale_ = thousandths;
  number(thousandths / 10.0);  // Tz takes percent
  op("Tz");
}

void ContentStream::show_text(const Lettering& lettering, UserPoint origin, std::span<const ShownGlyph> glyphs) {
  if (glyphs.empty()) return;
  fill_color(lettering.color);
  begin_text();
  const FontState wanted{lettering.font, thousandths(lettering.size)};
  if (font_ != wanted) {
    font_ = wanted;
    text_ += "/F" + std::to_string(lettering.font.value() + 1) + ' ';
    number_of_thousandths(wanted.size);
    op("Tf");
  }
  // Td counts from the line before; whole thousandths, so that nothing adds up.
  const std::int64_t x = thousandths(origin.x), y = thousandths(origin.y);
  if (x != line_x_ || y != line_y_) {
    number_of_thousandths(x - line_x_);
    number_of_thousandths(y - line_y_);
    op("Td");
    line_x_ = x;
    line_y_ = y;
  }
  set_horizontal_scale(lettering.horizontal_scale);
  // Widths and TJ's numbers are scaled alike (9.4.4).
  show_glyphs(from_thousandths(wanted.size) * lettering.horizontal_scale / 1000, glyphs);
  set_rise(0);
}

void ContentStream::show_glyphs(double size, std::span<const ShownGlyph> glyphs) {
  double pen = 0;       // 1/1000 em, where the reader stands
  bool array_open = false, string_open = false;
  const auto close = [&] {
    if (string_open) text_ += '>';
    if (array_open) op("]TJ");
    array_open = string_open = false;
  };
  for (const ShownGlyph& glyph : glyphs) {
    const double rise = from_thousandths(thousandths(glyph.y));
    if (rise != rise_) {
      close();
      set_rise(rise);
    }
    if (!array_open) text_ += '[';
    array_open = true;
    const double deviation = std::round(glyph.x * 1000 / size - pen);
    if (deviation != 0) {
      if (string_open) text_ += '>';
      string_open = false;
      append_decimal(text_, -deviation, 0);
      pen += deviation;
    }
    if (!string_open) text_ += '<';
    string_open = true;
    append_hex16(text_, glyph.code);
    pen += glyph.width;
  }
  close();
}

void ContentStream::fill_rectangle(UserPoint corner, double width, double height, Color color) {
  end_text();
  fill_color(color);
  point(corner);
  number(width);
  number(height);
  op("re");
  op("f");
}

void ContentStream::fill_path(const std::vector<images::Segment>& segments, images::FillRule rule, Color color) {
  end_text();
  fill_color(color);
  path(segments);
  op(rule == images::FillRule::EvenOdd ? "f*" : "f");
}

void ContentStream::dash_pattern(std::span<const double> dashes, double offset) {
  text_ += '[';
  for (const double dash : dashes) number(dash);
  text_ += "] ";
  number(offset);
  op("d");
  dashed_ = !dashes.empty();
}

void ContentStream::stroke_line(UserPoint from, UserPoint to, double width, Color color, std::span<const double> dashes) {
  end_text();
  stroke_color(color);
  if (line_width_ != width) {
    number(width);
    op("w");
    line_width_ = width;
  }
  if (!dashes.empty() || dashed_) dash_pattern(dashes, 0);
  point(from);
  op("m");
  point(to);
  op("l");
  op("S");
}

void ContentStream::transform(const Transform& m) {
  for (const double value : {m.a, m.b, m.c, m.d}) {
    append_decimal(text_, value, 6);  // scales: three decimals would shift the far side of a picture
    text_ += ' ';
  }
  number(m.e);
  number(m.f);
  op("cm");
}

// After Q the state is what it was before q, not what was written in between.
void ContentStream::forget_state() {
  fill_.reset();
  stroke_.reset();
  line_width_.reset();
}

void ContentStream::paint_object(std::string_view name, const Transform& to_user_space) {
  end_text();
  set_horizontal_scale(1000);
  if (dashed_) dash_pattern({}, 0);  // a form inherits the graphics state
  op("q");
  transform(to_user_space);
  op_on(name, "Do");
  op("Q");
}

void ContentStream::paint_drawing(const images::Drawing& drawing, const Transform& to_user_space) {
  end_text();
  op("q");
  const bool dashed = dashed_;
  transform(to_user_space);
  // What lies outside the viewBox is not shown.
  for (const double side : {0.0, 0.0, drawing.width, drawing.height}) number(side);
  op("re");
  op("W");
  op("n");
  EXPECTS(paint_paths(drawing).empty());
  op("Q");
  forget_state();
  dashed_ = dashed;
}

std::vector<std::shared_ptr<const images::Gradient>> ContentStream::paint_paths(const images::Drawing& drawing) {
  std::vector<std::shared_ptr<const images::Gradient>> gradients;
  for (const images::DrawnPath& drawn : drawing.paths) {
    if (drawn.segments.empty() || (!drawn.fill && !drawn.stroke)) continue;
    const Color* color = drawn.fill ? std::get_if<Color>(&*drawn.fill) : nullptr;
    if (drawn.fill && color == nullptr) {
      const auto& gradient = std::get<std::shared_ptr<const images::Gradient>>(*drawn.fill);
      gradients.push_back(gradient);
      fill_with_shading(drawn, gradient->to_drawing, "S" + std::to_string(gradients.size()));
      if (!drawn.stroke) continue;
    }
    if (color != nullptr) fill_color(*color);
    if (drawn.stroke) stroke_style(*drawn.stroke);
    path(drawn.segments);
    const bool even_odd = drawn.fill_rule == images::FillRule::EvenOdd;
    if (color != nullptr && drawn.stroke) op(even_odd ? "B*" : "B");
    else if (color != nullptr) op(even_odd ? "f*" : "f");
    else op("S");
  }
  return gradients;
}

// A shading fills what is not clipped (8.7.4.2).
void ContentStream::fill_with_shading(const images::DrawnPath& drawn, const Transform& to_drawing, std::string_view name) {
  op("q");
  path(drawn.segments);
  op(drawn.fill_rule == images::FillRule::EvenOdd ? "W*" : "W");
  op("n");
  transform(to_drawing);
  op_on(name, "sh");
  op("Q");
}

void ContentStream::stroke_style(const images::Stroke& stroke) {
  stroke_color(stroke.color);
  number(stroke.width);
  op("w");
  line_width_ = stroke.width;
  text_ += std::to_string(static_cast<int>(stroke.cap)) + " J " + std::to_string(static_cast<int>(stroke.join)) + " j ";
  number(std::max(1.0, stroke.miter_limit));
  op("M");
  if (!stroke.dashes.empty() || dashed_) dash_pattern(stroke.dashes, stroke.dash_offset);
}

namespace {

// Five segments that are what `re` stands for (8.5.2.1): to the right, down, back, closed.
bool is_rectangle(std::span<const images::Segment> s) {
  using images::SegmentKind;
  return s.size() >= 5 && s[0].kind == SegmentKind::Move && s[1].kind == SegmentKind::Line && s[2].kind == SegmentKind::Line && s[3].kind == SegmentKind::Line && s[4].kind == SegmentKind::Close && s[1].y == s[0].y && s[2].x == s[1].x &&
         s[3].y == s[2].y && s[3].x == s[0].x;
}

}  // namespace

void ContentStream::path(const std::vector<images::Segment>& segments) {
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const images::Segment& s = segments[i];
    if (is_rectangle(std::span(segments).subspan(i))) {
      // The far corner is rounded too, so that neighbours meet.
      point({s.x, s.y});
      number(from_thousandths(thousandths(segments[i + 2].x) - thousandths(s.x)));
      number(from_thousandths(thousandths(segments[i + 2].y) - thousandths(s.y)));
      op("re");
      i += 4;
      continue;
    }
    switch (s.kind) {
      case images::SegmentKind::Move:
        point({s.x, s.y});
        op("m");
        break;
      case images::SegmentKind::Line:
        point({s.x, s.y});
        op("l");
        break;
      case images::SegmentKind::Curve:
        point({s.x1, s.y1});
        point({s.x2, s.y2});
        point({s.x, s.y});
        op("c");
        break;
      case images::SegmentKind::Close: op("h"); break;
    }
  }
}

MarkedContent::MarkedContent(ContentStream& stream, std::string_view tag, std::uint32_t mcid, Reading reading) : stream_(stream), reading_(reading) {
  stream_.end_text();
  stream_.text_ += '/';
  stream_.text_ += tag;
  stream_.op("<</MCID " + std::to_string(mcid) + ">>BDC");
  if (reading == Reading::Nothing) stream_.op("/Span<</ActualText()>>BDC");
}

MarkedContent::MarkedContent(ContentStream& stream, display::ArtifactKind kind, const std::optional<Rect>& user_box) : stream_(stream) {
  stream_.end_text();
  stream_.text_ += "/Artifact<<";
  switch (kind) {
    case display::ArtifactKind::Layout: stream_.text_ += "/Type/Layout"; break;
    case display::ArtifactKind::Header: stream_.text_ += "/Type/Pagination/Subtype/Header"; break;
    case display::ArtifactKind::Footer: stream_.text_ += "/Type/Pagination/Subtype/Footer"; break;
    case display::ArtifactKind::Background: stream_.text_ += "/Type/Background"; break;
  }
  if (user_box) {
    stream_.text_ += "/BBox[";
    stream_.point({user_box->x.points(), user_box->y.points()});
    stream_.point({user_box->right().points(), user_box->bottom().points()});
    stream_.text_ += ']';
  }
  stream_.op(">>BDC");
}

MarkedContent::~MarkedContent() {
  try {
    stream_.end_text();
    if (reading_ == Reading::Nothing) stream_.op("EMC");
    stream_.op("EMC");
  } catch (const std::bad_alloc&) {
    stream_.lost_ = true;  // a destructor can't throw: finish() does
  }
}

}  // namespace handout::pdf
