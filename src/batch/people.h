#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <variant>
#include <vector>

#include "base/digest.h"
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

// The value of a field or of what a recipient has ("postcode"), "" for none.
std::string value_of(const recipients::Person& person, std::string_view name);

[[nodiscard]] recipients::ReaderOptions reader_options(const mailings::ListChoice& list);

struct PeopleSources {
  std::filesystem::path list;
  std::vector<std::filesystem::path> suppressions;  // as in the mailing
  ledger::Shard shard;
};

class People {
 public:
  // Faults: those of the list as a whole, of the columns, of a suppression list.
  static Result<People> open(const mailings::Mailing& mailing, const PeopleSources& sources, Diagnostics& diags);
  People(People&&) noexcept;
  ~People();

  // Rows of other shards are passed over. A failure: the list can't be read any further.
  Result<NextPerson> next(Diagnostics& diags);
  // Rows of the list so far, rejected ones too, of all shards.
  [[nodiscard]] std::uint64_t rows() const;
  [[nodiscard]] const recipients::ReadCounts counts() const;

 private:
  struct State;
  explicit People(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The people of these rows, by row; rows that have none are left out. Reads no further than the last.
Result<std::map<std::uint64_t, Somebody>> read_rows(const mailings::Mailing& mailing, const std::filesystem::path& list, const std::set<std::uint64_t>& rows, Diagnostics& diags);

// Which shard a recipient belongs to, from 1: by the hash of the key, of the address where households are kept together, of the row where there is no key.
std::uint32_t shard_of(std::string_view key, std::uint32_t count);

}  // namespace handout::batch
