#include "cli/stop.h"

#include <csignal>

namespace handout::cli {

namespace {

// The one thing that a signal may touch.
std::atomic<bool> stop_wanted = false;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void want_stop(int signal) {
  if (!stop_wanted.exchange(true) || signal == SIGHUP) return;
  // It comes again when this handler is left, and then it ends the program.
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

}  // namespace

const std::atomic<bool>& stop_on_signals() {
  struct sigaction action = {}, before = {};
  action.sa_handler = want_stop;
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  if (::sigaction(SIGHUP, nullptr, &before) == 0 && before.sa_handler != SIG_IGN) ::sigaction(SIGHUP, &action, nullptr);
  return stop_wanted;
}

}  // namespace handout::cli
