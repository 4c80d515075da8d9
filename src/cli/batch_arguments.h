#pragma once

#include "cli/cli.h"

namespace CLI {
class App;
}

namespace handout::cli {

// `handout batch`.
CLI::App* add_batch_command(CLI::App& app, BatchOptions& options);

// `handout reprint`.
CLI::App* add_reprint_command(CLI::App& app, ReprintOptions& options);

}  // namespace handout::cli
