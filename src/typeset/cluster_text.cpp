#include "typeset/cluster_text.h"

namespace handout::typeset {
namespace {

constexpr char32_t kSoftHyphen = 0x00AD;
constexpr std::string_view kDrawnHyphen = "\u00AD";  // ISO 32000-1, 14.8.2.2.3: a hyphen that the line break brought

// Moves `at` behind the next character before `end` that is written, which goes to `out`; whether there is one.
bool take_written(std::string_view text, std::size_t& at, std::size_t end, std::string& out) {
  while (at < end) {
    const unicode::CodePoint c = unicode::decode(text, at);
    at = c.end;
    if (c.value == kSoftHyphen) continue;
    out.append(text.substr(c.begin, c.end - c.begin));
    return true;
  }
  return false;
}

}  // namespace

PieceText distribute_text(std::string_view text, const Piece& piece) {
  PieceText out;
  out.text.reserve(piece.end - piece.begin);
  out.parts.reserve(piece.glyphs.size());
  const std::vector<Glyph>& glyphs = piece.glyphs;
  const auto skip_added = [&](std::size_t g) {
    while (g < glyphs.size() && glyphs[g].added != Added::No) ++g;
    return g;
  };
  for (std::size_t first = skip_added(0), last = 0; first < glyphs.size(); first = skip_added(last)) {
    last = first;
    while (last < glyphs.size() && glyphs[last].cluster == glyphs[first].cluster && glyphs[last].added == Added::No) ++last;
    const std::size_t behind = skip_added(last);
    std::size_t at = out.parts.empty() ? piece.begin : glyphs[first].cluster;
    const std::size_t end = behind < glyphs.size() ? glyphs[behind].cluster : piece.end;
    const std::size_t cluster = out.text.size();
    for (std::size_t g = first; g < last; ++g) {
      const std::size_t begin = out.text.size();
      const bool written = take_written(text, at, end, out.text);
      if (!written && begin == cluster) break;
      while (g + 1 == last && take_written(text, at, end, out.text)) {}
      out.parts.push_back({g, begin, out.text.size()});
    }
    for (std::size_t g = last; g < behind; ++g) {
      const std::size_t begin = out.text.size();
      if (glyphs[g].added == Added::Hyphen) out.text += kDrawnHyphen;
      out.parts.push_back({g, begin, out.text.size()});
    }
  }
  return out;
}

}  // namespace handout::typeset
