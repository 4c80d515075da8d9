#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "recipients/reader_options.h"
#include "recipients/row.h"

namespace handout::recipients {

// A list of people as a stream: any size in the same memory. A record that is wrong is a value among the others; only what makes the file as a whole unreadable goes to Diagnostics.
class Reader {
 public:
  // "-" is standard input. The format is that of the options; else .csv, .tsv and .txt are CSV, .jsonl, .ndjson and .json are JSON, and other names are looked into. JSON is FHIR when its first object has a
  // "resourceType" (a Bundle is read entry by entry), else JSON Lines. CSV: RFC 4180, UTF-8 with or without a byte order mark, its first record naming the columns. Faults: no such file, another encoding
  // (UTF-16 is named), and what the header has.
  static Result<Reader> open(const std::string& path, const ReaderOptions& options, Diagnostics& diags);
  Reader(Reader&&) noexcept;
  ~Reader();

  // Reads the next record. Row: row() has it; Rejected: rejected() has; both until the next call. After End and Failed it must not be called again.
  Next next(Diagnostics& diags);
  [[nodiscard]] const Row& row() const;
  [[nodiscard]] const Rejected& rejected() const;

  // The names of the columns. Of JSON Lines those met so far: more may come with each row, at the end.
  [[nodiscard]] const std::vector<std::string>& columns() const;
  [[nodiscard]] Format format() const;
  // Of CSV what stands between fields; '\0' of JSON.
  [[nodiscard]] char separator() const;
  [[nodiscard]] ReadCounts counts() const;
  [[nodiscard]] const Span& file() const;

 private:
  struct State;
  explicit Reader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Warns where a server said in the list that something had failed.
void tell_failed_outcomes(const ReadCounts& counts, const Span& file, Diagnostics& diags);

// "csv", "jsonl", "fhir".
std::string_view name(Format format);
std::optional<Format> format_named(std::string_view name);

}  // namespace handout::recipients
