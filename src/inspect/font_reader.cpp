#include "inspect/font_reader.h"

#include "inspect/budget.h"

namespace handout::inspect {

std::string stream_text(QPDFObjectHandle stream) {
  constexpr std::size_t kLargest = 64u << 20;  // the largest fonts have 30 MB
  return unpacked(stream, kLargest);
}

Font read_font(QPDFObjectHandle dict) {
  Font font;
  font.dict = dict;
  font.descendant = dict;
  const auto name_of = [](QPDFObjectHandle value) { return value.isName() ? value.getName().substr(1) : std::string(); };
  font.type = name_of(dict.getKey("/Subtype"));
  font.composite = font.type == "Type0";
  if (font.composite) {
    QPDFObjectHandle descendants = dict.getKey("/DescendantFonts");
    font.descendant = descendants.isArray() && descendants.getArrayNItems() == 1 ? descendants.getArrayItem(0) : QPDFObjectHandle::newDictionary();
    font.type += "/" + name_of(font.descendant.getKeyIfDict("/Subtype"));
    font.code_size = 2;
    if (QPDFObjectHandle encoding = dict.getKey("/Encoding"); encoding.isStream()) {
      font.encoding = read_cmap(stream_text(encoding));
      if (font.encoding->code_size != 0) font.code_size = font.encoding->code_size;
    }
  }
  font.name = name_of(dict.getKey("/BaseFont"));
  if (QPDFObjectHandle cmap = dict.getKey("/ToUnicode"); cmap.isStream()) font.to_unicode = read_cmap(stream_text(cmap));
  return font;
}

QPDFObjectHandle font_program(Font& font) {
  QPDFObjectHandle descriptor = font.descendant.getKeyIfDict("/FontDescriptor");
  for (const char* key : {"/FontFile", "/FontFile2", "/FontFile3"}) {
    if (QPDFObjectHandle program = descriptor.getKeyIfDict(key); program.isStream()) return program;
  }
  return QPDFObjectHandle::newNull();
}

}  // namespace handout::inspect
