#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/process.h"
#include "base/protection.h"

namespace handout::cli {

// Runs handout-inspect, which is beside this program or in lib/handout of the installation. Ended by a signal, it is the machine's fault.
Result<ProgramOutput> run_inspector(std::vector<std::string> arguments, std::string_view input, Diagnostics& diags);

// The PDF encrypted with AES-256, without its claim to be PDF/A.
Result<std::string> protect_pdf(std::string_view bytes, const Protection& protection, Diagnostics& diags);

}  // namespace handout::cli
