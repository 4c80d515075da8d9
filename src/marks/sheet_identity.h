#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "marks/marks.h"

// Inside marks/ only: what the marks of one sheet say.
namespace handout::marks {

// One sheet of a piece, or of the pieces that are one to the machine: then sheets_before is that of the first of them.
struct SheetPlace {
  const PieceIdentity& identity;
  std::size_t index = 0;   // in the piece, from 0
  std::size_t sheets = 1;  // of the piece
};

// ISO/IEC 7064, hybrid system MOD 37,36: the check character for capital letters and digits.
char check_character(std::string_view text);

// Which bars are there, one for each of the marks.
std::vector<bool> bars_of(const std::vector<styled::OmrMark>& marks, const SheetPlace& place);

// The 29 characters of the code.
inline constexpr std::size_t kJobLetters = 8, kPieceLetters = 9;
std::string code_text(const SheetPlace& place);

// The text with its names in braces filled in.
std::string sheet_text(std::string_view pattern, const SheetPlace& place);

}  // namespace handout::marks
