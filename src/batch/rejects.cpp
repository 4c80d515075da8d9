#include "batch/rejects.h"

#include <algorithm>
#include <set>

#include "base/files.h"
#include "batch/people.h"

namespace handout::batch {

namespace {

// RFC 4180, 2.6 and 2.7. `separator`: of the list, whose rows stand below.
std::string csv_value(std::string_view text, char separator = ',') {
  if (text.find_first_of("\"\r\n") == std::string_view::npos && text.find(separator) == std::string_view::npos) return std::string(text);
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + '"';
}

// A record of JSON on a line of its own: line breaks stand between its tokens only (RFC 8259, 7).
std::string on_one_line(std::string_view record) {
  std::string line(record);
  std::replace_if(line.begin(), line.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
  return line;
}

Result<std::monostate> copy_rows(const std::set<std::uint64_t>& rows, const std::filesystem::path& folder, const std::filesystem::path& list, const mailings::Mailing& mailing, std::string& name, Diagnostics& diags) {
  auto reader = recipients::Reader::open(list.string(), reader_options(mailing.list, std::nullopt), diags);
  if (!reader) return tl::unexpected<Failure>(Failure{});
  const bool csv = reader->format() == recipients::Format::Csv;
  name = csv ? kRejectedRows[0] : kRejectedRows[1];
  OutputFile out(folder / name, diags);
  bool good = true;
  if (csv) {
    std::string header;
    for (const std::string& column : reader->columns()) header += (header.empty() ? std::string() : std::string(1, reader->separator())) + csv_value(column, reader->separator());
    good = out.write(header + "\r\n");
  }
  // No further than needed: a list may be one that can't be read to its end.
  for (std::size_t copied = 0; good && copied < rows.size();) {
    const recipients::Next next = reader->next(diags);
    if (next == recipients::Next::Failed) return tl::unexpected<Failure>(Failure{});
    if (next == recipients::Next::End) break;
    const bool is_row = next == recipients::Next::Row;
    const std::uint64_t number = is_row ? reader->row().number : reader->rejected().number;
    if (!rows.contains(number)) continue;
    ++copied;
    const std::string_view raw = is_row ? reader->row().raw : reader->rejected().raw;
    good = csv ? out.write(raw) && out.write("\r\n") : out.write(on_one_line(raw) + '\n');
  }
  if (!good) return out.report(diags);
  return out.commit(diags);
}

}  // namespace

Result<std::vector<OtherFile>> write_rejects(const ledger::Ledger& ledger, const std::filesystem::path& folder, const std::filesystem::path& list, const mailings::Mailing& mailing, OriginalRows original, Diagnostics& diags) {
  const auto rejects = ledger.rejects(diags);
  if (!rejects) return tl::unexpected<Failure>(Failure{});
  if (rejects->empty()) return std::vector<OtherFile>{};
  std::string text = "row,column,reason\r\n";
  std::set<std::uint64_t> rows;
  for (const ledger::Reject& reject : *rejects) {
    text += std::to_string(reject.row) + ',' + csv_value(reject.column) + ',' + csv_value(reject.reason) + "\r\n";
    rows.insert(reject.row);
  }
  if (!write_file(folder / kRejects, text, diags)) return tl::unexpected<Failure>(Failure{});
  if (original == OriginalRows::Leave) return std::vector<OtherFile>{{std::string(kRejects), ledger::Personal::No}};
  std::string copied;
  if (!copy_rows(rows, folder, list, mailing, copied, diags)) return tl::unexpected<Failure>(Failure{});
  return std::vector<OtherFile>{{std::string(kRejects), ledger::Personal::No}, {copied, ledger::Personal::Yes}};
}

}  // namespace handout::batch
