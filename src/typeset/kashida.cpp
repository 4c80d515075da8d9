#include "typeset/kashida.h"

#include <algorithm>
#include <string_view>


namespace handout::typeset {
namespace {

constexpr char32_t kTatweel = 0x640;
// A joint drawn out by more than this of the font size pulls a word apart.
constexpr double kMostOfSize = 0.8;

bool is_one_of(char32_t c, std::u32string_view letters) { return letters.find(c) != std::u32string_view::npos; }

// The order in which joints are drawn out, best first: after seen and sad; before the last teh marbuta, heh and dal; before the last alef, tah, lam, kaf; before the last reh and yeh;
// before the last waw, ain, qaf, feh; then any (the priorities that Windows and OpenOffice use, after M. J. E. Benatia and others, "Arabic text justification", TUGboat 27:2, 2006).
int rank(char32_t before, char32_t letter, bool is_last) {
  if (is_one_of(before, U"سشصضݜڛښ")) return 0;
  if (!is_last) return 5;
  if (is_one_of(letter, U"ةهدذەھ")) return 1;
  if (is_one_of(letter, U"اأإآطظلكگکٱ")) return 2;
  if (is_one_of(letter, U"رزژىيیئ")) return 3;
  if (is_one_of(letter, U"وؤعغقفۋۇ")) return 4;
  return 5;
}

bool slants(const fonts::FaceInfo& info) { return info.family.find("Nastal") != std::string::npos; }

struct Best {
  std::size_t offset = 0;
  int rank = 100;
};

}  // namespace

std::vector<Kashida> find_kashidas(const ShapedText& text, const fonts::Fonts& fonts) {
  std::vector<Kashida> found;
  const std::string_view bytes = text.itemized.source.text;
  for (const Item& item : text.itemized.items) {
    if (item.kind != ItemKind::Text || item.script != "Arab" || slants(fonts.info(item.face)) || !fonts.covers(item.face, kTatweel)) continue;
    const std::size_t first = text.first_glyph[text.index_of(item)], last = text.first_glyph[text.index_of(item) + 1];
    Best best;
    char32_t before = 0;  // the letter before this one
    const auto end_word = [&] {
      if (best.rank < 100) found.push_back({best.offset, item.size.scaled(kMostOfSize)});
      best = {};
      before = 0;
    };
    for (std::size_t g = first; g < last; ++g) {
      const Glyph& glyph = text.glyphs[g];
      const char32_t c = letter_at(bytes, glyph.cluster);
      if (unicode::is_mark(c) || (g > first && glyph.cluster == text.glyphs[g - 1].cluster)) continue;
      if (!unicode::is_letter(c)) {
        end_word();
        continue;
      }
      if (glyph.takes_tatweel && before != 0) {
        std::size_t next = g + 1;
        while (next < last && (text.glyphs[next].cluster == glyph.cluster || unicode::is_mark(letter_at(bytes, text.glyphs[next].cluster)))) ++next;
        const bool is_last = next == last || !unicode::is_letter(letter_at(bytes, text.glyphs[next].cluster));
        const int here = rank(before, c, is_last);
        if (here <= best.rank) best = {glyph.cluster, here};
      }
      before = c;
    }
    end_word();
  }
  return found;
}

void draw_out(Piece& piece, std::size_t index, Length length, const Resources& resources) {
  const Item& item = *piece.item;
  const fonts::GlyphId id = resources.fonts.nominal_glyph(item.face, kTatweel);
  const Length whole = fonts::scale(resources.fonts.advance(item.face, id), resources.fonts.info(item.face).metrics, item.size);
  if (id == 0 || whole <= Length{} || length <= Length{} || index == 0) return;
  // The first begins at the joint and the last ends where the next letter begins; between them they overlap alike. One that is longer than its joint reaches under both letters.
  const std::int64_t count = (length.units() + whole.units() - 1) / whole.units();
  std::vector<Glyph> added{{id, piece.glyphs[index - 1].cluster, std::min(whole, length), {}, {}, {}, true, false, Added::Kashida}};
  if (whole > length) added.front().x_offset = -(whole - length) / 2;
  const std::int64_t rest = length.units() - whole.units();
  for (std::int64_t i = 1; i < count; ++i) {
    added.push_back(added.front());
    added.back().advance = Length::from_units(rest * i / (count - 1) - rest * (i - 1) / (count - 1));
  }
  piece.glyphs.insert(piece.glyphs.begin() + static_cast<std::ptrdiff_t>(index), added.begin(), added.end());
}

}  // namespace handout::typeset
