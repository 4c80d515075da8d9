#pragma once

#include <string>
#include <string_view>

#include "layouts/layout.h"

namespace handout::layouts {

// Why a property does nothing on elements of this name, as a hint ("set it on …"); empty where it does something, or where that depends on more than the name. Elements are those of styled_words().
std::string why_no_effect(Property property, std::string_view element);

}  // namespace handout::layouts
