#include "ledger/ledger.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/numbers.h"
#include "batch/batch.h"
#include "batch/joined_report.h"
#include "batch/leftovers.h"
#include "batch/rejects.h"
#include "cli/job_folder.h"
#include "cli/ledger_text.h"
#include "cli/requests.h"
#include "cli/today.h"
#include "recipients/to_recipient.h"

// `handout ledger`.
namespace handout::cli {

namespace {

using ledger::Ledger;
using Json = nlohmann::ordered_json;

// What is printed, and whether something is wrong.
struct Answer {
  Json json;
  std::string text;
  enum class Well : std::uint8_t { Yes, No } well = Well::Yes;
};

Result<Answer> totals_of(const Ledger& job, Diagnostics& diags) {
  const auto totals = job.totals(diags);
  const auto events = job.events(diags);
  if (!totals || !events) return tl::unexpected(Failure{});
  const JobTotals told{job.job(), *totals, job.settled().size()};
  return Answer{json_of(told, *events), text_of(told, *events)};
}

Result<Answer> files_of(const Ledger& job, Diagnostics& diags) {
  const auto files = job.files(diags);
  if (!files) return tl::unexpected(Failure{});
  Answer answer{Json::array(), "", Answer::Well::Yes};
  for (const ledger::FileEntry& each : *files) {
    answer.json.push_back(json_of(each));
    answer.text += text_of(each);
  }
  return answer;
}

// What became of a row that has no piece; without a value of it.
Result<std::string> fate_of(const Ledger& job, ledger::Row row, Diagnostics& diags) {
  const auto left_out = job.why_left_out(row, diags);
  const auto rejects = left_out ? job.rejects(diags) : tl::unexpected(Failure{});
  const auto totals = rejects ? job.totals(diags) : tl::unexpected(Failure{});
  if (!totals) return tl::unexpected(Failure{});
  std::string reasons;
  for (const ledger::Reject& each : *rejects) {
    if (each.row == row) reasons += fmt::format("{}{}", reasons.empty() ? "" : "; ", batch::describe({each.row, each.column, each.reason}));
  }
  if (!reasons.empty()) return fmt::format("row {} was rejected: {}", row, reasons);
  if (*left_out) {
    const auto why = **left_out;
    return fmt::format("row {} {}", row, why == ledger::LeftOutBecause::Filtered ? "was filtered out" : why == ledger::LeftOutBecause::Suppressed ? "was suppressed" : "has the key of an earlier row, which was printed or refused: it was left out as a duplicate");
  }
  if (!totals->rows_in) return fmt::format("the job has not ended, and row {} has no piece yet", row);
  if (row > *totals->rows_in) return fmt::format("the list has {}", counted(*totals->rows_in, "row"));
  return job.job().shard.count > 1 ? fmt::format("row {} is another shard's", row) : fmt::format("row {} is not settled", row);
}

Result<std::vector<ledger::PieceEntry>> find_number(const Ledger& job, std::string_view text, Diagnostics& diags) {
  const auto number = parse_digits(text);
  if (!number || *number < 1) return diags.usage_error("what follows '#' is no number of a piece").hint("write it as '#1204'");
  const auto piece = job.find_number(*number, diags);
  if (!piece) return tl::unexpected(Failure{});
  // The first and its reprints have one row.
  if (*piece) return job.find_row((*piece)->row, diags);
  // A piece has the number of its row.
  if (*number > ledger::kMostRows) return std::vector<ledger::PieceEntry>();
  const auto fate = fate_of(job, *number, diags);
  if (!fate) return tl::unexpected(Failure{});
  diags.note({}, *fate);
  return std::vector<ledger::PieceEntry>();
}

Result<std::vector<ledger::PieceEntry>> find_key(const Ledger& job, std::string_view key, Diagnostics& diags) {
  auto found = job.find_key(key, diags);
  if (found && found->empty()) diags.note({}, "no piece has that key").hint("keys are compared exactly as they stand in the list, those of FHIR patients as 'system|value'; rows that were rejected or left out have no piece");
  return found;
}

// '#5' may be somebody's key: then it is not piece 5 that was asked for, which '##5' finds. Where keys are hashed and no secret is given, it is a number.
Result<std::vector<ledger::PieceEntry>> find_key_or_number(const Ledger& job, std::string_view wanted, Diagnostics& diags) {
  Diagnostics no_secret;
  auto by_key = job.find_key(wanted, no_secret);
  const std::string_view number = wanted.substr(wanted.starts_with("##") ? 2 : 1);
  if (!by_key || by_key->empty()) return find_number(job, number, diags);
  const auto other = parse_digits(number);
  const auto piece = other && *other >= 1 ? job.find_number(*other, diags) : std::optional<ledger::PieceEntry>();
  if (!piece) return tl::unexpected(Failure{});
  const bool is_another = *piece && std::none_of(by_key->begin(), by_key->end(), [&](const ledger::PieceEntry& each) { return each.row == (*piece)->row; });
  if (is_another) diags.note({}, fmt::format("that is the key of a recipient, whose pieces these are; piece {} is another's", *other)).hint(fmt::format("--find '##{}' finds the piece", *other));
  return by_key;
}

Result<Answer> find_in(const Ledger& job, const std::string& wanted, Diagnostics& diags) {
  if (wanted.find_first_not_of(' ') == std::string::npos) return diags.usage_error("--find is empty").hint("give a recipient's key, or the number of a piece as '#1204'");
  // As values of a list are read: without white space about them.
  const std::string key = recipients::cleaned(wanted);
  const auto found = key.starts_with('#') ? find_key_or_number(job, key, diags) : find_key(job, key, diags);
  if (!found) return tl::unexpected(Failure{});
  const std::vector<ledger::PieceEntry>& pieces = *found;
  Answer answer{Json::array(), pieces.empty() ? "no such piece\n" : "", pieces.empty() ? Answer::Well::No : Answer::Well::Yes};
  for (const ledger::PieceEntry& each : pieces) {
    answer.json.push_back(json_of(each));
    answer.text += text_of(each);
  }
  return answer;
}

// What a run has begun and its ledger doesn't tell of yet would be called wrong. The folder isn't held meanwhile: nobody waits for who only reads.
bool is_at_rest(const std::string& folder, Diagnostics& diags) {
  return ledger::FolderLock::take(folder, Span::of_file(folder), diags, ledger::FolderLock::Held::Shared).has_value();
}

Result<Answer> verify(const Ledger& job, const LedgerOptions& options, Diagnostics& diags) {
  const auto findings = job.verify(options.known, diags);
  const auto totals = findings ? job.totals(diags) : tl::unexpected(Failure{});
  // A run may have begun since.
  if (!totals || (!findings->empty() && !is_at_rest(options.folder, diags))) return tl::unexpected(Failure{});
  const std::uint64_t files = totals->files - totals->files_purged, pieces = totals->pieces - totals->pieces_purged;
  Answer answer{{{"files", files}, {"pieces", pieces}, {"purged", {{"files", totals->files_purged}, {"pieces", totals->pieces_purged}}}, {"findings", Json::array()}}, "", findings->empty() ? Answer::Well::Yes : Answer::Well::No};
  for (const ledger::Finding& each : *findings) {
    answer.json["findings"].push_back({{"what", name_of(each.what)}, {"file", each.file}, {"detail", each.detail}});
    answer.text += fmt::format("{:<8} {}: {}\n", name_of(each.what), each.file, each.detail);
  }
  if (totals->files_purged > 0) answer.text += fmt::format("removed by a purge, and not looked at: {}, {}\n", counted(totals->files_purged, "file"), counted(totals->pieces_purged, "piece"));
  answer.text += findings->empty() ? fmt::format("all is as it was written: {}, {}\n", counted(files, "file"), counted(pieces, "piece")) : fmt::format("{} wrong\n", counted(findings->size(), "thing is", "things are"));
  return answer;
}

// What --rows says against what the ledger knows of the list.
bool check_rows(const Ledger& job, const ledger::Totals& totals, const LedgerOptions& options, Diagnostics& diags) {
  if (!options.rows) return true;
  const Span at = Span::of_file(options.folder);
  if (totals.rows_in && *options.rows != *totals.rows_in) return diags.error(at, fmt::format("the list has {}; --rows says {}", counted(*totals.rows_in, "row"), *options.rows)).hint("leave --rows out: the job has ended, and its ledger has the number"), false;
  const auto ranges = job.settled().ranges();
  if (!ranges.empty() && ranges.back().last > *options.rows) return diags.error(at, fmt::format("row {} of the list is settled already; --rows says that it has {}", ranges.back().last, *options.rows)).hint("give the number of rows of the whole list, without its header"), false;
  return true;
}

// Whose the rows are that a shard has not settled, it can't say; but it ends only when all of its own are.
Result<Answer> unprinted_of_shard(const Ledger& job, const ledger::Totals& totals, const LedgerOptions& options, Diagnostics& diags) {
  if (!totals.finished) return diags.error(Span::of_file(options.folder), "the shard has not ended: which rows of the list are its own is not known yet").hint("run the shard again, which goes on where it ended; or join all shards, which tells rows that none has");
  const std::uint64_t rows = job.settled().size();
  return Answer{{{"rows", rows}, {"unprinted", 0}, {"ranges", Json::array()}}, fmt::format("every row of this shard is printed, left out or rejected: {} of the list's {}\n", rows, *totals.rows_in), Answer::Well::Yes};
}

Result<Answer> unprinted(const Ledger& job, const LedgerOptions& options, Diagnostics& diags) {
  const auto totals = job.totals(diags);
  if (!totals) return tl::unexpected(Failure{});
  if (!check_rows(job, *totals, options, diags)) return tl::unexpected(Failure{});
  if (job.job().shard.count > 1) return unprinted_of_shard(job, *totals, options, diags);
  const auto rows = totals->rows_in ? totals->rows_in : options.rows;
  if (!rows) return diags.error(Span::of_file(options.folder), "the job has not ended: the number of rows in its list is not known yet").hint("run the job again, which goes on where it ended; or say it: --rows N");
  const ledger::RowSet owed = job.never_printed(*rows);
  Answer answer{{{"rows", *rows}, {"unprinted", owed.size()}, {"ranges", Json::array()}}, owed.empty() ? "every row is printed, left out or rejected\n" : fmt::format("{} not printed: {}\n", counted(owed.size(), "row was", "rows were"), to_text(owed, 1000)), owed.empty() ? Answer::Well::Yes : Answer::Well::No};
  for (const auto& [first, last] : owed.ranges()) answer.json["ranges"].push_back({first, last});
  return answer;
}

std::optional<ledger::Day> day_of(const std::optional<std::string>& text, Diagnostics& diags) { return text ? day_named(*text, diags) : today(); }

Result<Answer> purge(Ledger& job, const LedgerOptions& options, Diagnostics& diags) {
  const auto today = day_of(options.today, diags);
  if (!today) return tl::unexpected(Failure{});
  const auto purged = job.purge({*today, options.keep_days, options.with_files ? ledger::Outputs::Remove : ledger::Outputs::Keep, batch::is_left}, diags);
  if (!purged) return tl::unexpected(Failure{});
  const std::string due = ledger::to_text(*purged->due_on);
  Answer answer{{{"due", purged->due}, {"due-on", due}, {"keys", purged->keys}, {"files", purged->files}, {"renamed", purged->renamed}, {"left", purged->left}}, "", Answer::Well::Yes};
  if (!purged->due) answer.text = fmt::format("nothing is removed before {}\n", due);
  // Counts only: files may have been named by recipients.
  else answer.text = fmt::format("removed: the keys of {}, {}\n", counted(purged->keys, "piece"), counted(purged->files, "file"));
  if (purged->left > 0) answer.text += fmt::format("removed: {} that a run which did not end had left, and no ledger told of\n", counted(purged->left, "file"));
  if (purged->renamed > 0) answer.text += fmt::format("replaced: the names of {} of one piece, by its number\n", counted(purged->renamed, "file"));
  return answer;
}

Result<Answer> shred(Ledger& job, const LedgerOptions& options, Diagnostics& diags) {
  const auto totals = job.totals(diags);
  const auto day = totals ? day_of(options.today, diags) : std::nullopt;
  if (!day) return tl::unexpected(Failure{});
  // A job that ended with too many refused rows has their list, and is not finished.
  std::error_code ignored;
  const bool there = std::any_of(std::begin(batch::kRejectedRows), std::end(batch::kRejectedRows), [&](std::string_view name) { return std::filesystem::exists(std::filesystem::path(options.folder) / name, ignored); });
  if (!totals->finished && !there) return diags.error(Span::of_file(options.folder), "the job has not ended: there is no text of refused rows yet").hint("run the job with --shred-rejects, which keeps none");
  const auto shredded = job.shred(batch::kRejectedRows, day, diags);
  if (!shredded) return tl::unexpected(Failure{});
  return Answer{{{"shredded", *shredded}}, *shredded > 0 ? fmt::format("overwritten and removed: {} with the original text of refused rows\n", counted(*shredded, "file")) : "there is no original text of refused rows\n", Answer::Well::Yes};
}

Result<Answer> answer_of(const LedgerOptions& options, const Installation& own, Diagnostics& diags) {
  if (!options.merged.empty()) {
    const std::vector<std::filesystem::path> shards(options.shards.begin(), options.shards.end());
    bool good = is_folder_of_job(options.merged, diags);
    for (const auto& shard : shards) good = is_folder_of_job(shard, diags) && good;
    if (!good) return tl::unexpected(Failure{});
    const auto merged = batch::join(options.merged, shards, today(), own, diags);
    if (!merged) return tl::unexpected(Failure{});
    return totals_of(*merged, diags);
  }
  if (options.folder.empty()) return diags.usage_error("no folder of a job").hint("handout ledger DIR");
  if (options.today && !options.purge && !options.shred_rejects) return diags.usage_error("a day that counts as today, and nothing that asks for one").hint("--today goes with --purge or --shred-rejects");
  if (options.key_file && options.key_file->empty()) return diags.usage_error("--key-file is empty").hint("name the file with the secret that hashed the keys");
  if (!is_folder_of_job(options.folder, diags)) return tl::unexpected(Failure{});
  const auto secret = options.key_file ? ledger::read_secret(*options.key_file, diags) : Result<std::string>("");
  if (!secret) return tl::unexpected(Failure{});
  if (options.purge) {
    auto job = Ledger::open_without_secret(options.folder, diags);
    return job ? purge(*job, options, diags) : tl::unexpected(Failure{});
  }
  if (options.shred_rejects) {
    auto job = Ledger::open_without_secret(options.folder, diags);
    return job ? shred(*job, options, diags) : tl::unexpected(Failure{});
  }
  if (options.verify && !is_at_rest(options.folder, diags)) return tl::unexpected(Failure{});
  const auto job = Ledger::open_read_only(options.folder, *secret, diags);
  if (!job) return tl::unexpected(Failure{});
  if (options.find) return find_in(*job, *options.find, diags);
  if (options.verify) return verify(*job, options, diags);
  if (options.unprinted) return unprinted(*job, options, diags);
  return options.files ? files_of(*job, diags) : totals_of(*job, diags);
}

}  // namespace

int run_ledger(const LedgerOptions& options, const Installation& installation) {
  Diagnostics diags;
  // What is written is its owner's alone, temporary files too.
  ::umask(S_IRWXG | S_IRWXO);
  const auto answer = answer_of(options, installation, diags);
  if (answer) static_cast<void>(write_standard_output(options.json ? answer->json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n' : answer->text, diags));
  print(diags);
  if (diags.has_errors() || !answer) return diags.exit_code();
  return answer->well == Answer::Well::Yes ? 0 : 1;
}

}  // namespace handout::cli
