#include <fmt/format.h>

#include "layouts/length_rules.h"
#include "layouts/reader.h"

namespace handout::layouts {

CodeItem read_code(const xml::Element& element, Diagnostics& diags) {
  CodeItem code;
  code.kind = text_of(element, "kind");
  const xml::Attribute* field = element.find("field");
  const xml::Attribute* text = element.find("text");
  if (field != nullptr && text != nullptr) diags.error(text->at, "<code> has field and text; expected one of them").meaning();
  if (field == nullptr && text == nullptr) diags.error(element.at, "<code> has nothing to encode; expected field or text").meaning();
  code.field = read_field_name(element, "field", diags);
  code.text = text_of(element, "text");
  if (text != nullptr && code.text.empty()) diags.error(text->value_at, "text is empty; expected what the code says");
  code.target = element.find("target") != nullptr ? text_of(element, "target") : "auto";
  code.level = text_of(element, "level");
  if (const xml::Attribute* level = element.find("level"); level != nullptr && code.kind != "qr" && !code.kind.empty()) {
    diags.error(level->at, fmt::format("level is for kind=\"qr\"; a code of kind {} has no such levels", code.kind)).meaning();
  }
  code.module = read_length(element, "module", kModule, diags);
  code.gap = read_length(element, "gap", kGap, diags);
  return code;
}

}  // namespace handout::layouts
