#pragma once

#include <string>
#include <string_view>

namespace handout::content {

// As an attribute's value or text of one line: '&', '<', '"' and control characters written as references.
std::string escaped(std::string_view text);

}  // namespace handout::content
