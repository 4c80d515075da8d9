// Any bytes read as SVG give diagnostics or a picture with a size, within a second, without a leak.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/expects.h"
#include "images/svg.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  handout::Diagnostics diags;
  const handout::Span reference;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto read = handout::images::decode_svg({bytes, "fuzz.svg", reference, diags});
  ENSURES(read.has_value() == !diags.has_errors());
  if (read) ENSURES(read->natural_size.width > handout::Length{} && read->natural_size.height > handout::Length{});
  return 0;
}
