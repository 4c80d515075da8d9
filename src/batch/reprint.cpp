#include "batch/reprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "base/digest.h"
#include "base/files.h"
#include "base/narrow.h"
#include "batch/marking.h"
#include "batch/people.h"
#include "batch/press.h"
#include "batch/print_file.h"
#include "batch/request_maker.h"
#include "batch/snapshot.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kFolder = "reprints";
constexpr std::uintmax_t kProfileLimit = 4u << 20;
constexpr std::size_t kMostTold = 20;

class Reprinting {
 public:
  Reprinting(const ReprintOrder& order, const Installation& own, Diagnostics& diags) : order_(order), own_(own), diags_(diags), at_(Span::of_file((order.folder / ledger::kFileName).string())) {}

  Result<Reprinted> run() {
    if (!read_job() || !check_changes()) return failed();
    auto ledger = open_ledger();
    if (!ledger) return failed();
    const auto totals = ledger->totals(diags_);
    if (!totals) return failed();
    if (!totals->finished) return diags_.error(at_, "the job has not ended: pieces are still being made").hint("run the job again, which goes on where it ended");
    if (!choose(*ledger)) return failed();
    std::error_code not_made;
    const fs::path folder = order_.folder / kFolder;
    fs::create_directories(folder, not_made);
    if (not_made) return diags_.machine_error(Span::of_file(folder.string()), fmt::format("could not be made: {}", not_made.message()));
    if (!print(*ledger) || !note(*ledger, totals->rows_in.value_or(0))) return failed();
    return std::move(done_);
  }

 private:
  static tl::unexpected<Failure> failed() { return tl::unexpected<Failure>(Failure{}); }

  bool read_job() {
    const auto ledger = ledger::Ledger::open_read_only(order_.folder, "", diags_);
    if (!ledger) return false;
    job_ = ledger->job();
    snapshot_.emplace(order_.folder, job_.inputs);
    std::error_code ignored;
    list_ = snapshot_->first("recipients");
    if (list_.empty() || !fs::exists(list_, ignored)) return diags_.error(at_, "the job's folder no longer has the list of recipients").hint("a purge removed it; pieces are made anew as a new job, from the list"), false;
    const auto overrides = read_overrides(order_.folder, job_.inputs, diags_);
    if (!overrides) return false;
    auto mailing = mailings::read_mailing(snapshot_->first("mailing"), *overrides, diags_);
    if (!mailing) return false;
    mailing_ = std::move(*mailing);
    for (mailings::ArticleChoice& article : mailing_.articles) locate("article", article.ref);
    locate("layout", mailing_.layout.name);
    return true;
  }

  // What was named by a path from where the first command was given stands in the copies.
  void locate(std::string_view kind, std::string& name) const {
    std::error_code ignored;
    if (!is_path(name) || fs::exists(snapshot_->locate(path_of(mailing_, name)), ignored)) return;
    if (const fs::path copy = snapshot_->ending_with(kind, name); !copy.empty()) name = copy.string();
  }

  bool check_changes() {
    const auto differences = compare_snapshot(order_.folder, job_.inputs, diags_);
    if (!differences) return false;
    const bool other_engine = job_.engine != order_.engine;
    if (!other_engine && differences->empty()) return true;
    if (order_.changes == ReprintOrder::Changes::Accept) {
      if (other_engine) changes_ += fmt::format("engine {} in place of {}", order_.engine, job_.engine);
      if (!differences->empty()) changes_ += fmt::format("{}{} of the job's inputs changed", changes_.empty() ? "" : ", ", differences->size());
      return true;
    }
    if (other_engine) diags_.error(at_, fmt::format("the job was made by {}; this is {}", job_.engine, order_.engine));
    for (std::size_t i = 0; i < std::min(differences->size(), kMostTold); ++i) {
      const ledger::InputDifference& each = (*differences)[i];
      diags_.error(Span::of_file(each.name), fmt::format("{} since the job was made ({})", each.what == ledger::InputDifference::What::Gone ? "is gone" : "has changed", each.kind));
    }
    diags_.error(at_, "pieces might not come out as they were printed").hint("bring back what has changed; or give --despite-changes, which the ledger notes");
    return false;
  }

  Result<ledger::Ledger> open_ledger() {
    std::string secret;
    if (job_.keys == ledger::KeyStyle::Hashed) {
      fs::path file = order_.key_file.value_or(fs::path());
      if (file.empty() && mailing_.ledger.key_file) {
        // It is not among the copies.
        mailings::FileRef original = *mailing_.ledger.key_file;
        original.folder = snapshot_->original_of(original.folder);
        file = mailings::resolve(original, own_.layouts.parent_path());
      }
      auto read = ledger::read_secret(file, diags_);
      if (!read) return failed();
      secret = std::move(*read);
    }
    return ledger::Ledger::open(order_.folder, secret, diags_);
  }

  // ---- which pieces ----

  bool choose(const ledger::Ledger& ledger) {
    for (const std::uint64_t number : order_.pieces) {
      auto piece = ledger.find_number(number, diags_);
      if (!piece) return false;
      if (!*piece) return diags_.error(at_, fmt::format("has no piece {}", number)).hint("its row was rejected or left out, or the list has fewer; see handout ledger"), false;
      add(std::move(**piece));
    }
    if (order_.range && !choose_range(ledger)) return false;
    for (const ReprintOrder::Sheet& sheet : order_.damaged) {
      if (!choose_sheet(ledger, sheet)) return false;
    }
    std::sort(chosen_.begin(), chosen_.end(), [](const auto& a, const auto& b) { return std::tuple(a.file, a.first_page, a.number) < std::tuple(b.file, b.first_page, b.number); });
    return true;
  }

  void add(ledger::PieceEntry piece) {
    if (std::none_of(chosen_.begin(), chosen_.end(), [&](const auto& other) { return other.number == piece.number; })) chosen_.push_back(std::move(piece));
  }

  bool choose_range(const ledger::Ledger& ledger) {
    const std::size_t before = chosen_.size();
    std::set<std::uint64_t> known;
    for (const auto& each : chosen_) known.insert(each.number);
    const auto [from, to] = *order_.range;
    const auto taken = ledger.each_piece(
        [&, first = from, last = to](const ledger::PieceEntry& piece) {
          if (piece.number >= first && piece.number <= last && !piece.reprint_of && known.insert(piece.number).second) chosen_.push_back(piece);
          return piece.number < last;
        },
        diags_);
    if (!taken) return false;
    if (chosen_.size() == before) return diags_.error(at_, fmt::format("has no piece from {} to {}", from, to)), false;
    return true;
  }

  bool choose_sheet(const ledger::Ledger& ledger, const ReprintOrder::Sheet& sheet) {
    const auto pieces = ledger.pieces_of_file(sheet.file, diags_);
    if (!pieces) return false;
    if (pieces->empty()) return diags_.error(at_, "no file of the job has that name").hint("handout ledger DIR --files lists them; give the name as it stands there"), false;
    for (const ledger::PieceEntry& piece : *pieces) {
      const std::uint64_t first = piece.file_name == sheet.file ? piece.first_page : 1;
      if (sheet.page < first || sheet.page >= first + piece.pages) continue;
      damaged_.insert(piece.number);
      add(piece);
      return true;
    }
    return diags_.error(at_, fmt::format("{} has no page {}", sheet.file, sheet.page)), false;
  }

  // ---- making them ----

  bool print(const ledger::Ledger& ledger) {
    const auto files = ledger.files(diags_);
    if (!files) return false;
    const auto earlier = std::count_if(files->begin(), files->end(), [](const auto& each) { return each.file.split_class == kFolder; });
    name_ = fmt::format("{}/{:04}.pdf", kFolder, earlier + 1);
    std::set<std::uint64_t> rows;
    for (const auto& each : chosen_) rows.insert(each.row);
    auto people = read_rows(mailing_, {list_, list_.string()}, rows, diags_);
    if (!people) return false;
    Pipeline pipeline(snapshot_->installation(own_));
    auto maker = RequestMaker::make(mailing_, *snapshot_, pipeline.installation().layouts.parent_path(), list_.string(), pipeline, diags_);
    if (!maker) return false;
    const auto profile = read_file(pipeline.installation().srgb_profile, Span::of_file(pipeline.installation().srgb_profile.string()), kProfileLimit, diags_);
    if (!profile) return false;
    merge::Merger merger(pipeline);
    PressOptions options;
    options.fill_sheets = !is_file_of_its_own();
    Press press(merger, pipeline, options, *profile);
    Marking marking(job_.id);
    std::size_t put = 0, taken = 0;
    while (taken < chosen_.size()) {
      while (put < chosen_.size() && !press.is_full()) {
        if (!put_some(*people, *maker, press, put)) return false;
      }
      for (Made& made : press.take()) {
        if (!take(std::move(made), chosen_[taken++], marking, *profile)) return false;
      }
    }
    auto file = file_->commit(diags_);
    if (!file) return false;
    made_ = std::move(*file);
    return true;
  }

  // Pieces that were files alone have no blank backs and no marks, since no machine feeds them with others.
  [[nodiscard]] bool is_file_of_its_own() const {
    const auto as = std::find_if(job_.inputs.begin(), job_.inputs.end(), [](const ledger::Input& input) { return input.kind == "option" && input.name == "as"; });
    return as != job_.inputs.end() && as->digest == Sha256().of("files");
  }

  bool put_some(std::map<std::uint64_t, Somebody>& people, RequestMaker& maker, Press& press, std::size_t& put) {
    std::vector<Task> tasks;
    for (; put < chosen_.size() && tasks.size() < Press::kTasksAtOnce; ++put) {
      const std::uint64_t row = chosen_[put].row;
      const auto found = people.find(row);
      if (found == people.end()) return diags_.error(Span::of_file(list_.string()), fmt::format("row {} is no recipient any more", row)), false;
      auto wanted = maker.request_for(found->second);
      if (const auto* no = std::get_if<Refused>(&wanted)) return diags_.error(Span::of_file(list_.string()), fmt::format("row {}: {}", row, no->reason)), false;
      tasks.push_back({row, found->second.person.recipient.key, std::move(std::get<Wanted>(wanted))});
    }
    press.put(std::move(tasks));
    return true;
  }

  bool take(Made made, const ledger::PieceEntry& first, Marking& marking, const std::string& profile) {
    if (const auto* no = std::get_if<Refused>(&made)) return diags_.error(Span::of_file(list_.string()), fmt::format("row {}: {}", no->row, no->reason)), false;
    if (const auto* none = std::get_if<Failed>(&made)) return diags_.append(none->why), false;
    const Piece& piece = std::get<Piece>(made);
    if (piece.digest != first.digest) {
      ++done_.differing;
      if (order_.changes == ReprintOrder::Changes::Refuse) return diags_.error(at_, fmt::format("piece {} does not come out as it was printed", first.number)).hint("--despite-changes prints it as it is now, and the ledger notes that"), false;
    }
    if (!file_) file_.emplace(PrintFile::Name{order_.folder, name_, std::string(kFolder)}, piece.merged.display, pdf::Resources{piece.merged.fonts(), profile}, print_options(mailing_.output), diags_);
    return is_file_of_its_own() ? file_->add(piece, piece.merged.display, diags_).has_value() : marking.add(piece, *file_, diags_).has_value();
  }

  // ---- the ledger ----

  bool note(ledger::Ledger& ledger, std::uint64_t rows_in) {
    const auto last = ledger.last_number(diags_);
    if (!last) return false;
    // Behind all rows, and apart from what other shards count.
    std::uint64_t number = rows_in + job_.shard.index;
    while (number <= *last) number += job_.shard.count;
    std::string reason = order_.reason;
    if (!changes_.empty() || done_.differing > 0) reason += fmt::format(" (despite changes: {}{}{} of the pieces differ from what was printed)", changes_, changes_.empty() ? "" : "; ", done_.differing);
    if (!ledger.begin_group(diags_)) return false;
    const auto file = ledger.add_file(made_, diags_);
    if (!file) return false;
    if (!damaged_.empty() && !ledger.mark_damaged({std::vector<std::uint64_t>(damaged_.begin(), damaged_.end()), order_.reason, order_.day}, diags_)) return false;
    for (std::size_t i = 0; i < chosen_.size(); ++i, number += job_.shard.count) {
      const WrittenPiece& written = file_->pieces()[i];
      const auto kind = ledger.add_kind(written.kind, diags_);
      if (!kind) return false;
      ledger::Reprint reprint;
      reprint.piece = {number, written.row, written.key, *kind, written.pages, written.sheets, *file, written.first_page, {}, written.digest};
      reprint.of = chosen_[i].number;
      reprint.reason = reason;
      reprint.day = order_.day;
      if (!ledger.add_reprint(reprint, diags_)) return false;
    }
    done_.file = name_;
    done_.pieces = made_.pieces;
    done_.pages = made_.pages;
    done_.sheets = made_.sheets;
    return ledger.commit_group(diags_).has_value();
  }

  const ReprintOrder& order_;
  const Installation& own_;
  Diagnostics& diags_;
  Span at_;
  ledger::Job job_;
  mailings::Mailing mailing_;
  std::optional<Snapshot> snapshot_;
  fs::path list_;
  std::string changes_, name_;
  std::vector<ledger::PieceEntry> chosen_;
  std::set<std::uint64_t> damaged_;
  std::optional<PrintFile> file_;
  ledger::File made_;
  Reprinted done_;
};

}  // namespace

Result<Reprinted> reprint(const ReprintOrder& order, const Installation& own, Diagnostics& diags) { return Reprinting(order, own, diags).run(); }

}  // namespace handout::batch
