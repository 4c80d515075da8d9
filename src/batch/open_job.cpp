#include "batch/open_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/digest.h"
#include "batch/leftovers.h"
#include "batch/shard_folders.h"
#include "batch/write_beside.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostTold = 20;
// What marks say of a job whose mailing has no id for it.
constexpr std::size_t kJobLetters = 8;

std::string capitals(std::string_view hex) {
  std::string text(hex.substr(0, kJobLetters));
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

// How a job is written is an option or the mailing's word.
std::string shown_name(const ledger::InputDifference& found) { return found.kind == "option" && !found.name.starts_with("--") ? fmt::format("--{}", found.name) : found.name; }

std::string difference(const ledger::InputDifference& found) {
  using What = ledger::InputDifference::What;
  if (found.kind == "option") {
    return fmt::format("{} when the job was begun", found.what == What::Changed ? "had another value" : found.what == What::New ? "was not given" : "was given");
  }
  return fmt::format("{} since the job was begun ({})", found.what == What::Changed ? "has changed" : found.what == What::New ? "is new" : "is gone", found.kind);
}

// What is left of a run that was killed. Half a copy of refused rows is shredded when the job ends, where that is wanted.
void remove_leftovers(const fs::path& folder, OriginalRows refused) {
  std::error_code ignored;
  for (const fs::path& each : {folder, folder / "pieces"}) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(each, ignored)) {
      const std::string name = entry.path().filename().string();
      const bool is_shredded = refused == OriginalRows::Leave && std::any_of(std::begin(kRejectedRows), std::end(kRejectedRows), [&](std::string_view rows) { return name.starts_with(rows); });
      if (name.ends_with(".part") && !is_shredded) found.push_back(entry.path());
    }
    for (const fs::path& file : found) fs::remove(file, ignored);
  }
}

std::vector<ledger::Input> ledger_inputs(const std::vector<InputFile>& files) {
  std::vector<ledger::Input> inputs;
  for (const InputFile& file : files) inputs.push_back(file.input);
  return inputs;
}

}  // namespace

JobFolder::JobFolder(const fs::path& folder) : folder_(folder) {
  std::error_code ignored;
  for (fs::path each = fs::absolute(folder).lexically_normal(); each.has_relative_path() && !fs::exists(each, ignored); each = each.parent_path()) made_.push_back(each);
}

Result<JobFolder> JobFolder::take(const fs::path& folder, const ledger::Shard& shard, Diagnostics& diags) {
  using ledger::FolderLock;
  JobFolder taken(folder);
  const bool is_shard = shard.count > 1;
  const fs::path above = fs::absolute(folder).lexically_normal().parent_path();
  const auto take = [&](const fs::path& what, FolderLock::Held held) -> std::optional<FolderLock> {
    auto lock = FolderLock::take(what, Span::of_file(what.string()), diags, held, FolderLock::Missing::Made);
    return lock ? std::optional(*std::move(lock)) : std::nullopt;
  };
  if (is_shard) taken.above_ = take(above, FolderLock::Held::Shared);
  if (!is_shard || taken.above_) taken.lock_ = take(folder, FolderLock::Held::Alone);
  if (taken.lock_ && may_stand_in(is_shard ? above : folder, shard, diags)) return taken;
  taken.remove_folders();
  return tl::unexpected<Failure>(Failure{});
}

void JobFolder::remove_job() const {
  std::error_code ignored;
  mark_unfinished(folder_);
  remove_leftovers(folder_, OriginalRows::Copy);
  fs::remove(folder_ / "pieces", ignored);
  for (const char* const more : {"-wal", "-shm", "", ".part"}) fs::remove(folder_ / fmt::format("{}{}", ledger::kFileName, more), ignored);
  fs::remove_all(folder_ / kJobFolder, ignored);
  remove_folders();
}

void JobFolder::remove_copies() const {
  if (is_unfinished(folder_)) remove_job();
  remove_folders();
}

void JobFolder::remove_folders() const {
  std::error_code ignored;
  // Only empty ones go.
  for (const fs::path& each : made_) fs::remove(each, ignored);
}

bool may_begin(const fs::path& folder, Diagnostics& diags) {
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    // A run that was killed before it had a ledger leaves copies of its inputs, and half a ledger.
    const fs::path name = entry.path().filename();
    if (name == kJobFolder || name == fmt::format("{}.part", ledger::kFileName)) continue;
    diags.error(Span::of_file(folder.string()), "is not empty and holds no job").hint("name a new folder: a job's files stand alone");
    return false;
  }
  return true;
}

NewJob::NewJob(const JobToOpen& opened, Background& background) : folder_(opened.order.folder) {
  const auto& [order, mailing, inputs, secret] = opened;
  job_.inputs = ledger_inputs(inputs);
  job_.mailing = mailing.id;
  job_.mailing_digest = Sha256().of(mailing.digest);
  std::string all;
  for (const ledger::Input& input : job_.inputs) all += to_hex(input.digest);
  // As the ledger gives them back.
  std::sort(job_.inputs.begin(), job_.inputs.end(), [](const ledger::Input& a, const ledger::Input& b) { return std::tie(a.kind, a.name) < std::tie(b.kind, b.name); });
  job_.id = order.proof ? std::string(mailings::kProofId) : !mailing.job_id.empty() ? mailing.job_id : capitals(sha256_hex(all));
  job_.engine = kEngine;
  job_.day = order.day ? order.day : order.today;
  job_.keep_days = mailing.keep_days;
  job_.keys = mailing.ledger.keys == mailings::KeyStyle::Hashed ? ledger::KeyStyle::Hashed : ledger::KeyStyle::Plain;
  job_.shard = order.shard;
  ledger_ = background.run([this, secret = std::string(secret)] {
    return ledger::Ledger::create(folder_, job_, secret, told_, [&] { return sync_copies(folder_, told_).has_value(); }, ledger::Lock::Held);
  });
}

NewJob::~NewJob() {
  if (ledger_.valid()) ledger_.wait();
}

Result<ledger::Ledger> NewJob::ledger(Diagnostics& diags) {
  auto ledger = ledger_.get();
  diags.append(told_);
  if (ledger) mark_whole(folder_);
  return ledger;
}

Result<ledger::Ledger> go_on_with_job(const JobToOpen& opened, Diagnostics& diags) {
  const Order& order = opened.order;
  auto ledger = ledger::Ledger::open(order.folder, opened.secret, diags, ledger::Lock::Held);
  if (!ledger) return tl::unexpected<Failure>(Failure{});
  const Span at = Span::of_file((order.folder / ledger::kFileName).string());
  const ledger::Job& job = ledger->job();
  if (job.engine != kEngine) return diags.error(at, fmt::format("the job was begun by {}; this is {}", job.engine, kEngine)).hint("go on with the program that it was begun with, or begin a new job");
  if (!(job.shard == order.shard)) return diags.error(at, fmt::format("the folder holds shard {}/{}; {}/{} was asked for", job.shard.index, job.shard.count, order.shard.index, order.shard.count)).hint("each shard has a folder of its own");
  if (order.day && order.day != job.day) return diags.error(at, fmt::format("the job's day is {}; {} was given", job.day ? ledger::to_text(*job.day) : "not known", ledger::to_text(*order.day))).hint("leave --day out: a job keeps its day");
  const auto events = ledger->events(diags);
  const auto totals = ledger->totals(diags);
  if (!events || !totals) return tl::unexpected<Failure>(Failure{});
  if (!totals->finished && std::any_of(events->begin(), events->end(), [](const ledger::Event& each) { return each.what == ledger::kPurged; })) return diags.error(at, "the job's data was purged: it cannot go on").hint(job.shard.count > 1 ? "begin the job anew in another folder, with all its shards" : fmt::format("begin a new job in another folder, with the rows that handout ledger {} --unprinted --rows N lists; N: the rows of the list", order.folder.string()));
  const auto differences = ledger->compare_inputs(ledger_inputs(opened.inputs));
  if (!differences.empty()) {
    for (std::size_t i = 0; i < std::min(differences.size(), kMostTold); ++i) {
      diags.error(Span::of_file(shown_name(differences[i])), difference(differences[i]));
    }
    if (differences.size() > kMostTold) diags.error(at, fmt::format("and {} more inputs differ", differences.size() - kMostTold));
    return diags.error(at, "a job goes on with the same inputs only").hint("give it what it was begun with, or begin a new job in another folder");
  }
  if (!check_files(*ledger, order.folder, diags)) return tl::unexpected<Failure>(Failure{});
  remove_leftovers(order.folder, order.refused);
  if (!remove_left_reprints(*ledger, order.folder, diags)) return tl::unexpected<Failure>(Failure{});
  mark_whole(order.folder);
  return ledger;
}

bool check_files(const ledger::Ledger& ledger, const fs::path& folder, Diagnostics& diags) {
  auto found = ledger.check_files(diags);
  auto others = found ? ledger.check_other_files(diags) : found;
  if (!others) return false;
  const auto is_of_end = [](const ledger::Finding& each) { return is_beside(each.file); };
  if (std::any_of(others->begin(), others->end(), is_of_end)) {
    // The end of a job writes them anew.
    const auto totals = ledger.totals(diags);
    if (!totals) return false;
    if (!totals->finished) std::erase_if(*others, is_of_end);
  }
  std::move(others->begin(), others->end(), std::back_inserter(*found));
  for (std::size_t i = 0; i < std::min(found->size(), kMostTold); ++i) {
    const ledger::Finding& each = (*found)[i];
    diags.error(Span::of_file((folder / each.file).string()), each.what == ledger::Finding::What::Missing ? "a finished file of the job is not there any more" : fmt::format("a finished file of the job was altered: it {}", each.detail))
        .hint(fmt::format("bring it back; or have it written again: handout reprint {} --restore {} --reason \"lost\"", folder.string(), each.file));
  }
  if (found->size() > kMostTold) diags.error(Span::of_file((folder / ledger::kFileName).string()), fmt::format("and {} more files are missing or altered", found->size() - kMostTold)).hint("handout ledger DIR --verify lists them");
  return found->empty();
}

}  // namespace handout::batch
