#include "batch/outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "base/expects.h"
#include "base/narrow.h"
#include "batch/proof.h"
#include "batch/shard_folders.h"
#include "batch/split_class.h"
#include "mailings/limits.h"

namespace handout::batch {

using mailings::OutputAs;
using mailings::SplitBy;

namespace {

// A print file holds so many pieces where the mailing doesn't say: what a killed run has to make again. The first of a class are smaller, so that the printer has something soon.
constexpr std::uint64_t kUsualPieces = 5000, kFirstPieces = 1000;
std::uint64_t usual_pieces(std::uint64_t files_before) {
  constexpr std::uint64_t kDoublings = 3;
  return files_before < kDoublings ? kFirstPieces << files_before : kUsualPieces;
}
// Files of pieces that are synced at once: few at first, so that there is soon one to print.
constexpr std::size_t kFilesAtFirst = 16, kFilesAtOnce = 256;
// Pieces of a file that the ledger is given at once.
constexpr std::size_t kPiecesAtOnce = 256;
constexpr std::string_view kOwnFolder = "pieces";

// Names that the job's own files have.
bool is_own_report(std::string_view name) { return mailings::collision_key(std::string(name)) == "report.pdf" || mailings::collision_key(std::string(name)) == "speed.pdf"; }

}  // namespace

std::uint64_t most_pieces(const mailings::Output& output) { return output.pieces_per_file.value_or(output.pages_per_file.value_or(kUsualPieces)); }

struct Outputs::Own {
  explicit Own(const std::filesystem::path& folder) : group(folder / kOwnFolder) {}
  struct Entry { ledger::File file; WrittenPiece piece; };
  FileGroup group;
  std::vector<Entry> entries;  // of pieces that are in no print file
  std::size_t at_once = kFilesAtFirst;
  std::map<std::string, ledger::File> beside;  // of those that are, by name
};

Outputs::Outputs(Job job) : job_(std::move(job)), own_(std::make_unique<Own>(job_.folder)), own_names_(job_.mailing, job_.use), marking_(job_.id, Marking::Room::Known) {}

Result<std::monostate> Outputs::begin(ledger::Ledger& ledger, Diagnostics& diags) {
  ledger_ = &ledger;
  const auto files = ledger.files(diags);
  if (!files) return tl::unexpected<Failure>(Failure{});
  for (const ledger::FileEntry& each : *files) {
    const std::string& name = each.file.name;
    const std::string own = fmt::format("{}/", kOwnFolder);
    if (name.starts_with(own)) {
      own_names_.take(std::string_view(name).substr(own.size()));
    } else {
      ++ended_[each.file.split_class];
      stream_names_.emplace(mailings::collision_key(name), each.file.split_class);
    }
  }
  return std::monostate{};
}

Outputs::~Outputs() = default;

const std::string& Outputs::class_of(const Envelope& envelope) {
  const Piece& piece = envelope.front().piece;
  const std::size_t sheets = sheets_of(envelope);
  std::string& known = alike(piece.merged.like).classes[sheets];
  if (known.empty()) known = class_name(parts_of(piece, sheets, job_.mailing.output), job_.mailing.output);
  return known;
}

std::size_t Outputs::sheets_of(const Envelope& envelope) {
  std::size_t sheets = 0;
  for (const Enclosed& each : envelope) sheets += marks::sheet_count(each.piece.merged.display);
  return sheets;
}

Result<PrintFile*> Outputs::file_for(const std::string& split_class, const Envelope& envelope, Diagnostics& diags) {
  auto& file = open_[split_class];
  if (file) return file.get();
  const Piece& piece = envelope.front().piece;
  const auto parts = parts_of(piece, sheets_of(envelope), job_.mailing.output);
  std::map<std::string, std::string, std::less<>> values{{"mailing", job_.mailing.id}, {"class", split_class}, {"number", fmt::format("{:04}", ended_[split_class] + 1)}};
  for (const auto& [by, value] : parts) values.emplace(std::string(mailings::name(by)), value);
  auto name = mailings::file_name(job_.mailing.output.stream, [&](std::string_view field) -> std::string_view {
    const auto found = values.find(field);
    return found != values.end() ? std::string_view(found->second) : std::string_view();
  });
  if (!name || is_own_report(*name)) return diags.error(job_.mailing.at, fmt::format("print files of class '{}' have no usable name", split_class)).hint("change stream-name in <output>");
  // Files of shards may come together in one folder of a machine.
  if (job_.shard.count > 1) *name = fmt::format("{}-{}", shard_name(job_.shard), *name);
  if (job_.use == marks::JobTicket::For::Proof) name->insert(0, kProofPrefix);
  std::map<std::string, std::string> taken = stream_names_;
  for (const auto& [other, open] : open_) {
    if (open) taken.emplace(mailings::collision_key(open->name()), other);
  }
  if (const auto other = taken.find(mailings::collision_key(*name)); other != taken.end()) {
    return diags.error(job_.mailing.at, fmt::format("print files of the classes '{}' and '{}' have one name", other->second, split_class)).hint("put {class} into stream-name in <output>");
  }
  facts_[split_class] = facts_from(piece);
  file = std::make_unique<PrintFile>(PrintFile::Name{job_.folder, *name, split_class}, print_info(job_.mailing, job_.day, piece.merged.display), pdf::Resources{piece.merged.fonts(), job_.srgb_profile}, print_options(job_.mailing.output), diags);
  return file.get();
}

Outputs::Alike& Outputs::alike(const std::shared_ptr<const Stations>& like) {
  const auto found = alike_.find(like);
  if (found != alike_.end()) return found->second;
  constexpr std::size_t kMostKept = 256;
  if (alike_.size() >= kMostKept) alike_.clear();
  return alike_.emplace(like, Alike{machine_setup(like->styled), {}}).first->second;
}

Result<std::monostate> Outputs::put(Envelope envelope, Diagnostics& diags) {
  const Failure failure;
  const std::string split_class = class_of(envelope);
  const auto& output = job_.mailing.output;
  std::uint64_t pages = 0;
  for (const Enclosed& each : envelope) pages += each.piece.merged.display.pages.size();
  const auto most = [&] { return output.pieces_per_file.value_or(output.pages_per_file ? std::numeric_limits<std::uint64_t>::max() : usual_pieces(ended_[split_class])); };
  // An envelope is never parted: the file ends before it. One that is larger than any file may be has a file of its own.
  const auto has_room = [&](PrintFile& file) { return (!output.pages_per_file || file.pages() + pages <= *output.pages_per_file) && file.pieces().size() + envelope.size() <= most(); };
  if (const auto& open = open_[split_class]; open && !has_room(*open) && !end_file(split_class, diags)) return tl::unexpected(failure);
  const auto file = file_for(split_class, envelope, diags);
  if (!file) return tl::unexpected(failure);
  TicketFacts& facts = facts_[split_class];
  const std::size_t sheets = sheets_of(envelope);
  std::vector<const Piece*> pieces;
  for (const Enclosed& each : envelope) {
    const merge::Merged& merged = each.piece.merged;
    if (merged.like != facts.first && (merged.display.duplex != facts.duplex || std::string(alike(merged.like).setup) != alike(facts.first).setup)) {
      return diags.error(job_.mailing.at, fmt::format("pieces of class '{}' differ in marks, trays or in being printed on both sides: no machine takes them as one file", split_class)).hint("put layout and locale into split-by in <output>");
    }
    pieces.push_back(&each.piece);
  }
  if (!marking_.add(pieces, facts.envelopes, **file, diags)) return tl::unexpected(failure);
  for (std::size_t i = 0; i < envelope.size(); ++i) {
    auto& made = (*file)->pieces();
    made[made.size() - envelope.size() + i].own_name = std::move(envelope[i].own_name);
  }
  facts.add_envelope(sheets);
  merged_ += envelope.size() - 1;
  if ((*file)->pieces().size() >= most() && !end_file(split_class, diags)) return tl::unexpected(failure);
  return std::monostate{};
}

Result<std::monostate> Outputs::collect(Enclosed enclosed, Diagnostics& diags) {
  const Household household = enclosed.piece.task.household;
  if (household != household_ && !put_collected(diags)) return tl::unexpected<Failure>(Failure{});
  household_ = household;
  if (household == Household{}) {
    Envelope alone;
    alone.push_back(std::move(enclosed));
    return put(std::move(alone), diags);
  }
  const auto parts = parts_of(enclosed.piece, 0, job_.mailing.output);
  Collected& collected = collected_[class_name(parts, job_.mailing.output, {SplitBy::Sheets, SplitBy::Weight})];
  const std::size_t sheets = marks::sheet_count(enclosed.piece.merged.display);
  if (!collected.fill.takes(sheets) && !put(std::exchange(collected, {}).envelope, diags)) return tl::unexpected<Failure>(Failure{});
  collected.fill.add(sheets);
  collected.envelope.push_back(std::move(enclosed));
  if (!collected.fill.is_full()) return std::monostate{};
  return put(std::exchange(collected, {}).envelope, diags);
}

Result<std::monostate> Outputs::put_collected(Diagnostics& diags) {
  for (auto& [apart, collected] : std::exchange(collected_, {})) {
    if (!collected.envelope.empty() && !put(std::move(collected.envelope), diags)) return tl::unexpected<Failure>(Failure{});
  }
  return std::monostate{};
}

Result<std::optional<Refused>> Outputs::add(Piece piece, Diagnostics& diags) {
  const OutputAs as = job_.mailing.output.as;
  std::string own;
  if (as != OutputAs::Stream) {
    WrittenPiece made = written(piece, 1);
    auto named = own_names_.name_of(piece, *made.kind);
    if (auto* const refused = std::get_if<Refused>(&named)) return std::optional(std::move(*refused));
    const std::string* const name = std::get_if<std::string>(&named);
    if (!own_->group.add(*name, piece.file, diags)) return tl::unexpected<Failure>(Failure{});
    own = made.own_name = fmt::format("{}/{}", kOwnFolder, *name);
    ledger::File file{own, std::string(ledger::kOwnFileClass), 1, made.pages, made.sheets, piece.file.size(), Sha256().of(piece.file)};
    if (as == OutputAs::Files) own_->entries.push_back({std::move(file), std::move(made)});
    else own_->beside.emplace(own, std::move(file));
  }
  if (as == OutputAs::Files) {
    if (own_->entries.size() < own_->at_once) return std::nullopt;
    own_->at_once = std::min(kFilesAtOnce, own_->at_once * 2);
    if (!commit_own_files(diags)) return tl::unexpected<Failure>(Failure{});
    return std::nullopt;
  }
  if (!collect({std::move(piece), std::move(own)}, diags)) return tl::unexpected<Failure>(Failure{});
  return std::nullopt;
}

Result<std::monostate> Outputs::add_rows_without_piece(Diagnostics& diags) {
  if (!ledger_->add_rejects(rejects_, diags) || !ledger_->add_left_out(left_out_, diags)) return tl::unexpected<Failure>(Failure{});
  rejects_.clear();
  left_out_.clear();
  return std::monostate{};
}

namespace {

// The piece as the ledger takes it; its kind and counts in the open group.
Result<ledger::Piece> noted(ledger::Ledger& ledger, const WrittenPiece& made, ledger::FileId file, Diagnostics& diags) {
  const auto kind = ledger.add_kind(*made.kind, diags);
  if (!kind) return tl::unexpected<Failure>(Failure{});
  if (!made.fallback.empty() && !ledger.add_count(kFallback, made.fallback, 1, diags)) return tl::unexpected<Failure>(Failure{});
  for (const std::string* const what : made.warned) {
    if (!ledger.add_count(kWarned, *what, 1, diags)) return tl::unexpected<Failure>(Failure{});
  }
  ledger::Piece piece;
  piece.number = piece.row = made.row;
  piece.key = made.key;
  piece.kind = *kind;
  piece.pages = made.pages;
  piece.sheets = made.sheets;
  piece.file = file;
  piece.first_page = made.first_page;
  piece.digest = made.digest;
  return piece;
}

}  // namespace

// NAME.json beside the print file, which is committed after it: on the disk before the ledger knows it.
Result<std::monostate> Outputs::write_ticket(const std::string& split_class, PrintFile& file, Diagnostics& diags) {
  return write_file(job_.folder / ticket_name(file.name()), marks::to_json(make_ticket(file, facts_.at(split_class), job_.mailing, {job_.id, job_.use})), diags, Synced::Content);
}

// What the job's report counts beside what the ledger does.
Result<std::monostate> Outputs::add_counts(PrintFile& file, const std::string& split_class, Diagnostics& diags) {
  std::map<std::uint32_t, std::uint64_t> by_pages;
  for (const WrittenPiece& each : file.pieces()) ++by_pages[each.pages];
  for (const auto& [pages, count] : by_pages) {
    if (!ledger_->add_count(kPagesOfPiece, std::to_string(pages), count, diags)) return tl::unexpected<Failure>(Failure{});
  }
  const std::uint64_t merged = file.pieces().size() - facts_.at(split_class).envelopes;
  if (merged > 0 && !ledger_->add_count(kMerged, "", merged, diags)) return tl::unexpected<Failure>(Failure{});
  return ledger_->add_other_file(ticket_name(file.name()), ledger::Personal::No, diags);
}

Result<std::monostate> Outputs::end_file(const std::string& split_class, Diagnostics& diags) {
  const std::unique_ptr<PrintFile> file = std::move(open_[split_class]);
  open_.erase(split_class);
  EXPECTS(file != nullptr && !file->pieces().empty());
  const Failure failure;
  if (!write_ticket(split_class, *file, diags)) return tl::unexpected(failure);
  auto made = file->commit(diags);
  if (!made || !own_->group.commit(diags)) return tl::unexpected(failure);
  if (!ledger_->begin_group(diags)) return tl::unexpected(failure);
  const auto id = ledger_->add_file(*made, diags);
  if (!id) return tl::unexpected(failure);
  std::vector<ledger::Piece> pieces;
  pieces.reserve(kPiecesAtOnce);
  for (const WrittenPiece& each : file->pieces()) {
    auto piece = noted(*ledger_, each, *id, diags);
    if (!piece) return tl::unexpected(failure);
    if (const auto own = own_->beside.find(each.own_name); own != own_->beside.end()) {
      const auto own_id = ledger_->add_file(own->second, diags);
      if (!own_id) return tl::unexpected(failure);
      piece->own_file = *own_id;
      own_->beside.erase(own);
    }
    pieces.push_back(*piece);
    if (pieces.size() < kPiecesAtOnce) continue;
    if (!ledger_->add_pieces(pieces, diags)) return tl::unexpected(failure);
    pieces.clear();
  }
  if (!ledger_->add_pieces(pieces, diags) || !add_counts(*file, split_class, diags) || !add_rows_without_piece(diags) || !ledger_->commit_group(diags)) return tl::unexpected(failure);
  facts_.erase(split_class);
  ++ended_[split_class];
  stream_names_.emplace(mailings::collision_key(made->name), split_class);
  return std::monostate{};
}

Result<std::monostate> Outputs::commit_own_files(Diagnostics& diags) {
  const Failure failure;
  if (!own_->group.commit(diags)) return tl::unexpected(failure);
  if (own_->entries.empty() && rejects_.empty() && left_out_.empty()) return std::monostate{};
  if (!ledger_->begin_group(diags)) return tl::unexpected(failure);
  std::vector<ledger::Piece> pieces;
  for (const Own::Entry& each : own_->entries) {
    const auto id = ledger_->add_file(each.file, diags);
    if (!id) return tl::unexpected(failure);
    auto piece = noted(*ledger_, each.piece, *id, diags);
    if (!piece) return tl::unexpected(failure);
    pieces.push_back(*piece);
    if (!ledger_->add_count(kPagesOfPiece, std::to_string(each.piece.pages), 1, diags)) return tl::unexpected(failure);
  }
  if (!ledger_->add_pieces(pieces, diags) || !add_rows_without_piece(diags) || !ledger_->commit_group(diags)) return tl::unexpected(failure);
  own_->entries.clear();
  return std::monostate{};
}

Outputs::Pending Outputs::pending() const {
  Pending pending{{}, {}, 0, rejects_, left_out_};
  const auto add_own = [&](const ledger::File& file) { pending.files.push_back(file); };
  for (const auto& [split_class, file] : open_) {
    if (!file) continue;
    pending.files.push_back(file->entry());
    pending.pieces.insert(pending.pieces.end(), file->pieces().begin(), file->pieces().end());
    pending.merged += file->pieces().size() - facts_.at(split_class).envelopes;
    for (const WrittenPiece& each : file->pieces()) {
      if (const auto own = own_->beside.find(each.own_name); own != own_->beside.end()) add_own(own->second);
    }
  }
  for (const Own::Entry& each : own_->entries) {
    add_own(each.file);
    pending.pieces.push_back(each.piece);
  }
  return pending;
}

Result<std::monostate> Outputs::finish(Diagnostics& diags) {
  if (!put_collected(diags)) return tl::unexpected<Failure>(Failure{});
  std::vector<std::string> classes;
  for (const auto& [split_class, file] : open_) {
    if (file) classes.push_back(split_class);
  }
  for (const std::string& split_class : classes) {
    if (!end_file(split_class, diags)) return tl::unexpected<Failure>(Failure{});
  }
  return commit_own_files(diags);
}

Result<std::monostate> Outputs::stop(Diagnostics& diags) {
  open_.clear();
  collected_.clear();
  // Files of pieces whose print file has no end: the run that goes on makes them again.
  for (const auto& [name, file] : own_->beside) {
    std::error_code ignored;
    std::filesystem::remove(job_.folder / name, ignored);
  }
  own_->beside.clear();
  if (job_.mailing.output.as == OutputAs::Files) return commit_own_files(diags);
  // Rows that nothing is printed for are settled all the same.
  if (rejects_.empty() && left_out_.empty()) return std::monostate{};
  if (!ledger_->begin_group(diags) || !add_rows_without_piece(diags)) return tl::unexpected<Failure>(Failure{});
  return ledger_->commit_group(diags);
}

}  // namespace handout::batch
