#include "batch/job_tickets.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.h"

namespace handout::batch {

namespace {

std::string fold_of(const Stations& stations) {
  // Pages put on sheets are folded as the layout's sheet says; else the sheets as the envelope wants them.
  if (stations.styled.sheet) return std::string(display::name(stations.styled.sheet->fold));
  const auto& envelope = stations.sources.layout->envelope;
  if (!envelope || envelope->folds.empty()) return "";
  if (envelope->folds.size() == 1) return "half";
  return envelope->folded == layouts::FoldedAs::Z ? "z" : "c";
}

}  // namespace

std::string machine_setup(const styled::StyledDocument& document) {
  if (document.marks.empty() && document.trays.empty()) return "";
  marks::JobTicket ticket;
  ticket.marks = document.marks;
  ticket.trays = document.trays;
  return marks::to_json(ticket);
}

void TicketFacts::add_envelope(std::uint64_t sheets) {
  least_sheets = envelopes == 0 ? sheets : std::min(least_sheets, sheets);
  most_sheets = std::max(most_sheets, sheets);
  ++envelopes;
}

TicketFacts facts_from(const Piece& first) { return {first.merged.like, first.merged.display.pages.front().size, first.merged.display.duplex, 0, 0, 0}; }

marks::JobTicket make_ticket(PrintFile& file, const TicketFacts& facts, const mailings::Mailing& mailing, const TicketOf& of) {
  EXPECTS(facts.first != nullptr && !file.pieces().empty());
  const auto& by = mailing.output.split_by;
  const auto is_split_by = [&](mailings::SplitBy what) { return std::find(by.begin(), by.end(), what) != by.end(); };
  const ledger::Kind& kind = *file.pieces().front().kind;
  marks::JobTicket ticket;
  ticket.job = of.job;
  ticket.file = file.name();
  ticket.use = of.use;
  if (is_split_by(mailings::SplitBy::Layout)) {
    ticket.layout = kind.layout;
    ticket.profile = kind.profile;
  }
  if (is_split_by(mailings::SplitBy::Locale)) ticket.locale = kind.locale;
  ticket.paper = facts.paper;
  ticket.duplex = facts.duplex;
  ticket.paper_weight = mailing.output.sheet_weight;
  // That of the layout, which the pages were tested with.
  const auto& envelope = facts.first->sources.layout->envelope;
  ticket.envelope = envelope ? envelope->name : mailing.envelope;
  ticket.fold = fold_of(*facts.first);
  ticket.pieces = file.pieces().size();
  ticket.pages = file.pages();
  ticket.sheets = file.sheets();
  if (mailing.household != mailings::Household::None) ticket.envelopes = facts.envelopes;
  ticket.least_sheets = facts.least_sheets;
  ticket.most_sheets = facts.most_sheets;
  ticket.first_piece = std::to_string(file.pieces().front().row);
  ticket.last_piece = std::to_string(file.pieces().back().row);
  ticket.trays = facts.first->styled.trays;
  ticket.marks = facts.first->styled.marks;
  return ticket;
}

std::string ticket_name(std::string_view print_file) {
  constexpr std::string_view kEnding = ".pdf";
  if (print_file.ends_with(kEnding)) print_file.remove_suffix(kEnding.size());
  return fmt::format("{}.json", print_file);
}

}  // namespace handout::batch
