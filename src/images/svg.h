#pragma once

#include <optional>
#include <string_view>

#include "images/picture.h"
#include "images/picture_file.h"

namespace handout::images {

// The name of the first element of what looks like XML (after byte order mark, declaration, comments and DOCTYPE), or nothing. Tells the
// kind only; whether the file is well-formed is xml/'s to say.
std::optional<std::string_view> root_element_name(std::string_view bytes);

// The subset that svg.md describes. Everything outside it is a fault at its line and column, and all faults are told at once.
Result<Picture> decode_svg(const PictureFile& file);

}  // namespace handout::images
