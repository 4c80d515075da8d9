#include "recipients/json_lines_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace handout::recipients {

namespace {

// The place of a byte of a record, as rejects tell it.
void set_place(Rejected& rejected, const JsonRecord& record, std::size_t at) {
  const std::string_view before = record.raw.substr(0, at);
  const std::size_t last = before.rfind('\n');
  rejected.line = record.line + static_cast<std::uint64_t>(std::count(before.begin(), before.end(), '\n'));
  rejected.byte = last == std::string_view::npos ? record.column + before.size() : before.size() - last;
}

}  // namespace

bool read_record(Got got, const JsonRecord& record, std::size_t most, FlatJson& flat, Rejected& rejected) {
  rejected = {record.number, record.line, 0, "", "", record.raw};
  if (got == Got::TooLong) {
    rejected.extent = RawBytes::Cut;
    rejected.reason = fmt::format("is longer than {} bytes, the most that a record may have", most);
    return false;
  }
  auto fault = flat.read(record.raw);
  if (!fault) return true;
  rejected.reason = std::move(fault->reason);
  rejected.column = std::move(fault->column);
  set_place(rejected, record, fault->at);
  return false;
}

Next JsonLinesReader::next(Diagnostics& diags) {
  flat_.give_back(row_.values);
  const Got got = records_.next(diags);
  if (got == Got::End) return Next::End;
  if (got == Got::Failed) return Next::Failed;
  const JsonRecord& record = records_.record();
  if (!read_record(got, record, most_, flat_, rejected_)) return Next::Rejected;
  row_.number = record.number;
  row_.line = record.line;
  row_.raw = record.raw;
  row_.keys = flat_.keys();
  flat_.lend(row_.values);
  return Next::Row;
}

}  // namespace handout::recipients
