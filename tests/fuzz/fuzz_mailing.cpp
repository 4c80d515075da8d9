// Any bytes give diagnostics or a mailing, within a second, without a leak.
#include <cstddef>
#include <cstdint>

#include "base/expects.h"
#include "mailings/mailing.h"
#include "memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  handout::Diagnostics diags;
  const MemoryFile file(data, size);
  const auto read = handout::mailings::read_mailing(file.path(), diags);
  ENSURES(read.has_value() == !diags.has_errors());
  return 0;
}
