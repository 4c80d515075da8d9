#pragma once

#include "base/diagnostics.h"
#include "base/protection.h"
#include "cli/cli.h"

namespace handout::cli {

// The passwords and permissions that `render` was told. Neither a password nor a part of one is ever in a message.
Result<Protection> read_protection(const RenderOptions& options, Diagnostics& diags);

}  // namespace handout::cli
