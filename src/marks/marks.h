#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "display/display.h"
#include "fonts/fonts.h"
#include "styled/styled.h"

// DisplayDocument -> DisplayDocument: what print rooms and inserting machines need on the sheets of one piece of a mailing. After imposition, when the piece's place in its job is known.
namespace handout::marks {

// What tells a piece from all others of a job.
struct PieceIdentity {
  std::string job;                       // its id: 1 to 8 capital letters and digits
  std::string piece;                     // its id: 1 to 9 capital letters and digits
  std::uint64_t number = 0;              // of the piece in the job, from 0
  std::uint64_t sheets_before = 0;       // sheets of the job before it: where its sheets' numbers go on
  std::size_t sheets_in_front = 0, sheets_behind = 0;  // of other pieces in the same envelope, which are one piece to a machine: their sheets count on
};
// Nobody takes it for a piece of a mailing: job SAMPLE, piece 1.
PieceIdentity sample_identity();
// Sheets in an envelope at most, since marks have three digits for their numbers.
inline constexpr std::size_t kMostSheets = 999;
// The identity whose marks take the most room among those that a piece may get: the same job and piece, and any number up to `most_number`. Alone::No: other pieces may be in its envelope, of which the first gives them all its id.
enum class Alone : std::uint8_t { Yes, No };
PieceIdentity widest_identity(std::string job, std::string piece, std::uint64_t most_number, std::size_t sheets, Alone alone);

// Sheets that the pages are printed on: two pages a sheet where both sides are printed.
std::size_t sheet_count(const display::DisplayDocument& piece);

// Where both sides are printed and the last sheet has none on its back, adds a page that says nothing, of the last page's size, so that the next piece begins on a front side. Its label goes on counting.
void fill_last_sheet(display::DisplayDocument& piece);

// Puts marks on the front side of each sheet; one for a thread, and for all pieces that are laid out alike.
//
// The bars of styled::OmrMarks stand in their column where their mark is there and leave it white where not. Sheets count from 1 in the job, as pieces do; a sequence shows the lowest bits.
// Begin and End are on the first and on the last sheet, NotBegin and NotEnd on all others; parity counts all bars, itself too.
//
// The code of styled::SheetCode says 29 characters, each at its place, so that every sheet's code has one size:
//   1-2 "H1" · 3-10 job · 11-19 piece (ids filled up with 0 at their left) · 20-22 sheet of the piece (of its envelope, where several are in one), from 1 · 23-25 its sheets · 26-28 number of the sheet in the print file modulo 1000 · 29 check
// character over the 28 before it, ISO/IEC 7064 MOD 37,36.
//
// Everything is an artifact, drawn in black, text of a field to the writer: it is in no shared stream. All other placements stay as they are and keep their fragments.
class Marker {
 public:
  // `fonts` outlive it.
  Marker(styled::Marks marks, const fonts::Fonts& fonts);

  // Faults at the layout's mark: it stands nearer to the paper's edge than 4.2 mm, where office printers don't reach (PCL printers leave 1/6 inch); something else stands in the room that it is to have, another mark too, or behind
  // the bars on the back, where it would show through; bars that touch each other; more than 999 sheets. Faults of the identity name no id. What is told once is not told of later sheets.
  // Room::Known: check() found it, of the widest identity.
  enum class Room : std::uint8_t { Check, Known };
  Result<display::DisplayDocument> mark(display::DisplayDocument piece, const PieceIdentity& identity, Diagnostics& diags, Room room = Room::Check);
  // The same faults without the marks, which are not drawn for it.
  bool check(const display::DisplayDocument& piece, const PieceIdentity& identity, Diagnostics& diags);

 private:
  struct Sheet;
  struct Letter { fonts::GlyphId glyph = 0; Length advance; };
  [[nodiscard]] bool check_identity(const PieceIdentity& identity, std::size_t sheets, Diagnostics& diags) const;
  // Sheets count in all that is in the envelope.
  bool find_zones(Sheet& sheet, const PieceIdentity& identity, Size paper, Diagnostics& diags);
  bool check_sheet(const Sheet& sheet, const display::DisplayDocument& piece, std::size_t front, Diagnostics& diags) const;
  bool draw(Sheet& sheet, const PieceIdentity& identity, Size paper, Diagnostics& diags);
  void add_bars(Sheet& sheet, const PieceIdentity& identity, Size paper);
  bool add_code(Sheet& sheet, const PieceIdentity& identity, Size paper, Diagnostics& diags);
  void add_text(Sheet& sheet, const PieceIdentity& identity, Size paper);
  [[nodiscard]] Size bars_size() const;
  std::shared_ptr<const images::Picture> draw_code(const std::string& text, Diagnostics& diags);
  [[nodiscard]] Rect text_area(const std::string& text, Size paper) const;
  [[nodiscard]] display::GlyphRun letters(const std::string& text) const;
  [[nodiscard]] const Letter& letter_of(char c) const;

  styled::Marks marks_;
  const fonts::Fonts& fonts_;
  fonts::FaceId face_;
  std::vector<Letter> letters_;                                                    // of ASCII, from the space on
  char widest_figure_ = '0';
  std::map<std::vector<bool>, std::shared_ptr<const images::Picture>> bars_;       // by which of them are there
  std::optional<Size> code_size_;                                                  // once one was drawn
};

}  // namespace handout::marks
