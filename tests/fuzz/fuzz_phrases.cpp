// Any bytes give diagnostics or phrases, within a second, without a leak.
#include <cstddef>
#include <cstdint>

#include "base/expects.h"
#include "content/article.h"
#include "memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  handout::Diagnostics diags;
  const MemoryFile file(data, size);
  const auto read = handout::content::read_phrases(file.path(), diags);
  ENSURES(read.has_value() == !diags.has_errors());
  return 0;
}
