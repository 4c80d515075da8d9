#pragma once

#include <string_view>
#include <vector>

#include "xml/vocabulary.h"

namespace handout::layouts {

// The elements of layouts/<name>.xml and layouts/profiles/<name>.xml.
const xml::Vocabulary& layout_vocabulary();

// The elements of an article that a slot takes by name.
const std::vector<std::string_view>& slot_words();
// The elements that styles may meet in a document: those of articles and layouts, and the parts that compose makes of them.
const std::vector<std::string_view>& styled_words();

}  // namespace handout::layouts
