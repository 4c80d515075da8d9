#include "batch/reprint.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/digest.h"
#include "base/expects.h"
#include "base/files.h"
#include "base/numbers.h"
#include "batch/job_tickets.h"
#include "batch/leftovers.h"
#include "batch/marking.h"
#include "batch/pieces_again.h"
#include "batch/print_file.h"
#include "batch/proof.h"
#include "batch/shard_folders.h"
#include "batch/snapshot.h"
#include "batch/split_class.h"
#include "batch/write_again.h"
#include "batch/write_beside.h"
#include "marks/marks.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostTold = 20;
constexpr std::string_view kSpeed = "speed.";

// One print file of the order, and what of `chosen` is in it.
struct Part {
  std::string split_class, name;  // name: from the job's folder
  std::string setup;              // of machines: pieces that differ in it go into files of their own
  TicketFacts facts;
  std::unique_ptr<PrintFile> file;
  ledger::File made;
};

// Of a shard's files, which may come together with those of others; "" for a whole job's.
std::string prefix_of(const ledger::Shard& shard) { return shard.count > 1 ? fmt::format("{}-", shard_name(shard)) : ""; }

// "reprints/0017-Letter.pdf", "reprints/proof-0017-Letter.pdf", "reprints/shard-2-of-3-0017-Letter.pdf" -> 17; 0 for others.
std::uint64_t number_of(std::string_view name, const ledger::Shard& shard) {
  for (const std::string& before : {fmt::format("{}/", kReprints), std::string(kProofPrefix), prefix_of(shard)}) {
    if (name.starts_with(before)) name.remove_prefix(before.size());
    else if (before.ends_with('/')) return 0;
  }
  return static_cast<std::uint64_t>(parse_integer(name.substr(0, name.find_first_not_of("0123456789"))).value_or(0));
}

class Reprinting {
 public:
  Reprinting(const ReprintOrder& order, const Installation& own, Diagnostics& diags) : order_(order), own_(own), diags_(diags), at_(Span::of_file((order.folder / ledger::kFileName).string())) {}
  ~Reprinting() {
    // Without the ledger's word they are nobody's.
    parts_.clear();
    std::error_code ignored;
    for (const fs::path& each : unknown_) fs::remove(each, ignored);
    if (made_folder_) fs::remove(order_.folder / kReprints, ignored);
  }
  Reprinting(const Reprinting&) = delete;
  Reprinting& operator=(const Reprinting&) = delete;

  Result<Reprinted> run() {
    const bool good = make();
    if (!good && !is_stopped()) return failed();
    done_.stopped = !good;
    if (good) unknown_.clear();
    return std::move(done_);
  }

 private:
  static tl::unexpected<Failure> failed() { return tl::unexpected<Failure>(Failure{}); }

  bool make() {
    if (!restore_of_shards()) return false;
    if (is_only_of_shards()) return true;
    if (!read_job() || !check_changes()) return false;
    auto opened = open_ledger();
    if (!opened) return false;
    ledger::Ledger& ledger = ledger_.emplace(*std::move(opened));
    // Once more: it may have been joined since.
    if (!is_apart(ledger) || !remove_left_reprints(ledger, order_.folder, diags_)) return false;
    const auto totals = ledger.totals(diags_);
    if (!totals) return false;
    // Before it ends nobody knows which rows will have a piece.
    if (prints() && !totals->finished) return diags_.error(at_, "the job has not ended: pieces are still being made").hint("run the job again, which goes on where it ended"), false;
    if (!choose(ledger) || !check_entries(ledger)) return false;
    if (!write_beside(ledger)) return false;
    if (chosen_.empty() && lost_.empty()) return true;
    auto other_days = ledger.rows_of_other_days(diags_);
    if (!other_days) return false;
    job_.other_days = *std::move(other_days);
    auto again = PiecesAgain::make(job_, own_, diags_);
    if (!again) return false;
    again_ = std::move(*again);
    if (!write_files_again(ledger)) return false;
    if (chosen_.empty()) return true;
    sort_chosen();
    if (!tell_beginning(ledger, *totals)) return false;
    return print(ledger) && note(ledger, totals->rows_in.value_or(0));
  }

  // Somebody may have had a copy and get another.
  bool tell_beginning(const ledger::Ledger& ledger, const ledger::Totals& totals) {
    if (!order_.beginning) return true;
    ReprintOrder::Beginning told{chosen_.size(), totals.pieces, 0, {}};
    const auto events = totals.reprints > 0 ? ledger.events(diags_) : std::vector<ledger::Event>();
    if (!events) return false;
    ledger::RowSet before;
    for (const ledger::Event& each : *events) {
      if (each.what != ledger::kReprinted || !each.piece) continue;
      // A number behind the list's last is that of a copy.
      std::uint64_t row = *each.piece;
      if (row > totals.rows_in.value_or(0)) {
        const auto copy = ledger.find_number(*each.piece, diags_);
        if (!copy) return false;
        row = *copy ? (*copy)->row : 0;
      }
      if (!known_.contains(row)) continue;
      before.insert(row);
      told.events.insert(each.number);
    }
    told.before = before.size();
    order_.beginning(told);
    return true;
  }

  // Nothing was told then: who asked for it knows.
  [[nodiscard]] bool is_stopped() const { return order_.stop != nullptr && *order_.stop && !diags_.has_errors(); }

  // ---- what stands beside the print files of joined shards ----

  // "shard-1-of-3/rejects.csv" -> "shard-1-of-3", where a shard's ledger stands there: it knows what is in such a file.
  [[nodiscard]] std::optional<fs::path> shard_of(const std::string& name) const {
    const fs::path above = fs::path(name).parent_path();
    const std::string file = fs::path(name).filename().string();
    return !above.empty() && is_beside(file) && ledger::Ledger::exists(order_.folder / above) ? std::optional(above) : std::nullopt;
  }

  bool restore_of_shards() {
    std::map<fs::path, std::vector<std::string>> wanted;
    for (const std::string& name : order_.restored) {
      if (const auto shard = shard_of(name)) wanted[*shard].push_back(fs::path(name).filename().string());
      else own_restored_.push_back(name);
    }
    for (auto& [shard, names] : wanted) {
      ReprintOrder order;
      order.folder = order_.folder / shard;
      order.restored = std::move(names);
      order.reason = order_.reason;
      order.day = order_.day;
      order.key_file = order_.key_file;
      order.changes = order_.changes;
      order.engine = order_.engine;
      order.stop = order_.stop;
      auto done = Reprinting(order, own_, diags_).run();
      if (!done || done->stopped) return false;
      for (Reprinted::File& file : done->in_place) done_.in_place.push_back({(shard / file.name).generic_string(), file.pieces, file.pages, file.sheets});
    }
    return true;
  }

  [[nodiscard]] bool prints() const { return !order_.pieces.empty() || order_.range || !order_.damaged.empty() || !order_.files.empty(); }
  [[nodiscard]] bool is_only_of_shards() const { return !prints() && own_restored_.empty(); }
  [[nodiscard]] bool is_only_beside() const { return !prints() && std::all_of(own_restored_.begin(), own_restored_.end(), [](const std::string& name) { return is_beside(name); }); }

  bool read_job() {
    const auto ledger = ledger::Ledger::open_read_only(order_.folder, "", diags_);
    if (!ledger) return false;
    job_.folder = order_.folder;
    if (!is_apart(*ledger)) return false;
    job_.job = ledger->job();
    job_.snapshot.emplace(order_.folder, job_.job.inputs);
    std::error_code ignored;
    job_.stop = order_.stop;
    job_.list = job_.snapshot->first("recipients");
    const bool list_is_needed = !is_only_beside() || std::any_of(own_restored_.begin(), own_restored_.end(), needs_list);
    if (!list_is_needed) job_.list.clear();
    else if (job_.list.empty() || !fs::exists(job_.list, ignored)) return diags_.error(at_, "the job's folder no longer has the list of recipients").hint("a purge removed it; pieces are made anew as a new job, from the list"), false;
    const auto overrides = read_overrides(order_.folder, job_.job.inputs, diags_);
    if (!overrides) return false;
    auto mailing = mailings::read_mailing(job_.snapshot->first("mailing"), *overrides, diags_);
    if (!mailing) return false;
    job_.mailing = std::move(*mailing);
    for (mailings::ArticleChoice& article : job_.mailing.articles) locate("article", article.ref);
    locate("layout", job_.mailing.layout.name);
    return true;
  }

  // A shard that was joined to others prints nothing by itself. What tells of it alone comes back there.
  bool is_apart(const ledger::Ledger& ledger) {
    if (is_only_beside()) return true;
    const auto joined = ledger.joined_in(diags_);
    if (joined && *joined) diags_.error(at_, fmt::format("was joined into that of '{}', which is to know of every piece", (*joined)->generic_string())).hint(fmt::format("print from there: handout reprint {}", (*joined)->generic_string()));
    return joined && !*joined;
  }

  // What was named by a path from where the first command was given stands in the copies.
  void locate(std::string_view kind, std::string& name) const {
    std::error_code ignored;
    if (!is_path(name) || fs::exists(job_.snapshot->locate(path_of(job_.mailing, name)), ignored)) return;
    if (const fs::path copy = job_.snapshot->ending_with(kind, name); !copy.empty()) name = copy.string();
  }

  bool check_changes() {
    const auto differences = compare_snapshot(order_.folder, job_.job.inputs, diags_);
    if (!differences) return false;
    const bool other_engine = job_.job.engine != order_.engine;
    if (!other_engine && differences->empty()) return true;
    if (order_.changes == ReprintOrder::Changes::Accept) {
      if (other_engine) changes_ += fmt::format("engine {} in place of {}", order_.engine, job_.job.engine);
      if (!differences->empty()) changes_ += fmt::format("{}{} of the job's inputs changed", changes_.empty() ? "" : ", ", differences->size());
      return true;
    }
    if (other_engine) diags_.error(at_, fmt::format("the job was made by {}; this is {}", job_.job.engine, order_.engine));
    for (std::size_t i = 0; i < std::min(differences->size(), kMostTold); ++i) {
      const ledger::InputDifference& each = (*differences)[i];
      diags_.error(Span::of_file(each.name), fmt::format("{} since the job was made ({})", each.what == ledger::InputDifference::What::Gone ? "is gone" : "has changed", each.kind));
    }
    diags_.error(at_, "pieces might not come out as they were printed").hint("bring back what has changed; or give --despite-changes, which the ledger notes");
    return false;
  }

  // What comes back into its place has its keys in the ledger.
  Result<ledger::Ledger> open_ledger() {
    if (!prints()) return ledger::Ledger::open_without_secret(order_.folder, diags_);
    std::string secret;
    if (job_.job.keys == ledger::KeyStyle::Hashed) {
      fs::path file = order_.key_file.value_or(fs::path());
      if (file.empty() && job_.mailing.ledger.key_file) {
        // It is not among the copies.
        mailings::FileRef original = *job_.mailing.ledger.key_file;
        original.folder = job_.snapshot->original_of(original.folder);
        file = mailings::resolve(original, own_.layouts.parent_path());
        // Missed where the mailing names it.
        if (std::error_code ignored; !fs::exists(file, ignored)) file = original.folder / original.written;
      }
      if (std::error_code ignored; fs::status(file, ignored).type() == fs::file_type::not_found) return diags_.error(Span::of_file(file.string()), "no such file: the secret that hashed the job's keys is to be in it").hint("say where it is: --key-file FILE"), failed();
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
      // Numbers behind the list's last are those of reprints; whoever gives one may mean a row.
      if ((*piece)->reprint_of) return diags_.error(at_, fmt::format("{} is no row of the list: piece {} was printed again under that number", number, (*piece)->row)).hint(fmt::format("to print it once more: --piece {}; a page of its new file: --sheet-damaged FILE:PAGE", (*piece)->row)), false;
      add(std::move(**piece));
    }
    if (order_.range && !choose_range(ledger)) return false;
    for (const ReprintOrder::Sheet& sheet : order_.damaged) {
      if (!choose_sheet(ledger, sheet)) return false;
    }
    return std::all_of(order_.files.begin(), order_.files.end(), [&](const std::string& name) { return choose_file(ledger, name); }) && std::all_of(own_restored_.begin(), own_restored_.end(), [&](const std::string& name) { return choose_lost(ledger, name); });
  }

  // A piece and its copies are one: they have one row.
  void add(ledger::PieceEntry piece) {
    named_.insert(piece.number);
    if (known_.insert(piece.row).second) chosen_.push_back(std::move(piece));
  }

  void sort_chosen() {
    std::sort(chosen_.begin(), chosen_.end(), [](const auto& a, const auto& b) { return std::tuple(a.file, a.first_page, a.number) < std::tuple(b.file, b.first_page, b.number); });
  }

  // Rows without a piece are told, by their numbers only.
  bool choose_range(const ledger::Ledger& ledger) {
    const auto [from, to] = *order_.range;
    ledger::RowSet found;
    const auto taken = ledger.each_piece(
        [&, first = from, last = to](const ledger::PieceEntry& piece) {
          if (piece.number >= first && piece.number <= last && !piece.reprint_of) {
            found.insert(piece.row);
            add(piece);
          }
          return piece.number < last;
        },
        diags_);
    if (!taken) return false;
    if (found.empty()) return diags_.error(at_, fmt::format("has no piece from {} to {}", from, to)), false;
    if (const auto rows = ledger.settled().ranges(); !rows.empty() && to > rows.back().last) diags_.note(at_, fmt::format("the job has no rows from {} to {}: its last is {}", std::max(from, rows.back().last + 1), to, rows.back().last));
    // Those of other shards are not among them.
    ledger::RowSet without = ledger::RowSet::up_to(std::min(to, ledger::kMostRows)).common_with(ledger.settled());
    without.erase(ledger::RowSet::up_to(from - 1));
    without.erase(found);
    if (!without.empty()) diags_.note(at_, fmt::format("of rows {} to {} these have no piece, since they were rejected or left out: {}", from, to, ledger::to_text(without)));
    return true;
  }

  // The pieces of a file of the job; told where it has none of that name.
  std::optional<std::vector<ledger::PieceEntry>> pieces_of(const ledger::Ledger& ledger, const std::string& file) {
    auto pieces = ledger.pieces_of_file(file, diags_);
    if (!pieces) return std::nullopt;
    if (pieces->empty()) return diags_.error(at_, fmt::format("no file of the job has that name: '{}'", file)).hint("handout ledger DIR --files lists them; give the name as it stands there"), std::nullopt;
    return std::move(*pieces);
  }

  bool choose_sheet(const ledger::Ledger& ledger, const ReprintOrder::Sheet& sheet) {
    const auto pieces = pieces_of(ledger, sheet.file);
    if (!pieces) return false;
    for (const ledger::PieceEntry& piece : *pieces) {
      const std::uint64_t first = piece.file_name == sheet.file ? piece.first_page : 1;
      if (sheet.page < first || sheet.page >= first + piece.pages) continue;
      damaged_[piece.number] = piece.row;
      add(piece);
      return true;
    }
    return diags_.error(at_, fmt::format("{} has no page {}", sheet.file, sheet.page)), false;
  }

  bool choose_file(const ledger::Ledger& ledger, const std::string& name) {
    auto pieces = pieces_of(ledger, name);
    if (!pieces) return false;
    for (ledger::PieceEntry& each : *pieces) add(std::move(each));
    return true;
  }

  // By its name or its ticket's.
  bool choose_lost(const ledger::Ledger& ledger, const std::string& name) {
    if (is_beside(name)) {
      const auto known = ledger.other_file(name, diags_);
      if (!known) return false;
      if (*known && std::find(beside_.begin(), beside_.end(), name) == beside_.end()) beside_.push_back(name);
      if (*known) return true;
      if (needs_list(name)) return diags_.error(at_, fmt::format("the job has no '{}'", name)).hint("no row was refused, or their original text was shredded"), false;
      return diags_.error(at_, fmt::format("the job has no '{}'", name)).hint("reports are written when it ends, rejects.csv when rows were refused"), false;
    }
    if (fs::path(name).filename().string().starts_with(kSpeed)) return diags_.error(at_, fmt::format("'{}' tells how fast a run was, which no later one knows", name)).hint("bring back a copy of it; nothing else of the job needs it"), false;
    if (fs::path(name).filename() == kProofFile) return diags_.error(at_, fmt::format("'{}' tells who was chosen for the proof, and is not written again", name)).hint("bring back a copy of it, or make the same proof in another folder; nothing else of the job needs it"), false;
    const auto files = ledger.files(diags_);
    if (!files) return false;
    const auto file = std::find_if(files->begin(), files->end(), [&](const ledger::FileEntry& each) { return each.file.name == name || (each.file.split_class != ledger::kOwnFileClass && ticket_name(each.file.name) == name); });
    auto pieces = pieces_of(ledger, file != files->end() ? file->file.name : name);
    if (!pieces) return false;
    const bool twice = std::any_of(lost_.begin(), lost_.end(), [&](const Lost& each) { return each.file.name == file->file.name; });
    if (!twice) lost_.push_back({file->file, std::move(*pieces)});
    return true;
  }

  // A key or a place that was changed sends a handout to somebody else.
  bool check_entries(const ledger::Ledger& ledger) {
    std::vector<std::uint64_t> numbers(named_.begin(), named_.end());
    for (const Lost& each : lost_) {
      for (const ledger::PieceEntry& piece : each.pieces) numbers.push_back(piece.number);
    }
    const auto altered = ledger.is_altered(numbers, diags_);
    if (!altered) return false;
    if (!*altered) return true;
    if (order_.changes == ReprintOrder::Changes::Accept) {
      changes_ += fmt::format("{}entries of the ledger were altered", changes_.empty() ? "" : ", ");
      return true;
    }
    diags_.error(at_, "was altered: entries of these pieces are not those that were written").hint("bring back a copy of the ledger, see handout ledger DIR --verify; or give --despite-changes, which the ledger notes");
    return false;
  }

  // ---- whole files ----

  bool write_beside(ledger::Ledger& ledger) {
    if (beside_.empty()) return true;
    if (!write_beside_again(job_, ledger, beside_, own_, diags_)) return false;
    for (const std::string& name : beside_) {
      if (!note_written_again(ledger, fmt::format("{}: {}", name, order_.reason), {})) return false;
      done_.in_place.push_back({name, 0, 0, 0});
    }
    return true;
  }

  bool note_written_again(ledger::Ledger& ledger, std::string reason, std::optional<std::uint64_t> piece) { return ledger.begin_group(diags_) && ledger.add_event({0, "written again", order_.day, std::move(reason), piece}, diags_) && ledger.commit_group(diags_); }

  bool write_files_again(ledger::Ledger& ledger) {
    for (Lost& each : lost_) {
      const auto written = write_again(job_, ledger, {each.file, each.pieces}, *again_, diags_);
      if (!written) return false;
      if (*written == WrittenAgain::Yes) {
        // A name may be that of a recipient; the piece says which file it is.
        const std::string which = each.file.split_class == ledger::kOwnFileClass ? "" : fmt::format("{}: ", each.file.name);
        if (!note_written_again(ledger, which + order_.reason, each.pieces.front().number)) return false;
        done_.in_place.push_back({each.file.name, each.file.pieces, each.file.pages, each.file.sheets});
        continue;
      }
      return diags_.error(Span::of_file((order_.folder / each.file.name).string()), "does not come out as it was written").hint("--file with --despite-changes prints its pieces as they are now, into a new file, and the ledger notes that"), false;
    }
    return true;
  }

  // ---- making pieces ----

  bool print(const ledger::Ledger& ledger) {
    const auto files = ledger.files(diags_);
    const auto event = ledger.last_event(diags_);
    if (!files || !event) return false;
    for (const ledger::FileEntry& each : *files) number_ = std::max(number_, number_of(each.file.name, job_.job.shard));
    ++number_;
    std::error_code not_made;
    const fs::path folder = order_.folder / kReprints;
    made_folder_ = fs::create_directories(folder, not_made);
    if (not_made) return diags_.machine_error(Span::of_file(folder.string()), fmt::format("could not be made: {}", not_made.message())), false;
    Marking marking(job_.job.id);
    if (!again_->each(chosen_, PiecesAgain::OwnFiles::No, [&](const Piece& piece, const ledger::PieceEntry& first) { return take(piece, first, marking); }, diags_)) return false;
    return std::all_of(parts_.begin(), parts_.end(), [&](Part& part) { return !is_stopped() && end_part(part, *event + 1); }) && !is_stopped();
  }

  bool take(const Piece& piece, const ledger::PieceEntry& first, Marking& marking) {
    if (piece.digest != first.digest) {
      ++done_.differing;
      if (order_.changes == ReprintOrder::Changes::Refuse) return diags_.error(at_, fmt::format("piece {} does not come out as it was printed", first.number)).hint("--despite-changes prints it as it is now, and the ledger notes that"), false;
    }
    const std::size_t index = part_for(piece);
    Part& part = parts_[index];
    part_of_.push_back(index);
    part.facts.add_envelope(marks::sheet_count(piece.merged.display));
    return written_as(job_.job) == mailings::OutputAs::Files ? part.file->add(piece, piece.merged.display, diags_).has_value() : marking.add(piece, *part.file, diags_).has_value();
  }

  std::size_t part_for(const Piece& piece) {
    const std::string split_class = class_name(parts_of(piece, marks::sheet_count(piece.merged.display), job_.mailing.output), job_.mailing.output);
    const std::string setup = fmt::format("{}{}", static_cast<int>(piece.merged.display.duplex), machine_setup(piece.merged.like->styled));
    const auto known = std::find_if(parts_.begin(), parts_.end(), [&](const Part& each) { return each.split_class == split_class && each.setup == setup; });
    if (known != parts_.end()) return static_cast<std::size_t>(known - parts_.begin());
    Part part{split_class, fmt::format("{}/{}", kReprints, name_for(split_class)), setup, facts_from(piece), nullptr, {}};
    part.file = std::make_unique<PrintFile>(PrintFile::Name{order_.folder / kReprints, part.name.substr(kReprints.size() + 1), fmt::format("{}/{}", kReprints, split_class)}, print_info(job_.mailing, job_.job.day, piece.merged.display), pdf::Resources{piece.merged.fonts(), again_->profile()}, print_options(job_.mailing.output), diags_);
    parts_.push_back(std::move(part));
    return parts_.size() - 1;
  }

  // Safe on every system and no other's; the class is left out where it cannot be in a name.
  std::string name_for(const std::string& split_class) {
    const std::string number = fmt::format("{}{}{:04}", is_proof(job_.job) ? kProofPrefix : "", prefix_of(job_.job.shard), number_);
    for (std::size_t again = 1;; ++again) {
      const std::string behind = again > 1 ? fmt::format("-{}", again) : "";
      const mailings::NameTemplate with_class{number + "-", mailings::NameField{"class"}, behind + ".pdf"};
      const std::string name = mailings::file_name(with_class, [&](std::string_view) -> std::string_view { return split_class; }).value_or(number + behind + ".pdf");
      if (names_.insert(mailings::collision_key(name)).second) return name;
    }
  }

  bool end_part(Part& part, std::uint64_t event) {
    auto ticket = make_ticket(*part.file, part.facts, job_.mailing, {job_.job.id, is_proof(job_.job) ? marks::JobTicket::For::Proof : marks::JobTicket::For::Reprint});
    ticket.reason = event;
    const fs::path beside = order_.folder / ticket_name(part.name);
    if (!write_file(beside, marks::to_json(ticket), diags_)) return false;
    unknown_.push_back(beside);
    auto made = part.file->commit(diags_);
    if (!made) return false;
    unknown_.push_back(order_.folder / part.name);
    part.made = std::move(*made);
    part.made.name = part.name;
    return true;
  }

  // ---- the ledger ----

  bool note(ledger::Ledger& ledger, std::uint64_t rows_in) {
    const auto last = ledger.last_number(diags_);
    if (!last) return false;
    // Behind all rows, and apart from what other shards count.
    const ledger::Shard& shard = job_.job.shard;
    std::uint64_t number = rows_in + shard.index;
    while (number <= *last) number += shard.count;
    std::string reason = order_.reason;
    if (!changes_.empty() || done_.differing > 0) reason += fmt::format(" (despite changes: {}{}{} of the pieces differ from what was printed)", changes_, changes_.empty() ? "" : "; ", done_.differing);
    if (!ledger.begin_group(diags_)) return false;
    std::multimap<ledger::Row, std::uint64_t> damaged;
    ledger::Damage damage{{}, order_.reason, order_.day};
    for (const auto& [copy, row] : damaged_) {
      damaged.emplace(row, copy);
      damage.numbers.push_back(copy);
    }
    if (!damage.numbers.empty() && !ledger.mark_damaged(damage, diags_)) return false;
    std::vector<ledger::FileId> ids;
    for (const Part& part : parts_) {
      const auto id = ledger.add_file(part.made, diags_);
      if (!id || !ledger.add_other_file(ticket_name(part.name), ledger::Personal::No, diags_)) return false;
      ids.push_back(*id);
      done_.files.push_back({part.name, part.made.pieces, part.made.pages, part.made.sheets});
    }
    std::vector<std::size_t> taken(parts_.size(), 0);
    for (std::size_t i = 0; i < chosen_.size(); ++i, number += shard.count) {
      const std::size_t part = part_of_[i];
      const WrittenPiece& written = parts_[part].file->pieces()[taken[part]++];
      const auto kind = ledger.add_kind(*written.kind, diags_);
      if (!kind) return false;
      ledger::Reprint reprint;
      reprint.piece = {number, written.row, written.key, *kind, written.pages, written.sheets, ids[part], written.first_page, {}, written.digest};
      reprint.of = chosen_[i].number;
      reprint.reason = reason;
      reprint.day = order_.day;
      for (auto [each, end] = damaged.equal_range(written.row); each != end; ++each) {
        if (each->second != reprint.of) reprint.also.push_back(each->second);
      }
      if (!ledger.add_reprint(reprint, diags_)) return false;
    }
    done_.pieces = chosen_.size();
    return ledger.commit_group(diags_).has_value();
  }

  struct Lost { ledger::File file; std::vector<ledger::PieceEntry> pieces; };

  const ReprintOrder& order_;
  const Installation& own_;
  Diagnostics& diags_;
  Span at_;
  std::optional<ledger::Ledger> ledger_;   // it holds the folder until nothing is left that it doesn't know
  JobAgain job_;
  std::unique_ptr<PiecesAgain> again_;     // what is made refers to it
  std::string changes_;
  std::vector<ledger::PieceEntry> chosen_;
  std::set<ledger::Row> known_;            // their rows
  std::set<std::uint64_t> named_;          // numbers, of further copies too
  std::map<std::uint64_t, ledger::Row> damaged_;  // rows by the numbers of copies
  std::vector<std::string> own_restored_;  // of what is to be restored, what is no shard's
  std::vector<Lost> lost_;                 // files that are not as they were written
  std::vector<std::string> beside_;        // reports and lists that are not
  bool made_folder_ = false;               // that of reprints, which goes where nothing comes into it
  std::uint64_t number_ = 0;               // of the order's files
  std::set<std::string> names_;            // of these, as they collide
  std::vector<Part> parts_;
  std::vector<std::size_t> part_of_;       // by chosen_
  std::vector<fs::path> unknown_;          // files on the disk that the ledger doesn't know yet
  Reprinted done_;
};

}  // namespace

bool is_reprint(const ledger::File& file) { return file.split_class == kReprints || file.split_class.starts_with(fmt::format("{}/", kReprints)); }

Result<Reprinted> reprint(const ReprintOrder& order, const Installation& own, Diagnostics& diags) { return Reprinting(order, own, diags).run(); }

}  // namespace handout::batch
