#include <fmt/format.h>

#include <cstdio>

#include "base/files.h"
#include "cli/kinds.h"
#include "cli/requests.h"

namespace handout::cli {

namespace fs = std::filesystem;

int run_schema(const Options& options, Pipeline& pipeline) {
  const AuthorOptions& author = options.author;
  Diagnostics diags;
  std::error_code ignored;
  if (!author.folder.empty() && !fs::is_directory(author.folder, ignored)) diags.machine_error(Span::of_file(author.folder), "is no folder").hint("create it first");
  for (const Kind& kind : kinds()) {
    if (diags.has_errors()) break;
    if (!author.kind.empty() && author.kind != kind.name) continue;
    const fs::path place(kind.schema);
    const fs::path path = author.folder.empty() ? pipeline.installation().layouts.parent_path() / place : fs::path(author.folder) / place.filename();
    if (write_file(path, xml::to_rng(kind.vocabulary()), diags)) std::fputs(fmt::format("{}\n", path.generic_string()).c_str(), stdout);
  }
  print(diags);
  return diags.exit_code();
}

}  // namespace handout::cli
