#pragma once

#include <vector>

#include "xml/vocabulary.h"

// The parts of the vocabulary, by subject; vocabulary.cpp puts them together.
namespace handout::layouts {

std::vector<xml::ElementRule> head_rules();   // vocabulary_pages.cpp: layout, page, what stands in it, sheets
std::vector<xml::ElementRule> item_rules();   // vocabulary_items.cpp
std::vector<xml::ElementRule> part_rules();   // vocabulary_items.cpp: parts of a text
std::vector<xml::ElementRule> style_rules();  // vocabulary_styles.cpp
// A length that the reader checks.
xml::AttributeRule length_rule(std::string_view name, std::string_view doc);  // vocabulary_pages.cpp
// Its class, and when it is shown.
std::vector<xml::AttributeRule> shown_rules(std::vector<xml::AttributeRule> more = {});  // vocabulary_items.cpp

}  // namespace handout::layouts
