#include <cstdio>
#include <new>

#include "cli/cli.h"
#include "cli/requests.h"

namespace handout::cli {

namespace {

int run_command(int argc, char** argv) {
  const Parsed parsed = parse_arguments(argc, argv);
  if (!parsed.options) return parsed.exit_code;
  if (parsed.options->command == Options::Command::Inspect) return run_inspect(*parsed.options);
  if (parsed.options->command == Options::Command::Diff) return run_diff(*parsed.options);
  if (parsed.options->command == Options::Command::Recipients) return run_recipients(*parsed.options);
  // Only the report of joined shards needs layouts.
  if (parsed.options->command == Options::Command::Ledger && parsed.options->ledger.merged.empty()) return run_ledger(parsed.options->ledger, {});
  Diagnostics diags;
  auto installation = find_installation(parsed.options->data, diags);
  if (!installation) {
    print(diags);
    return diags.exit_code();
  }
  if (parsed.options->command == Options::Command::Batch) return run_batch(*parsed.options, *installation);
  if (parsed.options->command == Options::Command::Ledger) return run_ledger(parsed.options->ledger, *installation);
  if (parsed.options->command == Options::Command::Reprint) return run_reprint(parsed.options->reprint, *installation);
  Pipeline pipeline(std::move(*installation));
  switch (parsed.options->command) {
    case Options::Command::Render: return run_render(*parsed.options, pipeline);
    case Options::Command::Watch: return run_watch(*parsed.options, pipeline);
    case Options::Command::Schema: return run_schema(*parsed.options, pipeline);
    case Options::Command::Explain: return run_explain(*parsed.options, pipeline);
    case Options::Command::New: return run_new(*parsed.options, pipeline);
    case Options::Command::List: return run_list(*parsed.options, pipeline);
    case Options::Command::Fonts: return run_fonts(*parsed.options, pipeline);
    case Options::Command::Check: return run_check(*parsed.options, pipeline);
    case Options::Command::Dump: return run_dump(*parsed.options, pipeline);
    case Options::Command::Batch:
    case Options::Command::Reprint:
    case Options::Command::Recipients:
    case Options::Command::Inspect:
    case Options::Command::Ledger:
    case Options::Command::Diff: break;
  }
  return 2;
}

}  // namespace

int run(int argc, char** argv) {
  // Standard C++ throws where there is no memory, wherever that is. Files that are not done are removed as the stack unwinds.
  try {
    return run_command(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("error: out of memory\n  hint: let the program have more of it (ulimit -v, ulimit -d)\n", stderr);
    return 3;
  }
}

}  // namespace handout::cli
