#pragma once

#include <fmt/format.h>

#include <string_view>

#include "base/diagnostics.h"
#include "unicode/text.h"

namespace handout::cli {

// Whether words of the command line are UTF-8: a shell passes any bytes. They may be a patient's, so only the place is told.
[[nodiscard]] inline bool is_text(std::string_view words, std::string_view what, std::string_view hint, Diagnostics& diags) {
  const auto wrong = unicode::find_invalid_utf8(words);
  if (wrong) diags.usage_error(fmt::format("{} is not UTF-8 at its byte {}", what, *wrong + 1)).hint(std::string(hint));
  return !wrong;
}

}  // namespace handout::cli
