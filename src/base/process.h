#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"

namespace handout {

// A program to run, without a shell between.
struct ProgramCall {
  std::vector<std::string> arguments;  // the first names the program: a path, or a name that PATH finds
  std::string_view input;              // its standard input
  std::string_view missing_hint;       // what to do when there is no such program
  std::optional<std::chrono::seconds> processor_time;  // when it has used that much, the system ends it by SIGXCPU
};

struct ProgramOutput {
  int exit_code = 0;  // or minus the signal that ended it
  std::string out, err;
};

// Runs it to its end. Its standard streams are files in memory: nothing touches the disk, nothing waits for a reader. A failure is the machine's; what the
// program itself says of its work is in the output.
Result<ProgramOutput> run_program(const ProgramCall& call, Diagnostics& diags);

}  // namespace handout
