#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "recipients/csv_record.h"
#include "recipients/reader_options.h"
#include "recipients/row.h"
#include "recipients/window.h"

namespace handout::recipients {

// A record whose quotes are wrong, or that has the wrong number of fields, ends with its first line, and reading goes on with the next: so one quote too many
// rejects one row and does not swallow those behind it. Empty lines are passed over and not counted.
class CsvReader {
 public:
  // Reads the header. Faults: no header, or none that the options take for one, two columns of one name, a column without a name, quotes that are wrong, not UTF-8.
  static Result<CsvReader> open(Window window, const ReaderOptions& options, Diagnostics& diags);

  Next next(Diagnostics& diags);
  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] char separator() const { return separator_; }
  [[nodiscard]] const Row& row() const { return row_; }
  [[nodiscard]] const Rejected& rejected() const { return rejected_; }

 private:
  CsvReader(Window window, const ReaderOptions& options) : window_(std::move(window)), options_(options) {}
  bool find_separator();
  Result<std::monostate> read_header(Diagnostics& diags);
  // Names are quoted only where the line is known to be a header.
  enum class Quote : std::uint8_t { Nothing, Names };
  Result<std::monostate> check_names(Quote quote, Diagnostics& diags) const;
  CsvScan scan();
  Next take(const CsvScan& scan);
  Next failed(const CsvScan& scan, Diagnostics& diags);
  Next refuse_line(std::string reason, std::size_t field, std::size_t at);
  Next refuse(std::string_view raw, std::string reason, std::size_t field, std::size_t at);
  Next skip_long(Diagnostics& diags);
  [[nodiscard]] std::size_t field_at(std::size_t offset) const;
  void release(std::size_t bytes, std::uint64_t lines);

  Window window_;
  ReaderOptions options_;
  char separator_ = ',';
  std::vector<std::string> columns_;
  std::vector<CsvField> fields_;
  std::uint64_t line_ = 1, number_ = 0;
  std::size_t done_ = 0;           // bytes of the record that was given out
  std::uint64_t done_lines_ = 0;
  std::size_t largest_ = 0;        // record so far
  std::string cut_;                // the beginning of one beyond the limit
  Row row_;
  Rejected rejected_;
};

}  // namespace handout::recipients
