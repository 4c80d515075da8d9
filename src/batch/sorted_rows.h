#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "batch/nameless_file.h"
#include "recipients/row.h"

namespace handout::batch {

// Who are one household, as a hash of their address; all 0: nobody else.
using Household = std::array<std::uint64_t, 2>;

// Rows put into order. Their values wait in a file without a name, so that memory holds only what they are ordered by.
class SortedRows {
 public:
  enum class Order : std::uint8_t { Ascending, Descending };
  explicit SortedRows(Order order) : order_(order) {}

  // Ordered by the bytes of the key, then by the number. Those of a household follow its first one.
  struct Place { std::string key; std::uint64_t number = 0; Household household{}; };
  [[nodiscard]] bool add(Place place, const recipients::Row& row, Diagnostics& diags);
  void sort();
  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::size_t given() const { return given_; }

  struct Row { recipients::Row row; Household household{}; };  // its number, values and keys
  // Nothing when all were given; a failure when the file can't be read.
  Result<std::optional<Row>> next(Diagnostics& diags);

 private:
  struct Entry { Place place; std::uint64_t offset = 0; };
  void gather_households();
  [[nodiscard]] bool write(const void* bytes, std::size_t size);
  [[nodiscard]] bool write_number(std::uint64_t number) { return write(&number, sizeof number); }

  Order order_;
  std::vector<Entry> entries_;
  std::size_t given_ = 0;
  NamelessFile file_;
  std::uint64_t written_ = 0;
};

}  // namespace handout::batch
