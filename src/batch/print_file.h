#pragma once

#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/files.h"
#include "batch/press.h"
#include "ledger/ledger.h"
#include "mailings/mailing.h"
#include "marks/job_ticket.h"
#include "pdf/pdf.h"

namespace handout::batch {

// A piece that is in a file, until the ledger knows it.
struct WrittenPiece {
  std::uint64_t row = 0;
  std::string key, fallback;
  std::shared_ptr<const ledger::Kind> kind;  // of neighbours in a file mostly one
  std::uint32_t pages = 0, sheets = 0, first_page = 1;
  ledger::Digest digest{};
  std::string own_name;  // of its own file as well
  std::vector<const std::string*> warned{};  // Piece::warned
};

// What the piece has in common with many.
ledger::Kind kind_of(const Piece& piece);
// `kind`: the piece's, where it is known.
WrittenPiece written(const Piece& piece, std::uint32_t first_page, std::shared_ptr<const ledger::Kind> kind = nullptr);

// How print files of a mailing are written.
[[nodiscard]] pdf::Options print_options(const mailings::Output& output);
// What a print file says of itself: the mailing's title and the job's day, nothing of one recipient. Of `like`, one of its pieces: what all of them have.
[[nodiscard]] pdf::FileInfo print_info(const mailings::Mailing& mailing, const std::optional<ledger::Day>& day, const display::DisplayDocument& like);

// One print file: pieces one after another, beside its name until it is committed.
class PrintFile {
 public:
  struct Name { std::filesystem::path folder; std::string file, split_class; };
  PrintFile(Name name, const pdf::FileInfo& info, const pdf::Resources& resources, const pdf::Options& options, Diagnostics& diags);

  // `display`: the piece's pages with their marks.
  Result<std::monostate> add(const Piece& piece, const display::DisplayDocument& display, Diagnostics& diags);
  // As the ledger will have it, but for its bytes and their digest.
  [[nodiscard]] ledger::File entry() const;
  // All of it is written, not yet under its name.
  Result<ledger::File> finish(Diagnostics& diags);
  // On the disk under its name; finishes it where that was not done.
  Result<ledger::File> commit(Diagnostics& diags);
  [[nodiscard]] std::deque<WrittenPiece>& pieces() { return pieces_; }
  [[nodiscard]] const std::string& name() const { return name_.file; }
  [[nodiscard]] std::uint64_t pages() const { return pages_; }
  [[nodiscard]] std::uint64_t sheets() const { return sheets_; }
  [[nodiscard]] std::uint64_t least_sheets() const { return least_sheets_; }
  [[nodiscard]] std::uint64_t most_sheets() const { return most_sheets_; }

 private:
  // Counts and digests what goes by.
  class Digesting final : public Sink {
   public:
    explicit Digesting(OutputFile& file) : file_(file) {}
    bool write(std::string_view bytes) override;
    Diagnostics::Added report(Diagnostics& diags) const override { return file_.report(diags); }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] Sha256Digest digest() { return hash_.digest(); }

   private:
    OutputFile& file_;
    Sha256 hash_;
    std::uint64_t size_ = 0;
  };

  Name name_;
  OutputFile file_;
  Digesting sink_;
  pdf::Writer writer_;
  std::deque<WrittenPiece> pieces_;
  std::shared_ptr<const Stations> last_like_;  // the last piece's: those that are like it are of its kind
  std::optional<ledger::File> made_;
  std::uint64_t pages_ = 0, sheets_ = 0, least_sheets_ = 0, most_sheets_ = 0;
};

}  // namespace handout::batch
