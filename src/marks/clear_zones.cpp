#include "marks/clear_zones.h"

#include <algorithm>

namespace handout::marks {

namespace {

Rect spanning(Length left, Length top, Length right, Length bottom) { return {left, top, right - left, bottom - top}; }

// A command's ink, from the fragment's origin. Of text: from the outermost glyphs' origins, and from descender to ascender.
struct InkOf {
  const fonts::Fonts& fonts;

  std::optional<Intruder> found;
  Rect area;

  void operator()(const display::GlyphRun& run) {
    if (run.glyphs.empty()) return;
    const fonts::FaceMetrics& metrics = fonts.info(run.face).metrics;
    Length left = run.glyphs.front().offset.x, right = left;
    for (const display::PlacedGlyph& glyph : run.glyphs) {
      left = std::min(left, glyph.offset.x);
      right = std::max(right, glyph.offset.x + fonts::scale(fonts.advance(run.face, glyph.glyph), metrics, run.size));
    }
    const Length y = run.origin.y;
    set("text", spanning(run.origin.x + left, y - fonts::scale(metrics.ascender, metrics, run.size), run.origin.x + right, y - fonts::scale(metrics.descender, metrics, run.size)));
  }
  void operator()(const display::FilledRect& filled) { set("a box", filled.rect); }
  void operator()(const display::Frame& frame) { set("a box", frame.rect); }
  void operator()(const display::StrokedLine& line) {
    const Length half = line.width / 2;
    set("a line", spanning(std::min(line.from.x, line.to.x) - half, std::min(line.from.y, line.to.y) - half, std::max(line.from.x, line.to.x) + half, std::max(line.from.y, line.to.y) + half));
  }
  void operator()(const display::PlacedPicture& placed) { set("a picture", placed.rect); }
  void operator()(const display::LinkArea&) {}
  void operator()(const display::DestinationMark&) {}

  void set(const char* what, const Rect& rect) {
    found = Intruder{what, {}};
    area = rect;
  }
};

// Lines whose height the zone doesn't meet are passed over without a look at their glyphs; ascents may rise over a line's top by less than its height.
bool may_meet(const display::FragmentLine& line, Length shift, const Rect& rect) {
  const Length top = line.top + shift - line.height, bottom = line.top + shift + line.height * 2;
  return top < rect.bottom() && rect.y < bottom;
}

std::optional<Intruder> find_in(const display::Placement& placement, const Rect& rect, const fonts::Fonts& fonts) {
  const display::Fragment& fragment = *placement.fragment;
  if (placement.line_count == 0) return std::nullopt;
  const Point shift{placement.position.x, placement.position.y - fragment.lines[placement.first_line].top};
  for (std::uint32_t l = placement.first_line; l < placement.first_line + placement.line_count; ++l) {
    const display::FragmentLine& line = fragment.lines[l];
    if (!may_meet(line, shift.y, rect)) continue;
    for (std::uint32_t c = line.first_command; c < line.first_command + line.command_count; ++c) {
      InkOf ink{fonts, {}, {}};
      std::visit(ink, fragment.commands[c].what);
      if (!ink.found) continue;
      const Rect area{ink.area.x + shift.x, ink.area.y + shift.y, ink.area.width, ink.area.height};
      if (!meet(area, rect)) continue;
      ink.found->at = {area.x, area.y};
      return ink.found;
    }
  }
  return std::nullopt;
}

}  // namespace

bool meet(const Rect& a, const Rect& b) { return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom(); }

Rect behind(const Rect& rect, Size paper, display::Duplex duplex) {
  const bool upright = paper.width <= paper.height;
  const bool about_side = (duplex == display::Duplex::LongEdge) == upright;
  if (about_side) return {paper.width - rect.right(), rect.y, rect.width, rect.height};
  return {rect.x, paper.height - rect.bottom(), rect.width, rect.height};
}

std::optional<Intruder> find_in(const display::Page& page, const Rect& rect, const fonts::Fonts& fonts) {
  for (const display::Placement& placement : page.placements) {
    if (auto found = find_in(placement, rect, fonts)) return found;
  }
  return std::nullopt;
}

}  // namespace handout::marks
