#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Lists of people, read record by record.
namespace handout::recipients {

enum class Format : std::uint8_t { Csv, JsonLines, Fhir };

// One person of a list. Valid until the reader reads on.
struct Row {
  std::uint64_t number = 0;         // 1-based, of the records in the file; those that were rejected count too, and resources that are no patients do not
  std::uint64_t line = 0;           // where it begins
  std::vector<std::string> values;  // by column; "" where the record has none
  std::string_view raw;             // the record's bytes without the end of its line
  std::optional<std::vector<std::size_t>> keys{};  // JSON Lines: the columns that the object itself has, in its order, those that are null too; nothing: a row has all of the list
};

enum class RawBytes : std::uint8_t { Whole, Cut };

// A record that is no person to print for, and why. Texts name the row and a column, never a value.
struct Rejected {
  std::uint64_t number = 0;
  std::uint64_t line = 0;       // where the fault is
  std::uint64_t byte = 0;       // the byte of that line, from 1; 0 when it is the record as a whole
  std::string column;           // its name, or ""
  std::string reason;           // lower case, found and expected
  std::string_view raw;         // as in Row; of a record beyond the limit only its beginning
  RawBytes extent = RawBytes::Whole;
  std::string key = {};         // the person's all the same, cleaned; "": the record has none, or it is not known
};

// Failed: the file can't be read any further; Diagnostics says why.
enum class Next : std::uint8_t { Row, Rejected, End, Failed };

struct ReadCounts {
  std::uint64_t rows = 0, rejected = 0;
  // Of FHIR alone.
  std::map<std::string, std::uint64_t, std::less<>> skipped;  // other resources, by type; patients that a search brought beside its matches
  std::uint64_t partial_birth_dates = 0;                      // a year or a month only, left empty
  std::uint64_t failed_outcomes = 0;                          // OperationOutcomes of severity error or fatal
};

}  // namespace handout::recipients
