#include <algorithm>
#include <cmath>

#include "inspect/check_parts.h"
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
  FontCheck(Font& font, Scope scope, Faults& faults) : font_(font), scope_(scope), faults_(faults) {}

  void run() {
    if (!font_.composite) return fault("H-04", "is a simple font");
    check_dictionaries();
    if (scope_ == Scope::Tagged) check_unicode();
    QPDFObjectHandle program = font_program(font_);
    if (!program.isStream()) return fault("31-009, A 6.2.11.4.1-1", "is not embedded");
    check_encoding();
    const bool truetype = font_.descendant.getKeyIfDict("/Subtype").isNameAndEquals("/CIDFontType2");
    if (truetype) check_glyph_map();
    const std::string kind = name_of(program.getDict().getKey("/Subtype"));
    if (!kind.empty() && kind != "Type1C" && kind != "CIDFontType0C" && kind != "OpenType") fault("A 6.2.11.2-7", "its program is of type " + kind);
    const std::string bytes = stream_text(program);
    const std::optional<FontProgram> read = truetype ? read_truetype(bytes) : read_cff(bytes);
    if (!read) return fault("31-009, A 6.2.11.4.1-1", "the embedded program is damaged");
    check_glyphs(*read, truetype);
  }

 private:
  void fault(std::string_view numbers, std::string_view text) { add_fault(faults_, numbers, "font " + font_.name + ": " + std::string(text)); }

  void check_dictionaries() {
    if (!font_.dict.getKey("/Type").isNameAndEquals("/Font") || !font_.descendant.getKeyIfDict("/Type").isNameAndEquals("/Font")) fault("A 6.2.11.2-1", "has no Type Font");
    const std::string kind = name_of(font_.descendant.getKeyIfDict("/Subtype"));
    if (kind != "CIDFontType0" && kind != "CIDFontType2") fault("A 6.2.11.2-2", "its descendant is of type '" + kind + "'");
    if (font_.name.empty() || !font_.descendant.getKeyIfDict("/BaseFont").isName()) fault("A 6.2.11.2-3", "has no BaseFont");
    // A set is not asked for since PDF/A-2; one that is wrong is worse than none.
    if (font_.descendant.getKeyIfDict("/FontDescriptor").getKeyIfDict("/CIDSet").isStream()) fault("31-014, 31-015, A 6.2.11.4.2-2", "has a CIDSet");
  }

  void check_unicode() {
    if (!font_.to_unicode) return fault("31-027, A 6.2.11.7.2-1", "has no ToUnicode");
    for (const std::uint32_t code : font_.used) {
      const auto found = font_.to_unicode->text.find(code);
      if (found == font_.to_unicode->text.end() || found->second.empty()) {
        fault("10-001, A 6.2.11.7.2-1", "code " + std::to_string(code) + " stands for no character");
        continue;
      }
      const std::string& text = found->second;
      const auto holds = [&](std::string_view character) { return text.find(character) != std::string::npos; };
      if (holds(std::string_view("\0", 1))) fault("31-028, A 6.2.11.7.2-2", "code " + std::to_string(code) + " stands for U+0000");
      if (holds("\xEF\xBB\xBF") || holds("\xEF\xBF\xBE")) fault("31-029, A 6.2.11.7.2-2", "code " + std::to_string(code) + " stands for U+FEFF or U+FFFE");
      if (holds("\xEF\xBF\xBD")) fault("10-001, A 6.2.11.7.2-1", "code " + std::to_string(code) + " stands for ill-formed UTF-16 or U+FFFD");
    }
  }

  void check_encoding() {
    QPDFObjectHandle encoding = font_.dict.getKey("/Encoding");
    if (!font_.encoding) {
      const bool identity = encoding.isNameAndEquals("/Identity-H") || encoding.isNameAndEquals("/Identity-V");
      if (!identity) fault("31-006, A 6.2.11.3.3-1", "its encoding is neither Identity nor embedded");
      return;
    }
    QPDFObjectHandle ours = font_.descendant.getKeyIfDict("/CIDSystemInfo"), cmap = encoding.getDict().getKey("/CIDSystemInfo");
    const auto differs = [&](const char* key) {
      QPDFObjectHandle one = ours.getKeyIfDict(key), other = cmap.getKeyIfDict(key);
      if (one.isString() && other.isString()) return one.getStringValue() != other.getStringValue();
      return one.isNull() || one.unparseResolved() != other.unparseResolved();
    };
    if (differs("/Registry")) fault("31-001, A 6.2.11.3.1-1", "font and CMap differ in Registry");
    if (differs("/Ordering")) fault("31-002, A 6.2.11.3.1-1", "font and CMap differ in Ordering");
    // Matterhorn refuses a lesser number in the font, ISO 14289-1 a lesser one in the CMap: equal satisfies both.
    if (differs("/Supplement")) fault("31-003, A 6.2.11.3.1-1", "font and CMap differ in Supplement");
    QPDFObjectHandle mode = encoding.getDict().getKey("/WMode");
    if ((mode.isInteger() ? mode.getIntValue() : 0) != font_.encoding->writing_mode) fault("31-007, A 6.2.11.3.3-2", "WMode of the CMap is another in its dictionary");
    if (!font_.encoding->used.empty() || encoding.getDict().hasKey("/UseCMap")) fault("31-008, A 6.2.11.3.3-3", "its CMap makes use of another");
    const bool large = std::ranges::any_of(font_.encoding->cid, [](const auto& entry) { return entry.second > 0xFFFF; });
    if (large) fault("A 6.1.13-10", "its CMap has a CID beyond 65,535");
  }

  void check_glyph_map() {
    QPDFObjectHandle map = font_.descendant.getKey("/CIDToGIDMap");
    if (map.isNull()) fault("31-005, A 6.2.11.3.2-1", "has no CIDToGIDMap");
    else if (!map.isStream() && !map.isNameAndEquals("/Identity")) fault("31-004, A 6.2.11.3.2-1", "its CIDToGIDMap is neither a stream nor Identity");
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
        fault("31-011, A 6.2.11.4.1-2", "the program has no glyph for code " + std::to_string(code));
        continue;
      }
      if (*glyph == 0) fault("31-030, A 6.2.11.8-1", "code " + std::to_string(code) + " shows .notdef");
      const auto declared = widths.find(cid);
      const double width = declared == widths.end() ? preset_width : declared->second;
      if (std::abs(width - program.widths[*glyph]) > 1) {
        const std::string widths_told = std::to_string(std::lround(width)) + " wide in W, " + std::to_string(std::lround(program.widths[*glyph]));
        fault("31-016, A 6.2.11.5-1", "code " + std::to_string(code) + " is " + widths_told + " in the program");
      }
    }
  }

  Font& font_;
  Scope scope_;
  Faults& faults_;
};

}  // namespace

void check_fonts(Document& document, Scope scope, Faults& faults) {
  for (Font& font : document.content.fonts) FontCheck(font, scope, faults).run();
}

}  // namespace handout::inspect
