#include "check/packet.h"

#include <algorithm>

namespace handout::check {
namespace {

constexpr Length kHair = Length::from_units(Length::kUnitsPerPoint / 100);

struct Interval { Length from, to; };

// A panel: the rows of the sheet from `top` to `bottom`, the row `top` at height `start`, going down or up from there.
struct Panel {
  Length top, bottom, start;
  bool down = true;
  Face::Side side = Face::Side::Front;
  [[nodiscard]] Interval heights() const { return down ? Interval{start - (bottom - top), start} : Interval{start, start + (bottom - top)}; }
};

// What is left of an interval behind those in front of it.
std::vector<Interval> uncovered(Interval interval, const std::vector<Interval>& covers) {
  std::vector<Interval> left{interval};
  for (const Interval& cover : covers) {
    std::vector<Interval> rest;
    for (const Interval& each : left) {
      if (each.from < std::min(each.to, cover.from)) rest.push_back({each.from, std::min(each.to, cover.from)});
      if (std::max(each.from, cover.to) < each.to) rest.push_back({std::max(each.from, cover.to), each.to});
    }
    left = std::move(rest);
  }
  return left;
}

// The panels from front to back, heights from the first fold (from the page's lower edge when nothing is folded).
std::vector<Panel> panels(Size page, const std::vector<Length>& folds, FoldedAs folded) {
  const Length first = folds.empty() ? page.height : folds.front();
  std::vector<Panel> all{{Length{}, first, first, true, Face::Side::Front}};
  if (folds.empty()) return all;
  const Length second = folds.size() > 1 ? folds[1] : page.height;
  const Panel behind{first, second, Length{}, false, Face::Side::Back};
  if (folds.size() == 1) {
    all.push_back(behind);
    return all;
  }
  const Panel last{second, page.height, second - first, true, Face::Side::Front};
  all.insert(all.end(), {folded == FoldedAs::Z ? behind : last, folded == FoldedAs::Z ? last : behind});
  return all;
}

}  // namespace

Rect Face::place(const Rect& on_page) const {
  const Length x = mirrored ? width - on_page.right() : on_page.x;
  const Length y = head_up ? zero - on_page.bottom() : zero + on_page.y;
  return {x, y, on_page.width, on_page.height};
}

Packet fold(Size page, const std::vector<Length>& folds, FoldedAs folded, display::Duplex duplex) {
  const auto all = panels(page, folds, folded);
  Length lowest, highest;
  for (const Panel& panel : all) {
    lowest = std::min(lowest, panel.heights().from);
    highest = std::max(highest, panel.heights().to);
  }
  Packet packet{{page.width, highest - lowest}, {}};
  std::vector<Interval> covers;
  for (const Panel& panel : all) {
    // A back that is not printed on shows nothing.
    const bool printed = panel.side == Face::Side::Front || duplex != display::Duplex::No;
    // Turned about its short edge, the sheet has the head of its back page where the foot of its front is.
    const bool turned = panel.side == Face::Side::Back && duplex == display::Duplex::ShortEdge;
    for (const Interval& seen : uncovered(panel.heights(), covers)) {
      // Millimetres are no whole units: panels of one height may differ by one.
      if (!printed || seen.to - seen.from < kHair) continue;
      Face face;
      face.side = panel.side;
      face.width = page.width;
      const auto row = [&](Length height) { return panel.down ? panel.top + (panel.start - height) : panel.top + (height - panel.start); };
      face.top = std::min(row(seen.from), row(seen.to));
      face.bottom = std::max(row(seen.from), row(seen.to));
      face.head_up = panel.down;
      face.zero = (panel.down ? panel.start + panel.top : panel.start - panel.top) - lowest;
      face.mirrored = panel.side == Face::Side::Back;
      if (turned) {
        face = {face.side, page.height - face.bottom, page.height - face.top, face.zero + page.height, true, false, page.width};
      }
      packet.faces.push_back(face);
    }
    covers.push_back(panel.heights());
  }
  return packet;
}

}  // namespace handout::check
