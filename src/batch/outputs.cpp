#include "batch/outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/expects.h"
#include "base/narrow.h"
#include "base/numbers.h"
#include "batch/print_file.h"

namespace handout::batch {

using mailings::OutputAs;
using mailings::SplitBy;

namespace {

// A print file holds so many pieces where the mailing doesn't say: what a killed run has to make again.
constexpr std::uint64_t kUsualPieces = 10000;
// Files of pieces that are synced at once.
constexpr std::size_t kFilesAtOnce = 256;
constexpr std::string_view kOwnFolder = "pieces";

std::string paper_name(Size size) {
  struct Paper { Size size; std::string_view name; };
  static constexpr Paper kPapers[] = {{{612_pt, 792_pt}, "Letter"}, {{612_pt, 1008_pt}, "Legal"}, {{210_mm, 297_mm}, "A4"}, {{148_mm, 210_mm}, "A5"}};
  for (const Paper& paper : kPapers) {
    const auto near = [](Length a, Length b) { return a - b < 1_pt && b - a < 1_pt; };
    if (near(size.width, paper.size.width) && near(size.height, paper.size.height)) return std::string(paper.name);
    if (near(size.width, paper.size.height) && near(size.height, paper.size.width)) return std::string(paper.name) + "-landscape";
  }
  const auto millimetres = [](Length length) { return decimal_text(length.points() * 25.4 / 72, 0); };
  return millimetres(size.width) + "x" + millimetres(size.height);
}

// Grams: the paper's area by its weight.
double weight_of(const Piece& piece, int grams_a_square_metre) {
  const Size size = piece.merged.display.pages.front().size;
  const double metres = size.width.points() * size.height.points() * (0.0254 / 72) * (0.0254 / 72);
  return metres * grams_a_square_metre * static_cast<double>(marks::sheet_count(piece.merged.display));
}

std::string weight_class(const Piece& piece, const mailings::Output& output) {
  if (!output.sheet_weight || output.weight_steps.empty()) return "any";
  const double grams = weight_of(piece, *output.sheet_weight);
  for (const int step : output.weight_steps) {
    if (grams <= step) return fmt::format("{}g", step);
  }
  return fmt::format("over-{}g", output.weight_steps.back());
}

// What a print room needs apart. Sheets of two sizes are never in one file.
std::map<SplitBy, std::string> parts_of(const Piece& piece, const mailings::Output& output) {
  const WrittenPiece made = written(piece, 1);
  return {{SplitBy::Layout, made.kind.profile == "standard" ? made.kind.layout : made.kind.layout + "-" + made.kind.profile},
          {SplitBy::Paper, paper_name(piece.merged.display.pages.front().size)},
          {SplitBy::Locale, made.kind.locale},
          {SplitBy::Sheets, fmt::format("{}-sheet{}", made.sheets, made.sheets == 1 ? "" : "s")},
          {SplitBy::Weight, weight_class(piece, output)}};
}

}  // namespace

struct Outputs::Own {
  explicit Own(const std::filesystem::path& folder) : group(folder / kOwnFolder) {}
  struct Entry { ledger::File file; WrittenPiece piece; };
  FileGroup group;
  std::vector<Entry> entries;  // of pieces that are in no print file
  std::map<std::string, ledger::File> beside;  // of those that are, by name
};

Outputs::Outputs(Job job, ledger::Ledger& ledger) : job_(std::move(job)), ledger_(ledger), own_(std::make_unique<Own>(job_.folder)), marking_(job_.id) {}

Result<std::monostate> Outputs::begin(Diagnostics& diags) {
  const auto files = ledger_.files(diags);
  if (!files) return tl::unexpected<Failure>(Failure{});
  for (const ledger::FileEntry& each : *files) {
    const std::string& name = each.file.name;
    const std::string own = fmt::format("{}/", kOwnFolder);
    if (name.starts_with(own)) {
      own_names_.insert(mailings::collision_key(std::string_view(name).substr(own.size())));
    } else {
      ++ended_[each.file.split_class];
      stream_names_.emplace(mailings::collision_key(name), each.file.split_class);
    }
  }
  return std::monostate{};
}

Outputs::~Outputs() = default;

std::string Outputs::class_of(const Piece& piece) const {
  const auto parts = parts_of(piece, job_.mailing.output);
  std::string name;
  const auto add = [&](const std::string& part) { name += (name.empty() ? "" : "-") + part; };
  const auto& by = job_.mailing.output.split_by;
  for (const SplitBy each : by) add(parts.at(each));
  if (std::find(by.begin(), by.end(), SplitBy::Paper) == by.end()) add(parts.at(SplitBy::Paper));
  return name;
}

Result<PrintFile*> Outputs::file_for(const std::string& split_class, const Piece& piece, Diagnostics& diags) {
  auto& file = open_[split_class];
  if (file) return file.get();
  const auto parts = parts_of(piece, job_.mailing.output);
  std::map<std::string, std::string, std::less<>> values{{"mailing", job_.mailing.id}, {"class", split_class}, {"number", fmt::format("{:04}", ended_[split_class] + 1)}};
  for (const auto& [by, value] : parts) values.emplace(std::string(mailings::name(by)), value);
  const auto name = mailings::file_name(job_.mailing.output.stream, [&](std::string_view field) -> std::string_view {
    const auto found = values.find(field);
    return found != values.end() ? std::string_view(found->second) : std::string_view();
  });
  if (!name) return diags.error(job_.mailing.at, fmt::format("print files of class '{}' have no usable name", split_class)).hint("change stream-name in <output>");
  std::map<std::string, std::string> taken = stream_names_;
  for (const auto& [other, open] : open_) {
    if (open) taken.emplace(mailings::collision_key(open->name()), other);
  }
  if (const auto other = taken.find(mailings::collision_key(*name)); other != taken.end()) {
    return diags.error(job_.mailing.at, fmt::format("print files of the classes '{}' and '{}' have one name", other->second, split_class)).hint("put {class} into stream-name in <output>");
  }
  file = std::make_unique<PrintFile>(PrintFile::Name{job_.folder, *name, split_class}, piece.merged.display, pdf::Resources{piece.merged.fonts(), job_.srgb_profile}, print_options(job_.mailing.output), diags);
  return file.get();
}

Result<std::string> Outputs::own_name(const Piece& piece) {
  const request::Request& request = piece.task.wanted.request;
  recipients::Person person{*request.recipient, {}};
  person.fields.assign(request.fields.begin(), request.fields.end());
  const WrittenPiece made = written(piece, 1);
  std::string last;
  const auto name = mailings::file_name(job_.mailing.output.file, [&](std::string_view field) -> std::string_view {
    if (field == "mailing") return job_.mailing.id;
    if (field == "number") last = std::to_string(piece.task.row);
    else if (field == "locale") last = made.kind.locale;
    else if (field == "layout") last = made.kind.layout;
    else if (field == "profile") last = made.kind.profile;
    else last = value_of(person, field);
    return last;
  });
  if (!name || !own_names_.insert(mailings::collision_key(*name)).second) return tl::unexpected<Failure>(Failure{});
  return *name;
}

Result<std::optional<Refused>> Outputs::add(Piece piece, Diagnostics& diags) {
  const OutputAs as = job_.mailing.output.as;
  WrittenPiece made = written(piece, 1);
  if (as != OutputAs::Stream) {
    const auto name = own_name(piece);
    if (!name) return std::optional(Refused{piece.task.row, "", "the file for this row has no usable name, or that of an earlier row; see file-name in the mailing's <output>"});
    if (!own_->group.add(*name, piece.file, diags)) return tl::unexpected<Failure>(Failure{});
    made.own_name = fmt::format("{}/{}", kOwnFolder, *name);
    ledger::File file{made.own_name, "pieces", 1, made.pages, made.sheets, piece.file.size(), Sha256Maker().of(piece.file)};
    if (as == OutputAs::Files) own_->entries.push_back({std::move(file), made});
    else own_->beside.emplace(made.own_name, std::move(file));
  }
  if (as == OutputAs::Files) {
    if (own_->entries.size() >= kFilesAtOnce && !commit_own_files(diags)) return tl::unexpected<Failure>(Failure{});
    return std::nullopt;
  }
  const std::string split_class = class_of(piece);
  const auto& output = job_.mailing.output;
  // A piece is never parted: the file ends before it.
  if (const auto& open = open_[split_class]; open && output.pages_per_file && open->pages() + made.pages > *output.pages_per_file && !end_file(split_class, diags)) return tl::unexpected<Failure>(Failure{});
  const auto file = file_for(split_class, piece, diags);
  if (!file) return tl::unexpected<Failure>(Failure{});
  if (!marking_.add(piece, **file, diags)) return tl::unexpected<Failure>(Failure{});
  (*file)->pieces().back().own_name = made.own_name;
  const std::uint64_t most = output.pieces_per_file.value_or(output.pages_per_file ? std::numeric_limits<std::uint64_t>::max() : kUsualPieces);
  if ((*file)->pieces().size() >= most && !end_file(split_class, diags)) return tl::unexpected<Failure>(Failure{});
  return std::nullopt;
}

Result<std::monostate> Outputs::add_rows_without_piece(Diagnostics& diags) {
  if (!ledger_.add_rejects(rejects_, diags) || !ledger_.add_left_out(left_out_, diags)) return tl::unexpected<Failure>(Failure{});
  rejects_.clear();
  left_out_.clear();
  return std::monostate{};
}

namespace {

// The piece as the ledger takes it; its kind and counts in the open group.
Result<ledger::Piece> noted(ledger::Ledger& ledger, const WrittenPiece& made, ledger::FileId file, Diagnostics& diags) {
  const auto kind = ledger.add_kind(made.kind, diags);
  if (!kind) return tl::unexpected<Failure>(Failure{});
  if (!made.fallback.empty() && !ledger.add_count("fallback", made.fallback, 1, diags)) return tl::unexpected<Failure>(Failure{});
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

Result<std::monostate> Outputs::end_file(const std::string& split_class, Diagnostics& diags) {
  const std::unique_ptr<PrintFile> file = std::move(open_[split_class]);
  open_.erase(split_class);
  EXPECTS(file != nullptr && !file->pieces().empty());
  const Failure failure;
  auto made = file->commit(diags);
  if (!made || !own_->group.commit(diags)) return tl::unexpected(failure);
  if (!ledger_.begin_group(diags)) return tl::unexpected(failure);
  const auto id = ledger_.add_file(*made, diags);
  if (!id) return tl::unexpected(failure);
  std::vector<ledger::Piece> pieces;
  pieces.reserve(file->pieces().size());
  for (const WrittenPiece& each : file->pieces()) {
    auto piece = noted(ledger_, each, *id, diags);
    if (!piece) return tl::unexpected(failure);
    if (const auto own = own_->beside.find(each.own_name); own != own_->beside.end()) {
      const auto own_id = ledger_.add_file(own->second, diags);
      if (!own_id) return tl::unexpected(failure);
      piece->own_file = *own_id;
      own_->beside.erase(own);
    }
    pieces.push_back(*piece);
  }
  if (!ledger_.add_pieces(pieces, diags) || !add_rows_without_piece(diags) || !ledger_.commit_group(diags)) return tl::unexpected(failure);
  ++ended_[split_class];
  stream_names_.emplace(mailings::collision_key(made->name), split_class);
  return std::monostate{};
}

Result<std::monostate> Outputs::commit_own_files(Diagnostics& diags) {
  const Failure failure;
  if (!own_->group.commit(diags)) return tl::unexpected(failure);
  if (own_->entries.empty() && rejects_.empty() && left_out_.empty()) return std::monostate{};
  if (!ledger_.begin_group(diags)) return tl::unexpected(failure);
  std::vector<ledger::Piece> pieces;
  for (const Own::Entry& each : own_->entries) {
    const auto id = ledger_.add_file(each.file, diags);
    if (!id) return tl::unexpected(failure);
    auto piece = noted(ledger_, each.piece, *id, diags);
    if (!piece) return tl::unexpected(failure);
    pieces.push_back(*piece);
  }
  if (!ledger_.add_pieces(pieces, diags) || !add_rows_without_piece(diags) || !ledger_.commit_group(diags)) return tl::unexpected(failure);
  own_->entries.clear();
  return std::monostate{};
}

Result<std::monostate> Outputs::finish(Diagnostics& diags) {
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
  if (job_.mailing.output.as == OutputAs::Files) return commit_own_files(diags);
  if (rejects_.empty() && left_out_.empty()) return std::monostate{};
  if (!ledger_.begin_group(diags) || !add_rows_without_piece(diags)) return tl::unexpected<Failure>(Failure{});
  return ledger_.commit_group(diags);
}

}  // namespace handout::batch
