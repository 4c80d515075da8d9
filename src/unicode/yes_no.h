#pragma once

#include <optional>
#include <string_view>

namespace handout::unicode {

// What lists of people say for yes and no: yes, no, true, false, 1, 0, y, n, x, and the words of some languages, compared by fold_for_matching. Nothing for other texts.
[[nodiscard]] std::optional<bool> yes_or_no(std::string_view text);

}  // namespace handout::unicode
