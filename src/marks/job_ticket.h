#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/geometry.h"
#include "display/display.h"
#include "styled/styled.h"

// What a print room has to know of one print file, as JSON beside it.
namespace handout::marks {

struct JobTicket {
  std::string job;                           // its id
  std::string file;                          // the print file's name, without folders
  enum class For : std::uint8_t { Mailing, Proof, Reprint } use = For::Mailing;  // Proof: to look at; nothing of it is sent. Reprint: pieces once more
  std::optional<std::uint64_t> reason;       // of a reprint, or a proof's: the number of the ledger's event that says why
  std::string layout, profile, locale;       // "" where files are not split by it
  Size paper;
  display::Duplex duplex = display::Duplex::No;
  std::optional<int> paper_weight;           // grams a square metre
  std::string envelope, fold;                // by the mailing's names for them; "": not said
  std::uint64_t pieces = 0, pages = 0, sheets = 0;
  std::uint64_t envelopes = 0;               // 0: each piece has its own
  std::uint64_t least_sheets = 0, most_sheets = 0;  // of a piece; of what is in one envelope
  std::string first_piece, last_piece;       // ids
  std::vector<styled::TrayHint> trays;
  styled::Marks marks;
};

// The ticket, indented by two spaces, with a line feed at its end. Keys stand in one order; what is not said has no key; lengths are millimetres, to a thousandth. The same ticket gives the same bytes.
std::string to_json(const JobTicket& ticket);

}  // namespace handout::marks
