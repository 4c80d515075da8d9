#include <cstddef>
#include <cstdint>
#include <string_view>

#include "content/article.h"

// Any bytes give an article or faults: never a crash, a leak or more than a second.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  handout::Diagnostics diags;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes are characters here
  const auto article = handout::content::parse_article(bytes, "fuzz.xml", {}, diags);
  if (article.has_value() == diags.has_errors()) __builtin_trap();
  if (article && handout::content::dump(*article).empty()) __builtin_trap();
  return 0;
}
