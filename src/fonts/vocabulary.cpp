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
          .attributes = {{"path", ValueType::Custom, Need::Required,
                          "absolute, or relative: then below the folder of fonts.xml and below each usual font folder"}}};
}

ElementRule family_rule() {
  return {.name = "family",
          .doc = "faces of one design",
          .attributes = {{"name", ValueType::Text, Need::Required, "the name that layouts use"},
                         {"license", ValueType::Text, Need::Required, "SPDX identifier of the licence"},
                         {"scripts", ValueType::Custom, Need::Optional, "ISO 15924 codes of the scripts it is made for"}},
          .children = {{"face", Times::AtLeastOne}}};
}

ElementRule face_rule() {
  return {.name = "face",
          .doc = "one font program",
          .attributes = {{"file", ValueType::Path, Need::Required, "name of the file"},
                         {.name = "index", .type = ValueType::Integer, .doc = "number of the face in a collection, from 0", .minimum = 0},
                         {.name = "weight", .type = ValueType::Integer, .need = Need::Required, .doc = "100 to 900", .minimum = 100},
                         {.name = "slant", .type = ValueType::Token, .need = Need::Required, .doc = "upright or italic",
                          .choices = {"upright", "italic"}},
                         {.name = "variations", .type = ValueType::Custom, .doc = "places on the axes of a variable font: wght=700, slnt=-10"}}};
}

ElementRule fallback_rule() {
  return {.name = "fallback",
          .doc = "the families to try for a script when the style's family lacks a character",
          .attributes = {{"script", ValueType::Custom, Need::Required, "ISO 15924 code; Zyyy for symbols and other common characters"},
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
