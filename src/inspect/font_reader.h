#pragma once

#include <optional>
#include <set>
#include <string>

#include "inspect/cmap.h"
#include "inspect/qpdf.h"

namespace handout::inspect {

// A font resource as far as text and tags need it.
struct Font {
  QPDFObjectHandle dict;
  QPDFObjectHandle descendant;         // of a Type0 font, else the font itself
  std::string name, type;              // type: "Type0/CIDFontType2", "TrueType"
  bool composite = false;
  std::size_t code_size = 1;
  std::optional<CMap> to_unicode;
  std::optional<CMap> encoding;        // an embedded CMap
  std::set<std::uint32_t> used;        // codes that are shown
};

Font read_font(QPDFObjectHandle dict);
// FontFile, FontFile2 or FontFile3; null when there is none.
QPDFObjectHandle font_program(Font& font);
std::string stream_text(QPDFObjectHandle stream);

}  // namespace handout::inspect
