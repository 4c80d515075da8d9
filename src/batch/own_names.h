#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <variant>

#include "batch/people.h"
#include "batch/press.h"
#include "ledger/ledger.h"
#include "mailings/mailing.h"
#include "marks/job_ticket.h"

namespace handout::batch {

// Names of files of one recipient each, by the mailing's file-name; those of a proof say so. No two are alike, capitals aside.
class OwnNames {
 public:
  OwnNames(const mailings::Mailing& mailing, marks::JobTicket::For use) : mailing_(mailing), use_(use) {}

  // One that a file has already.
  void take(std::string_view name);
  // Or why there is none: a field without a value, a name that a system can't have or that an earlier row's file has.
  std::variant<std::string, Refused> name_of(const Piece& piece, const ledger::Kind& kind);

 private:
  const mailings::Mailing& mailing_;
  marks::JobTicket::For use_;
  std::unordered_set<std::string> taken_;  // as they collide
};

}  // namespace handout::batch
