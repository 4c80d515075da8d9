#include "cli/progress.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/numbers.h"

namespace handout::cli {

namespace {

constexpr std::string_view kWriteOver = "\r\033[K";

bool takes_escapes() {
  const char* name = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && name != nullptr && *name != '\0' && std::string_view(name) != "dumb";
}

// Asked each time: a window is made narrower while a job runs. 0: not known.
std::size_t terminal_width() {
  struct winsize size {};
  return ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::string duration_of(double seconds) {
  constexpr double kMinute = 60, kHour = 3600;
  if (seconds < 1.5 * kMinute) return fmt::format("{:.0f} s", seconds);
  if (seconds < 1.5 * kHour) return fmt::format("{:.0f} min", seconds / kMinute);
  return fmt::format("{:.1f} h", seconds / kHour);
}

}  // namespace

Progress::Progress() : terminal_(takes_escapes()) {}

void Progress::see(const batch::Tally& tally) {
  const auto now = Clock::now();
  if (now - told_ < (terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10000))) return;
  told_ = now;
  std::string line = tally.pieces == tally.kept ? fmt::format("{} of the list read, {:.0f} a second", counted(tally.rows, "row"), static_cast<double>(tally.rows) / std::max(seconds(), 1e-3)) : line_of(tally, now);
  if (terminal_) {
    // The last column stays free: some terminals go to the next line when it is filled. The line is ASCII.
    if (const std::size_t width = terminal_width(); width > 1 && line.size() >= width) line.resize(width - 1);
    line.insert(0, kWriteOver);
  } else {
    line += '\n';
  }
  std::fputs(line.c_str(), stderr);
  shown_ = true;
}

void Progress::end() const {
  if (terminal_ && shown_) std::fputs(std::string(kWriteOver).c_str(), stderr);
}

std::string Progress::line_of(const batch::Tally& tally, Clock::time_point now) {
  if (!made_) made_ = Made{now, tally.pieces, tally.share};
  const double passed = std::chrono::duration<double>(now - made_->at).count();
  std::string line = fmt::format("{}, {:.0f} a second, {} refused", counted(tally.pieces, "piece"), static_cast<double>(tally.pieces - tally.kept) / std::max(seconds(), 1e-3), tally.rejected);
  // As fast as since the first look.
  const double done = tally.share - made_->share;
  if (passed > 1 && done > 0) line += fmt::format(", {} left", duration_of(passed * (1 - tally.share) / done));
  return line;
}

}  // namespace handout::cli
