#pragma once

#include <vector>

#include "display/display.h"
#include "typeset/initial.h"
#include "typeset/line_height.h"

namespace handout::typeset {

// The one place where logical order becomes visual. Commands stay in the logical order of the text, since tags and text extraction follow them: the glyph
// runs and blanks, then dots and rules of leaders, marks of emphasis, underlines, and link areas.
class LinePlacer {
 public:
  LinePlacer(const ShapedText& text, const Resources& resources, display::Fragment& fragment);

  // The first line that is placed has this initial before it, which must live until then.
  void begin_with(const DropInitial& initial) { initial_ = &initial; }
  // Puts a line into its room, below those placed before.
  void place(const SetLine& line, const LineRoom& room);
  // Makes the last line higher until there is the height of `lines` lines.
  void fill_up(int lines);

 private:
  struct PlacedPiece;
  [[nodiscard]] std::vector<PlacedPiece> order_visually(const SetLine& line, const LineRoom& room) const;
  [[nodiscard]] static std::vector<PlacedPiece> order_from(const SetLine& line, Length left);
  void place_initial(Length baseline);
  void place_text(const SetLine& line, const std::vector<PlacedPiece>& pieces, Length baseline);
  void place_leaders(const std::vector<PlacedPiece>& pieces, const LineRoom& room, Length baseline);
  void place_emphasis(const std::vector<PlacedPiece>& pieces, Length baseline);
  void place_underlines(const std::vector<PlacedPiece>& pieces, Length baseline);
  void place_links(const std::vector<PlacedPiece>& pieces, Length baseline);

  const ShapedText& text_;
  const fonts::Fonts& fonts_;
  LineHeight heights_;
  display::Fragment& fragment_;
  const DropInitial* initial_ = nullptr;  // of the next line
};

}  // namespace handout::typeset
