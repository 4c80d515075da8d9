#pragma once

#include <optional>

#include "cli/cli.h"

namespace CLI {
class App;
}

// The commands for those who write layouts and articles.
namespace handout::cli {

struct AuthorCommands {
  CLI::App* schema = nullptr;
  CLI::App* explain = nullptr;
  CLI::App* start = nullptr;  // "new"
};
AuthorCommands add_author_commands(CLI::App& app, AuthorOptions& options);
std::optional<Options::Command> parsed_command(const AuthorCommands& commands);

}  // namespace handout::cli
