#pragma once

#include <vector>

#include "base/diagnostics.h"
#include "cli/cli.h"
#include "pipeline.h"
#include "request/request.h"

namespace handout::cli {

// The requests that the options ask for, one per locale. A locale that the article does not have is told in `diags` and left out; `refused` counts them.
struct Requests {
  std::vector<request::Request> requests;
  std::size_t refused = 0;
};
Requests make_requests(const RenderOptions& options, Pipeline& pipeline, Diagnostics& diags);

// To standard error.
void print(const Diagnostics& diags);

}  // namespace handout::cli
