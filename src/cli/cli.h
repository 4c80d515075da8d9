#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace handout {
class Pipeline;
}

// The command line.
namespace handout::cli {

// What `render` and `dump` were told.
struct RenderOptions {
  std::string article, request_file;
  std::vector<std::string> locales;
  bool all_locales = false;
  std::string layout = "standard", profile = "standard", clinic, region, patient, note, date;
  std::vector<std::string> fields, include, exclude, marked;
  std::string level = "full";
  std::string output, folder;
};

struct Options {
  enum class Command { Render, List, Fonts, Dump };
  Command command = Command::Render;
  std::filesystem::path data;
  RenderOptions render;
  std::string station;
  bool json = false;
  std::vector<std::string> font_locales;
};

// Options, or the exit code when there is nothing to do (help, version) or the usage was wrong.
struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;
};
Parsed parse_arguments(int argc, char** argv);

int run_render(const Options& options, Pipeline& pipeline);
int run_dump(const Options& options, Pipeline& pipeline);
int run_list(const Options& options, Pipeline& pipeline);
int run_fonts(const Options& options, Pipeline& pipeline);

// Exit codes: 0 done; 1 faults in the input, nothing written; 2 wrong usage; 3 the machine failed; 4 done, but some locales were refused.
int run(int argc, char** argv);

}  // namespace handout::cli
