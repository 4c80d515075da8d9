#include "batch/write_beside.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/descriptor.h"
#include "base/digest.h"
#include "batch/file_group.h"
#include "batch/rejects.h"
#include "batch/report.h"
#include "batch/snapshot.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

bool is_of_report(std::string_view name) { return name == "report.json" || name == "report.pdf"; }
bool is_of_rejects(std::string_view name) { return name == kRejects || needs_list(name); }

class BesideAgain {
 public:
  BesideAgain(const JobAgain& job, const ledger::Ledger& ledger, const Installation& own, Diagnostics& diags) : job_(job), ledger_(ledger), own_(own), diags_(diags), made_(job.folder / kJobFolder / kAgain) {}
  ~BesideAgain() {
    std::error_code ignored;
    fs::remove_all(made_, ignored);
  }
  BesideAgain(const BesideAgain&) = delete;
  BesideAgain& operator=(const BesideAgain&) = delete;

  bool run(std::span<const std::string> names) {
    std::error_code failure;
    fs::remove_all(made_, failure);
    fs::create_directories(made_, failure);
    if (failure) return diags_.machine_error(Span::of_file(made_.string()), fmt::format("could not be made: {}", failure.message())), false;
    const auto any = [&](const auto& is) { return std::any_of(names.begin(), names.end(), is); };
    if (any(is_of_report) && !make_report()) return false;
    if (any(is_of_rejects) && !make_rejects(any(needs_list) ? OriginalRows::Copy : OriginalRows::Leave)) return false;
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) { return is_same(name); }) && put_sheets() && std::all_of(names.begin(), names.end(), [&](const std::string& name) { return put(name); }) && sync();
  }

 private:
  bool make_report() {
    const auto totals = totals_of_ledger(ledger_, diags_);
    if (!totals) return false;
    Pipeline pipeline(job_.snapshot->installation(own_));
    FileGroup files(made_);
    // Its article and drawings as well: nothing is written in the job's folder before all is the same.
    auto names = write_report({job_.mailing, job_.job, made_}, *totals, pipeline, files, diags_);
    if (!names || !files.commit(diags_)) return false;
    sheets_ = *std::move(names);
    std::erase_if(sheets_, [](const std::string& name) { return is_of_report(name); });
    return true;
  }

  bool make_rejects(OriginalRows rows) { return write_rejects(ledger_, made_, job_.list, job_.mailing, rows, diags_).has_value(); }

  enum class Same : std::uint8_t { Failed, No, Yes };
  Same compare(const std::string& name) {
    const auto known = ledger_.other_file(name, diags_);
    if (!known) return Same::Failed;
    Diagnostics not_made;
    const auto now = digest_of_file(made_ / name, Span::of_file(name), not_made);
    return *known && now && now->digest == (*known)->digest && now->size == (*known)->size ? Same::Yes : Same::No;
  }

  bool is_same(const std::string& name) {
    const Same same = compare(name);
    if (same != Same::No) return same == Same::Yes;
    return diags_.error(Span::of_file((job_.folder / name).string()), "does not come out as it was written").hint("bring back a copy of it"), false;
  }

  bool put(const std::string& name) {
    std::error_code failure;
    fs::rename(made_ / name, job_.folder / name, failure);
    if (!failure) return true;
    return diags_.machine_error(Span::of_file((job_.folder / name).string()), fmt::format("could not be put in its place: {}", failure.message())), false;
  }

  // What a report was made of nobody asked for: where one differs, or can't be put there, the job's stays.
  bool put_sheets() {
    for (const std::string& name : sheets_) {
      const Same same = compare(name);
      if (same == Same::Failed) return false;
      if (same == Same::No) continue;
      std::error_code ignored;
      fs::create_directories((job_.folder / name).parent_path(), ignored);
      fs::rename(made_ / name, job_.folder / name, ignored);
    }
    return true;
  }

  bool sync() {
    const Descriptor folder(::open(job_.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0 && (::fsync(folder.get()) == 0 || errno == EINVAL)) return true;
    return diags_.machine_error(Span::of_file(job_.folder.string()), fmt::format("could not be synced: {}", std::strerror(errno))), false;
  }

  const JobAgain& job_;
  const ledger::Ledger& ledger_;
  const Installation& own_;
  Diagnostics& diags_;
  fs::path made_;
  std::vector<std::string> sheets_;  // what the report was made of
};

}  // namespace

bool is_beside(std::string_view name) { return is_of_report(name) || is_of_rejects(name); }
bool needs_list(std::string_view name) { return std::find(std::begin(kRejectedRows), std::end(kRejectedRows), name) != std::end(kRejectedRows); }

Result<ControlTotals> totals_of_ledger(const ledger::Ledger& ledger, Diagnostics& diags) {
  const auto counted = ledger.totals(diags);
  if (!counted) return tl::unexpected<Failure>(Failure{});
  // The run has held its counts against its ledger; here ledger and files are held against each other.
  RunCounts counts{ledger.settled().size(), {}, written_as(ledger.job())};
  counts.tally.pieces = counted->pieces;
  counts.tally.pages = counted->pages;
  counts.tally.sheets = counted->sheets;
  counts.tally.rejected = counted->rejected;
  counts.tally.filtered = counted->filtered;
  counts.tally.suppressed = counted->suppressed;
  counts.tally.duplicates = counted->duplicates;
  return control_totals(ledger, counts, diags);
}

Result<std::monostate> write_beside_again(const JobAgain& job, const ledger::Ledger& ledger, std::span<const std::string> names, const Installation& own, Diagnostics& diags) {
  if (!BesideAgain(job, ledger, own, diags).run(names)) return tl::unexpected<Failure>(Failure{});
  return std::monostate{};
}

}  // namespace handout::batch
