#include "cli/cli.h"

namespace handout::cli {

int run(int argc, char** argv) {
  const Parsed parsed = parse_arguments(argc, argv);
  if (!parsed.options) return parsed.exit_code;
  switch (parsed.options->command) {
    case Options::Command::Render: return run_render(*parsed.options);
    case Options::Command::List: return run_list(*parsed.options);
    case Options::Command::Fonts: return run_fonts(*parsed.options);
    case Options::Command::Dump: return run_dump(*parsed.options);
  }
  return 2;
}

}  // namespace handout::cli
