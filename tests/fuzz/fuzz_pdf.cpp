// Any bytes read as PDF give a report that can be printed or a reason, and can be protected or not, within a second, without a leak.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/expects.h"
#include "inspect/protect.h"
#include "inspect/summary.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using handout::inspect::Part;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto summary = handout::inspect::summarize(bytes, "");
  if (summary) {
    ENSURES(!describe(*summary, {Part::Overview, Part::Sizes, Part::Text, Part::Tags}).empty());
    ENSURES(!describe_json(*summary, {Part::Text, Part::Tags}).empty());
  } else {
    ENSURES(!summary.error().text.empty());
  }
  static_cast<void>(handout::inspect::protect(bytes, {"user", "owner"}));
  return 0;
}
