#include <cmath>

#include "inspect/document.h"
#include "inspect/font_program.h"

namespace handout::inspect {

namespace {

// ISO 32000-1, 9.7.4.3.
std::map<std::uint32_t, double> read_widths(QPDFObjectHandle array) {
  std::map<std::uint32_t, double> widths;
  if (!array.isArray()) return widths;
  const std::vector<QPDFObjectHandle> items = array.getArrayAsVector();
  for (std::size_t i = 0; i + 1 < items.size();) {
    QPDFObjectHandle first = items[i], second = items[i + 1];
    if (!first.isInteger()) break;
    auto cid = static_cast<std::uint32_t>(first.getIntValue());
    if (second.isArray()) {
      for (QPDFObjectHandle& width : second.getArrayAsVector()) widths[cid++] = width.isNumber() ? width.getNumericValue() : 0;
      i += 2;
    } else if (i + 2 < items.size() && second.isInteger()) {
      QPDFObjectHandle width = items[i + 2];
      for (; cid <= static_cast<std::uint32_t>(second.getIntValue()) && cid <= 0xFFFF; ++cid) widths[cid] = width.isNumber() ? width.getNumericValue() : 0;
      i += 3;
    } else {
      break;
    }
  }
  return widths;
}

class FontCheck {
 public:
  FontCheck(Font& font, Faults& faults) : font_(font), faults_(faults) {}

  void run() {
    check_unicode();
    QPDFObjectHandle program = font_program(font_);
    if (!program.isStream()) return fault("31-009", "is not embedded");
    if (!font_.composite) return;  // simple fonts are none of ours: what is asked of every font is asked above
    check_cid_font();
    const std::string bytes = stream_text(program);
    const bool truetype = font_.descendant.getKeyIfDict("/Subtype").isNameAndEquals("/CIDFontType2");
    const std::optional<FontProgram> read = truetype ? read_truetype(bytes) : read_cff(bytes);
    if (!read) return fault("31-009", "the embedded program is damaged");
    check_glyphs(*read, truetype);
  }

 private:
  void fault(std::string_view checkpoint, std::string_view text) {
    faults_.push_back(std::string(checkpoint) + ": font " + font_.name + ": " + std::string(text));
  }

  void check_unicode() {
    if (!font_.to_unicode) return fault("31-027", "has no ToUnicode");
    for (const std::uint32_t code : font_.used) {
      const auto found = font_.to_unicode->text.find(code);
      if (found == font_.to_unicode->text.end() || found->second.empty()) {
        fault("10-001", "code " + std::to_string(code) + " stands for no character");
        continue;
      }
      const std::string& text = found->second;
      if (text.find('\0') != std::string::npos) fault("31-028", "code " + std::to_string(code) + " stands for U+0000");
      if (text.find("\xEF\xBB\xBF") != std::string::npos || text.find("\xEF\xBF\xBE") != std::string::npos) {
        fault("31-029", "code " + std::to_string(code) + " stands for U+FEFF or U+FFFE");
      }
    }
  }

  void check_cid_font() {
    QPDFObjectHandle encoding = font_.dict.getKey("/Encoding");
    const bool identity = encoding.isNameAndEquals("/Identity-H") || encoding.isNameAndEquals("/Identity-V");
    if (!identity && !font_.encoding) fault("31-006", "its encoding is neither Identity nor embedded");
    if (font_.encoding) {
      QPDFObjectHandle ours = font_.descendant.getKeyIfDict("/CIDSystemInfo"), cmap = encoding.getDict().getKey("/CIDSystemInfo");
      const auto differs = [&](const char* key) { return ours.getKeyIfDict(key).unparseResolved() != cmap.getKeyIfDict(key).unparseResolved(); };
      if (differs("/Registry")) fault("31-001", "font and CMap differ in Registry");
      if (differs("/Ordering")) fault("31-002", "font and CMap differ in Ordering");
    }
    if (!font_.descendant.getKeyIfDict("/Subtype").isNameAndEquals("/CIDFontType2")) return;
    QPDFObjectHandle map = font_.descendant.getKey("/CIDToGIDMap");
    if (map.isNull()) fault("31-005", "has no CIDToGIDMap");
    else if (!map.isStream() && !map.isNameAndEquals("/Identity")) fault("31-004", "its CIDToGIDMap is neither a stream nor Identity");
  }

  // The glyph of a CID; nothing when the program has none for it.
  std::optional<std::size_t> glyph_of(std::uint32_t cid, const FontProgram& program, const std::string& map, bool truetype) const {
    std::size_t glyph = cid;
    if (truetype && !map.empty()) {
      if (2 * std::size_t{cid} + 1 >= map.size()) return std::nullopt;
      glyph = static_cast<std::size_t>(static_cast<unsigned char>(map[2 * cid])) * 256 + static_cast<unsigned char>(map[2 * cid + 1]);
    } else if (program.cid_keyed) {
      const auto found = program.glyph_of_cid.find(cid);
      if (found == program.glyph_of_cid.end()) return std::nullopt;
      glyph = found->second;
    }
    return glyph < program.widths.size() ? std::optional(glyph) : std::nullopt;
  }

  void check_glyphs(const FontProgram& program, bool truetype) {
    const std::map<std::uint32_t, double> widths = read_widths(font_.descendant.getKey("/W"));
    QPDFObjectHandle preset = font_.descendant.getKey("/DW"), map_stream = font_.descendant.getKey("/CIDToGIDMap");
    const double preset_width = preset.isNumber() ? preset.getNumericValue() : 1000;
    const std::string map = map_stream.isStream() ? stream_text(map_stream) : std::string();
    for (const std::uint32_t code : font_.used) {
      std::uint32_t cid = code;
      if (font_.encoding) {
        const auto found = font_.encoding->cid.find(code);
        cid = found == font_.encoding->cid.end() ? 0 : found->second;
      }
      const std::optional<std::size_t> glyph = glyph_of(cid, program, map, truetype);
      if (!glyph) {
        fault("31-011", "the program has no glyph for code " + std::to_string(code));
        continue;
      }
      if (*glyph == 0) fault("31-030", "code " + std::to_string(code) + " shows .notdef");
      const auto declared = widths.find(cid);
      const double width = declared == widths.end() ? preset_width : declared->second;
      if (std::abs(width - program.widths[*glyph]) > 1) {
        fault("31-016", "code " + std::to_string(code) + " is " + std::to_string(std::lround(width)) + " wide in W, " + std::to_string(std::lround(program.widths[*glyph])) + " in the program");
      }
    }
  }

  Font& font_;
  Faults& faults_;
};

}  // namespace

void check_fonts(Document& document, Faults& faults) {
  for (Font& font : document.content.fonts) FontCheck(font, faults).run();
}

}  // namespace handout::inspect
