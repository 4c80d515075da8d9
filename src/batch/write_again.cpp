#include "batch/write_again.h"

#include <algorithm>

#include "base/digest.h"
#include "base/expects.h"
#include "base/files.h"
#include "batch/envelope_fill.h"
#include "batch/job_tickets.h"
#include "batch/marking.h"
#include "batch/outputs.h"
#include "batch/people.h"
#include "batch/print_file.h"
#include "batch/reprint.h"
#include "marks/marks.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

// The day that the file was written with: in a joined job, whose day is that of its earliest shard, its shard's.
std::optional<ledger::Day> day_of(const JobAgain& job, const ledger::File& file) {
  const fs::path shard = job.folder / *fs::path(file.name).begin();
  if (!ledger::Ledger::exists(shard)) return job.job.day;
  Diagnostics ignored;
  const auto its = ledger::Ledger::open_read_only(shard, "", ignored);
  return its && its->job().id == job.job.id ? its->job().day : job.job.day;
}

// A print file as it grows. Envelopes come out as Outputs fills them: pieces of one household that follow one another, up to so many.
class Filling {
 public:
  Filling(const JobAgain& job, const ledger::Ledger& ledger, const ledger::File& file, const std::string& profile, Diagnostics& diags) : job_(job), ledger_(ledger), file_(file), profile_(profile), diags_(diags), marking_(job.job.id), reprint_(is_reprint(file)) {}

  bool add(Piece piece) {
    if (reprint_) piece.task.household = {};
    const Household household = piece.task.household;
    const std::size_t sheets = marks::sheet_count(piece.merged.display);
    if (!envelope_.empty() && (household == Household{} || household != envelope_.front().task.household || !fill_.takes(sheets)) && !put()) return false;
    fill_.add(sheets);
    envelope_.push_back(std::move(piece));
    return true;
  }

  // Nothing: it failed.
  std::optional<WrittenAgain> end() {
    if (!put()) return std::nullopt;
    const auto made = out_->finish(diags_);
    if (!made) return std::nullopt;
    if (made->bytes != file_.bytes || made->digest != file_.digest) return WrittenAgain::Differs;
    const auto ticket = ticket_text();
    if (!ticket) return std::nullopt;
    if (ticket->empty()) return WrittenAgain::Differs;
    if (!write_file(job_.folder / ticket_name(file_.name), *ticket, diags_) || !out_->commit(diags_)) return std::nullopt;
    return WrittenAgain::Yes;
  }

 private:
  bool put() {
    EXPECTS(!envelope_.empty());
    if (!out_) {
      const Piece& first = envelope_.front();
      const fs::path path = job_.folder / file_.name;
      out_.emplace(PrintFile::Name{path.parent_path(), path.filename().string(), file_.split_class}, print_info(job_.mailing, day_of(job_, file_), first.merged.display), pdf::Resources{first.merged.fonts(), profile_}, print_options(job_.mailing.output), diags_);
      facts_ = facts_from(first);
    }
    std::vector<const Piece*> pieces;
    std::size_t sheets = 0;
    for (const Piece& each : envelope_) {
      pieces.push_back(&each);
      sheets += marks::sheet_count(each.merged.display);
    }
    // Of files alone no piece has marks, printed again or not.
    const bool added = written_as(job_.job) == mailings::OutputAs::Files ? out_->add(envelope_.front(), envelope_.front().merged.display, diags_).has_value() : marking_.add(pieces, facts_.envelopes, *out_, diags_).has_value();
    if (!added) return false;
    facts_.add_envelope(sheets);
    envelope_.clear();
    fill_ = {};
    return true;
  }

  // As it was written; "": it would come out otherwise. That of a reprint has the number of an event, which in a joined job is the shard's: the one with which the ticket is what the ledger knows.
  std::optional<std::string> ticket_text() {
    constexpr std::uint64_t kJoinedAnew = 16;  // events of a shard that the joined ledger has not: one each time that it was joined
    const auto known = ledger_.other_file(ticket_name(file_.name), diags_);
    const auto last = known ? ledger_.last_event(diags_) : tl::unexpected<Failure>(Failure{});
    if (!last) return std::nullopt;
    const auto use = is_proof(job_.job) ? marks::JobTicket::For::Proof : reprint_ ? marks::JobTicket::For::Reprint : marks::JobTicket::For::Mailing;
    marks::JobTicket ticket = make_ticket(*out_, facts_, job_.mailing, {job_.job.id, use});
    Sha256 hash;
    const auto is_known = [&](const std::string& text) { return !*known || (text.size() == (*known)->size && hash.of(text) == (*known)->digest); };
    for (std::uint64_t event = 1; reprint_ && event <= *last + kJoinedAnew; ++event) {
      ticket.reason = event;
      if (std::string text = marks::to_json(ticket); *known && is_known(text)) return text;
    }
    std::string text = marks::to_json(ticket);
    return !reprint_ && is_known(text) ? text : std::string();
  }

  const JobAgain& job_;
  const ledger::Ledger& ledger_;
  const ledger::File& file_;
  const std::string& profile_;
  Diagnostics& diags_;
  Marking marking_;
  bool reprint_;
  std::vector<Piece> envelope_;
  EnvelopeFill fill_;                      // of the envelope
  std::optional<PrintFile> out_;
  TicketFacts facts_{};
};

Result<WrittenAgain> write_own_file(const JobAgain& job, const ledger::File& file, std::span<const ledger::PieceEntry> pieces, PiecesAgain& again, Diagnostics& diags) {
  WrittenAgain result = WrittenAgain::Differs;
  const auto take = [&](const Piece& piece, const ledger::PieceEntry&) {
    if (piece.file.size() != file.bytes || Sha256().of(piece.file) != file.digest) return true;
    result = WrittenAgain::Yes;
    return write_file(job.folder / file.name, piece.file, diags).has_value();
  };
  if (!again.each(pieces, PiecesAgain::OwnFiles::Yes, take, diags)) return tl::unexpected<Failure>(Failure{});
  return result;
}

}  // namespace

Result<WrittenAgain> write_again(const JobAgain& job, const ledger::Ledger& ledger, const FileAgain& lost, PiecesAgain& again, Diagnostics& diags) {
  const auto& [file, pieces] = lost;
  EXPECTS(!pieces.empty());
  std::error_code not_made;
  const fs::path folder = (job.folder / file.name).parent_path();
  fs::create_directories(folder, not_made);
  if (not_made) return diags.machine_error(Span::of_file(folder.string()), "could not be made: " + not_made.message());
  if (file.split_class == ledger::kOwnFileClass) return write_own_file(job, file, pieces, again, diags);
  Filling filling(job, ledger, file, again.profile(), diags);
  if (!again.each(pieces, PiecesAgain::OwnFiles::No, [&](Piece piece, const ledger::PieceEntry&) { return filling.add(std::move(piece)); }, diags)) return tl::unexpected<Failure>(Failure{});
  const auto ended = filling.end();
  if (!ended) return tl::unexpected<Failure>(Failure{});
  return *ended;
}

}  // namespace handout::batch
