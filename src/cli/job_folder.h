#pragma once

#include <filesystem>

#include "base/diagnostics.h"

namespace handout::cli {

// The folder of a job that must be there; told where it is not. Whether there is a job in it its ledger says.
[[nodiscard]] inline bool is_folder_of_job(const std::filesystem::path& folder, Diagnostics& diags) {
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return true;
  diags.error(Span::of_file(folder.generic_string()), std::filesystem::exists(folder, ignored) ? "is no folder" : "no such folder").hint("name the folder that handout batch was given by --out");
  return false;
}

}  // namespace handout::cli
