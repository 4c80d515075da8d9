#include "recipients/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>
#include <vector>

#include "recipients/bytes.h"
#include "unicode/text.h"

namespace handout::recipients {
namespace {

constexpr std::size_t kLargeRecord = 64 * 1024;

// Of characters that are as often in every line the first counts: words have commas in them sooner than semicolons, and never tabs.
constexpr std::array<char, 3> kSeparators{'\t', ';', ','};
using Separators = std::array<std::size_t, kSeparators.size()>;

// Counts the separators of the first records, outside quotes, empty lines aside; of the last only when it ends in what is held.
std::vector<Separators> count_separators(std::string_view held, Rest rest) {
  constexpr std::size_t kMostRecords = 20;
  std::vector<Separators> records;
  Separators counts{};
  bool quoted = false, empty = true;
  for (const char c : held) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) {
      if (!empty) records.push_back(counts);
      if (records.size() == kMostRecords) return records;
      counts = {};
      empty = true;
      continue;
    }
    empty = false;
    if (quoted) continue;
    for (std::size_t i = 0; i < kSeparators.size(); ++i) counts[i] += c == kSeparators[i] ? 1U : 0U;
  }
  if (!empty && rest == Rest::None) records.push_back(counts);
  return records;
}

// The separator that the records have equally often, else the one that the first has most often; of several the one with the most fields.
char separator_of(const std::vector<Separators>& records) {
  std::size_t best = kSeparators.size() - 1;
  bool best_is_even = false;
  const Separators first = records.empty() ? Separators{} : records.front();
  for (std::size_t i = 0; i < kSeparators.size(); ++i) {
    const bool even = first[i] > 0 && std::all_of(records.begin(), records.end(), [&](const Separators& each) { return each[i] == first[i]; });
    if (first[i] == 0 || (best_is_even && !even)) continue;
    if ((even && !best_is_even) || first[i] > first[best]) {
      best = i;
      best_is_even = even;
    }
  }
  return kSeparators[best];
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view() : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string_view fault_of(CsvScan::End end) {
  switch (end) {
    case CsvScan::End::BareQuote: return "a quote stands inside a field that does not begin with one";
    case CsvScan::End::AfterQuote: return "something stands between a closing quote and the next separator";
    default: return "a quote is opened and never closed";
  }
}

constexpr const char* kQuoteHint = "put the whole field between quotes and write each quote inside it twice (RFC 4180)";

}  // namespace

Result<CsvReader> CsvReader::open(Window window, const ReaderOptions& options, Diagnostics& diags) {
  CsvReader reader(std::move(window), options);
  if (!reader.find_separator()) {
    if (reader.window_.failed()) return reader.window_.report(diags);
    return diags.error(line_of(reader.window_.file(), 1), fmt::format("the header has more than {} bytes", options.most_record)).hint("is it a list of people as CSV?");
  }
  if (auto header = reader.read_header(diags); !header) return tl::unexpected(Failure{});
  return reader;
}

bool CsvReader::find_separator() {
  // As much is looked at whatever was read at once.
  const std::size_t looked_at = std::min<std::size_t>(64 * 1024, options_.most_record);
  std::vector<Separators> records;
  for (;;) {
    const std::string_view held = window_.held().substr(0, options_.most_record);
    const bool is_all = window_.at_end() && held.size() == window_.held().size();
    if (is_all || held.size() >= looked_at) {
      records = count_separators(held.substr(0, looked_at), is_all && held.size() <= looked_at ? Rest::None : Rest::Follows);
      // A header that is longer.
      if (records.empty()) records = count_separators(held, is_all ? Rest::None : Rest::Follows);
      if (is_all || !records.empty()) break;
    }
    if (held.size() == options_.most_record || (!window_.more() && window_.failed())) return false;
  }
  // The first line that Excel writes and reads: "sep=;".
  const std::string_view held = window_.held();
  if (held.size() > 5 && held.starts_with("sep=") && std::find(kSeparators.begin(), kSeparators.end(), held[4]) != kSeparators.end() && first_line(held) == 5) {
    separator_ = held[4];
    release(held.substr(5).starts_with("\r\n") ? 7 : 6, 1);
  } else {
    separator_ = separator_of(records);
  }
  if (options_.separator != '\0') separator_ = options_.separator;
  return true;
}

Result<std::monostate> CsvReader::read_header(Diagnostics& diags) {
  CsvScan found = scan();
  // Empty lines before it.
  while (found.end == CsvScan::End::Record && found.content == 0 && found.length > 0) {
    release(found.length, 1);
    found = scan();
  }
  const std::string_view held = window_.held();
  const Span at = line_of(window_.file(), line_);
  if (window_.failed()) return window_.report(diags);
  if (held.empty()) return diags.error(window_.file(), "is empty; expected a header with the names of the columns");
  if (found.end != CsvScan::End::Record) return diags.error(at, fmt::format("the header is damaged: {}", fault_of(found.end))).hint(kQuoteHint);
  const std::string_view raw = held.substr(0, found.content);
  if (unicode::find_invalid_utf8(raw)) return diags.error(at, "the header " + not_utf8(raw)).hint(kConvertHint);
  if (raw.find('\0') != std::string_view::npos) return diags.error(at, "the header holds the character U+0000").hint("is it a text file? save it as \"CSV UTF-8\"");
  if (fields_.size() > options_.most_columns) return diags.error(at, fmt::format("has {} columns; the most is {}", fields_.size(), options_.most_columns));
  columns_.resize(fields_.size());
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    take_field(held, fields_[i], columns_[i]);
    columns_[i] = std::string(trimmed(columns_[i]));
  }
  const IsHeader header = options_.check_header ? options_.check_header(columns_, at, diags) : IsHeader::Perhaps;
  if (header == IsHeader::No) return tl::unexpected(Failure{});
  options_.check_header = nullptr;
  if (auto names = check_names(header == IsHeader::Surely ? Quote::Names : Quote::Nothing, diags); !names) return names;
  release(found.length, count_line_ends(held.substr(0, found.length)));
  row_.values.resize(columns_.size());
  return std::monostate{};
}

Result<std::monostate> CsvReader::check_names(Quote quote, Diagnostics& diags) const {
  const Span at = line_of(window_.file(), line_);
  const std::size_t before = diags.error_count();
  std::unordered_map<std::string_view, std::size_t> first;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].empty()) {
      diags.error(at, fmt::format("column {} of the header has no name", i + 1)).hint("the first line names the columns; a separator at its end makes one more");
    } else if (const auto [seen, fresh] = first.emplace(columns_[i], i); !fresh) {
      diags.error(at, fmt::format("columns {} and {} have the same name{}", seen->second + 1, i + 1, quote == Quote::Names ? fmt::format(" '{}'", shown(columns_[i])) : ""));
    }
  }
  if (diags.error_count() > before) return tl::unexpected(Failure{});
  return std::monostate{};
}

CsvScan CsvReader::scan() {
  for (;;) {
    // What is beyond the limit is not looked at, so that a record's fate does not hang on how much of it has been read.
    const std::string_view held = window_.held().substr(0, options_.most_record);
    const CsvScan found = scan_record(held, window_.at_end() && held.size() == window_.held().size() ? Rest::None : Rest::Follows, separator_, fields_);
    if (found.end != CsvScan::End::NeedMore || held.size() == options_.most_record) return found;
    if (!window_.more() && window_.failed()) return found;
  }
}

void CsvReader::release(std::size_t bytes, std::uint64_t lines) {
  window_.drop(bytes);
  line_ += lines;
}

Next CsvReader::next(Diagnostics& diags) {
  release(std::exchange(done_, 0), std::exchange(done_lines_, 0));
  for (;;) {
    const CsvScan found = scan();
    if (window_.failed()) {
      window_.report(diags);
      return Next::Failed;
    }
    if (window_.held().empty()) return Next::End;
    const bool blank = found.end == CsvScan::End::Record && found.content == 0;
    if (blank) {
      release(found.length, 1);
      continue;
    }
    ++number_;
    if (found.end == CsvScan::End::Record) return take(found);
    return found.end == CsvScan::End::NeedMore ? skip_long(diags) : failed(found, diags);
  }
}

Next CsvReader::take(const CsvScan& scan) {
  const std::string_view held = window_.held();
  const std::string_view raw = held.substr(0, scan.content);
  const bool one_line = raw.find_first_of("\r\n") == std::string_view::npos;
  done_ = scan.length;
  done_lines_ = one_line ? 1 : count_line_ends(held.substr(0, scan.length));
  if (fields_.size() != columns_.size()) {
    const std::string reason = fmt::format("has {} field{}; the header has {}", fields_.size(), fields_.size() == 1 ? "" : "s", columns_.size());
    return one_line ? refuse(raw, reason, columns_.size(), 0) : refuse_line(reason + " (is a quote missing on this line?)", columns_.size(), 0);
  }
  if (const auto wrong = unicode::find_invalid_utf8(raw)) return refuse(raw, not_utf8(raw), field_at(*wrong), *wrong + 1);
  if (const std::size_t nul = raw.find('\0'); nul != std::string_view::npos) return refuse(raw, "holds the character U+0000", field_at(nul), nul + 1);
  const auto large = std::find_if(fields_.begin(), fields_.end(), [&](const CsvField& field) { return field.end - field.begin > options_.most_field; });
  if (large != fields_.end()) return refuse(raw, fmt::format("has {} bytes; the most is {}", large->end - large->begin, options_.most_field), static_cast<std::size_t>(large - fields_.begin()), 0);
  // Texts of a large record are not kept for the next ones.
  if (std::exchange(largest_, raw.size()) > kLargeRecord) row_.values.assign(columns_.size(), {});
  for (std::size_t i = 0; i < fields_.size(); ++i) take_field(held, fields_[i], row_.values[i]);
  row_.number = number_;
  row_.line = line_;
  row_.raw = raw;
  return Next::Row;
}

Next CsvReader::failed(const CsvScan& scan, Diagnostics& diags) {
  if (scan.end == CsvScan::End::OpenQuote) {
    const std::uint64_t line = line_ + count_line_ends(window_.held().substr(0, scan.at));
    diags.error(line_of(window_.file(), line), fmt::format("row {}: {}; the file ends inside the field", number_, fault_of(scan.end))).hint("was the file cut? " + std::string(kQuoteHint));
    return Next::Failed;
  }
  return refuse_line(std::string(fault_of(scan.end)), fields_.size() - (scan.end == CsvScan::End::AfterQuote ? 1 : 0), scan.at + 1);
}

Next CsvReader::refuse_line(std::string reason, std::size_t field, std::size_t at) {
  // A bare quote is found before its line's end is read.
  std::size_t end = first_line(window_.held());
  while ((end == std::string_view::npos || end + 1 == window_.held().size()) && window_.held().size() < options_.most_record && window_.more()) end = first_line(window_.held());
  const std::string_view held = window_.held();
  // A line beyond the limit is cut; what follows is a record of its own, most likely rejected as well.
  end = std::min({end, held.size(), options_.most_record});
  const bool ends = end < held.size() && (held[end] == '\r' || held[end] == '\n');
  done_ = end + (held.substr(end).starts_with("\r\n") ? 2 : ends ? 1 : 0);
  done_lines_ = ends ? 1 : 0;
  return refuse(held.substr(0, end), std::move(reason), field, at > end ? 0 : at);
}

Next CsvReader::refuse(std::string_view raw, std::string reason, std::size_t field, std::size_t at) {
  const std::string_view before = raw.substr(0, at == 0 ? 0 : at - 1);
  const std::size_t line_begin = before.find_last_of("\r\n") + 1;  // npos + 1 is 0
  rejected_ = {number_, line_ + count_line_ends(before), at == 0 ? 0 : at - line_begin, field < columns_.size() ? columns_[field] : "", std::move(reason), raw};
  return Next::Rejected;
}

// Goes on to the end of a record that is longer than may be held, by its quotes alone.
Next CsvReader::skip_long(Diagnostics& diags) {
  const std::uint64_t first = line_;
  cut_.assign(window_.held().substr(0, options_.most_record));
  bool quoted = false, after_cr = false;
  for (;;) {
    const std::string_view held = window_.held();
    std::size_t i = 0;
    bool ended = false;
    for (; i < held.size() && !ended; ++i) {
      const char c = held[i];
      if (c == '"') quoted = !quoted;
      if (c == '\r' || (c == '\n' && !after_cr)) ++line_;
      after_cr = c == '\r';
      ended = !quoted && (c == '\n' || c == '\r');
    }
    window_.drop(i);
    if (ended) break;
    if (window_.more()) continue;
    if (window_.failed()) window_.report(diags);
    else if (quoted) diags.error(line_of(window_.file(), first), fmt::format("row {}: {}; the file ends inside the field", number_, fault_of(CsvScan::End::OpenQuote))).hint("was the file cut? " + std::string(kQuoteHint));
    if (window_.failed() || quoted) return Next::Failed;
    break;
  }
  if (after_cr && (!window_.held().empty() || window_.more()) && window_.held().front() == '\n') window_.drop(1);
  rejected_ = {number_, first, 0, "", fmt::format("is longer than {} bytes, the most that a record may have", options_.most_record), cut_, RawBytes::Cut, {}};
  return Next::Rejected;
}

std::size_t CsvReader::field_at(std::size_t offset) const {
  std::size_t i = 0;
  while (i + 1 < fields_.size() && fields_[i].end < offset + 1) ++i;
  return i;
}

}  // namespace handout::recipients
