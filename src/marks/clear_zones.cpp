#include "marks/clear_zones.h"

#include <algorithm>

namespace handout::marks {

namespace {

Rect spanning(Length left, Length top, Length right, Length bottom) { return {left, top, right - left, bottom - top}; }

// Where the command's ink is that stands in `wanted`, a rectangle in the fragment's own space.
struct InkIn {
  const fonts::Fonts& fonts;
  const Rect& wanted;

  using Found = std::optional<std::pair<const char*, Rect>>;
  [[nodiscard]] Found ink(const char* what, const Rect& rect) const { return meet(rect, wanted) ? Found({what, rect}) : std::nullopt; }

  // Most runs are far away: those that are near are looked at glyph by glyph, as full-width marks have an empty half that may hang in the margin.
  Found operator()(const display::GlyphRun& run) const {
    if (run.glyphs.empty()) return std::nullopt;
    const fonts::FaceMetrics& metrics = fonts.info(run.face).metrics;
    const auto scaled = [&](fonts::FontUnits units) { return fonts::scale(units, metrics, run.size); };
    Length left = run.glyphs.front().offset.x, right = left;
    for (const display::PlacedGlyph& glyph : run.glyphs) {
      left = std::min(left, glyph.offset.x);
      right = std::max(right, glyph.offset.x);
    }
    // No glyph's ink is farther from its origin than the face's largest; marks may be raised or lowered by less than the size.
    const Point origin = run.origin;
    if (!meet(spanning(origin.x + left + scaled(metrics.x_min), origin.y - scaled(metrics.y_max) - run.size, origin.x + right + scaled(metrics.x_max), origin.y - scaled(metrics.y_min) + run.size), wanted)) return std::nullopt;
    for (const display::PlacedGlyph& glyph : run.glyphs) {
      const fonts::InkBox box = fonts.ink_box(run.face, glyph.glyph);
      if (box.left >= box.right) continue;
      const Point at = origin + glyph.offset;
      if (auto found = ink("text", spanning(at.x + scaled(box.left), at.y - scaled(box.top), at.x + scaled(box.right), at.y - scaled(box.bottom)))) return found;
    }
    return std::nullopt;
  }
  Found operator()(const display::FilledRect& filled) const { return ink("a box", filled.rect); }
  Found operator()(const display::Frame& frame) const { return ink("a box", frame.rect); }
  Found operator()(const display::StrokedLine& line) const {
    const Length half = line.width / 2;
    return ink("a line", spanning(std::min(line.from.x, line.to.x) - half, std::min(line.from.y, line.to.y) - half, std::max(line.from.x, line.to.x) + half, std::max(line.from.y, line.to.y) + half));
  }
  Found operator()(const display::PlacedPicture& placed) const { return ink("a picture", placed.rect); }
  Found operator()(const display::LinkArea&) const { return std::nullopt; }
  Found operator()(const display::DestinationMark&) const { return std::nullopt; }
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
  const Rect wanted{rect.x - shift.x, rect.y - shift.y, rect.width, rect.height};
  for (std::uint32_t l = placement.first_line; l < placement.first_line + placement.line_count; ++l) {
    const display::FragmentLine& line = fragment.lines[l];
    if (!may_meet(line, shift.y, rect)) continue;
    for (std::uint32_t c = line.first_command; c < line.first_command + line.command_count; ++c) {
      if (const auto found = std::visit(InkIn{fonts, wanted}, fragment.commands[c].what)) return Intruder{found->first, Point{found->second.x, found->second.y} + shift};
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
