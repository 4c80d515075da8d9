#include "batch/batch.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <set>
#include <thread>

#include "base/background.h"
#include "base/digest.h"
#include "base/expects.h"
#include "base/files.h"
#include "batch/check_names.h"
#include "batch/closing.h"
#include "batch/envelope_counter.h"
#include "batch/open_job.h"
#include "batch/own_names.h"
#include "batch/people.h"
#include "batch/proof.h"
#include "batch/request_maker.h"
#include "batch/shard_folders.h"
#include "batch/snapshot.h"
#include "batch/speed_recorder.h"
#include "batch/told_alike.h"
#include "batch/warnings.h"
#include "batch/works.h"
#include "recipients/bytes.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kProfileLimit = 4u << 20;
constexpr int kInputsFault = 1;  // Diagnostics::exit_code()
constexpr std::size_t kMadeIdLetters = 8;  // hexadecimal digits of a job's id where the mailing gives none

Result<std::string> secret_of(const mailings::Mailing& mailing, const fs::path& root, Diagnostics& diags) {
  if (mailing.ledger.keys != mailings::KeyStyle::Hashed || !mailing.ledger.key_file) return std::string();
  return ledger::read_secret(mailings::resolve(*mailing.ledger.key_file, root), diags);
}

class Run {
 public:
  Run(const Order& order, const Installation& own, Watcher& watcher, const std::atomic<bool>& stop, Diagnostics& diags) : order_(order), own_(own), watcher_(watcher), stop_(stop), diags_(diags) {}

  Result<Outcome> run() {
    auto outcome = run_told_of_copies();
    if (order_.writes == Writes::Files) tell_of_originals(order_.folder, own_, diags_);
    return outcome;
  }

 private:
  static tl::unexpected<Failure> failed() { return tl::unexpected<Failure>(Failure{}); }

  // What is wrong with an input is told of its copy.
  Result<Outcome> run_told_of_copies() {
    // What the machine has is read in the background, while the inputs are read and copied here.
    fonts_ahead_ = background_.run([this] { return read_font_inputs(own_, {}); });
    auto mailing = mailings::read_mailing(order_.mailing, order_.overrides, diags_);
    if (!mailing) return failed();
    mailing_ = std::move(*mailing);
    read_hyphenation_ahead();
    if (order_.as) mailing_.output.as = *order_.as;
    Pipeline& originals = works_.originals.emplace(own_, works_.hyphenation);
    if (!check_names(mailing_, originals, diags_)) return failed();
    auto inputs = collect_inputs({order_.mailing, order_.recipients, order_.folder, order_.overrides}, mailing_, own_, diags_);
    if (!inputs) return failed();
    if (order_.goes == Goes::GoOn && !ledger::Ledger::exists(order_.folder)) return diags_.error(Span::of_file(order_.folder.string()), "holds no job to go on with").hint("without --resume the job is begun");
    if (order_.proof) {
      if (!read_day_of_job() || !choose(originals)) return failed();
      if (stop_) return stopped();
      // A proof goes on as this proof only, and never as the mailing.
      inputs->files.push_back({{}, {"proof", fmt::format("{} pieces at most", *order_.proof), Sha256().of(outcome_.proof->to_json()), 0, "", ledger::Personal::No}});
    }
    if (order_.writes == Writes::Nothing) return take_fonts(*inputs) ? make_all(Snapshot({}, {})) : failed();
    auto secret = secret_of(mailing_, own_.layouts.parent_path(), diags_);
    if (!secret) return failed();
    auto folder = JobFolder::take(order_.folder, order_.shard, diags_);
    if (!folder) return failed();
    folder_ = std::move(*folder);
    const JobToOpen opened{order_, mailing_, inputs->files, *secret};
    if (!folder_->has_job()) return begin(opened, *inputs);
    return take_fonts(*inputs) ? go_on(opened) : failed();
  }

  bool take_fonts(Collected& inputs) {
    const bool are_there = add_fonts(inputs, own_, std::move(fonts_ahead_), diags_).has_value();
    fonts_ = std::move(inputs.fonts);
    return are_there;
  }

  Result<Outcome> go_on(const JobToOpen& opened) {
    auto ledger = go_on_with_job(opened, diags_);
    if (!ledger) return failed();
    ledger_ = std::move(*ledger);
    if (!note_refused_before()) return failed();
    const auto totals = ledger_->totals(diags_);
    if (!totals) return failed();
    note_earlier(*totals);
    if (!totals->finished) return make_all(Snapshot(order_.folder, ledger_->job().inputs));
    outcome_.ended = Ended::DoneBefore;
    if (order_.refused == OriginalRows::Leave && !ledger_->shred(kRejectedRows, order_.today, diags_)) return failed();
    return std::move(outcome_);
  }

  // While the ledger is made the first handouts are, from the copies.
  Result<Outcome> begin(const JobToOpen& opened, Collected& inputs) {
    if (!may_begin(order_.folder, diags_)) return failed();
    Result<Outcome> outcome = failed();
    if (copy_inputs(opened.inputs, order_.folder, diags_) && take_fonts(inputs)) {
      new_job_.emplace(opened, background_);
      outcome = make_all(Snapshot(order_.folder, new_job_->job().inputs));
    }
    const bool stands = has_ledger();
    if (!folder_->is_there()) return diags_.machine_error(Span::of_file(order_.folder.string()), "was removed while the job was made").hint("begin the job in another folder");
    if (!stands) {
      folder_->remove_copies();
      return failed();
    }
    if (outcome || diags_.exit_code() != kInputsFault || !ledger_->settled().empty()) return outcome;
    // Nothing is made, and what was given has a fault: with the mended one the same command is to begin.
    ledger_.reset();
    folder_->remove_job();
    diags_.note(Span::of_file(order_.folder.string()), "nothing was made, and no job is left there: once the fault is mended, the same command begins it");
    return outcome;
  }

  // Waits for that of a new job.
  bool has_ledger() {
    if (!new_job_) return ledger_.has_value();
    auto made = new_job_->ledger(diags_);
    if (made) ledger_ = std::move(*made);
    new_job_.reset();
    return ledger_.has_value();
  }

  // The patterns that most text will be hyphenated by.
  void read_hyphenation_ahead() {
    const std::optional<unicode::Locale> locale = mailing_.locale.fixed ? mailing_.locale.fixed : mailing_.locale.fallback;
    if (locale) background_.run([locale, hyphenation = works_.hyphenation] { static_cast<void>(hyphenation->problem(*locale)); });
  }

  // A proof is chosen for the day of the job, where it goes on.
  bool read_day_of_job() {
    if (order_.writes == Writes::Nothing || !ledger::Ledger::exists(order_.folder)) return true;
    const auto ledger = ledger::Ledger::open_read_only(order_.folder, "", diags_);
    if (ledger) day_ = ledger->job().day;
    return ledger.has_value();
  }

  // Which of the rows that are read again were refused: the limit looks at them in their place.
  bool note_refused_before() {
    const auto rejects = ledger_->rejects(diags_);
    if (!rejects) return false;
    for (const ledger::Reject& reject : *rejects) {
      refused_before_.insert(reject.row);
      count_reason({reject.row, reject.column, reject.reason});
    }
    return true;
  }

  Result<Outcome> stopped() {
    outcome_.ended = Ended::Stopped;
    return std::move(outcome_);
  }

  Result<std::monostate> choose(Pipeline& pipeline) {
    const Snapshot none({}, {});
    const fs::path root = own_.layouts.parent_path();
    auto maker = RequestMaker::make(mailing_, none, root, order_.recipients.string(), pipeline, diags_);
    if (!maker) return failed();
    auto people = People::open(mailing_, sources_of(none), diags_);
    if (!people) return failed();
    auto proof = choose_proof({*people, *maker, pipeline, mailing_.at}, *order_.proof, stop_, diags_);
    if (!proof) return failed();
    outcome_.proof = std::move(*proof);
    return std::monostate{};
  }

  PeopleSources sources_of(const Snapshot& snapshot) {
    // Copies are read, and messages name what was given.
    const auto named = [&](const fs::path& original) { return NamedFile{snapshot.locate(original), original.string()}; };
    PeopleSources sources{named(order_.recipients), {}, order_.shard, day(), {}};
    for (const mailings::Suppression& each : mailing_.suppressions) sources.suppressions.push_back(named(mailings::resolve(each.file, own_.layouts.parent_path())));
    sources.passing = [this](std::uint64_t rows) {
      outcome_.tally.rows = rows;
      watcher_.see(outcome_.tally);
      return !stop_;
    };
    return sources;
  }

  // Of the job, where there is one; it keeps its day.
  [[nodiscard]] std::optional<ledger::Day> day() const {
    if (ledger_ || new_job_) return job().day;
    return day_ ? day_ : order_.day ? order_.day : order_.today;
  }

  void note_earlier(const ledger::Totals& totals) {
    Tally& tally = outcome_.tally;
    tally.kept = tally.pieces = totals.pieces;
    tally.pages = totals.pages;
    tally.sheets = totals.sheets;
    tally.files = totals.files - totals.files_again;
    tally.rejected = totals.rejected;
    tally.filtered = totals.filtered;
    tally.suppressed = totals.suppressed;
    tally.duplicates = totals.duplicates;
    if (totals.finished) tally.rows = totals.rows_in.value_or(0);
    for (const ledger::Count& count : totals.counts) {
      if (count.name == kFallback) tally.fallbacks[count.detail] = count.value;
      if (count.name == kMerged) tally.merged += count.value;
      if (count.name == kWarned) outcome_.warnings[count.detail].pieces += count.value;
    }
  }

  // Where nothing is written there is none yet: one of the widest.
  std::string id_of_marks() const {
    if (order_.writes == Writes::Files) return job().id;
    return mailing_.job_id.empty() ? std::string(kMadeIdLetters, 'D') : mailing_.job_id;
  }

  PressOptions press_options() const {
    PressOptions options;
    options.threads = order_.threads != 0 ? order_.threads : std::max(1U, std::thread::hardware_concurrency());
    options.own_files = mailing_.output.as != mailings::OutputAs::Stream && order_.writes == Writes::Files;
    options.file.purpose = mailing_.output.purpose == mailings::Purpose::Print ? pdf::Purpose::Print : pdf::Purpose::Screen;
    options.fill_sheets = mailing_.output.as != mailings::OutputAs::Files;
    if (options.fill_sheets) options.marks = MarksToCome{id_of_marks(), most_pieces(mailing_.output) - 1, mailing_.household == mailings::Household::None ? marks::Alone::Yes : marks::Alone::No};
    return options;
  }

  // Of FHIR patients.
  bool check_shards_day() {
    const std::string why = "is of FHIR patients, whose keys and addresses go by the day: shards that are begun on two days would print some twice and others never";
    const Span at = Span::of_file(order_.recipients.string());
    if (!order_.day) return diags_.error(at, why).hint("give every shard the same --day YYYY-MM-DD"), false;
    const auto other = shard_of_another_day(order_.folder, order_.day, diags_);
    if (!other) return false;
    if (!*other) return true;
    const std::string day = (*other)->day ? ledger::to_text(*(*other)->day) : "not known";
    return diags_.error(at, fmt::format("{}; the day of {} is {}, and {} was given", why, (*other)->folder, day, ledger::to_text(*order_.day))).hint("give every shard the same --day, or begin all of them in a new folder"), false;
  }

  Result<Outcome> make_all(const Snapshot& snapshot) {
    const bool writes = order_.writes == Writes::Files;
    Pipeline& pipeline = works_.pipeline.emplace(writes ? snapshot.installation(own_) : own_, works_.hyphenation);
    if (fonts_) pipeline.take(std::move(*fonts_));
    // Countries, that is: nothing is wrong until an address needs one.
    background_.run([addresses = pipeline.addresses()]() mutable { addresses.read_ahead(); });
    const fs::path root = pipeline.installation().layouts.parent_path();
    auto maker = RequestMaker::make(mailing_, snapshot, root, order_.recipients.string(), pipeline, diags_);
    if (!maker) return failed();
    auto people = People::open(mailing_, sources_of(snapshot), diags_);
    if (!people) return failed();
    if (new_job_ && order_.shard.count > 1 && people->format() == recipients::Format::Fhir && !check_shards_day()) return failed();
    const auto profile = read_file(pipeline.installation().srgb_profile, Span::of_file(pipeline.installation().srgb_profile.string()), kProfileLimit, diags_);
    if (!profile) return failed();
    std::optional<Outputs> outputs;
    if (writes) outputs.emplace(Outputs::Job{mailing_, order_.folder, job().id, *profile, order_.proof ? marks::JobTicket::For::Proof : marks::JobTicket::For::Mailing, order_.shard, job().day});
    Anybody anybody(maker->declared(), mailing_.at);
    const LetGo before_anybody(works_);  // who is asked by the press
    Press& press = works_.press.emplace(works_.merger.emplace(pipeline), pipeline, anybody, press_options(), *profile);
    const auto ended = feed(snapshot, *people, *maker, press, outputs ? &*outputs : nullptr);
    if (!ended) return failed();
    outcome_.ended = *ended;
    outcome_.refusals.met = rejected_;
    outcome_.refusals.limit = mailing_.limit;
    outcome_.tally.rows = people->rows();
    speed_.end(outcome_.tally.pieces - outcome_.tally.kept);
    if (writes) {
      const bool at_break = list_broke_ && *ended == Ended::Stopped && !stop_;
      const ToClose all{order_, mailing_, speed_, press_options().threads, snapshot, *people, *ledger_, *outputs, works_};
      if (!(at_break ? close_at_break(all, outcome_, diags_) : close_job(all, *ended, outcome_, diags_))) return failed();
    }
    watcher_.see(outcome_.tally);
    return std::move(outcome_);
  }

  [[nodiscard]] const ledger::Job& job() const { return ledger_ ? ledger_->job() : new_job_->job(); }

  // Of a share: as soon as there will be, before files are written that nobody may send. Where it looks so by the part of the list that was read, its rows are counted.
  bool has_too_many_rejects(const Snapshot& snapshot, const People& people) {
    const mailings::RejectLimit& limit = mailing_.limit;
    if (limit.rows && rejected_ > *limit.rows) return true;
    if (!limit.share) return false;
    const auto are_too_many = [&](double rows) { return static_cast<double>(rejected_) > *limit.share * rows; };
    if (!more_ || people.is_sorted()) return are_too_many(static_cast<double>(people.own_rows()));
    const auto expected = people.rows_expected();
    if (!expected || !are_too_many(*expected)) return false;
    if (!rows_in_list_) rows_in_list_ = rows_of_list(snapshot);
    return *rows_in_list_ > 0 && are_too_many(static_cast<double>(*rows_in_list_));
  }

  // This shard's; 0: the list can't be read to its end, or this is to stop.
  std::uint64_t rows_of_list(const Snapshot& snapshot) {
    Diagnostics told_later;
    PeopleSources sources = sources_of(snapshot);
    sources.passing = nullptr;
    auto people = People::open(mailing_, sources, told_later);
    for (;;) {
      const auto next = people && !stop_ ? people->next(told_later) : tl::unexpected<Failure>(Failure{});
      if (!next) return 0;
      if (std::holds_alternative<NoMore>(*next)) return people->own_rows();
    }
  }

  // Reasons have numbers in them, so there may be many.
  void count_reason(const Refused& refused) {
    constexpr std::size_t kMostReasons = 1000;
    auto& often = outcome_.refusals.often;
    const std::string reason = told_alike(describe(refused));
    ++(often.size() < kMostReasons || often.contains(reason) ? often[reason] : often["other reasons"]);
  }

  void refuse(const Refused& refused, Outputs* outputs) {
    ++outcome_.tally.rejected;
    ++rejected_;
    auto& first = outcome_.refusals.first;
    first.insert(std::upper_bound(first.begin(), first.end(), refused, [](const Refused& a, const Refused& b) { return a.row < b.row; }), refused);
    if (first.size() > Refusals::kMostFirst) first.pop_back();
    count_reason(refused);
    if (outputs != nullptr) outputs->add(refused);
  }

  // Once for each fault.
  void warn_of(const Diagnostics& faults) {
    for (const Diagnostic& each : faults.all()) {
      if (each.severity == Severity::Error && faults_told_.insert(to_text(each.at) + each.message).second) diags_.warning(each.at, each.message + "; rows are refused for it").hint(each.hint);
    }
  }

  // Reads people, has their handouts made, and takes them in their order. Null `outputs`: nothing is written.
  Result<Ended> feed(const Snapshot& snapshot, People& people, RequestMaker& maker, Press& press, Outputs* outputs) {
    if (!fill(people, maker, press, outputs)) return failed();
    // Until the ledger stands, what can be made without it is.
    while (new_job_ && !new_job_->is_ready() && !stop_ && press.make_one()) continue;
    if (outputs != nullptr && (!has_ledger() || !outputs->begin(*ledger_, diags_))) return failed();
    while (!press.is_empty() || more_) {
      if (stop_) return Ended::Stopped;
      if (!fill(people, maker, press, outputs)) return failed();
      outcome_.tally.rows = people.rows();
      if (has_too_many_rejects(snapshot, people)) return Ended::TooManyRejects;
      if (press.is_empty()) continue;
      for (Made& made : press.take()) {
        if (!put_out(std::move(made), people, outputs)) return failed();
      }
      outcome_.tally.share = people.share();
      speed_.see(outcome_.tally.pieces - outcome_.tally.kept);
      watcher_.see(outcome_.tally);
    }
    if (people.is_interrupted()) return Ended::Stopped;
    if (list_broke_) return Ended::Stopped;
    return has_too_many_rejects(snapshot, people) ? Ended::TooManyRejects : Ended::Done;
  }

  // As much as the press takes.
  Result<std::monostate> fill(People& people, RequestMaker& maker, Press& press, Outputs* outputs) {
    while (more_ && !stop_ && !press.is_full()) {
      std::vector<Task> tasks;
      while (more_ && !stop_ && tasks.size() < Press::kTasksAtOnce) {
        auto next = next_person(people);
        if (!next) {
          // Of a list that ends where it shouldn't, the rows before count once any of them is on the disk.
          if (!ledger_ || ledger_->settled().empty() || diags_.exit_code() != kInputsFault) return failed();
          list_broke_ = true;
          more_ = false;
          break;
        }
        more_ = !std::holds_alternative<NoMore>(*next);
        if (more_) take_in(std::move(*next), people, maker, outputs, tasks);
      }
      if (!tasks.empty()) press.put(std::move(tasks));
    }
    return std::monostate{};
  }

  // The first of a list that is sorted takes a pass over all of it.
  Result<NextPerson> next_person(People& people) {
    const bool first = people.rows() == 0;
    auto next = people.next(diags_);
    if (first && people.is_sorted()) {
      speed_.begin_again();
      outcome_.first_pass_seconds = speed_.first_pass();
    }
    if (!next || !outcome_.proof) return next;
    // Rows that are not chosen have nothing to do with a proof, faulty or not.
    const auto row = std::visit([](const auto& each) -> std::uint64_t {
      if constexpr (std::is_same_v<std::decay_t<decltype(each)>, NoMore>) return 0;
      else return each.row;
    }, *next);
    if (row != 0 && !outcome_.proof->has(row)) return NextPerson(LeftOut{row, ledger::LeftOutBecause::Filtered});
    return next;
  }

  void take_in(NextPerson next, const People& people, RequestMaker& maker, Outputs* outputs, std::vector<Task>& tasks) {
    const auto is_settled = [&](std::uint64_t row) {
      const bool settled = ledger_ && ledger_->settled().contains(row);
      if (settled && refused_before_.contains(row)) ++rejected_;
      return settled;
    };
    if (const auto* refused = std::get_if<Refused>(&next)) {
      if (!is_settled(refused->row)) refuse(*refused, outputs);
    } else if (const auto* left_out = std::get_if<LeftOut>(&next)) {
      if (is_settled(left_out->row)) return;
      using Because = ledger::LeftOutBecause;
      Tally& tally = outcome_.tally;
      ++(left_out->why == Because::Filtered ? tally.filtered : left_out->why == Because::Suppressed ? tally.suppressed : tally.duplicates);
      if (outputs != nullptr) outputs->add(*left_out);
    } else if (auto* somebody = std::get_if<Somebody>(&next)) {
      if (is_settled(somebody->row)) return;
      const std::uint64_t row = somebody->row;
      const Household household = somebody->household;
      std::string key = somebody->person.recipient.key;
      auto wanted = maker.request_for(std::move(*somebody));
      if (auto* no = std::get_if<Refused>(&wanted)) {
        no->column = people.column_of(no->column);
        return refuse(*no, outputs);
      }
      tasks.push_back({row, std::move(key), std::move(std::get<Wanted>(wanted)), household});
    }
  }

  Result<std::monostate> put_out(Made made, const People& people, Outputs* outputs) {
    const auto refuse_for_field = [&](Refused refused) {
      refused.column = people.column_of(refused.column);
      refuse(refused, outputs);
    };
    if (const auto* refused = std::get_if<Refused>(&made)) {
      refuse_for_field(*refused);
      return std::monostate{};
    }
    if (const auto* none = std::get_if<Failed>(&made)) {
      // Before any piece is made the job ends: whoever is at fault mends it and begins again. Later that would leave a job without an end, whose pieces may be in the post.
      if (none->row && outcome_.tally.pieces > 0) {
        warn_of(none->why);
        refuse_for_field(*none->row);
        return std::monostate{};
      }
      diags_.append(none->why);
      return failed();
    }
    Piece& piece = std::get<Piece>(made);
    warnings_.note(piece);
    Tally& tally = outcome_.tally;
    const auto pages = piece.merged.display.pages.size();
    const auto sheets = marks::sheet_count(piece.merged.display);
    const std::string fallback = piece.task.wanted.fallback;
    if (outputs == nullptr && mailing_.output.as != mailings::OutputAs::Stream) {
      const auto named = own_names_.name_of(piece, kind_of(piece));
      if (const auto* refused = std::get_if<Refused>(&named)) {
        warnings_.take_back(piece.warned, piece.task.row);
        refuse_for_field(*refused);
        return std::monostate{};
      }
    }
    if (outputs == nullptr && envelopes_.is_merged(piece)) ++tally.merged;
    if (outputs != nullptr) {
      const std::uint64_t row = piece.task.row;
      const std::vector<const std::string*> warned = piece.warned;
      const auto refused = outputs->add(std::move(piece), diags_);
      if (!refused) return failed();
      if (*refused) {
        warnings_.take_back(warned, row);
        refuse_for_field(**refused);
        return std::monostate{};
      }
    }
    ++tally.pieces;
    tally.pages += pages;
    tally.sheets += sheets;
    if (!fallback.empty()) ++tally.fallbacks[fallback];
    return std::monostate{};
  }

  const Order& order_;
  const Installation& own_;
  Watcher& watcher_;
  const std::atomic<bool>& stop_;
  Diagnostics& diags_;
  mailings::Mailing mailing_;
  // Of a dry run, as Outputs has them.
  EnvelopeCounter envelopes_{mailing_.output};
  OwnNames own_names_{mailing_, marks::JobTicket::For::Mailing};
  Outcome outcome_;
  Warnings warnings_{outcome_.warnings};
  SpeedRecorder speed_;
  ledger::RowSet refused_before_;
  std::set<std::string> faults_told_;
  std::future<FontInputs> fonts_ahead_;
  std::optional<fonts::Fonts> fonts_;  // of the copied list, opened already
  Works works_;
  std::optional<JobFolder> folder_;       // for longer than what is made in it
  std::optional<ledger::Day> day_;        // of the job that a proof goes on with
  std::optional<std::uint64_t> rows_in_list_;  // counted
  std::optional<NewJob> new_job_;         // until its ledger stands
  std::optional<ledger::Ledger> ledger_;
  bool more_ = true;                      // people, as far as is known
  bool list_broke_ = false;
  std::uint64_t rejected_ = 0;  // of the rows met by this run, whenever they were refused
  Background background_;  // ends before what its work refers to
};

}  // namespace

std::string describe(const Refused& refused) { return refused.column.empty() ? refused.reason : fmt::format("column '{}': {}", recipients::shown(refused.column), refused.reason); }

Result<Outcome> run(const Order& order, const Installation& own, Watcher& watcher, const std::atomic<bool>& stop, Diagnostics& diags) { return Run(order, own, watcher, stop, diags).run(); }

}  // namespace handout::batch
