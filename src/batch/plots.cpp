#include "batch/plots.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/numbers.h"

namespace handout::batch {

namespace {

constexpr double kWidth = 440, kValues = 60, kBar = 12, kStep = 18;
// Room for names: for each character of a tag as much as the widest of them takes in Noto Sans. A label that does not fit would be a fault of the report.
constexpr double kLeastNames = 90, kCharacter = 9;
constexpr std::size_t kMostCharacters = 24;
constexpr std::size_t kMostBars = 24;
constexpr std::string_view kInk = "#1b2a33", kFill = "#0b6078", kLine = "#9db4bd";

std::string number(double value) { return decimal_text(value, 2); }

class Drawing {
 public:
  Drawing(double width, double height) : text_(fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\">\n", number(width), number(height))) {}
  void add_bar(double x, double y, double width, double height) { text_ += fmt::format("  <rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\"/>\n", number(x), number(y), number(width), number(height), kFill); }
  void add_line(double x1, double y1, double x2, double y2) { text_ += fmt::format("  <path d=\"M{} {} L{} {}\" fill=\"none\" stroke=\"{}\" stroke-width=\"0.75\"/>\n", number(x1), number(y1), number(x2), number(y2), kLine); }
  void add_curve(const std::string& points) { text_ += fmt::format("  <path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.5\" stroke-linejoin=\"round\"/>\n", points, kFill); }
  void add_label(Plot& plot, double x, double y, std::string_view anchor, double room, std::string words) {
    std::string id = fmt::format("t{}", plot.labels.size() + 1);
    text_ += fmt::format("  <text id=\"{}\" x=\"{}\" y=\"{}\" font-size=\"9\" text-anchor=\"{}\" data-width=\"{}\" fill=\"{}\">{}</text>\n", id, number(x), number(y), anchor, number(room), kInk, id);
    plot.labels.push_back({std::move(id), std::move(words)});
  }
  [[nodiscard]] std::string take() { return text_ + "</svg>\n"; }

 private:
  std::string text_;
};

// 1, 2 or 5 with zeros: at least `value`.
double round_up(double value) {
  double step = 1;
  for (;;) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      if (factor * step >= value) return factor * step;
    }
    step *= 10;
  }
}

}  // namespace

Plot plot_bars(std::string_view title, std::vector<ControlTotals::Bar> bars) {
  if (bars.size() > kMostBars) {
    ControlTotals::Bar others{"others", 0};
    for (std::size_t i = kMostBars - 1; i < bars.size(); ++i) others.count += bars[i].count;
    bars.resize(kMostBars - 1);
    bars.push_back(std::move(others));
  }
  Plot plot;
  std::uint64_t most = 1;
  std::size_t longest = 0;
  for (auto& each : bars) {
    most = std::max(most, each.count);
    if (each.name.size() > kMostCharacters) each.name = each.name.substr(0, kMostCharacters - 3) + "...";
    longest = std::max(longest, each.name.size());
  }
  const double names = std::max(kLeastNames, 8 + kCharacter * static_cast<double>(longest));
  Drawing drawing(kWidth, static_cast<double>(bars.size()) * kStep + 4);
  plot.in_words = std::string(title) + ":";
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const double y = 2 + static_cast<double>(i) * kStep, room = kWidth - names - kValues;
    const double width = room * static_cast<double>(bars[i].count) / static_cast<double>(most);
    drawing.add_bar(names, y + (kStep - kBar) / 2, width, kBar);
    drawing.add_label(plot, names - 6, y + kStep / 2 + 3, "end", names - 8, bars[i].name);
    drawing.add_label(plot, names + width + 5, y + kStep / 2 + 3, "start", kValues - 6, std::to_string(bars[i].count));
    plot.in_words += fmt::format("{} {}: {}", i == 0 ? "" : ",", bars[i].name, bars[i].count);
  }
  drawing.add_line(names, 0, names, static_cast<double>(bars.size()) * kStep + 4);
  plot.svg = drawing.take();
  return plot;
}

Plot plot_speed(const std::vector<Speed>& samples) {
  constexpr double kHeight = 150, kLeft = 60, kBottom = 20, kRight = 10, kTop = 10;
  Plot plot;
  struct Point { double seconds, rate; };
  std::vector<Point> points;
  Speed before;
  for (const Speed& each : samples) {
    if (each.seconds - before.seconds <= 0) continue;
    points.push_back({each.seconds, static_cast<double>(each.pieces - before.pieces) / (each.seconds - before.seconds)});
    before = each;
  }
  double most = 1, longest = 0.001;
  for (const Point& each : points) {
    most = std::max(most, each.rate);
    longest = std::max(longest, each.seconds);
  }
  most = round_up(most);
  Drawing drawing(kWidth, kHeight);
  const auto y_of = [&](double rate) { return kTop + (kHeight - kTop - kBottom) * (1 - rate / most); };
  for (const double part : {0.0, 0.5, 1.0}) {
    drawing.add_line(kLeft, y_of(most * part), kWidth - kRight, y_of(most * part));
    drawing.add_label(plot, kLeft - 5, y_of(most * part) + 3, "end", kLeft - 8, decimal_text(most * part, most < 10 ? 1 : 0));
  }
  drawing.add_label(plot, kLeft, kHeight - 5, "start", 60, "0 s");
  drawing.add_label(plot, kWidth - kRight, kHeight - 5, "end", 80, decimal_text(longest, 1) + " s");
  std::string path;
  // Steps: a rate is that of all the time between two notes.
  double from = kLeft;
  for (const Point& each : points) {
    const double to = kLeft + (kWidth - kLeft - kRight) * each.seconds / longest;
    path += fmt::format("{}{} {} L{} {}", path.empty() ? "M" : " L", number(from), number(y_of(each.rate)), number(to), number(y_of(each.rate)));
    from = to;
  }
  if (!path.empty()) drawing.add_curve(path);
  plot.svg = drawing.take();
  plot.in_words = fmt::format("Pieces a second from the beginning to second {}: between {} and {}", decimal_text(longest, 1), points.empty() ? "0" : decimal_text(std::min_element(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.rate < b.rate; })->rate, 0), decimal_text(points.empty() ? 0 : std::max_element(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.rate < b.rate; })->rate, 0));
  return plot;
}

}  // namespace handout::batch
