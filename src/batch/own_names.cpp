#include "batch/own_names.h"

#include <fmt/format.h>

#include "batch/field_values.h"
#include "batch/proof.h"
#include "mailings/limits.h"

namespace handout::batch {

void OwnNames::take(std::string_view name) { taken_.insert(mailings::collision_key(name)); }

std::variant<std::string, Refused> OwnNames::name_of(const Piece& piece, const ledger::Kind& kind) {
  const request::Request& request = piece.task.wanted.request;
  recipients::Person person{*request.recipient, {}};
  person.fields.assign(request.fields.begin(), request.fields.end());
  person.fields.insert(person.fields.end(), piece.task.wanted.of_mailing.begin(), piece.task.wanted.of_mailing.end());
  std::string last, empty, of_person;  // a field without a value; one that differs from row to row
  auto name = mailings::file_name(mailing_.output.file, [&](std::string_view field) -> std::string_view {
    if (field == "mailing") return mailing_.id;
    if (field == "number") last = std::to_string(piece.task.row);
    else if (field == "locale") last = kind.locale;
    else if (field == "layout") last = kind.layout;
    else if (field == "profile") last = kind.profile;
    else last = value_of(person, of_person = field);
    if (last.empty()) empty = field;
    return last;
  });
  if (!empty.empty()) return Refused{piece.task.row, empty, "is empty, and the names of files are made with it; see file-name in the mailing's <output>"};
  if (!name) return Refused{piece.task.row, of_person, fmt::format("makes a file's name that is longer than {} bytes or that some system keeps for a device; see file-name in the mailing's <output>", mailings::kLongestName)};
  if (use_ == marks::JobTicket::For::Proof) name->insert(0, kProofPrefix);
  if (!taken_.insert(mailings::collision_key(*name)).second) return Refused{piece.task.row, of_person, "makes the file's name that an earlier row's file has, capitals aside; see file-name in the mailing's <output>"};
  return *name;
}

}  // namespace handout::batch
