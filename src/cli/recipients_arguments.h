#pragma once

#include "cli/cli.h"

namespace CLI {
class App;
}

namespace handout::cli {

// `handout recipients`.
CLI::App* add_recipients_command(CLI::App& app, RecipientsOptions& options);

}  // namespace handout::cli
