#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace handout::recipients {

// A field's bytes between its quotes, if it has any; doubled: it holds quotes written twice.
struct CsvField {
  std::size_t begin = 0, end = 0;
  bool doubled = false;
};

struct CsvScan {
  enum class End : std::uint8_t {
    Record,      // whole
    NeedMore,    // of the file, to know its end
    BareQuote,   // a quote inside a field that does not begin with one
    AfterQuote,  // something other than a separator or the line's end after a closing quote
    OpenQuote,   // the file ends between quotes
  };
  End end = End::Record;
  std::size_t content = 0, length = 0;  // bytes without and with the end of the line
  std::size_t at = 0;                   // of the quote that is the fault
};

enum class Rest : std::uint8_t { Follows, None };

// RFC 4180 section 2 over the record that `held` begins with; lines end with CRLF, LF or CR. The fields found so far stand in `fields`, also in front of a fault.
CsvScan scan_record(std::string_view held, Rest rest, char separator, std::vector<CsvField>& fields);

// Writes a field's text to `to`: doubled quotes once.
void take_field(std::string_view held, const CsvField& field, std::string& to);

// The length of the first line without its end; nothing found: npos.
std::size_t first_line(std::string_view held);

}  // namespace handout::recipients
