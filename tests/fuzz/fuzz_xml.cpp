// Any bytes give diagnostics or a tree no deeper than the limit, within a second, without a leak.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/expects.h"
#include "xml/element.h"

namespace {

std::size_t depth(const handout::xml::Element& element) {
  std::size_t deepest = 0;
  for (const handout::xml::Node& node : element.children) {
    if (const auto* child = node.element()) deepest = std::max(deepest, depth(*child));
  }
  return deepest + 1;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  handout::Diagnostics diags;
  const auto read = handout::xml::parse({reinterpret_cast<const char*>(data), size}, "fuzz.xml", diags);
  ENSURES(read.has_value() == !diags.has_errors());
  if (read) ENSURES(depth(*read) <= handout::xml::ParseLimits{}.depth);
  return 0;
}
