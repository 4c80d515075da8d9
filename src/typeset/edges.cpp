#include "typeset/edges.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "typeset/cjk_spacing.h"

namespace handout::typeset {
namespace {

constexpr std::u32string_view kHangingAtEnd = U".,‚'\"’”»›-\u00AD‐‑،۔؟؛、。，．｡､।॥";
constexpr std::u32string_view kHangingAtStart = U"'\"‘“„‚«‹»›";

// Thousandths of a character's width that stand outside at a line's start and end. After the tables of pdfTeX and microtype for sans serif faces: small marks most, letters with
// a slanting or open side a little.
struct Protrusion {
  char32_t character;
  int start, end;
};
constexpr std::array kProtrusions = {
    Protrusion{U'.', 0, 700},  Protrusion{U',', 0, 500},  Protrusion{U';', 0, 300},  Protrusion{U':', 0, 500},  Protrusion{U'!', 0, 100},   Protrusion{U'?', 0, 200},  Protrusion{U'-', 400, 500},
    Protrusion{U'\u00AD', 0, 500}, Protrusion{U'‐', 400, 500}, Protrusion{U'–', 200, 300}, Protrusion{U'—', 150, 200}, Protrusion{U'‘', 300, 400}, Protrusion{U'’', 300, 400},
    Protrusion{U'“', 300, 300}, Protrusion{U'”', 300, 300}, Protrusion{U'„', 300, 0},  Protrusion{U'‚', 300, 0},  Protrusion{U'\'', 300, 400}, Protrusion{U'"', 300, 300}, Protrusion{U'«', 200, 200},
    Protrusion{U'»', 200, 200}, Protrusion{U'(', 100, 0},  Protrusion{U')', 0, 200},  Protrusion{U'A', 50, 50},  Protrusion{U'J', 50, 0},    Protrusion{U'K', 0, 50},   Protrusion{U'L', 0, 50},
    Protrusion{U'T', 50, 50},  Protrusion{U'V', 50, 50},  Protrusion{U'W', 50, 50},  Protrusion{U'X', 50, 50},  Protrusion{U'Y', 50, 50},   Protrusion{U'f', 0, 50},   Protrusion{U'k', 0, 50},
    Protrusion{U'r', 0, 50},   Protrusion{U't', 0, 70},   Protrusion{U'v', 50, 50},  Protrusion{U'w', 50, 50},  Protrusion{U'x', 50, 50},   Protrusion{U'y', 50, 70},  Protrusion{U'А', 50, 50},
    Protrusion{U'Г', 0, 50},   Protrusion{U'Т', 50, 50},  Protrusion{U'У', 50, 50},  Protrusion{U'Х', 50, 50},  Protrusion{U'у', 50, 70},   Protrusion{U'х', 50, 50},  Protrusion{U'،', 0, 500},
    Protrusion{U'۔', 0, 500},  Protrusion{U'।', 0, 500}};

enum class Edge : std::uint8_t { Start, End };

// Only text of the paragraph's own level stands at its edges: what is nested deeper may run the same way and end in the middle of the line.
bool runs_with_paragraph(const ItemizedText& itemized, const Item& item) { return item.level == (itemized.paragraph.direction == unicode::Direction::RightToLeft ? 1 : 0); }

Length hang(char32_t c, Length advance, Edge edge, const styled::LineStyle& lines) {
  if (lines.hanging_punctuation) {
    const std::u32string_view marks = edge == Edge::End ? kHangingAtEnd : kHangingAtStart;
    if (marks.find(c) != std::u32string_view::npos) return advance;
  }
  if (!lines.margin_kerning) return {};
  const auto found = std::find_if(kProtrusions.begin(), kProtrusions.end(), [c](const Protrusion& p) { return p.character == c; });
  if (found == kProtrusions.end()) return {};
  return advance.scaled(edge == Edge::End ? found->end : found->start, 1000);
}

}  // namespace

Outside outside_at_end(const Glyph& last, const ItemizedText& itemized, const Item& item, const Resources& resources) {
  const styled::LineStyle& lines = itemized.paragraph.lines;
  if ((!itemized.has_ideographs && !lines.hanging_punctuation && !lines.margin_kerning) || item.kind != ItemKind::Text || !runs_with_paragraph(itemized, item)) return {};
  const Length half = empty_half_at_end(last, itemized, item, resources);
  const char32_t c = last.added == Added::Hyphen ? U'\u00AD' : letter_at(itemized.source.text, last.cluster);
  return {half, hang(c, last.advance - half, Edge::End, lines)};
}

Outside outside_at_start(const Glyph& first, const ItemizedText& itemized, const Item& item, const Resources& resources) {
  const styled::LineStyle& lines = itemized.paragraph.lines;
  if ((!itemized.has_ideographs && !lines.hanging_punctuation && !lines.margin_kerning) || item.kind != ItemKind::Text || !runs_with_paragraph(itemized, item)) return {};
  const Length half = empty_half_at_start(first, itemized, item, resources);
  return {half, hang(letter_at(itemized.source.text, first.cluster), first.advance - half, Edge::Start, lines)};
}

}  // namespace handout::typeset
