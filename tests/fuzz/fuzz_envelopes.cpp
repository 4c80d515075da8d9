// Any bytes give diagnostics or a list of envelopes, within a second, without a leak.
#include <cstddef>
#include <cstdint>

#include "base/expects.h"
#include "memory_file.h"
#include "postal/envelopes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  handout::Diagnostics diags;
  const MemoryFile file(data, size);
  const auto read = handout::postal::read_envelopes(file.path(), diags);
  ENSURES(read.has_value() == !diags.has_errors());
  return 0;
}
