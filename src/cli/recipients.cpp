#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>

#include "base/digest.h"
#include "base/files.h"
#include "base/narrow.h"
#include "base/numbers.h"
#include "batch/seen_keys.h"
#include "cli/requests.h"
#include "cli/today.h"
#include "recipients/bytes.h"
#include "recipients/reader.h"
#include "recipients/sample.h"
#include "recipients/to_recipient.h"
#include "unicode/matching.h"

// `handout recipients`: what lists of people hold, and lists to try with.
namespace handout::cli {
namespace {

using recipients::Next;

class StandardOutput final : public Sink {
 public:
  bool write(std::string_view bytes) override { return write_standard_output(bytes, diags_).has_value(); }
  Diagnostics::Added report(Diagnostics& diags) const override { return diags.machine_error(Span::of_file("-"), diags_.all().back().message); }

 private:
  Diagnostics diags_;
};

void sample(const RecipientsOptions& options, Diagnostics& diags) {
  recipients::SampleOptions wanted{narrow<std::uint64_t>(*options.sample), narrow<std::uint64_t>(options.seed), {}};
  for (const std::string& column : options.columns) {
    const auto target = recipients::target_named(column);
    if (!target) diags.usage_error(fmt::format("'{}' is no column of a sample{}", column, did_you_mean(column, recipients::target_names()))).hint(fmt::format("columns are {}", fmt::join(recipients::target_names(), ", ")));
    else if (std::find(wanted.columns.begin(), wanted.columns.end(), *target) != wanted.columns.end()) diags.usage_error(fmt::format("column '{}' is given twice", column));
    else wanted.columns.push_back(*target);
  }
  if (diags.has_errors()) return;
  if (options.output.empty() || options.output == "-") {
    StandardOutput output;
    if (!recipients::write_sample(wanted, output)) output.report(diags);
    return;
  }
  std::error_code unknown;
  // Devices and pipes have nothing to lose.
  if (const auto there = std::filesystem::status(options.output, unknown); !options.force && std::filesystem::is_regular_file(there)) {
    diags.error(Span::of_file(options.output), "is there already; a list of people may be in it").hint("choose another name, or give --force to write over it");
    return;
  }
  OutputFile file(options.output, diags);
  // A failed write is reported by the commit.
  static_cast<void>(recipients::write_sample(wanted, file));
  static_cast<void>(file.commit(diags));
}

// What `--check` tells.
class Tally {
 public:
  // False: where keys are kept failed.
  bool add(const recipients::Person& person, const recipients::Row& row, Diagnostics& diags) {
    ++people_;
    if (person.recipient.key.empty()) ++without_key_;
    if (!take(person.recipient.key, row.number, row.line, diags)) return false;
    const request::Recipient& recipient = person.recipient;
    ++languages_[recipient.languages.empty() ? "not said" : recipient.languages.front().tag()];
    const bool in_parts = recipient.postal.has_value();
    const bool has_address = in_parts || !recipient.address.empty();
    ++countries_[!recipient.country.empty() ? recipient.country : "not said"];
    if (!has_address) ++without_address_;
    if (recipient.large_print) ++large_print_;
    return true;
  }

  // The same.
  bool add(const recipients::Rejected& rejected, Diagnostics& diags) {
    ++rejected_;
    const std::string reason = rejected.column.empty() ? rejected.reason : fmt::format("column '{}': {}", recipients::shown(rejected.column), rejected.reason);
    // Reasons have numbers in them, so there may be many.
    Reason& to = reasons_.size() < kMostReasons || reasons_.contains(reason) ? reasons_[reason] : reasons_["other reasons"];
    if (to.count++ < kMostRows) to.rows.push_back(rejected.byte == 0 ? fmt::format("{} (line {})", rejected.number, rejected.line) : fmt::format("{} (line {}, byte {})", rejected.number, rejected.line, rejected.byte));
    return take(rejected.key, rejected.number, rejected.line, diags);
  }

  // Of JSON Lines some objects may have a key and others none.
  [[nodiscard]] std::uint64_t without_key() const { return without_key_; }
  [[nodiscard]] bool any_rejected() const { return rejected_ > 0; }

  [[nodiscard]] std::string text(const recipients::Reader& reader, const recipients::ColumnMap& map) const {
    const recipients::ReadCounts counts = reader.counts();
    std::string text = fmt::format("{}: {}, {} people, {} rejected\n", to_text(reader.file()), recipients::name(reader.format()), people_, rejected_);
    for (const auto& [type, count] : counts.skipped) text += fmt::format("passed over: {} {}\n", count, type);
    if (counts.partial_birth_dates > 0) text += fmt::format("birth dates of a year or month only, left out: {}\n", counts.partial_birth_dates);
    text += "columns\n";
    add_indented(text, map.describe());
    add_counts(text, "languages", languages_);
    add_counts(text, "countries", countries_);
    text += fmt::format("large print: {}\nwithout an address: {}\n", large_print_, without_address_);
    if (map.column(recipients::Target::Key)) text += fmt::format("keys that an earlier row has: {}\n{}", again_.count, rows_of(again_));
    if (!reasons_.empty()) text += "rejected\n";
    for (const auto& [reason, each] : reasons_) text += fmt::format("  {:>8}  {}\n{}", each.count, reason, rows_of(each));
    return text;
  }

 private:
  static constexpr std::size_t kMostReasons = 100, kMostRows = 8;
  struct Reason {
    std::uint64_t count = 0;
    std::vector<std::string> rows;
  };
  using Counts = std::map<std::string, std::uint64_t>;

  // As a mailing does: a row that is refused has its key all the same.
  bool take(const std::string& key, std::uint64_t row, std::uint64_t line, Diagnostics& diags) {
    if (key.empty()) return true;
    const auto is_new = keys_.add(batch::key_hash(maker_, unicode::comparable(key)), diags);
    if (!is_new) return false;
    if (!*is_new && again_.count++ < kMostRows) again_.rows.push_back(fmt::format("{} (line {})", row, line));
    return true;
  }

  static std::string rows_of(const Reason& each) {
    return each.count == 0 ? "" : fmt::format("            {} {}{}\n", each.count == 1 ? "row" : "rows", fmt::join(each.rows, ", "), each.count > each.rows.size() ? ", ..." : "");
  }

  static void add_indented(std::string& text, std::string_view lines) {
    while (!lines.empty()) {
      const std::size_t end = lines.find('\n');
      text.append("  ").append(lines.substr(0, end + 1));
      lines.remove_prefix(end + 1);
    }
  }

  // The most frequent first.
  static void add_counts(std::string& text, std::string_view title, const Counts& counts) {
    std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    text.append(title).append("\n");
    for (const auto& [name, count] : sorted) text += fmt::format("  {:>8}  {}\n", count, name);
  }

  std::uint64_t people_ = 0, rejected_ = 0, without_key_ = 0, large_print_ = 0, without_address_ = 0;
  Counts languages_, countries_;
  batch::SeenKeys keys_;
  Sha256 maker_;
  Reason again_;
  std::map<std::string, Reason> reasons_;
};

Result<recipients::ColumnMap> column_map(const RecipientsOptions& options, Diagnostics& diags) {
  recipients::ColumnMapOptions wanted;
  wanted.ignored = options.ignored;
  for (const std::string& each : options.map) {
    const std::size_t equals = each.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == each.size()) return diags.usage_error("--column takes TARGET=COLUMN").hint("for example --column name.given=\"First\"");
    wanted.columns.emplace_back(each.substr(0, equals), each.substr(equals + 1));
  }
  return recipients::ColumnMap::make(std::move(wanted), diags);
}

recipients::ReaderOptions reader_options(const RecipientsOptions& options) {
  recipients::ReaderOptions wanted;
  wanted.format = recipients::format_named(options.format);
  wanted.separator = options.separator == "comma" ? ',' : options.separator == "semicolon" ? ';' : options.separator == "tab" ? '\t' : '\0';
  wanted.identifier_system = options.identifier_system;
  wanted.day = recipients::date_of(today());
  return wanted;
}

// False when the file could not be read to its end.
bool read_all(recipients::Reader& reader, recipients::ColumnMap& map, Tally& tally, Diagnostics& diags) {
  recipients::Lookups lookups;
  const auto extent = reader.format() == recipients::Format::JsonLines ? recipients::Columns::SoFar : recipients::Columns::All;
  if (extent == recipients::Columns::All && !map.bind(reader.columns(), extent, reader.file(), diags)) return false;
  for (;;) {
    const Next next = reader.next(diags);
    if (next == Next::Failed) return false;
    if (next == Next::End) return extent == recipients::Columns::All || map.bind(reader.columns(), recipients::Columns::All, reader.file(), diags).has_value();
    if (next == Next::Rejected) {
      recipients::Rejected rejected = reader.rejected();
      rejected.column = map.told_column(rejected.column, reader.columns());
      if (!tally.add(rejected, diags)) return false;
      continue;
    }
    if (extent == recipients::Columns::SoFar && !map.bind(reader.columns(), extent, reader.file(), diags)) return false;
    const auto person = recipients::to_recipient(reader.row(), map, lookups, recipients::date_of(today()));
    if (!(person ? tally.add(*person, reader.row(), diags) : tally.add(person.error(), diags))) return false;
  }
}

int check(const RecipientsOptions& options, Diagnostics& diags) {
  auto map = column_map(options, diags);
  if (!map) return diags.exit_code();
  recipients::ReaderOptions wanted = reader_options(options);
  wanted.check_header = [&map](const auto& columns, const Span& at, Diagnostics& told) { return map->check_header(columns, at, told); };
  auto reader = recipients::Reader::open(options.check, wanted, diags);
  if (!reader) return diags.exit_code();
  Tally tally;
  const bool whole = read_all(*reader, *map, tally, diags);
  if (whole && !map->column(recipients::Target::Key)) diags.warning(reader->file(), "the list has no key column: duplicates cannot be found, and pieces of a mailing only by number").hint("--column key=COLUMN says which it is");
  else if (whole && tally.without_key() > 0) diags.warning(reader->file(), fmt::format("has {} without a key: duplicates of such rows cannot be found, and pieces of a mailing only by number", counted(tally.without_key(), "row"))).hint("with --column key=COLUMN they are refused");
  recipients::tell_failed_outcomes(reader->counts(), reader->file(), diags);
  if (whole || tally.any_rejected()) static_cast<void>(write_standard_output(tally.text(*reader, *map), diags));
  const int code = diags.exit_code();
  return code == 0 && tally.any_rejected() ? 4 : code;
}

}  // namespace

int run_recipients(const Options& options) {
  Diagnostics diags;
  int code = 0;
  if (options.recipients.sample) sample(options.recipients, diags);
  else if (!options.recipients.check.empty()) code = check(options.recipients, diags);
  else diags.usage_error("nothing to do").hint("give --sample N or --check FILE; handout recipients --help says more");
  print(diags);
  return code != 0 ? code : diags.exit_code();
}

}  // namespace handout::cli
