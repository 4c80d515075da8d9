#include "cli/protect.h"

#include <fmt/format.h>

#include <csignal>
#include <filesystem>

namespace handout::cli {

namespace fs = std::filesystem;

namespace {

// The program of this name on PATH when it is at none of its places: then the message names it.
std::string find_inspector() {
  constexpr const char* kName = "handout-inspect";
  std::error_code failed, ignored;
  const fs::path folder = fs::read_symlink("/proc/self/exe", failed).parent_path();
  if (failed) return kName;
  for (const fs::path& candidate : {folder / kName, folder / ".." / "lib" / "handout" / kName}) {
    if (fs::is_regular_file(candidate, ignored)) return candidate.string();
  }
  return kName;
}

// "error: text\n" as the program writes it.
std::string without_severity(std::string text) {
  constexpr std::string_view kError = "error: ";
  if (text.starts_with(kError)) text.erase(0, kError.size());
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace

Result<ProgramOutput> run_inspector(std::vector<std::string> arguments, std::string_view input, Diagnostics& diags) {
  // Honest files of a thousand pages take seconds.
  constexpr std::chrono::seconds kMostTime{120};
  arguments.insert(arguments.begin(), find_inspector());
  auto output = run_program({std::move(arguments), input, "it is installed with handout; install again with cmake --install", kMostTime}, diags);
  if (!output || output->exit_code >= 0) return output;
  if (output->exit_code == -SIGXCPU || output->exit_code == -SIGKILL) return diags.machine_error({}, fmt::format("reading the file takes more than {} s", kMostTime.count())).hint("it may be made to do so");
  return diags.machine_error({}, fmt::format("handout-inspect was ended by signal {}", -output->exit_code));
}

Result<std::string> protect_pdf(std::string_view bytes, const Protection& protection, Diagnostics& diags) {
  auto output = run_inspector({"protect"}, to_bytes(protection, bytes), diags);
  if (!output) return tl::unexpected<Failure>(Failure{});
  if (output->exit_code == 0) return std::move(output->out);
  const std::string message = "the file cannot be protected: " + without_severity(output->err);
  if (output->exit_code == 3) return diags.machine_error({}, message);
  return diags.error({}, message);
}

}  // namespace handout::cli
