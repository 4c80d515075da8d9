#include "typeset/cluster_text.h"

#include <optional>

namespace handout::typeset {
namespace {

constexpr char32_t kSoftHyphen = 0x00AD;

std::vector<std::string_view> written_characters(std::string_view text, std::size_t begin, std::size_t end, std::optional<std::size_t> drawn_hyphen) {
  std::vector<std::string_view> characters;
  for (std::size_t at = begin; at < end;) {
    const unicode::CodePoint c = unicode::decode(text, at);
    if (c.value != kSoftHyphen || at == drawn_hyphen) characters.push_back(text.substr(at, c.end - at));
    at = c.end;
  }
  return characters;
}

}  // namespace

std::vector<GlyphText> distribute_text(std::string_view text, const SetLine& line, const Piece& piece) {
  std::vector<GlyphText> out;
  const std::vector<Glyph>& glyphs = piece.glyphs;
  for (std::size_t first = 0, last = 0; first < glyphs.size(); first = last) {
    while (last < glyphs.size() && glyphs[last].cluster == glyphs[first].cluster) ++last;
    const std::size_t begin = first == 0 ? piece.begin : glyphs[first].cluster;
    const std::size_t end = last < glyphs.size() ? glyphs[last].cluster : piece.end;
    const auto characters = written_characters(text, begin, end, line.hyphen);
    if (characters.empty()) continue;
    for (std::size_t g = first; g < last; ++g) {
      GlyphText glyph{g, {}};
      const std::size_t next = g - first;
      if (next < characters.size()) glyph.text = characters[next];
      if (g + 1 == last) {
        for (std::size_t c = next + 1; c < characters.size(); ++c) glyph.text += characters[c];
      }
      out.push_back(std::move(glyph));
    }
  }
  return out;
}

}  // namespace handout::typeset
