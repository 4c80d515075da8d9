#include <cstdio>

#include "base/files.h"
#include "cli/protect.h"
#include "cli/requests.h"

namespace handout::cli {
namespace {

// What the program said is passed on, and how it ended.
int pass_on(std::vector<std::string> arguments) {
  Diagnostics diags;
  const auto output = run_inspector(std::move(arguments), {}, diags);
  if (output) {
    static_cast<void>(write_standard_output(output->out, diags));
    std::fputs(output->err.c_str(), stderr);
  }
  print(diags);
  return diags.has_errors() ? diags.exit_code() : output->exit_code;
}

}  // namespace

int run_inspect(const Options& options) {
  const InspectOptions& inspect = options.inspect;
  std::vector<std::string> arguments{"inspect", inspect.files.front(), inspect.password_file};
  for (const auto& [asked, name] : {std::pair{inspect.sizes, "sizes"}, std::pair{inspect.text, "text"}, std::pair{inspect.tags, "tags"}}) {
    if (asked) arguments.emplace_back(name);
  }
  if (arguments.size() == 3) arguments.emplace_back("overview");
  if (options.json) arguments.emplace_back("json");
  return pass_on(std::move(arguments));
}

int run_diff(const Options& options) {
  const InspectOptions& inspect = options.inspect;
  std::error_code ignored;
  if (!inspect.pictures.empty() && !std::filesystem::is_directory(inspect.pictures, ignored)) {
    Diagnostics diags;
    diags.machine_error(Span::of_file(inspect.pictures), "is no folder").hint("create it first");
    print(diags);
    return diags.exit_code();
  }
  return pass_on({"diff", inspect.files[0], inspect.files[1], inspect.password_file, inspect.pictures});
}

}  // namespace handout::cli
