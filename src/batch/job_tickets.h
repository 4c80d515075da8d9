#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "batch/print_file.h"
#include "mailings/mailing.h"
#include "marks/job_ticket.h"
#include "pipeline.h"

namespace handout::batch {

// What a print file's ticket says beyond its totals, taken from the pieces that go into it.
struct TicketFacts {
  std::shared_ptr<const Stations> first;  // of the first piece
  Size paper;
  display::Duplex duplex = display::Duplex::No;
  std::uint64_t envelopes = 0, least_sheets = 0, most_sheets = 0;  // sheets in an envelope

  void add_envelope(std::uint64_t sheets);
};
TicketFacts facts_from(const Piece& first);

// What machines are set up by, alike for all pieces of one print file: marks and trays; "" where a layout has neither.
std::string machine_setup(const styled::StyledDocument& document);

// The ticket of a file whose pieces are all in it. It names what files are split by.
struct TicketOf { std::string job; marks::JobTicket::For use = marks::JobTicket::For::Mailing; };
marks::JobTicket make_ticket(PrintFile& file, const TicketFacts& facts, const mailings::Mailing& mailing, const TicketOf& of);

// "knee-A4-0001.json" beside "knee-A4-0001.pdf".
std::string ticket_name(std::string_view print_file);

}  // namespace handout::batch
