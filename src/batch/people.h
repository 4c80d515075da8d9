#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "base/digest.h"
#include "batch/field_values.h"
#include "batch/named_file.h"
#include "batch/sorted_rows.h"
#include "ledger/ledger.h"
#include "mailings/mailing.h"
#include "recipients/column_map.h"
#include "recipients/reader.h"
#include "recipients/to_recipient.h"

// The people of a list in the order in which they are printed, without those that the mailing leaves out.
namespace handout::batch {

// Somebody to print for.
struct Somebody {
  std::uint64_t row = 0;  // of the list
  recipients::Person person;
  Household household{};  // where the mailing keeps households together
};
// A row that nothing is printed for, and why; no value is in it.
struct Refused {
  std::uint64_t row = 0;
  std::string column, reason;
};
struct LeftOut {
  std::uint64_t row = 0;
  ledger::LeftOutBecause why{};
};
struct NoMore {};
using NextPerson = std::variant<Somebody, Refused, LeftOut, NoMore>;

// `day`: the job's. What a list says of people by then is read, whenever it is read again.
[[nodiscard]] recipients::ReaderOptions reader_options(const mailings::ListChoice& list, const std::optional<ledger::Day>& day);

struct PeopleSources {
  NamedFile list;
  std::vector<NamedFile> suppressions;  // as in the mailing
  ledger::Shard shard;
  std::optional<ledger::Day> day{};     // the job's
  // Told while a list that has to be sorted is read, with the rows so far; returns whether to go on.
  std::function<bool(std::uint64_t rows)> passing;
};

class People {
 public:
  // Faults: those of the list as a whole, of the columns, of a suppression list; no column of keys where the mailing or a shard needs keys. A list without keys is warned of.
  static Result<People> open(const mailings::Mailing& mailing, const PeopleSources& sources, Diagnostics& diags);
  People(People&&) noexcept;
  ~People();

  // Rows of other shards are passed over. A failure: the list can't be read any further.
  Result<NextPerson> next(Diagnostics& diags);
  // Rows of the list so far, rejected ones too, of all shards.
  [[nodiscard]] std::uint64_t rows() const;
  // Of them, those of this shard.
  [[nodiscard]] std::uint64_t own_rows() const;
  // About as many as this shard will have in all, by how much of the list's bytes was read; nothing where that is not known.
  [[nodiscard]] std::optional<double> rows_expected() const;
  // How much of the list is behind us, from 0 to 1: of its bytes, of its people where it is sorted.
  [[nodiscard]] double share() const;
  [[nodiscard]] recipients::Format format() const;
  [[nodiscard]] bool is_sorted() const;
  // `passing` wanted no more: NoMore was said before the end.
  [[nodiscard]] bool is_interrupted() const;
  [[nodiscard]] const recipients::ReadCounts counts() const;
  // The list's name of the column that a field's value came from, or a part of the recipient ("patient.address", "postcode", "dose"), of all where there are several ("First name, Last name"); the field itself where there is no such column.
  [[nodiscard]] std::string column_of(const std::string& field) const;

 private:
  struct State;
  explicit People(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Who live at the same address: its lines and parts compared as unicode::comparable() has them and without regard to capitals among A to Z; nothing else is taken for the same, since "1-2" is not "12". A person without an address is alone.
Household household_of(const request::Recipient& recipient);

// The people of these rows, by row; rows that have none are left out. Reads no further than the last.
Result<std::map<std::uint64_t, Somebody>> read_rows(const mailings::Mailing& mailing, const NamedFile& list, const std::optional<ledger::Day>& day, const std::set<std::uint64_t>& rows, Diagnostics& diags);

// Which shard a recipient belongs to, from 1: by the hash of the key, of the address where households are kept together, of the row where there is no key.
std::uint32_t shard_of(std::string_view key, std::uint32_t count);

}  // namespace handout::batch
