#pragma once

#include "xml/vocabulary.h"

namespace handout::fonts {

// The elements and attributes of fonts.xml.
[[nodiscard]] xml::Vocabulary fonts_vocabulary();

}  // namespace handout::fonts
