#include <csignal>

#include "cli/cli.h"

int main(int argc, char** argv) {
  // A closed pipe and a file that may not grow are failures of a write, to be reported, not ends of the process.
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return handout::cli::run(argc, argv);
}
