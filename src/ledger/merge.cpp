#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>
#include <system_error>
#include <tuple>

#include "ledger/state.h"

// The ledgers of a job's shards as one.
namespace handout::ledger {

namespace fs = std::filesystem;

namespace {

struct ShardLedger {
  std::unique_ptr<LedgerState> state;
  std::string prefix;  // "shard-1/": its folder from the merged one
  std::uint64_t rows_in = 0;
  std::optional<Sha256Digest> secret_check;
};
using Shards = std::vector<ShardLedger>;

std::string names_of(const std::vector<std::uint32_t>& numbers) { return fmt::format("{}", fmt::join(numbers, ", ")); }

// ---- the proof ----

// What an input is to a job: machines have the same file in folders of their own.
using InputText = std::tuple<std::string, std::string, Digest, std::uint64_t>;
std::vector<InputText> inputs_of(const Job& job) {
  std::vector<InputText> inputs;
  for (const Input& each : job.inputs) inputs.emplace_back(each.kind, fs::path(each.name).filename().generic_string(), each.digest, each.size);
  std::sort(inputs.begin(), inputs.end());
  return inputs;
}

// "input recipients list.csv": the first that only one of both has; "" where all are the same.
std::string differing_input(const Job& a, const Job& b) {
  const auto mine = inputs_of(a), others = inputs_of(b);
  std::vector<InputText> differ;
  std::set_symmetric_difference(mine.begin(), mine.end(), others.begin(), others.end(), std::back_inserter(differ));
  return differ.empty() ? "" : fmt::format("{} '{}'", std::get<0>(differ.front()), std::get<1>(differ.front()));
}

bool check_same_job(const Shards& shards, Diagnostics& diags) {
  const ShardLedger& first = shards.front();
  const Job& job = first.state->job;
  for (const ShardLedger& each : shards) {
    const Job& other = each.state->job;
    const auto differs = [&](std::string_view what) { diags.error(each.state->shown(), fmt::format("is of another job: its {} differs from that of {}", what, to_text(first.state->shown()))).hint("shards are made with the same command, from the same files; only --shard and --out differ"); };
    const std::string input = differing_input(job, other);
    if (other.mailing_digest != job.mailing_digest || other.mailing != job.mailing) differs("mailing");
    else if (other.engine != job.engine) differs("engine");
    else if (other.keep_days != job.keep_days) differs("time to keep data");
    else if (!input.empty()) differs(input);
    else if (other.id != job.id) differs("id");
    else if (other.keys != job.keys || each.secret_check != first.secret_check) differs("way to keep keys");
    else if (each.rows_in != first.rows_in) differs("number of rows");
    else if (other.shard.count != job.shard.count) differs("number of shards");
  }
  return !diags.has_errors();
}

bool check_complete(const Shards& shards, Diagnostics& diags) {
  const std::uint32_t count = shards.front().state->job.shard.count;
  std::vector<std::uint32_t> given;
  for (const ShardLedger& each : shards) {
    const std::uint32_t index = each.state->job.shard.index;
    if (std::find(given.begin(), given.end(), index) != given.end()) diags.error(each.state->shown(), fmt::format("is of shard {}, which another ledger is of as well", index));
    given.push_back(index);
  }
  std::vector<std::uint32_t> missing;
  for (std::uint32_t i = 1; i <= count && missing.size() < 20; ++i) {
    if (std::find(given.begin(), given.end(), i) == given.end()) missing.push_back(i);
  }
  if (!missing.empty()) diags.error({}, fmt::format("of {} shards these are missing: {}", count, names_of(missing))).hint("name the folders of all shards");
  return !diags.has_errors();
}

// Every row of the list is settled in one shard and no other.
bool check_rows(const Shards& shards, Diagnostics& diags) {
  RowSet all;
  for (const ShardLedger& each : shards) {
    const RowSet twice = all.common_with(each.state->settled);
    if (!twice.empty()) diags.error(each.state->shown(), fmt::format("has rows that another shard has as well: {}", to_text(twice)));
    all.insert(each.state->settled);
  }
  const std::uint64_t rows_in = shards.front().rows_in;
  RowSet missing = RowSet::up_to(rows_in), beyond = all;
  missing.erase(all);
  beyond.erase(RowSet::up_to(rows_in));
  if (!missing.empty()) diags.error({}, fmt::format("no shard has these of the {} rows: {}", rows_in, to_text(missing))).hint("run the shards again: what they have done stays");
  if (!beyond.empty()) diags.error({}, fmt::format("the list has {} rows, but shards have these: {}", rows_in, to_text(beyond)));
  return !diags.has_errors();
}

bool check_numbers(const Shards& shards, Diagnostics& diags) {
  RowSet all;
  for (const ShardLedger& each : shards) {
    auto statement = each.state->database.prepare("SELECT number FROM pieces", diags);
    if (!statement) return false;
    RowSet own;
    Statement::Step step;
    while ((step = statement->step(diags)) == Statement::Step::Found) {
      const std::uint64_t number = statement->count(0);
      if (number > kMostRows) return diags.error(each.state->shown(), "has a piece's number that is out of bounds"), false;
      own.insert(number);
    }
    if (step == Statement::Step::Failed) return false;
    const RowSet twice = all.common_with(own);
    if (!twice.empty()) diags.error(each.state->shown(), fmt::format("has numbers of pieces that another shard has as well: {}", to_text(twice)));
    all.insert(own);
  }
  return !diags.has_errors();
}

// ---- opening ----

Result<std::string> prefix_of(const fs::path& out, const fs::path& shard, Diagnostics& diags) {
  std::error_code failure;
  const fs::path inside = fs::weakly_canonical(shard, failure).lexically_relative(fs::weakly_canonical(out, failure));
  const std::string name = inside.generic_string();
  if (failure || !is_inside(name)) return diags.error(Span::of_file(shard.generic_string()), fmt::format("is not in the folder '{}'", out.generic_string())).hint("the merged ledger stands in the folder that holds those of the shards");
  return name + "/";
}

// A file that is lost or altered now would be counted in the joined job, and missed when it is to be printed.
bool check_files_of(const LedgerState& shard, const fs::path& folder, Diagnostics& diags) {
  constexpr std::size_t kMostTold = 20;
  auto found = check_files(shard, diags);
  auto others = found ? check_other_files(shard, Reads::Bytes, diags) : found;
  if (!others) return false;
  found->insert(found->end(), others->begin(), others->end());
  for (std::size_t i = 0; i < std::min(found->size(), kMostTold); ++i) {
    const Finding& each = (*found)[i];
    diags.error(Span::of_file((folder / each.file).generic_string()), each.what == Finding::What::Missing ? "a finished file of the shard is not there any more" : fmt::format("a finished file of the shard was altered: {}", each.detail))
        .hint(fmt::format("bring it back; or have it written again: handout reprint {} --restore {} --reason \"lost\"", folder.generic_string(), each.file));
  }
  if (found->size() > kMostTold) diags.error(shard.shown(), fmt::format("and {} more files are missing or altered", found->size() - kMostTold)).hint("handout ledger DIR --verify lists them");
  return found->empty();
}

// The lock stays until the merge is done: no shard goes on meanwhile.
Result<Shards> open_shards(const fs::path& out, std::span<const fs::path> folders, Diagnostics& diags) {
  Shards shards;
  for (const fs::path& folder : folders) {
    auto prefix = prefix_of(out, folder, diags);
    // Its own lock would be in its way.
    const auto twice = std::find_if(shards.begin(), shards.end(), [&](const ShardLedger& each) { return prefix && each.prefix == *prefix; });
    if (twice != shards.end()) {
      diags.error(Span::of_file(folder.generic_string()), fmt::format("shard {} is named twice", twice->state->job.shard.index)).hint("name the folder of each shard once");
      continue;
    }
    auto state = prefix ? open_to_write(folder, "", Secret::MayLack, diags) : tl::unexpected(Failure{});
    if (!state) continue;
    const auto finished = (*state)->database.ask("SELECT rows_in IS NOT NULL FROM job", diags);
    const auto rows_in = (*state)->database.ask("SELECT rows_in FROM job", diags);
    const auto broken = find_broken_seals((*state)->database, {}, diags);
    const auto contradictions = broken ? find_contradictions(**state, diags) : tl::unexpected(Failure{});
    auto check = read_secret_check((*state)->database, diags);
    if (!finished || !rows_in || !contradictions || !check) continue;
    if (*finished == 0) diags.error((*state)->shown(), "is of a shard that is not finished").hint("run that shard again: it goes on where it ended");
    if (!broken->empty() || !contradictions->empty()) diags.error((*state)->shown(), "was altered: some of its entries are not those that were written").hint("handout ledger DIR --verify says which; bring back a copy of it");
    if (*finished != 0 && !check_files_of(**state, folder, diags)) continue;
    shards.push_back({*std::move(state), *std::move(prefix), static_cast<std::uint64_t>(*rows_in), *check});
  }
  if (diags.has_errors()) return tl::unexpected(Failure{});
  std::sort(shards.begin(), shards.end(), [](const ShardLedger& a, const ShardLedger& b) { return a.state->job.shard.index < b.state->job.shard.index; });
  return shards;
}

// ---- copying ----

// Reads one shard and writes into the ledger of all.
class Copier {
 public:
  Copier(Ledger& ledger, LedgerState& to, const ShardLedger& from, Diagnostics& diags) : ledger_(ledger), to_(to), from_(from), diags_(diags) {}

  bool copy() { return copy_kinds() && copy_files() && copy_pieces() && copy_left_out() && copy_rejects() && copy_counts() && copy_other_files() && copy_events(); }

  // "5-8 were 1-4 of shard 2": tickets of what a shard printed again have the shard's numbers; "" where it had none.
  [[nodiscard]] std::string events_text() const {
    std::string text;
    const auto range = [](std::uint64_t first, std::uint64_t count) { return count == 1 ? fmt::format("{}", first) : fmt::format("{}-{}", first, first + count - 1); };
    for (const Events& each : events_) text += fmt::format("{}{} {} {} of shard {}", text.empty() ? "" : ", ", range(each.here, each.last - each.first + 1), each.first == each.last ? "was" : "were", range(each.first, each.last - each.first + 1), from_.state->job.shard.index);
    return text;
  }

 private:
  struct Events { std::uint64_t here = 0, first = 0, last = 0; };  // numbers: here of the first, in the shard of the first and the last

  template <typename Take>
  bool each(const std::string& sql, Take take) {
    auto statement = from_.state->database.prepare(sql, diags_);
    if (!statement) return false;
    Statement::Step step;
    while ((step = statement->step(diags_)) == Statement::Step::Found) {
      if (!take(*statement)) return false;
    }
    return step == Statement::Step::End;
  }

  bool copy_kinds() {
    return std::all_of(from_.state->kinds.begin(), from_.state->kinds.end(), [&](const auto& kind) {
      const auto id = ledger_.add_kind(kind.second, diags_);
      if (id) kinds_[kind.first] = *id;
      return id.has_value();
    });
  }

  bool copy_files() {
    std::vector<std::int64_t> purged;
    const bool copied = each("SELECT id, name, class, pieces, pages, sheets, bytes, digest, state FROM files ORDER BY id", [&](const Statement& row) {
      const auto id = ledger_.add_file({from_.prefix + row.text(1), row.text(2), row.count(3), row.count(4), row.count(5), row.count(6), digest_of(row.bytes(7)).value_or(Digest{})}, diags_);
      if (!id) return false;
      files_[row.integer(0)] = *id;
      if (row.integer(8) != 0) purged.push_back(static_cast<std::int64_t>(*id));
      return true;
    });
    return copied && std::all_of(purged.begin(), purged.end(), [&](std::int64_t id) { return to_.database.run(fmt::format("UPDATE files SET state = 1 WHERE id = {}", id), diags_).has_value(); });
  }

  bool copy_pieces() {
    // A reprint has a number above that of its first: references come after what they refer to.
    return each("SELECT number, row, key, kind, pages, sheets, file, first_page, own_file, digest, reprint_of, state FROM pieces ORDER BY number", [&](const Statement& row) {
      Piece piece{row.count(0), row.count(1), {}, kinds_[row.integer(3)], static_cast<std::uint32_t>(row.integer(4)), static_cast<std::uint32_t>(row.integer(5)), files_[row.integer(6)], static_cast<std::uint32_t>(row.integer(7)), {}, {}};
      if (!row.is_null(8)) piece.own_file = files_[row.integer(8)];
      piece.digest = digest_of(row.bytes(9)).value_or(Digest{});
      StoredKey key{row.is_null(2) ? StoredKey::As::None : row.type(2) == Statement::Type::Blob ? StoredKey::As::Blob : StoredKey::As::Text, row.bytes(2)};
      if (!insert_piece(to_, piece, key, row.is_null(10) ? std::nullopt : std::optional(row.count(10)), diags_)) return false;
      if (row.integer(11) == 0) return true;
      to_.writer->set_state.bind(1, row.integer(11));
      to_.writer->set_state.bind(2, row.integer(0));
      return to_.writer->set_state.run(diags_);
    });
  }

  bool copy_left_out() {
    return each("SELECT row, why FROM left_out", [&](const Statement& row) {
      const LeftOut out{row.count(0), static_cast<LeftOutBecause>(row.integer(1))};
      return ledger_.add_left_out(std::span(&out, 1), diags_).has_value();
    });
  }

  bool copy_rejects() {
    std::vector<Reject> rejects;  // of one row
    const auto hand_over = [&] {
      const bool added = ledger_.add_rejects(rejects, diags_).has_value();
      rejects.clear();
      return added;
    };
    const bool copied = each("SELECT row, field, reason FROM rejects ORDER BY row, position", [&](const Statement& row) {
      if (!rejects.empty() && rejects.back().row != row.count(0) && !hand_over()) return false;
      rejects.push_back({row.count(0), row.text(1), row.text(2)});
      return true;
    });
    return copied && hand_over();
  }

  bool copy_counts() {
    return each(fmt::format("SELECT name, detail, value FROM counts WHERE name <> '{}'", kRowsOfList), [&](const Statement& row) { return ledger_.add_count(row.text(0), row.text(1), row.count(2), diags_).has_value(); });
  }

  // The shard's ledger is one of them, and so are its copies of inputs, but for the first shard's, which are those of the merged job.
  bool copy_other_files() {
    if (!insert_other_file(to_, from_.prefix + std::string(kFileName), Personal::No, std::nullopt, diags_)) return false;
    const bool first = from_.state->job.shard.index == 1;
    for (const Input& input : from_.state->job.inputs) {
      if (!first && !input.copy.empty() && !insert_other_file(to_, from_.prefix + input.copy, input.personal, FileDigest{input.digest, input.size}, diags_)) return false;
    }
    return each("SELECT name, personal, bytes, digest FROM other_files o WHERE grp = (SELECT max(grp) FROM other_files WHERE name = o.name)", [&](const Statement& row) {
      const auto sealed = row.is_null(2) ? std::nullopt : std::optional(FileDigest{digest_of(row.bytes(3)).value_or(Digest{}), row.count(2)});
      return insert_other_file(to_, from_.prefix + row.text(0), row.integer(1) != 0 ? Personal::Yes : Personal::No, sealed, diags_).has_value();
    });
  }

  bool copy_events() {
    const auto last = ledger_.last_event(diags_);
    if (!last) return false;
    std::uint64_t number = *last;
    return each(fmt::format("SELECT what, day, reason, piece, number FROM events WHERE what <> '{}' ORDER BY number", kJoined), [&](const Statement& row) {
      // A ledger that was joined itself names its shards from its own folder.
      const std::string before = row.bytes(0) == kShardBegun ? from_.prefix : "";
      const Event event{0, row.text(0), row.is_null(1) ? std::nullopt : day_from_text(row.bytes(1)), before + row.text(2), row.is_null(3) ? std::nullopt : std::optional(row.count(3))};
      ++number;
      if (events_.empty() || events_.back().last + 1 != row.count(4)) events_.push_back({number, row.count(4), row.count(4)});
      else events_.back().last = row.count(4);
      return insert_event(to_, event, diags_).has_value();
    });
  }

  Ledger& ledger_;
  LedgerState& to_;
  const ShardLedger& from_;
  Diagnostics& diags_;
  std::map<std::int64_t, KindId> kinds_;
  std::map<std::int64_t, FileId> files_;
  std::vector<Events> events_;
};

// Of a merge that was killed: a joined ledger without an end, whose inputs stand in shards' folders.
void remove_half_merge(const fs::path& out, const Shards& shards) {
  Diagnostics ignored;
  if (!Ledger::exists(out)) return;
  {
    const auto half = Ledger::open_read_only(out, "", ignored);
    const auto totals = half ? half->totals(ignored) : tl::unexpected(Failure{});
    if (!totals || totals->finished || totals->pieces > 0 || totals->files > 0 || half->job().shard.count != 1) return;
    const auto& inputs = half->job().inputs;
    const auto is_of_shard = [&](const Input& input) { return std::any_of(shards.begin(), shards.end(), [&](const ShardLedger& each) { return input.copy.starts_with(each.prefix); }); };
    if (std::none_of(inputs.begin(), inputs.end(), is_of_shard)) return;
  }
  remove_database(out / kFileName);
}

// Shards may have been begun on several days; recipients' data goes by the first of them.
Job merged_job(const Shards& shards) {
  const ShardLedger& first = shards.front();
  Job job = first.state->job;
  job.shard = {1, 1};
  for (const ShardLedger& each : shards) {
    const auto& day = each.state->job.day;
    if (day && (!job.day || std::chrono::sys_days(*day) < std::chrono::sys_days(*job.day))) job.day = day;
  }
  for (Input& each : job.inputs) {
    if (!each.copy.empty()) each.copy = first.prefix + each.copy;
  }
  return job;
}

// What stands in a list by a day stands there by that of the shard. The job's day says it of the others.
bool tell_other_days(LedgerState& to, const Shards& shards, Diagnostics& diags) {
  return std::all_of(shards.begin(), shards.end(), [&](const ShardLedger& each) {
    const auto& day = each.state->job.day;
    return day == to.job.day || insert_event(to, {0, std::string(kShardBegun), day, fs::path(each.prefix).parent_path().generic_string(), {}}, diags).has_value();
  });
}

bool is_same_folder(const fs::path& a, const fs::path& b) {
  std::error_code failure;
  return fs::equivalent(a, b, failure);
}

}  // namespace

Result<std::optional<Ledger::JoinedTo>> Ledger::joined_to(const LedgerState& shard, Diagnostics& diags) {
  auto statement = shard.database.prepare(fmt::format("SELECT reason FROM events WHERE what = '{}' ORDER BY number DESC", kJoined), diags);
  const Statement::Step step = statement ? statement->step(diags) : Statement::Step::Failed;
  if (step == Statement::Step::Failed) return tl::unexpected(Failure{});
  if (step == Statement::Step::End) return std::nullopt;
  const fs::path folder = (shard.folder / statement->text(0)).lexically_normal();
  if (!exists(folder)) return std::nullopt;
  // Another job may stand there by now.
  const auto joined = open_read_only(folder, "", diags);
  const auto ended = joined ? joined->state_->database.ask("SELECT rows_in IS NOT NULL FROM job", diags) : tl::unexpected(Failure{});
  if (!ended) return tl::unexpected(Failure{});
  if (joined->job().id != shard.job.id || joined->job().mailing_digest != shard.job.mailing_digest) return std::nullopt;
  return JoinedTo{folder, *ended != 0};
}

Result<std::optional<fs::path>> Ledger::joined_in(Diagnostics& diags) const {
  auto known = joined_to(*state_, diags);
  if (!known) return tl::unexpected(Failure{});
  return *known && (*known)->has_ended ? std::optional((*known)->folder) : std::nullopt;
}

// By the ledger there, which knows those of its shards, and by the shards, which know where they are joined. What is wrong with any of them the merge itself tells.
std::optional<Ledger> Ledger::joined_before(const fs::path& out, std::span<const fs::path> shards) {
  Diagnostics not_told;
  if (!exists(out)) return std::nullopt;
  auto joined = open_read_only(out, "", not_told);
  if (!joined) return std::nullopt;
  std::set<std::string> named, known;
  for (const fs::path& folder : shards) {
    const auto prefix = prefix_of(out, folder, not_told);
    const auto shard = prefix ? open_read_only(folder, "", not_told) : tl::unexpected(Failure{});
    const auto to = shard ? joined_to(*shard->state_, not_told) : tl::unexpected(Failure{});
    if (!to || !*to || !(*to)->has_ended || !is_same_folder((*to)->folder, out) || !named.insert(*prefix + std::string(kFileName)).second) return std::nullopt;
  }
  if (!joined->state_->database.each("SELECT DISTINCT name FROM other_files", [&](const Statement& row) { if (fs::path(row.text(0)).filename() == kFileName) known.insert(row.text(0)); }, not_told)) return std::nullopt;
  return named == known ? std::optional(*std::move(joined)) : std::nullopt;
}

Result<Ledger> Ledger::merge(const fs::path& out, std::span<const fs::path> folders, Diagnostics& diags, const std::optional<Day>& day, const std::function<bool(Ledger&)>& may_end) {
  Diagnostics own;
  const auto refuse = [&] {
    diags.append(own);
    return tl::unexpected<Failure>(Failure{});
  };
  if (folders.empty()) return own.usage_error("no ledgers to merge"), refuse();
  const Span shown = Span::of_file((out / kFileName).generic_string());
  if (auto before = joined_before(out, folders)) {
    diags.note(shown, "these shards are joined there already: nothing was written");
    return *std::move(before);
  }
  auto shards = open_shards(out, folders, own);
  if (!shards || !check_same_job(*shards, own) || !check_complete(*shards, own) || !check_rows(*shards, own) || !check_numbers(*shards, own)) return refuse();
  const auto is_free = [&](const ShardLedger& shard) {
    const auto known = joined_to(*shard.state, own);
    if (!known) return false;
    if (!*known || !(*known)->has_ended || is_same_folder((*known)->folder, out)) return true;
    return own.error(shard.state->shown(), fmt::format("was joined into that of '{}' already", (*known)->folder.generic_string())).hint("pieces would be printed again in both: remove one of the joined jobs"), false;
  };
  if (!std::all_of(shards->begin(), shards->end(), is_free)) return refuse();
  auto lock = FolderLock::take(out, shown, own);
  if (lock) remove_half_merge(out, *shards);
  if (!lock || !make_ledger(out, merged_job(*shards), shards->front().secret_check, [] { return true; }, own)) return refuse();
  auto state = open_to_write(out, "", Secret::MayLack, own, Lock::Held);
  if (!state) return refuse();
  LedgerState& to = **state;
  to.lock = *std::move(lock);
  Ledger ledger(*std::move(state));
  // What is printed again from now on, the joined ledger is to know. The shards' folders are held until it has ended: before that they say nothing of it.
  std::vector<Ledger> told;
  const auto tell = [&](ShardLedger& shard) {
    Ledger& its = told.emplace_back(Ledger(std::move(shard.state)));
    const auto known = joined_to(*its.state_, own);
    if (!known) return false;
    if (*known && is_same_folder((*known)->folder, out)) return true;
    // "shard-1/" -> ".."
    fs::path up;
    for (const fs::path& part : fs::path(shard.prefix).parent_path()) up /= part.empty() ? "" : "..";
    return its.begin_group(own) && its.add_event({0, std::string(kJoined), day, up.generic_string(), {}}, own) && its.commit_group(own);
  };
  bool copied = ledger.begin_group(own) && tell_other_days(to, *shards, own);
  std::string reason = fmt::format("{} shard{}", shards->size(), shards->size() == 1 ? "" : "s");
  std::string events;
  for (const ShardLedger& each : *shards) {
    Copier copier(ledger, to, each, own);
    copied = copied && copier.copy();
    if (const std::string text = copier.events_text(); !text.empty()) events += fmt::format("{}{}", events.empty() ? "; of the events " : ", ", text);
  }
  copied = copied && insert_event(to, {0, "merge", day, reason + events, {}}, own);
  for (const ShardLedger& each : *shards) {
    to.done.insert(each.state->done);
    to.settled.insert(each.state->settled);
  }
  // Last of all comes that it has ended: whatever cuts this off, the same command begins anew.
  copied = copied && may_end(ledger) && std::all_of(shards->begin(), shards->end(), tell) && ledger.finish(shards->front().rows_in, own);
  if (copied) {
    diags.append(own);
    return ledger;
  }
  // Half a proof is none.
  ledger.drop_group();
  remove_database(to.file());
  return refuse();
}

}  // namespace handout::ledger
