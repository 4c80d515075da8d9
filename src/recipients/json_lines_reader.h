#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "recipients/flat_json.h"
#include "recipients/json_records.h"

namespace handout::recipients {

// Reads a record, `got` from its file, into `flat`. False: it can't be, and `rejected` says why.
bool read_record(Got got, const JsonRecord& record, std::size_t most, FlatJson& flat, Rejected& rejected);

// JSON Lines: columns are the paths of FlatJson, met as the file is read.
class JsonLinesReader {
 public:
  JsonLinesReader(Window window, const ReaderOptions& options) : records_(std::move(window), options), flat_({options.most_field, options.most_columns}, 0, {}), most_(options.most_record) {}

  Next next(Diagnostics& diags);
  [[nodiscard]] const std::vector<std::string>& columns() const { return flat_.columns(); }
  [[nodiscard]] const Row& row() const { return row_; }
  [[nodiscard]] const Rejected& rejected() const { return rejected_; }

 private:
  LineRecords records_;
  FlatJson flat_;
  std::size_t most_;
  Row row_;
  Rejected rejected_;
};

}  // namespace handout::recipients
