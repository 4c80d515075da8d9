#include "batch/batch.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <utility>
#include <vector>

#include "base/files.h"
#include "base/numbers.h"
#include "batch/shard_folders.h"
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/requests.h"
#include "cli/shards.h"
#include "cli/stop.h"
#include "cli/today.h"

// `handout batch`.
namespace handout::cli {

namespace {

// A path on the command line begins where the command is given, not beside the mailing.
std::string path_from_here(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored) ? std::filesystem::absolute(path).lexically_normal().generic_string() : path;
}

mailings::Overrides overrides_of(const BatchOptions& options) {
  mailings::Overrides overrides;
  const auto add = [&](const char* option, const std::optional<std::string>& value) {
    if (value) overrides.push_back({option, *value});
  };
  add("--layout", options.layout && is_path(*options.layout) ? path_from_here(*options.layout) : options.layout);
  add("--profile", options.profile);
  add("--clinic", options.clinic ? std::optional(path_from_here(*options.clinic)) : std::nullopt);
  add("--date", options.date);
  add("--locale", options.locale);
  add("--fallback", options.fallback);
  for (const std::string& field : options.fields) add("--field", field);
  add("--purpose", options.purpose);
  add("--pieces-per-file", options.pieces_per_file);
  add("--rejects", options.rejects);
  add("--addresses", options.addresses);
  return overrides;
}

std::optional<batch::Order> order_of(const BatchOptions& options, Diagnostics& diags) {
  batch::Order order;
  order.mailing = options.mailing;
  order.recipients = options.recipients;
  order.folder = options.folder;
  order.threads = options.threads;
  if (options.proof != 0) order.proof = options.proof;
  if (options.resume) order.goes = batch::Goes::GoOn;
  if (options.dry_run) order.writes = batch::Writes::Nothing;
  if (options.as == "files") order.as = mailings::OutputAs::Files;
  if (options.as == "stream") order.as = mailings::OutputAs::Stream;
  if (options.as == "both") order.as = mailings::OutputAs::Both;
  order.overrides = overrides_of(options);
  const auto shard = wanted_shard(options, diags);
  if (!shard) return std::nullopt;
  order.shard = *shard;
  if (options.day) {
    order.day = day_named(*options.day, diags);
    if (!order.day) return std::nullopt;
  }
  order.today = today();
  if (options.shred_rejects) order.refused = batch::OriginalRows::Leave;
  if (order.folder.empty() && order.writes == batch::Writes::Files) {
    diags.usage_error("no folder was named").hint("give --out DIR, or --dry-run");
    return std::nullopt;
  }
  if (order.folder.empty() && options.resume) {
    diags.usage_error("no folder was named to go on in").hint("give --out DIR, or leave --resume out");
    return std::nullopt;
  }
  if (shard->count > 1) order.folder /= batch::shard_name(*shard);
  return order;
}

// The rows that a job which is done has settled.
std::uint64_t settled(const batch::Tally& tally) { return tally.pieces + tally.rejected + tally.filtered + tally.suppressed + tally.duplicates; }

bool is_done(const batch::Outcome& outcome) { return outcome.ended == batch::Ended::Done || outcome.ended == batch::Ended::DoneBefore; }

std::string rows_text(const batch::Outcome& outcome, const batch::Order& order) {
  const batch::Tally& tally = outcome.tally;
  if (!is_done(outcome)) return fmt::format("{} of the list read", counted(tally.rows, "row"));
  // What follows counts this shard's rows only.
  if (order.shard.count > 1) return fmt::format("{} of the list's {}", settled(tally), counted(tally.rows, "row"));
  return counted(tally.rows, "row");
}

std::string totals_text(const batch::Outcome& outcome, const batch::Order& order, double seconds) {
  const batch::Tally& tally = outcome.tally;
  std::string text;
  if (outcome.ended == batch::Ended::DoneBefore) text += "the job is done already; nothing was written\n";
  text += fmt::format("{}: {}, {} refused, {} filtered, {} suppressed, {}\n", order.writes == batch::Writes::Nothing ? "dry run" : order.folder.string(), rows_text(outcome, order), tally.rejected, tally.filtered, tally.suppressed, counted(tally.duplicates, "duplicate"));
  // Of a job that stopped before any piece was made there is nothing to measure.
  if (tally.pieces == 0 && !is_done(outcome)) return text;
  text += fmt::format("{} on {} and {}", counted(tally.pieces, "piece"), counted(tally.pages, "page"), counted(tally.sheets, "sheet"));
  if (order.writes == batch::Writes::Files) text += fmt::format(" in {}", counted(tally.files, "file"));
  if (outcome.ended != batch::Ended::DoneBefore) text += fmt::format("; {:.1f} s, {:.0f} a second", seconds, static_cast<double>(tally.pieces - tally.kept) / std::max(seconds, 1e-3));
  text += '\n';
  if (tally.merged > 0) text += fmt::format("{}: {} with another of the household\n", counted(tally.pieces - tally.merged, "envelope"), counted(tally.merged, "piece"));
  if (outcome.first_pass_seconds > 0) text += fmt::format("the list was read and sorted first: {:.1f} s, {:.0f} rows a second\n", outcome.first_pass_seconds, static_cast<double>(tally.rows) / std::max(outcome.first_pass_seconds, 1e-3));
  for (const auto& [what, count] : tally.fallbacks) text += fmt::format("{}: {}\n", what, counted(count, "recipient"));
  return text;
}

// "7 pieces: rows 3, 17, 20, 21, 40 and 2 more"
std::string warned_text(const batch::Warned& warned) {
  if (warned.rows.empty()) return counted(warned.pieces, "piece");
  const std::uint64_t more = warned.pieces - std::min<std::uint64_t>(warned.rows.size(), warned.pieces);
  return fmt::format("{}: {} {}{}", counted(warned.pieces, "piece"), warned.pieces == 1 ? "row" : "rows", fmt::join(warned.rows, ", "), more > 0 ? fmt::format(" and {} more", more) : "");
}

// After a dry run, which leaves no list of them.
std::string first_refusals_text(const batch::Outcome& outcome) {
  std::string text;
  for (const batch::Refused& each : outcome.refusals.first) text += fmt::format("row {} refused: {}\n", each.row, batch::describe(each));
  const std::size_t told = outcome.refusals.first.size();
  if (outcome.tally.rejected > told) text += fmt::format("and {} more\n", outcome.tally.rejected - told);
  return text;
}

std::string limit_text(const mailings::RejectLimit& limit) { return limit.rows ? counted(*limit.rows, "row") : fmt::format("{:g}% of the rows", limit.share.value_or(0) * 100); }

// How many, how many may be, and why most of them.
std::string too_many_text(const batch::Outcome& outcome, const batch::Order& order) {
  constexpr std::size_t kMostReasons = 3;
  const batch::Refusals& refusals = outcome.refusals;
  const bool by_option = std::any_of(order.overrides.begin(), order.overrides.end(), [](const mailings::Override& each) { return each.option == "--rejects"; });
  std::string text = fmt::format("error: {} of {} {} refused; {} at most {}\n", counted(refusals.met, "row"), outcome.tally.rows, refusals.met == 1 ? "was" : "were", by_option ? "--rejects allows" : "the mailing's <limits> allow", limit_text(refusals.limit));
  std::vector<std::pair<std::string, std::uint64_t>> often(refusals.often.begin(), refusals.often.end());
  std::stable_sort(often.begin(), often.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (std::size_t i = 0; i < std::min(often.size(), kMostReasons); ++i) text += fmt::format("  {}: {}\n", counted(often[i].second, "row"), often[i].first);
  if (often.size() > kMostReasons) text += fmt::format("  and {} more\n", counted(often.size() - kMostReasons, "reason"));
  if (order.writes == batch::Writes::Nothing) return text + "  hint: mend the list, or allow more: --rejects LIMIT\n";
  text += "  hint: rejects.csv in the folder has every row; mend the list and begin a new job in another folder, or go on with this one: the same command with --rejects LIMIT\n";
  if (outcome.tally.pieces > 0) text += fmt::format("  note: {} in {} {} there already: send none, unless this job goes on\n", counted(outcome.tally.pieces, "piece"), counted(outcome.tally.files, "file"), outcome.tally.pieces == 1 ? "is" : "are");
  return text;
}

// What the pieces of a proof show, by rows of the list.
std::string proof_text(const batch::Proof& proof) {
  std::string text;
  for (const batch::Proof::Chosen& each : proof.chosen) text += fmt::format("proof of row {}: {}\n", each.row, fmt::join(each.covers, "; "));
  for (const batch::Refused& each : proof.refused) text += fmt::format("row {} would have been in the proof, and cannot be printed: {}\n", each.row, batch::describe(each));
  for (const std::string& each : proof.not_covered) text += fmt::format("not covered: {}\n", each);
  for (const std::string& each : proof.not_printable) text += fmt::format("not covered, since no row that was tried for it can be printed: {}\n", each);
  return text + "a proof, not to be sent; rows that are not in it count as filtered\n";
}

std::string stopped_text(const batch::Outcome& outcome, const batch::Order& order) {
  if (order.writes == batch::Writes::Nothing) return "stopped: nothing was written; the same command begins anew\n";
  const std::uint64_t unfinished = outcome.tally.unfinished;
  return fmt::format("stopped: the same command goes on{}\n", unfinished > 0 ? fmt::format("; {} of unfinished files {} made again", counted(unfinished, "piece"), unfinished == 1 ? "is" : "are") : "");
}

// A job without a piece looks like one that went well: it may be that of a list which was not exported.
void warn_of_nothing(const batch::Outcome& outcome, const batch::Order& order, Diagnostics& diags) {
  const batch::Tally& tally = outcome.tally;
  if (!is_done(outcome) || tally.pieces > 0) return;
  const Span at = Span::of_file(order.recipients.string());
  if (tally.rows == 0) {
    diags.warning(at, "no piece was made: the list has no rows").hint("see whether it was exported whole");
  } else if (settled(tally) == 0) {
    diags.note(at, fmt::format("no piece was made: none of the list's {} is this shard's", counted(tally.rows, "row")));
  } else {
    diags.warning(at, fmt::format("no piece was made: of {} {} refused, {} filtered, {} suppressed, {} left out as duplicates", counted(settled(tally), "row"), tally.rejected, tally.filtered, tally.suppressed, tally.duplicates)).hint("see whether it is the mailing's list, and what its <filter> and <suppression> leave");
  }
}

}  // namespace

int run_batch(const Options& options, const Installation& installation) {
  Diagnostics diags;
  const auto order = order_of(options.batch, diags);
  if (!order) {
    print(diags);
    return diags.exit_code();
  }
  // What is written is its owner's alone, temporary files too.
  ::umask(S_IRWXG | S_IRWXO);
  Progress progress;
  const auto outcome = batch::run(*order, installation, progress, stop_on_signals(), diags);
  progress.end();
  if (outcome) warn_of_nothing(*outcome, *order, diags);
  print(diags);
  if (!outcome) return diags.exit_code();
  for (const auto& [what, warned] : outcome->warnings) std::fputs(fmt::format("warning: {} ({})\n", what, warned_text(warned)).c_str(), stderr);
  const std::string text = (outcome->proof ? proof_text(*outcome->proof) : "") + totals_text(*outcome, *order, progress.seconds()) + (order->writes == batch::Writes::Nothing ? first_refusals_text(*outcome) : "");
  Diagnostics not_told;
  static_cast<void>(write_standard_output(text, not_told));
  print(not_told);
  const auto code = [&](int otherwise) { return not_told.has_errors() ? not_told.exit_code() : otherwise; };
  switch (outcome->ended) {
    case batch::Ended::Done:
    case batch::Ended::DoneBefore: return code(outcome->tally.rejected > 0 ? 4 : 0);
    case batch::Ended::Stopped: std::fputs(stopped_text(*outcome, *order).c_str(), stderr); return 3;
    case batch::Ended::TooManyRejects: std::fputs(too_many_text(*outcome, *order).c_str(), stderr); return code(1);
  }
  return 0;
}

}  // namespace handout::cli
