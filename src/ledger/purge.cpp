#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <system_error>

#include "base/ascii.h"
#include "base/expects.h"
#include "ledger/removal.h"

// Recipients' data goes when its time is over.
namespace handout::ledger {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPurgedName = "purged-", kReasonRemoved = "(removed)";

// One ledger, its own or a shard's.
class Purging {
 public:
  Purging(Ledger& ledger, LedgerState& state, const Purge& order, Diagnostics& diags) : ledger_(ledger), state_(state), order_(order), diags_(diags) {}

  // Files first: what a purge that is cut off leaves to do, the next one finds. `files`: that shards' purges removed.
  bool run(std::uint64_t files) {
    removed_ = files;
    if (!remove_files() || !find_names() || !remove_left() || !rename_files()) return false;
    const auto keys = state_.database.ask("SELECT count(*) FROM pieces WHERE key IS NOT NULL", diags_);
    if (!keys || !ledger_.begin_group(diags_)) return false;
    keys_ = static_cast<std::uint64_t>(*keys);
    if (!change_entries()) return ledger_.drop_group(), false;
    if (!commit_removal(ledger_, state_, diags_)) return false;
    for (Input& each : state_.job.inputs) {
      if (each.personal == Personal::Yes) each.copy.clear();
    }
    return true;
  }

  [[nodiscard]] std::uint64_t removed() const { return removed_; }
  [[nodiscard]] std::uint64_t left() const { return left_; }
  [[nodiscard]] std::uint64_t renamed() const { return names_.size(); }
  [[nodiscard]] std::uint64_t keys() const { return keys_; }

 private:
  template <typename Take>
  bool each(const std::string& sql, Take take) { return state_.database.each(sql, take, diags_); }

  bool remove_files() {
    std::vector<std::string> names;
    std::string sql = "SELECT copy FROM inputs WHERE copy <> '' AND personal = 1 UNION SELECT name FROM other_files WHERE personal = 1";
    if (order_.outputs == Outputs::Remove) sql += " UNION SELECT name FROM files WHERE state = 0";
    if (!each(sql, [&](const Statement& row) { names.push_back(row.text(0)); })) return false;
    return std::all_of(names.begin(), names.end(), [&](const std::string& name) {
      const Removed done = remove_file(state_, name, diags_);
      if (done == Removed::Yes) ++removed_;
      return done != Removed::Failed;
    });
  }

  // A file of one piece may be named by its key or its person: it gets its piece's number. In the order of entries, so that a purge that was cut off, and that of the shard, give the same names.
  bool find_names() {
    // Some file systems don't tell capitals apart.
    std::set<std::string> taken;
    if (!each("SELECT name FROM files", [&](const Statement& row) { taken.insert(ascii_lowered(row.text(0))); })) return false;
    const std::string of = fmt::format("f.class = '{}'", kOwnFileClass);
    return each(fmt::format("SELECT f.id AS id, f.name, f.state, p.number FROM pieces p JOIN files f ON f.id = p.file WHERE {0} UNION ALL SELECT f.id, f.name, f.state, p.number FROM pieces p JOIN files f ON f.id = p.own_file WHERE {0} ORDER BY id", of), [&](const Statement& row) {
      const fs::path name = row.text(1);
      const std::string number = std::to_string(row.count(3));
      const std::string stem = name.stem().string();
      // The usual name is a number and a language; the other one is that of an earlier purge.
      if (stem == number || (stem.starts_with(number + "-") && is_language(std::string_view(stem).substr(number.size() + 1)))) return;
      if (const std::string purged = fmt::format("{}{}", kPurgedName, number); stem == purged || stem.starts_with(purged + "-")) return;
      std::string to;
      for (std::uint64_t again = 1; to.empty() || !taken.insert(ascii_lowered(to)).second; ++again) to = (name.parent_path() / fmt::format("{}{}{}{}", kPurgedName, number, again > 1 ? fmt::format("-{}", again) : "", name.extension().string())).generic_string();
      names_.push_back({row.integer(0), name.generic_string(), std::move(to), row.integer(2) == 0});
    });
  }

  // Pages of people that no ledger tells of. By what stands beside a file it may be known: tickets go last.
  bool remove_left() {
    if (!order_.is_left) return true;
    auto unknown = ledger_.unknown_files("", diags_);
    const auto totals = ledger_.totals(diags_);
    if (!unknown || !totals) return false;
    // Files that a purge which was cut off has renamed.
    std::set<std::string, std::less<>> renamed;
    if (order_.outputs == Outputs::Keep) {
      for (const Name& each : names_) renamed.insert(each.to);
    }
    std::erase_if(*unknown, [&](const std::string& name) { return renamed.contains(name) || !order_.is_left({state_.folder, state_.job, totals->finished}, name); });
    std::stable_partition(unknown->begin(), unknown->end(), [](const std::string& name) { return fs::path(name).extension() != ".json"; });
    return std::all_of(unknown->begin(), unknown->end(), [&](const std::string& name) {
      const Removed done = remove_file(state_, name, diags_);
      if (done == Removed::Yes) ++left_;
      return done != Removed::Failed;
    });
  }

  [[nodiscard]] bool is_language(std::string_view text) const {
    return std::any_of(state_.kinds.begin(), state_.kinds.end(), [&](const auto& kind) {
      std::string locale;
      for (const char c : kind.second.locale) locale += c == '+' ? std::string("_2B_") : std::string(1, c);  // as names of files have it
      return locale == text;
    });
  }

  bool rename_files() {
    if (order_.outputs == Outputs::Remove) return true;
    std::set<fs::path> folders;
    for (const Name& each : names_) {
      if (!each.there) continue;
      if (!is_within(state_, each.from, diags_)) return false;
      const fs::path from = state_.folder / each.from, to = state_.folder / each.to;
      std::error_code failure;
      if (!fs::exists(fs::symlink_status(from, failure))) continue;  // renamed already, or lost
      if (fs::exists(fs::symlink_status(to, failure))) return diags_.error(Span::of_file(to.generic_string()), "is in the way: a file of the job is to have that name").hint("move it to another folder"), false;
      fs::rename(from, to, failure);
      // Without the name, which may be a recipient's.
      if (failure) return diags_.machine_error(Span::of_file(to.generic_string()), fmt::format("a file of the job cannot be renamed so: {}", failure.message())), false;
      folders.insert(to.parent_path());
    }
    return std::all_of(folders.begin(), folders.end(), [&](const fs::path& folder) {
      const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
      const bool synced = descriptor >= 0 && (::fsync(descriptor) == 0 || errno == EINVAL);
      if (!synced) diags_.machine_error(Span::of_file(folder.generic_string()), fmt::format("cannot be synced: {}", std::generic_category().message(errno)));
      if (descriptor >= 0) ::close(descriptor);
      return synced;
    });
  }

  bool change_entries() {
    auto name = state_.database.prepare("UPDATE files SET name = ? WHERE id = ?", diags_);
    if (!name || !clean_reasons()) return false;
    for (const Name& each : names_) {
      name->bind(1, each.to);
      name->bind(2, each.id);
      if (!name->run(diags_)) return false;
    }
    std::string sql = "UPDATE pieces SET key = NULL WHERE key IS NOT NULL; UPDATE inputs SET copy = '' WHERE personal = 1; DELETE FROM other_files WHERE personal = 1";
    if (order_.outputs == Outputs::Remove) sql += "; UPDATE files SET state = 1";
    const std::string reason = fmt::format("{} keys and {} files removed{}{}", keys_, removed_, names_.empty() ? "" : fmt::format(", {} files renamed", names_.size()), left_ == 0 ? "" : fmt::format(", {} files removed that no entry told of", left_));
    return state_.database.run(sql, diags_) && insert_event(state_, {0, std::string(kPurged), order_.today, reason, {}}, diags_);
  }

  // People write reasons, and may have written a key into one. Which, nobody knows where the ledger has hashes of keys: there all of them go.
  bool clean_reasons() {
    if (state_.job.keys == KeyStyle::Hashed) {
      // But for what the program says of what it did.
      return state_.database.run(fmt::format("UPDATE events SET reason = '{}' WHERE reason <> '' AND what NOT IN ('merge', '{}', '{}', '{}', '{}')", kReasonRemoved, kJoined, kShardBegun, kPurged, kShredded), diags_).has_value();
    }
    std::vector<std::string> reasons;
    if (!each("SELECT DISTINCT reason FROM events WHERE reason <> ''", [&](const Statement& row) { reasons.push_back(row.text(0)); })) return false;
    auto keys = state_.database.prepare("SELECT DISTINCT key FROM pieces WHERE typeof(key) = 'text' AND key <> '' AND instr(?, key) > 0 ORDER BY length(key) DESC", diags_);
    auto update = state_.database.prepare("UPDATE events SET reason = ? WHERE reason = ?", diags_);
    if (!keys || !update) return false;
    for (const std::string& reason : reasons) {
      std::string clean = reason;
      keys->bind(1, reason);
      Statement::Step step;
      while ((step = keys->step(diags_)) == Statement::Step::Found) remove_key(clean, keys->bytes(0));
      if (step == Statement::Step::Failed) return false;
      if (clean == reason) continue;
      update->bind(1, clean);
      update->bind(2, reason);
      if (!update->run(diags_)) return false;
    }
    return true;
  }

  // As a word of its own: the key "1" is not in "12 sheets".
  static void remove_key(std::string& text, std::string_view key) {
    const auto is_word = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80; };
    constexpr std::string_view kInstead = "(key)";
    for (std::size_t at = 0; (at = text.find(key, at)) != std::string::npos;) {
      const std::size_t end = at + key.size();
      const bool apart = (at == 0 || !is_word(text[at - 1]) || !is_word(key.front())) && (end == text.size() || !is_word(text[end]) || !is_word(key.back()));
      if (apart) text.replace(at, key.size(), kInstead);
      at += apart ? kInstead.size() : 1;
    }
  }

  struct Name { std::int64_t id = 0; std::string from, to; bool there = true; };

  Ledger& ledger_;
  LedgerState& state_;
  const Purge& order_;
  Diagnostics& diags_;
  std::vector<Name> names_;
  std::uint64_t removed_ = 0, keys_ = 0, left_ = 0;
};

}  // namespace

Result<Purged> Ledger::purge(const Purge& order, Diagnostics& diags) {
  LedgerState& state = *state_;
  EXPECTS(state.writer != nullptr && !state.writer->open);
  Purged purged;
  const auto keep = order.keep_days ? order.keep_days : state.job.keep_days;
  if (!keep) return diags.error(state.shown(), "does not say how long recipients' data may stay").hint("say it: --keep DAYS, or <keep days=\"90\"/> in the mailing");
  if (!state.job.day && *keep > 0) return diags.error(state.shown(), "has no day to count from, since the job was given none").hint("say that nothing may stay: --keep 0");
  purged.due_on = *keep == 0 ? order.today : Day(std::chrono::sys_days(*state.job.day) + std::chrono::days(*keep));
  purged.due = std::chrono::sys_days(order.today) >= std::chrono::sys_days(*purged.due_on);
  if (!purged.due) return purged;
  auto shards = open_joined(diags);
  if (!shards || !check_unaltered(state, diags)) return tl::unexpected(Failure{});
  // The shards' own ledgers hold keys as well, and this one says where they are.
  for (const Ledger& each : shards->there) {
    if (!check_unaltered(*each.state_, diags)) return tl::unexpected(Failure{});
  }
  for (Ledger& each : shards->there) {
    Purging shard(each, *each.state_, order, diags);
    if (!shard.run(0)) return tl::unexpected(Failure{});
    purged.files += shard.removed();
    purged.left += shard.left();
  }
  Purging whole(*this, state, order, diags);
  if (!whole.run(purged.files)) return tl::unexpected(Failure{});
  purged.files = whole.removed();
  purged.renamed = whole.renamed();
  purged.keys = whole.keys();
  purged.left += whole.left();
  tell_missing(state, shards->missing, "its keys, lists and files were not purged", diags);
  return purged;
}

}  // namespace handout::ledger
