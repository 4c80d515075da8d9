#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "recipients/row.h"

namespace handout::recipients {

struct ReaderOptions {
  std::optional<Format> format;        // nothing: found from the name's ending, else from the first bytes
  std::string shown{};                 // the name that messages use; "": the path
  // Of CSV: whether its first line is a header, and telling when it is not (ColumnMap::check_header). None: every first line is one, and no message has a word of it. Called while the list is opened.
  std::function<bool(const std::vector<std::string>& columns, const Span& at, Diagnostics& diags)> check_header{};
  char separator = '\0';               // of CSV: ',', ';' or a tab; none: found from the header
  std::string identifier_system;       // FHIR: the key is the identifier of this system; none: official, else first
  std::size_t chunk = 256 * 1024;      // bytes read at once, at least
  std::size_t most_field = 1u << 20;   // bytes; a record with a longer field is rejected
  std::size_t most_record = 16u << 20; // bytes held at most; a longer record is rejected without being held
  std::size_t most_columns = 16384;    // as many as a spreadsheet has
};

}  // namespace handout::recipients
