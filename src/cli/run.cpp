#include "cli/cli.h"
#include "cli/requests.h"

namespace handout::cli {

int run(int argc, char** argv) {
  const Parsed parsed = parse_arguments(argc, argv);
  if (!parsed.options) return parsed.exit_code;
  Diagnostics diags;
  auto installation = find_installation(parsed.options->data, diags);
  if (!installation) {
    print(diags);
    return diags.exit_code();
  }
  Pipeline pipeline(std::move(*installation));
  switch (parsed.options->command) {
    case Options::Command::Render: return run_render(*parsed.options, pipeline);
    case Options::Command::List: return run_list(*parsed.options, pipeline);
    case Options::Command::Fonts: return run_fonts(*parsed.options, pipeline);
    case Options::Command::Dump: return run_dump(*parsed.options, pipeline);
  }
  return 2;
}

}  // namespace handout::cli
