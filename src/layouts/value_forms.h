#pragma once

#include "layouts/properties.h"
#include "xml/vocabulary.h"

// What the values of attributes look like, for the vocabulary: the same that values.cpp and its neighbours read.
namespace handout::layouts {

xml::ValueForm value_form(const PropertyForm& form);
xml::ValueForm value_form(const Shorthand& shorthand);

// `least` to `most` lengths.
xml::ValueForm lengths_form(const LengthRule& rule, int least = 1, int most = 1);
// A length or one word.
xml::ValueForm length_or_form(const LengthRule& rule, std::string_view word);
xml::ValueForm hex_color_form();
xml::ValueForm paper_size_form(std::string_view names);  // "auto|A4"
xml::ValueForm selectors_form();
xml::ValueForm slot_words_form();
xml::ValueForm scripts_form();
xml::ValueForm locales_form();
xml::ValueForm pages_form();
xml::ValueForm tests_form();
xml::ValueForm share_form();
xml::ValueForm path_form();
xml::ValueForm name_form(std::string_view words);
xml::ValueForm names_form(std::string_view words);  // classes: any number, spaces between them
xml::ValueForm used_styles_form();
xml::ValueForm variables_form();  // of a whole value of <define>
xml::StandIn variables_stand_in();
xml::ValueForm omr_form();         // of marks="…"
xml::ValueForm sheet_text_form();
xml::ValueForm field_name_form();
xml::ValueForm field_names_form();

}  // namespace handout::layouts
