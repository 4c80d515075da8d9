#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "recipients/row.h"
#include "unicode/formats.h"

namespace handout::recipients {

// A day of the calendar as ReaderOptions has it.
inline unicode::Date date_of(std::chrono::year_month_day day) { return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())), static_cast<int>(static_cast<unsigned>(day.day()))}; }

enum class IsHeader : std::uint8_t { No, Perhaps, Surely };

struct ReaderOptions {
  std::optional<Format> format;        // nothing: found from the name's ending, else from the first bytes
  std::string shown{};                 // the name that messages use; "": the path
  // Of CSV: whether its first line is a header, and telling when it is not (ColumnMap::check_header). None: every first line is one. Messages have words of one that surely is. Called while the list is opened.
  std::function<IsHeader(const std::vector<std::string>& columns, const Span& at, Diagnostics& diags)> check_header{};
  char separator = '\0';               // of CSV: ',', ';' or a tab; none: found from the header
  std::string identifier_system;       // FHIR: the key is the identifier of this system; none: that of the medical record, else official, else first
  std::optional<unicode::Date> day{};  // FHIR: names, addresses and identifiers count whose period holds this day; nothing: periods are not looked at
  std::size_t chunk = 256 * 1024;      // bytes read at once, at least
  std::size_t most_field = 1u << 20;   // bytes; a record with a longer field is rejected
  std::size_t most_record = 16u << 20; // bytes held at most; a longer record is rejected without being held
  std::size_t most_columns = 16384;    // as many as a spreadsheet has
};

}  // namespace handout::recipients
