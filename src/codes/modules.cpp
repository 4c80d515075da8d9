#include "codes/modules.h"

#include <algorithm>

#include "base/expects.h"

namespace handout::codes {

namespace {

using images::SegmentKind;

// Black cells beside one another, and where the rectangle that they belong to began.
struct Run {
  std::size_t begin = 0, end = 0;
  double top = 0;
  friend bool same_columns(const Run& a, const Run& b) { return a.begin == b.begin && a.end == b.end; }
};

std::vector<Run> runs_of(const std::vector<bool>& row, double top) {
  std::vector<Run> runs;
  for (std::size_t x = 0; x < row.size(); ++x) {
    if (!row[x]) continue;
    if (!runs.empty() && runs.back().end == x) ++runs.back().end;
    else runs.push_back({x, x + 1, top});
  }
  return runs;
}

void add_rectangle(images::DrawnPath& path, const Run& run, double bottom, const QuietZone& quiet) {
  const double left = quiet.left + static_cast<double>(run.begin), right = quiet.left + static_cast<double>(run.end);
  const auto add = [&](SegmentKind kind, double x, double y) { path.segments.push_back({kind, 0, 0, 0, 0, x, y}); };
  add(SegmentKind::Move, left, run.top);
  add(SegmentKind::Line, right, run.top);
  add(SegmentKind::Line, right, bottom);
  add(SegmentKind::Line, left, bottom);
  add(SegmentKind::Close, left, run.top);
}

}  // namespace

images::Drawing draw(const Modules& modules, const QuietZone& quiet) {
  EXPECTS(!modules.rows.empty() && modules.rows.size() == modules.heights.size());
  images::DrawnPath path;
  path.fill = Color{};
  double top = quiet.top;
  std::vector<Run> open;  // rectangles that reach down to `top`
  for (std::size_t y = 0; y < modules.rows.size(); ++y) {
    std::vector<Run> runs = runs_of(modules.rows[y], top);
    // Both are in the order of columns.
    auto next = runs.begin();
    for (const Run& above : open) {
      while (next != runs.end() && next->begin < above.begin) ++next;
      if (next != runs.end() && same_columns(*next, above)) next->top = above.top;
      else add_rectangle(path, above, top, quiet);
    }
    open = std::move(runs);
    top += modules.heights[y];
  }
  for (const Run& run : open) add_rectangle(path, run, top, quiet);
  images::Drawing drawing;
  drawing.width = quiet.left + static_cast<double>(modules.rows.front().size()) + quiet.right;
  drawing.height = top + quiet.bottom;
  drawing.paths.push_back(std::move(path));
  return drawing;
}

}  // namespace handout::codes
