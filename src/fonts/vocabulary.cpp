#include "fonts/vocabulary.h"

namespace handout::fonts {

using xml::ElementRule;
using xml::Need;
using xml::Times;
using xml::ValueType;

namespace {

ElementRule fonts_rule() {
  return {.name = "fonts",
          .doc = "the families of fonts, where their files are, and which family stands in for which script",
          .attributes = {{"default", ValueType::Text, Need::Required, "the family of text that names none"}},
          .children = {{"search", Times::Any}, {"family", Times::AtLeastOne}, {"fallback", Times::Any}},
          .order = xml::Order::Sequence};
}

ElementRule search_rule() {
  return {.name = "search",
          .doc = "a folder to look in for font files",
          .attributes = {{.name = "path", .type = ValueType::Custom, .need = Need::Required,
                          .doc = "absolute, or relative: then below the folder of fonts.xml and below each usual font folder",
                          .form = {"a path without '..'", "[\\s\\S]+", "([\\s\\S]*/)?\\.\\.(/[\\s\\S]*)?"}}}};
}

ElementRule family_rule() {
  return {.name = "family",
          .doc = "faces of one design",
          .attributes = {{.name = "name", .type = ValueType::Text, .need = Need::Required, .doc = "the name that layouts use", .form = {"", "", "[\\s\\S]*,[\\s\\S]*"}},
                         {"license", ValueType::Text, Need::Required, "SPDX identifier of the licence"},
                         {.name = "scripts", .type = ValueType::Custom, .doc = "scripts that it is made for", .form = {"ISO 15924 codes with one space between them, such as Latn Cyrl", "[A-Z][a-z]{3}( [A-Z][a-z]{3})*"}}},
          .children = {{"face", Times::AtLeastOne}}};
}

ElementRule face_rule() {
  return {.name = "face",
          .doc = "one font program",
          .attributes = {{"file", ValueType::Path, Need::Required, "name of the file"},
                         {.name = "index", .type = ValueType::Integer, .doc = "number of the face in a collection, from 0", .minimum = 0, .maximum = 0xFFFF},
                         {.name = "weight", .type = ValueType::Integer, .need = Need::Required, .doc = "how heavy it is: 400 regular, 700 bold", .minimum = 100, .maximum = 900},
                         {.name = "slant", .type = ValueType::Token, .need = Need::Required, .doc = "upright or italic",
                          .choices = {"upright", "italic"}},
                         {.name = "variations", .type = ValueType::Custom, .doc = "places on the axes of a variable font", .form = {"axes and numbers with commas between them, such as wght=700, slnt=-10", " *[^, =][^,]{3}=-?([0-9]+(\\.[0-9]*)?|\\.[0-9]+) *(, *[^, =][^,]{3}=-?([0-9]+(\\.[0-9]*)?|\\.[0-9]+) *)*"}}}};
}

ElementRule fallback_rule() {
  return {.name = "fallback",
          .doc = "the families to try for a script when the style's family lacks a character",
          .attributes = {{.name = "script", .type = ValueType::Custom, .need = Need::Required, .doc = "script of the text; Zyyy for symbols and other common characters", .form = {"an ISO 15924 code such as Arab", "[A-Z][a-z]{3}"}},
                         {"language", ValueType::LanguageTag, Need::Optional, "only for text in this language"},
                         {"families", ValueType::Text, Need::Required, "names in order, with commas between them"}}};
}

}  // namespace

xml::Vocabulary fonts_vocabulary() {
  return {.kind = "font list",
          .roots = {"fonts"},
          .common = {},
          .groups = {},
          .elements = {fonts_rule(), search_rule(), family_rule(), face_rule(), fallback_rule()}};
}

}  // namespace handout::fonts
