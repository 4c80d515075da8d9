#include "cli/requests.h"

namespace handout::cli {
int run_explain(const Options&, Pipeline&) { return 0; }
int run_new(const Options&, Pipeline&) { return 0; }
int run_watch(const Options&, Pipeline&) { return 0; }
}
