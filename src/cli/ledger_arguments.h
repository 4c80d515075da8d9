#pragma once

#include "cli/cli.h"

namespace CLI {
class App;
}

namespace handout::cli {

CLI::App* add_ledger_command(CLI::App& app, LedgerOptions& options);

}  // namespace handout::cli
