#include "request/vocabulary.h"

namespace handout::request {
namespace {

using xml::Need;
using xml::Times;
using xml::ValueType;

xml::Vocabulary make_vocabulary() {
  xml::Vocabulary vocabulary;
  vocabulary.kind = "clinic";
  vocabulary.roots = {"clinic"};
  vocabulary.elements = {
      {"clinic", "who hands the paper out",
       {{"id", ValueType::Id, Need::Required, "name of the clinic in the program"},
        {"name", ValueType::Text, Need::Required, "name of the clinic in print"},
        {"phone", ValueType::Text, Need::Optional, "phone number, as it is printed"},
        {.name = "email", .type = ValueType::Custom, .doc = "address for mail", .form = {"an address such as desk@clinic.example", "[^@ \\t,;<>]+@[^@ \\t,;<>]+"}},
        {"web", ValueType::Text, Need::Optional, "address on the web, as it is printed"},
        {.name = "region", .type = ValueType::Custom, .doc = "country: decides paper and units where the language does not", .form = {"two capital letters of ISO 3166, such as US", "[A-Z]{2}"}},
        {"language", ValueType::LanguageTag, Need::Optional, "the clinic's own language: what stands beside the patient's in bilingual handouts"},
        {"logo", ValueType::Path, Need::Optional, "picture of the logo, beside this file"},
        {"fonts", ValueType::Path, Need::Optional, "folder with the clinic's own fonts, beside this file"}},
       {{"address", Times::Optional}}},
      {"address", "where the clinic is", {}, {{"line", Times::AtLeastOne}}},
      {"line", "a line of the address", {}, {}, xml::TextContent::Mixed},
  };
  return vocabulary;
}

}  // namespace

const xml::Vocabulary& clinic_vocabulary() {
  static const xml::Vocabulary vocabulary = make_vocabulary();
  return vocabulary;
}

}  // namespace handout::request
