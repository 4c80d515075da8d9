#include "batch/batch.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <utility>
#include <vector>

#include "base/files.h"
#include "cli/cli.h"
#include "cli/requests.h"
#include "cli/today.h"

// `handout batch`.
namespace handout::cli {

namespace {

// The one thing that a signal may touch.
std::atomic<bool> stop_wanted = false;

extern "C" void want_stop(int) { stop_wanted = true; }

constexpr unsigned long kMostShards = 99'999;

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) { return fmt::format("{} {}", count, count == 1 ? one : many); }

// A line that is written over on a terminal; now and then a line of its own elsewhere.
class Progress final : public batch::Watcher {
  using Clock = std::chrono::steady_clock;

 public:
  Progress() : terminal_(::isatty(STDERR_FILENO) == 1) {}

  void see(const batch::Tally& tally) override {
    const auto now = Clock::now();
    if (now - told_ < (terminal_ ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10000))) return;
    told_ = now;
    const std::string line = tally.pieces == tally.kept ? fmt::format("{} of the list read, {:.0f} a second", counted(tally.rows, "row", "rows"), static_cast<double>(tally.rows) / std::max(seconds(), 1e-3)) : line_of(tally, now);
    std::fputs(terminal_ ? fmt::format("\r\033[K{}", line).c_str() : fmt::format("{}\n", line).c_str(), stderr);
    shown_ = true;
  }

  void end() const {
    if (terminal_ && shown_) std::fputs("\r\033[K", stderr);
  }
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

 private:
  std::string line_of(const batch::Tally& tally, Clock::time_point now) {
    if (!made_) made_ = Made{now, tally.pieces, tally.share};
    const double passed = std::chrono::duration<double>(now - made_->at).count();
    std::string line = fmt::format("{}, {:.0f} a second, {} refused", counted(tally.pieces, "piece", "pieces"), static_cast<double>(tally.pieces - tally.kept) / std::max(seconds(), 1e-3), tally.rejected);
    // As fast as since the first look.
    const double done = tally.share - made_->share;
    if (passed > 1 && done > 0) line += fmt::format(", {} left", duration_of(passed * (1 - tally.share) / done));
    return line;
  }

  static std::string duration_of(double seconds) {
    constexpr double kMinute = 60, kHour = 3600;
    if (seconds < 1.5 * kMinute) return fmt::format("{:.0f} s", seconds);
    if (seconds < 1.5 * kHour) return fmt::format("{:.0f} min", seconds / kMinute);
    return fmt::format("{:.1f} h", seconds / kHour);
  }

  // The first look at pieces that this run has made.
  struct Made { Clock::time_point at; std::uint64_t pieces = 0; double share = 0; };
  bool terminal_, shown_ = false;
  Clock::time_point start_ = Clock::now(), told_ = start_;
  std::optional<Made> made_;
};

std::optional<ledger::Shard> shard_named(const std::string& text, Diagnostics& diags) {
  if (text.empty()) return ledger::Shard{};
  unsigned index = 0, count = 0;
  char more = 0;
  const bool good = std::sscanf(text.c_str(), "%5u/%5u%c", &index, &count, &more) == 2 && index >= 1 && index <= count;
  if (!good) {
    diags.usage_error(fmt::format("'{}' is no shard", text)).hint("give which of how many, such as 2/8");
    return std::nullopt;
  }
  return ledger::Shard{index, count};
}

std::optional<unsigned long> number_in(const char* name) {
  const char* text = name != nullptr ? std::getenv(name) : nullptr;
  if (text == nullptr || *text < '0' || *text > '9') return std::nullopt;
  char* end = nullptr;
  const unsigned long value = std::strtoul(text, &end, 10);
  return *end == '\0' ? std::optional(value) : std::nullopt;
}

struct ArrayVariables {
  const char* index;
  const char* count;
  unsigned long first;  // number of the first task
  const char* how;
};
// Kubernetes and AWS Batch count from 0, and don't all say how many there are. Slurm's arrays are what they are asked to be, and one task that is run again is an array of one: so --shards says how many there are, the first
// being 1. Without it the array must be 1-N as a whole.
std::optional<ledger::Shard> shard_of_environment(const BatchOptions& options, Diagnostics& diags) {
  static constexpr ArrayVariables kSystems[] = {{"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", 1, "sbatch --array=1-N"}, {"JOB_COMPLETION_INDEX", nullptr, 0, "completions: N"}, {"AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", 0, "an array of N jobs"}};
  for (const ArrayVariables& system : kSystems) {
    const auto index = number_in(system.index);
    if (!index) continue;
    const auto count = options.shards != 0 ? std::optional<unsigned long>(options.shards) : number_in(system.count);
    const auto least = number_in("SLURM_ARRAY_TASK_MIN"), most = number_in("SLURM_ARRAY_TASK_MAX");
    const bool part = options.shards == 0 && system.first == 1 && (count == 1UL || least.value_or(1) != 1 || most.value_or(count.value_or(0)) != count);
    if (!count || part) {
      diags.usage_error(fmt::format("{} says which shard this is, and nothing says of how many", system.index)).hint(fmt::format("give --shards N, with {}", system.how));
      return std::nullopt;
    }
    if (*index < system.first || *index - system.first >= *count || *count > kMostShards) {
      diags.usage_error(fmt::format("{} is {}, of {} shards", system.index, *index, *count)).hint(fmt::format("an array has as many tasks as there are shards, at most {}: {}", kMostShards, system.how));
      return std::nullopt;
    }
    return ledger::Shard{static_cast<std::uint32_t>(*index - system.first + 1), static_cast<std::uint32_t>(*count)};
  }
  diags.usage_error("--array was asked for, and no job array runs this").hint("Slurm, Kubernetes indexed jobs and AWS Batch say which task it is; else give --shard 2/8");
  return std::nullopt;
}

// A folder holds the shards of one division only: of two, recipients would be printed twice.
bool check_other_shards(const std::filesystem::path& folder, const ledger::Shard& shard, Diagnostics& diags) {
  const std::string end = fmt::format("-of-{}", shard.count);
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("shard-") && name.find("-of-") != std::string::npos && !name.ends_with(end)) {
      diags.error(Span::of_file(entry.path().string()), fmt::format("the folder holds shards of another number; one of {} was asked for", shard.count)).hint("every shard of a job is made with the same number; begin a new job in another folder");
      return false;
    }
  }
  return true;
}

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
  const auto shard = options.array ? shard_of_environment(options, diags) : shard_named(options.shard, diags);
  if (!shard) return std::nullopt;
  order.shard = *shard;
  // Each shard has a folder of its own.
  if (order.writes == batch::Writes::Files && !check_other_shards(order.folder, *shard, diags)) return std::nullopt;
  if (shard->count > 1) order.folder /= fmt::format("shard-{}-of-{}", shard->index, shard->count);
  if (!options.day.empty()) {
    const auto day = unicode::parse_date(options.day);
    if (!day) {
      diags.usage_error(fmt::format("'{}' is no day of the calendar", options.day)).hint("give it as YYYY-MM-DD, such as 2026-11-30");
      return std::nullopt;
    }
    order.day = ledger::Day(std::chrono::year(day->year) / day->month / day->day);
  }
  order.today = today();
  if (options.shred_rejects) order.refused = batch::OriginalRows::Leave;
  if (order.folder.empty() && order.writes == batch::Writes::Files) {
    diags.usage_error("no folder was named").hint("give --out DIR, or --dry-run");
    return std::nullopt;
  }
  return order;
}

void print_totals(const batch::Outcome& outcome, const batch::Order& order, double seconds) {
  const batch::Tally& tally = outcome.tally;
  std::string text;
  if (outcome.ended == batch::Ended::DoneBefore) text += "the job is done already; nothing was written\n";
  text += fmt::format("{}: {}, {} refused, {} filtered, {} suppressed, {} duplicates\n", order.writes == batch::Writes::Nothing ? "dry run" : order.folder.string(), counted(tally.rows, "row", "rows"), tally.rejected, tally.filtered, tally.suppressed, tally.duplicates);
  text += fmt::format("{} on {} and {}", counted(tally.pieces, "piece", "pieces"), counted(tally.pages, "page", "pages"), counted(tally.sheets, "sheet", "sheets"));
  if (order.writes == batch::Writes::Files) text += fmt::format(" in {}", counted(tally.files, "file", "files"));
  if (outcome.ended != batch::Ended::DoneBefore) text += fmt::format("; {:.1f} s, {:.0f} a second", seconds, static_cast<double>(tally.pieces - tally.kept) / std::max(seconds, 1e-3));
  text += '\n';
  if (tally.merged > 0) text += fmt::format("{}: {} with another of the household\n", counted(tally.pieces - tally.merged, "envelope", "envelopes"), counted(tally.merged, "piece", "pieces"));
  if (outcome.first_pass_seconds > 0) text += fmt::format("the list was read and sorted first: {:.1f} s, {:.0f} rows a second\n", outcome.first_pass_seconds, static_cast<double>(tally.rows) / std::max(outcome.first_pass_seconds, 1e-3));
  for (const auto& [what, count] : tally.fallbacks) text += fmt::format("{}: {}\n", what, counted(count, "recipient", "recipients"));
  std::fputs(text.c_str(), stdout);
}

// After a dry run, which leaves no list of them.
void print_first_refusals(const batch::Outcome& outcome) {
  std::string text;
  for (const batch::Refused& each : outcome.refusals.first) text += fmt::format("row {} refused: {}\n", each.row, batch::describe(each));
  const std::size_t told = outcome.refusals.first.size();
  if (outcome.tally.rejected > told) text += fmt::format("and {} more\n", outcome.tally.rejected - told);
  std::fputs(text.c_str(), stdout);
}

std::string limit_text(const mailings::RejectLimit& limit) { return limit.rows ? counted(*limit.rows, "row", "rows") : fmt::format("{:g}% of the rows", limit.share.value_or(0) * 100); }

// How many, how many may be, and why most of them.
void print_too_many(const batch::Outcome& outcome, const batch::Order& order) {
  constexpr std::size_t kMostReasons = 3;
  const batch::Refusals& refusals = outcome.refusals;
  const bool by_option = std::any_of(order.overrides.begin(), order.overrides.end(), [](const mailings::Override& each) { return each.option == "--rejects"; });
  std::string text = fmt::format("error: {} of {} were refused; {} at most {}\n", counted(refusals.met, "row", "rows"), outcome.tally.rows, by_option ? "--rejects allows" : "the mailing's <limits> allow", limit_text(refusals.limit));
  std::vector<std::pair<std::string, std::uint64_t>> often(refusals.often.begin(), refusals.often.end());
  std::stable_sort(often.begin(), often.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  for (std::size_t i = 0; i < std::min(often.size(), kMostReasons); ++i) text += fmt::format("  {}: {}\n", counted(often[i].second, "row", "rows"), often[i].first);
  if (often.size() > kMostReasons) text += fmt::format("  and {} more\n", counted(often.size() - kMostReasons, "reason", "reasons"));
  text += order.writes == batch::Writes::Nothing ? "  hint: mend the list, or allow more: --rejects LIMIT\n" : "  hint: rejects.csv in the folder has every row; mend the list and begin a new job in another folder, or go on with this one: the same command with --rejects LIMIT\n";
  if (outcome.tally.pieces > 0 && order.writes == batch::Writes::Files) text += fmt::format("  note: {} in {} are there already: send none of them, unless this job goes on\n", counted(outcome.tally.pieces, "piece", "pieces"), counted(outcome.tally.files, "file", "files"));
  std::fputs(text.c_str(), stderr);
}

// What the pieces of a proof show, by rows of the list.
void print_proof(const batch::Proof& proof) {
  std::string text;
  for (const batch::Proof::Chosen& each : proof.chosen) text += fmt::format("proof of row {}: {}\n", each.row, fmt::join(each.covers, "; "));
  for (const std::string& each : proof.not_covered) text += fmt::format("not covered: {}\n", each);
  std::fputs(text.c_str(), stdout);
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
  struct sigaction action = {};
  action.sa_handler = want_stop;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // a second one ends it at once
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  Progress progress;
  const auto outcome = batch::run(*order, installation, progress, stop_wanted, diags);
  progress.end();
  print(diags);
  if (!outcome) return diags.exit_code();
  for (const auto& [what, count] : outcome->warnings) std::fputs(fmt::format("warning: {} ({})\n", what, counted(count, "piece", "pieces")).c_str(), stderr);
  if (outcome->proof) print_proof(*outcome->proof);
  print_totals(*outcome, *order, progress.seconds());
  if (order->writes == batch::Writes::Nothing) print_first_refusals(*outcome);
  switch (outcome->ended) {
    case batch::Ended::Done:
    case batch::Ended::DoneBefore: return outcome->tally.rejected > 0 ? 4 : 0;
    case batch::Ended::Stopped: std::fputs("stopped: the same command goes on\n", stderr); return 3;
    case batch::Ended::TooManyRejects: print_too_many(*outcome, *order); return 1;
  }
  return 0;
}

}  // namespace handout::cli
