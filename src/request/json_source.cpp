#include "request/json_source.h"

#include <fmt/format.h>

#include <array>

namespace handout::request {

std::string json_fault(std::string_view what) {
  constexpr std::array<std::string_view, 9> kExpected{"string literal", "':'", "','", "']'", "'}'", "end of input", "number literal", "object key", "'[', '{', or a literal"};
  const std::size_t begin = what.find(" - "), end = what.find("; last read: '");
  if (begin == std::string_view::npos || end < begin) return "not well-formed JSON";
  if (end == std::string_view::npos) return fmt::format("not well-formed JSON: {}", what.substr(begin + 3));
  const std::string_view text = what.substr(begin + 3, end - begin - 3);
  for (const std::string_view expected : kExpected) {
    if (what.ends_with(fmt::format("; expected {}", expected))) return fmt::format("not well-formed JSON: {}; expected {}", text, expected);
  }
  return fmt::format("not well-formed JSON: {}", text);
}

}  // namespace handout::request
