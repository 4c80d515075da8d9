#include "batch/print_file.h"

#include <algorithm>

#include "base/expects.h"
#include "base/narrow.h"
#include "batch/request_maker.h"
#include "marks/marks.h"

namespace handout::batch {

ledger::Kind kind_of(const Piece& piece) {
  ledger::Kind kind;
  for (const auto& article : piece.merged.like->sources.articles) {
    kind.articles.push_back({article->id, article->version});
    add_locale(kind.locale, article->locale);
  }
  kind.layout = piece.merged.like->sources.layout->id;
  kind.profile = piece.task.wanted.request.profile;
  return kind;
}

WrittenPiece written(const Piece& piece, std::uint32_t first_page, std::shared_ptr<const ledger::Kind> kind) {
  WrittenPiece made;
  made.row = piece.task.row;
  made.key = piece.task.key;
  made.fallback = piece.task.wanted.fallback;
  made.kind = kind ? std::move(kind) : std::make_shared<const ledger::Kind>(kind_of(piece));
  made.pages = narrow<std::uint32_t>(piece.merged.display.pages.size());
  made.sheets = narrow<std::uint32_t>(marks::sheet_count(piece.merged.display));
  made.first_page = first_page;
  made.digest = piece.digest;
  made.warned = piece.warned;
  return made;
}

pdf::Options print_options(const mailings::Output& output) {
  pdf::Options options;
  options.pieces = pdf::Pieces::Many;
  options.sharing = pdf::Sharing::Yes;
  options.parts = pdf::Parts::Yes;
  options.purpose = output.purpose == mailings::Purpose::Print ? pdf::Purpose::Print : pdf::Purpose::Screen;
  options.bookmarks = output.purpose == mailings::Purpose::Print ? pdf::Bookmarks::Pieces : pdf::Bookmarks::All;
  return options;
}

pdf::FileInfo print_info(const mailings::Mailing& mailing, const std::optional<ledger::Day>& day, const display::DisplayDocument& like) {
  pdf::FileInfo info;
  info.metadata.title = mailing.title.empty() ? mailing.id : mailing.title;
  info.metadata.author = like.metadata.author;
  info.metadata.creator = like.metadata.creator;
  // "mul": several languages (ISO 639-2).
  info.metadata.language = mailing.locale.fixed ? mailing.locale.fixed->tag() : mailing.locale.fallback ? mailing.locale.fallback->tag() : "mul";
  if (day) info.metadata.date = ledger::to_text(*day) + "T00:00:00Z";
  info.duplex = like.duplex;
  return info;
}

bool PrintFile::Digesting::write(std::string_view bytes) {
  hash_.add(bytes);
  size_ += bytes.size();
  return file_.write(bytes);
}

PrintFile::PrintFile(Name name, const pdf::FileInfo& info, const pdf::Resources& resources, const pdf::Options& options, Diagnostics& diags)
    : name_(std::move(name)), file_(name_.folder / name_.file, diags), sink_(file_), writer_(sink_, info, resources, options) {}

Result<std::monostate> PrintFile::add(const Piece& piece, const display::DisplayDocument& display, Diagnostics& diags) {
  WrittenPiece made = written(piece, narrow<std::uint32_t>(pages_ + 1), last_like_ == piece.merged.like ? pieces_.back().kind : nullptr);
  if (!pieces_.empty() && *pieces_.back().kind == *made.kind) made.kind = pieces_.back().kind;
  pdf::PieceEntry entry;
  entry.id = std::to_string(made.row);
  entry.sheets = made.sheets;
  if (!writer_.add(display, entry, diags)) return tl::unexpected<Failure>(Failure{});
  pages_ += made.pages;
  sheets_ += made.sheets;
  least_sheets_ = pieces_.empty() ? made.sheets : std::min<std::uint64_t>(least_sheets_, made.sheets);
  most_sheets_ = std::max<std::uint64_t>(most_sheets_, made.sheets);
  pieces_.push_back(std::move(made));
  last_like_ = piece.merged.like;
  return std::monostate{};
}

Result<ledger::File> PrintFile::commit(Diagnostics& diags) {
  if (!made_ && !finish(diags)) return tl::unexpected<Failure>(Failure{});
  if (!file_.commit(diags)) return tl::unexpected<Failure>(Failure{});
  return *made_;
}

ledger::File PrintFile::entry() const {
  ledger::File file;
  file.name = name_.file;
  file.split_class = name_.split_class;
  file.pieces = pieces_.size();
  file.pages = pages_;
  file.sheets = sheets_;
  return file;
}

Result<ledger::File> PrintFile::finish(Diagnostics& diags) {
  EXPECTS(!made_);
  if (!writer_.finish(diags)) return tl::unexpected<Failure>(Failure{});
  ledger::File made = entry();
  made.bytes = sink_.size();
  made.digest = sink_.digest();
  made_ = made;
  return made;
}

}  // namespace handout::batch
