#pragma once

#include <filesystem>
#include <optional>
#include <span>

#include "unicode/locale.h"

namespace handout::unicode {

// The dictionary for a language among those in the folders: of its region, else of the region whose spelling it follows, else of the language alone, else of any of its
// regions; the first folder that has one wins. A language in a script that it is not usually written in has dictionaries of that script only (hyph_sr-Latn_RS.dic).
[[nodiscard]] std::optional<std::filesystem::path> find_hyphen_file(const Locale& locale, std::span<const std::filesystem::path> folders);

}  // namespace handout::unicode
