#include "recipients/json_lines_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace handout::recipients {

void set_place(Rejected& rejected, const JsonRecord& record, std::size_t at) {
  const std::string_view before = record.raw.substr(0, at);
  const std::size_t last = before.rfind('\n');
  rejected.line = record.line + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  rejected.byte = last == std::string_view::npos ? record.column + before.size() : before.size() - last;
}

Next JsonLinesReader::next(Diagnostics& diags) {
  flat_.give_back(row_.values);
  const Got got = records_.next(diags);
  if (got == Got::End) return Next::End;
  if (got == Got::Failed) return Next::Failed;
  const JsonRecord& record = records_.record();
  rejected_ = {record.number, record.line, 0, "", "", record.raw, RawBytes::Whole};
  if (got == Got::TooLong) {
    rejected_.extent = RawBytes::Cut;
    rejected_.reason = fmt::format("is longer than {} bytes, the most that a record may have", most_);
    return Next::Rejected;
  }
  if (auto fault = flat_.read(record.raw)) {
    rejected_.reason = std::move(fault->reason);
    rejected_.column = std::move(fault->column);
    set_place(rejected_, record, fault->at);
    return Next::Rejected;
  }
  row_.number = record.number;
  row_.line = record.line;
  row_.raw = record.raw;
  flat_.lend(row_.values);
  return Next::Row;
}

}  // namespace handout::recipients
