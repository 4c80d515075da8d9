#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "typeset/collect.h"
#include "typeset/typeset.h"
#include "unicode/text.h"

namespace handout::typeset {

// Hidden items are the characters that steer the setting and are never drawn nor written: bidi controls and line separators.
enum class ItemKind : std::uint8_t { Text, Blank, Leader, Hidden };

// Text of one face, bidi level, script and run. Never empty.
struct Item {
  std::size_t begin = 0, end = 0;
  ItemKind kind = ItemKind::Text;
  std::uint8_t level = 0;
  std::size_t run = 0;   // in CollectedText::runs
  fonts::FaceId face;    // Text; Leader: of its dots and its space
  Length size;           // Text, Leader; the style's, matched to the requested face by x-height where another stands in for it
  std::string script;    // Text; ISO 15924, never Common
  Length blank_width;    // Blank; Leader: its least
  styled::Leader::Pattern pattern = styled::Leader::Pattern::Dots;  // Leader
  [[nodiscard]] unicode::Direction direction() const {
    return level % 2 == 0 ? unicode::Direction::LeftToRight : unicode::Direction::RightToLeft;
  }
};

// The text cut for shaping. Items and levels are in logical order and cover the text.
struct ItemizedText {
  const styled::Paragraph& paragraph;
  CollectedText source;
  std::vector<unicode::BidiRun> levels;
  std::vector<Item> items;
  bool has_ideographs = false;  // some item is in a script of full-width characters

  [[nodiscard]] const styled::TextRun& run(const Item& item) const { return source.runs[item.run]; }
  [[nodiscard]] const styled::TextStyle& style(const Item& item) const { return paragraph.styles[run(item).style.value()]; }
  // The item that holds the byte at `offset`.
  [[nodiscard]] const Item& item_at(std::size_t offset) const;
};

// Reports, once each, characters that no font has.
ItemizedText itemize(const styled::Paragraph& paragraph, CollectedText source, const Span& at, const Resources& resources, Diagnostics& diags);

}  // namespace handout::typeset
