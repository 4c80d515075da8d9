#include <map>

#include "inspect/bytes.h"
#include "inspect/font_program.h"

namespace handout::inspect {

std::optional<FontProgram> read_truetype(std::string_view program) {
  Bytes bytes(program);
  std::map<std::string_view, std::string_view> tables;
  const std::uint32_t count = bytes.number(4, 2);
  for (std::size_t i = 0; i < count && bytes.good(); ++i) {
    const std::size_t record = 12 + 16 * i;
    tables[bytes.part(record, 4)] = bytes.part(bytes.number(record + 8, 4), bytes.number(record + 12, 4));
  }
  for (const std::string_view tag : {"head", "hhea", "maxp", "hmtx", "glyf", "loca"}) {
    if (!tables.contains(tag)) return std::nullopt;
  }
  const std::uint32_t em = Bytes(tables["head"]).number(18, 2);
  const std::uint32_t glyphs = Bytes(tables["maxp"]).number(4, 2);
  const std::uint32_t metrics = Bytes(tables["hhea"]).number(34, 2);
  if (!bytes.good() || em == 0 || metrics == 0) return std::nullopt;
  Bytes hmtx(tables["hmtx"]);
  FontProgram result;
  for (std::uint32_t glyph = 0; glyph < glyphs; ++glyph) {
    const std::uint32_t advance = hmtx.number(std::size_t{4} * (glyph < metrics ? glyph : metrics - 1), 2);  // the last one stands for the rest
    result.widths.push_back(advance * 1000.0 / em);
  }
  if (!hmtx.good()) return std::nullopt;
  return result;
}

}  // namespace handout::inspect
