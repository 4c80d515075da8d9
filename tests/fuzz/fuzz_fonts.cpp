// Any bytes give diagnostics or a catalogue of fonts, within a second, without a leak.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/expects.h"
#include "fonts/catalogue.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  handout::Diagnostics diags;
  const auto read = handout::fonts::read_catalogue({reinterpret_cast<const char*>(data), size}, "fuzz.xml", diags);
  ENSURES(read.has_value() == !diags.has_errors());
  if (read) ENSURES(read->default_family.value() < read->families.size());
  return 0;
}
