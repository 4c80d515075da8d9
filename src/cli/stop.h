#pragma once

#include <atomic>

namespace handout::cli {

// From here on an interrupt (Ctrl-C), a request to end and the loss of the terminal set this, so that a job stops at its next piece. An interrupt or request to end that comes after another signal ends the program at once. The
// loss of the terminal never does: of one that is lost the kernel tells, and the shell once more. Where the command was begun to outlive its terminal (nohup), it does.
const std::atomic<bool>& stop_on_signals();

}  // namespace handout::cli
