#include <fcntl.h>

#include <cerrno>
#include <csignal>

#include "cli/cli.h"

namespace {

// Standard files that were closed: the next file that is opened would have their numbers, and messages would go into it. What is written to such an output is still told as not written.
bool hold_standard_files() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
    if (::open("/dev/null", O_RDONLY) != descriptor) return false;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  constexpr int kMachineFailed = 3;
  if (!hold_standard_files()) return kMachineFailed;
  // A closed pipe and a file that may not grow are failures of a write, to be reported, not ends of the process.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return handout::cli::run(argc, argv);
}
