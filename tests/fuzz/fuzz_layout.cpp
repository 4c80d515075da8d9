// Any bytes give diagnostics or a layout, within a second, without a leak; a layout can be dumped.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/expects.h"
#include "layouts/layout.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  handout::Diagnostics diags;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto layout = handout::layouts::parse_layout(bytes, "fuzz.xml", {}, diags);
  ENSURES(layout.has_value() == !diags.has_errors());
  if (layout) ENSURES(!handout::layouts::dump(*layout).empty());
  return 0;
}
