#include "check/ink.h"

#include <algorithm>

namespace handout::check {
namespace {

using display::Command;
using Kind = Ink::Kind;

// Letters stand out of their lines by no more than this: marks stacked on one another, swashes.
constexpr Length kOut = 72_pt;
constexpr Color kPaper{0xff, 0xff, 0xff};

class Page {
 public:
  Page(const display::Page& page, const Wanted& wanted, const fonts::Fonts& fonts, const std::function<void(const Ink&)>& visit) : page_(page), wanted_(wanted), fonts_(fonts), visit_(visit) {}

  void run() {
    for (std::size_t i = 0; i < page_.placements.size(); ++i) {
      const display::Placement& placement = page_.placements[i];
      const auto& lines = placement.fragment->lines;
      placement_ = i;
      for (std::uint32_t l = placement.first_line; l < placement.first_line + placement.line_count; ++l) {
        at_ = {placement.position.x, placement.position.y - lines[placement.first_line].top};
        const Length top = at_.y + lines[l].top;
        if (!is_whole() && (top - kOut > wanted_.bottom || top + lines[l].height + kOut < wanted_.top)) continue;
        for (std::uint32_t c = 0; c < lines[l].command_count; ++c) std::visit([&](const auto& what) { add(what); }, placement.fragment->commands[lines[l].first_command + c].what);
      }
    }
  }

 private:
  [[nodiscard]] bool is_whole() const { return placement_ < wanted_.whole.size() && wanted_.whole[placement_]; }

  void put(Kind kind, Rect area) {
    area.x += at_.x;
    area.y += at_.y;
    if (is_whole() || (area.y < wanted_.bottom && area.bottom() > wanted_.top)) visit_({kind, area, placement_});
  }

  void add(const display::GlyphRun& run) {
    const fonts::FaceMetrics& metrics = fonts_.info(run.face).metrics;
    const auto scaled = [&](fonts::FontUnits units) { return fonts::scale(units, metrics, run.size); };
    const auto across = [&](fonts::FontUnits units) { return scaled(units).scaled(run.horizontal_scale, 1000); };
    for (const display::PlacedGlyph& glyph : run.glyphs) {
      const fonts::InkBox box = fonts_.ink_box(run.face, glyph.glyph);
      if (box.left >= box.right) continue;
      const Point at = run.origin + glyph.offset;
      put(Kind::Text, {at.x + across(box.left), at.y - scaled(box.top), across(box.right - box.left), scaled(box.top - box.bottom)});
    }
  }
  void add(const display::FilledRect& filled) {
    if (filled.color != kPaper) put(std::min(filled.rect.width, filled.rect.height) <= 3_pt ? Kind::Line : Kind::Background, filled.rect);
  }
  void add(const display::Frame& frame) {
    const Rect& all = frame.rect;
    const Insets& widths = frame.widths;
    // Round corners turn inside the frame's corner: no more than that is taken for ink.
    const Length round = frame.radius;
    const auto side = [&](unsigned bit, Length width, Rect rect) {
      if ((frame.sides >> bit & 1u) != 0 && width > Length{}) put(Kind::Line, rect);
    };
    side(0, widths.top, {all.x, all.y, all.width, std::max(widths.top, round)});
    side(1, widths.right, {all.right() - std::max(widths.right, round), all.y, std::max(widths.right, round), all.height});
    side(2, widths.bottom, {all.x, all.bottom() - std::max(widths.bottom, round), all.width, std::max(widths.bottom, round)});
    side(3, widths.left, {all.x, all.y, std::max(widths.left, round), all.height});
  }
  void add(const display::StrokedLine& line) {
    const Length half = line.width / 2;
    const Length x = std::min(line.from.x, line.to.x), y = std::min(line.from.y, line.to.y);
    put(Kind::Line, {x - half, y - half, std::max(line.from.x, line.to.x) - x + line.width, std::max(line.from.y, line.to.y) - y + line.width});
  }
  void add(const display::PlacedPicture& picture) { put(Kind::Picture, picture.rect); }
  void add(const display::LinkArea&) {}
  void add(const display::DestinationMark&) {}

  const display::Page& page_;
  const Wanted& wanted_;
  const fonts::Fonts& fonts_;
  const std::function<void(const Ink&)>& visit_;
  std::size_t placement_ = 0;
  Point at_;
};

}  // namespace

void for_each_ink(const display::Page& page, const Wanted& wanted, const fonts::Fonts& fonts, const std::function<void(const Ink&)>& visit) { Page(page, wanted, fonts, visit).run(); }

}  // namespace handout::check
