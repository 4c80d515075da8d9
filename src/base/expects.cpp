#include "base/expects.h"

#include <cstdio>
#include <cstdlib>

namespace handout {

void contract_broken(const char* kind, const char* condition, const char* file, int line) {
  std::fprintf(stderr, "handout: internal error: %s '%s' broken at %s:%d\n", kind, condition, file, line);
  std::abort();
}

}  // namespace handout
