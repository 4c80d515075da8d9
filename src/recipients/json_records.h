#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "recipients/reader_options.h"
#include "recipients/row.h"
#include "recipients/window.h"

namespace handout::recipients {

// TooLong: it was passed over; `raw` is its beginning.
enum class Got : std::uint8_t { Record, TooLong, End, Failed };

// A record of a JSON file, valid until the next is asked for.
struct JsonRecord {
  std::string_view raw;
  std::uint64_t number = 0, line = 0;
  std::uint64_t column = 1;  // the byte of the line at which it begins
};

// What to give in place of a Bundle that is no list.
inline constexpr const char* kListHint = "give what a search for patients or an export has, which are the records as they are: one a line, or a Bundle of type searchset or collection";

// One object on each line (NDJSON). Empty lines are passed over and not counted.
class LineRecords {
 public:
  LineRecords(Window window, const ReaderOptions& options) : window_(std::move(window)), most_(options.most_record) {}
  Got next(Diagnostics& diags);
  [[nodiscard]] const JsonRecord& record() const { return record_; }
  [[nodiscard]] const Span& file() const { return window_.file(); }

 private:
  Got skip_long(Diagnostics& diags);

  Window window_;
  std::size_t most_, done_ = 0;
  std::uint64_t line_ = 1;
  std::string cut_;
  JsonRecord record_;
};

// The entries of a FHIR Bundle (R4, "Bundle.entry"), one after another, without holding the Bundle. What stands around them is checked when it ends. A Bundle that has a link to a next page, or a total of more than its matches, is not the whole list, and refused; so is one of type history, transaction or batch, which is no list, and
// anything behind the Bundle.
class BundleRecords {
 public:
  BundleRecords(Window window, const ReaderOptions& options) : window_(std::move(window)), most_(options.most_record) {}
  Got next(Diagnostics& diags);
  [[nodiscard]] const JsonRecord& record() const { return record_; }
  [[nodiscard]] const Span& file() const { return window_.file(); }
  // The entry read last is no match of the search that the Bundle answers.
  void count_no_match() { --matches_; }

 private:
  enum class State : std::uint8_t { Around, FirstEntry, BetweenEntries, Ended };
  enum class Scan : std::uint8_t { Closed, Open };
  // Of the text that has been looked at: strings hide brackets.
  struct Depth {
    int levels = 0;
    bool in_string = false, escaped = false;
    Scan add(char c);
  };

  bool peek(char& c);
  void take(std::size_t bytes);
  bool skip_space(char& c);
  Got around(Diagnostics& diags);
  Got entry(Diagnostics& diags);
  Got skip_long(Depth depth, Diagnostics& diags);
  Got end(Diagnostics& diags);
  Got fail(std::string_view what, Diagnostics& diags) const;
  bool keep(char c);

  Window window_;
  std::size_t most_, done_ = 0;
  State state_ = State::Around;
  Depth depth_;
  std::string around_;       // the Bundle without its entries
  std::string key_, text_;   // the last text of the Bundle's own level; the one being read
  std::uint64_t line_ = 1, column_ = 1, number_ = 0, matches_ = 0;
  bool had_entries_ = false, closed_ = false;
  std::string cut_;
  JsonRecord record_;
};

}  // namespace handout::recipients
