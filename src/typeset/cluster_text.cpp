#include "typeset/cluster_text.h"

namespace handout::typeset {
namespace {

constexpr char32_t kSoftHyphen = 0x00AD;
constexpr std::string_view kDrawnHyphen = "\u00AD";  // ISO 32000-1, 14.8.2.2.3: a hyphen that the line break brought

std::vector<std::string_view> written_characters(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<std::string_view> characters;
  for (std::size_t at = begin; at < end;) {
    const unicode::CodePoint c = unicode::decode(text, at);
    if (c.value != kSoftHyphen) characters.push_back(text.substr(at, c.end - at));
    at = c.end;
  }
  return characters;
}

}  // namespace

std::vector<GlyphText> distribute_text(std::string_view text, const Piece& piece) {
  std::vector<GlyphText> out;
  const std::vector<Glyph>& glyphs = piece.glyphs;
  const auto skip_added = [&](std::size_t g) {
    while (g < glyphs.size() && glyphs[g].added != Added::No) ++g;
    return g;
  };
  for (std::size_t first = skip_added(0), last = 0; first < glyphs.size(); first = skip_added(last)) {
    last = first;
    while (last < glyphs.size() && glyphs[last].cluster == glyphs[first].cluster && glyphs[last].added == Added::No) ++last;
    const std::size_t behind = skip_added(last);
    const std::size_t begin = out.empty() ? piece.begin : glyphs[first].cluster;
    const std::size_t end = behind < glyphs.size() ? glyphs[behind].cluster : piece.end;
    const auto characters = written_characters(text, begin, end);
    for (std::size_t g = first; g < last && !characters.empty(); ++g) {
      GlyphText glyph{g, {}};
      const std::size_t next = g - first;
      if (next < characters.size()) glyph.text = characters[next];
      if (g + 1 == last) {
        for (std::size_t c = next + 1; c < characters.size(); ++c) glyph.text += characters[c];
      }
      out.push_back(std::move(glyph));
    }
    for (std::size_t g = last; g < behind; ++g) out.push_back({g, glyphs[g].added == Added::Hyphen ? std::string(kDrawnHyphen) : std::string()});
  }
  return out;
}

}  // namespace handout::typeset
