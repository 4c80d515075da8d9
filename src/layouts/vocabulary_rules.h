#pragma once

#include <vector>

#include "layouts/length_rules.h"
#include "layouts/value_forms.h"
#include "xml/vocabulary.h"

// The parts of the vocabulary, by subject; vocabulary.cpp puts them together.
namespace handout::layouts {

std::vector<xml::ElementRule> head_rules();   // vocabulary_pages.cpp: layout, page, what stands in it, sheets
std::vector<xml::ElementRule> mark_rules();   // vocabulary_marks.cpp: what machines read on each sheet
std::vector<xml::ElementRule> item_rules();   // vocabulary_items.cpp
std::vector<xml::ElementRule> part_rules();   // vocabulary_items.cpp: parts of a text
std::vector<xml::ElementRule> style_rules();  // vocabulary_styles.cpp
// Of a form that the reader checks.
xml::AttributeRule custom_rule(std::string_view name, xml::Need need, std::string_view doc, xml::ValueForm form);        // vocabulary_pages.cpp
xml::AttributeRule length_rule(std::string_view name, std::string_view doc, const LengthRule& rule);  // vocabulary_pages.cpp
// Its class, and when it is shown.
std::vector<xml::AttributeRule> shown_rules(std::vector<xml::AttributeRule> more = {});  // vocabulary_items.cpp

}  // namespace handout::layouts
