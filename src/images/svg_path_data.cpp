#include "images/svg_path.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "images/picture_file.h"

namespace handout::images {
namespace {

constexpr std::string_view kCommands = "MLHVCSQTAZ";
constexpr std::array<std::size_t, 10> kArguments{2, 2, 1, 1, 6, 4, 4, 2, 7, 0};
constexpr std::size_t kLargeFlag = 3, kSweepFlag = 4;

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

class PathReader {
 public:
  explicit PathReader(std::string_view text) : scanner_(text) {}

  Parsed<std::vector<Segment>> read() {
    for (scanner_.skip_space(); !scanner_.at_end(); scanner_.skip_space()) {
      if (std::optional<ValueFault> fault = read_command()) return tl::unexpected(std::move(*fault));
    }
    return path_.take();
  }

 private:
  std::optional<ValueFault> read_command() {
    const std::size_t index = kCommands.find(upper(scanner_.peek()));
    if (index == std::string_view::npos) return scanner_.expected("a path command");
    if (previous_ == 0 && index != 0) return scanner_.expected("M or m, with which a path begins");
    const char letter = scanner_.take();
    relative_ = letter != kCommands[index];
    char command = kCommands[index];
    if (command == 'Z') {
      path_.close();
      previous_ = 'Z';
      return std::nullopt;
    }
    scanner_.skip_space();
    for (;;) {
      if (auto fault = read_arguments(kArguments[index], command)) return fault;
      draw(command);
      previous_ = command;
      if (path_.size() > kMaximumSegments) return scanner_.fault(fmt::format("the path has more than {} segments", kMaximumSegments));
      const bool comma = scanner_.skip_separator();
      if (!scanner_.at_number()) return comma ? std::optional(scanner_.expected("a number after the comma")) : std::nullopt;
      if (command == 'M') command = 'L';  // 8.3.2: further pairs are lines
    }
  }

  std::optional<ValueFault> read_arguments(std::size_t count, char command) {
    for (std::size_t i = 0; i < count; ++i) {
      if (i > 0) scanner_.skip_separator();
      if (command == 'A' && (i == kLargeFlag || i == kSweepFlag)) {
        const std::optional<bool> flag = scanner_.flag();
        if (!flag) return scanner_.expected("an arc flag, 0 or 1");
        arguments_[i] = *flag ? 1 : 0;
        continue;
      }
      const std::optional<double> number = scanner_.number();
      if (!number) return scanner_.expected("a number");
      arguments_[i] = *number;
    }
    return std::nullopt;
  }

  [[nodiscard]] PathPoint point(std::size_t first) const {
    const PathPoint given{arguments_[first], arguments_[first + 1]};
    return relative_ ? path_.current() + given : given;
  }

  // 8.3.6, 8.3.7: the reflection of the last control point, or the current point when the last command was of another kind.
  [[nodiscard]] PathPoint reflected(char same, char smooth) const {
    const PathPoint at = path_.current();
    return previous_ == same || previous_ == smooth ? at + (at - control_) : at;
  }

  void draw(char command) {
    const PathPoint at = path_.current();
    switch (command) {
      case 'M': path_.move_to(point(0)); break;
      case 'L': path_.line_to(point(0)); break;
      case 'H': path_.line_to({relative_ ? at.x + arguments_[0] : arguments_[0], at.y}); break;
      case 'V': path_.line_to({at.x, relative_ ? at.y + arguments_[0] : arguments_[0]}); break;
      case 'C': draw_cubic(point(0), point(2), point(4)); break;
      case 'S': draw_cubic(reflected('C', 'S'), point(0), point(2)); break;
      case 'Q': draw_quadratic(point(0), point(2)); break;
      case 'T': draw_quadratic(reflected('Q', 'T'), point(0)); break;
      default:
        path_.arc_to({arguments_[0], arguments_[1], arguments_[2], arguments_[kLargeFlag] != 0 ? ArcSize::Large : ArcSize::Small,
                      arguments_[kSweepFlag] != 0 ? ArcSweep::Clockwise : ArcSweep::Counterclockwise},
                     point(5));
    }
  }

  void draw_cubic(PathPoint control1, PathPoint control2, PathPoint to) {
    path_.curve_to(control1, control2, to);
    control_ = control2;
  }

  void draw_quadratic(PathPoint control, PathPoint to) {
    path_.quadratic_to(control, to);
    control_ = control;
  }

  SvgScanner scanner_;
  PathBuilder path_;
  std::array<double, 7> arguments_{};
  bool relative_ = false;
  char previous_ = 0;
  PathPoint control_;
};

}  // namespace

Parsed<std::vector<Segment>> parse_path_data(std::string_view text) { return PathReader(text).read(); }

}  // namespace handout::images
