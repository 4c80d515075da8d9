#include "batch/marking.h"

namespace handout::batch {

Result<std::monostate> Marking::add(const Piece& piece, PrintFile& file, Diagnostics& diags) {
  // Machines count along the file that they are fed with.
  marks::PieceIdentity identity;
  identity.job = job_;
  identity.piece = std::to_string(piece.task.row);
  identity.number = file.pieces().size();
  identity.sheets_before = file.sheets();
  return add(piece, identity, file, diags);
}

Result<std::monostate> Marking::add(const Piece& piece, const marks::PieceIdentity& identity, PrintFile& file, Diagnostics& diags) {
  const styled::Marks& marks = piece.merged.like->styled.marks;
  if (marks.empty()) return file.add(piece, piece.merged.display, diags);
  if (known_.size() >= kMostKnown && !known_.contains(piece.merged.like.get())) known_.clear();
  Known& known = known_[piece.merged.like.get()];
  if (!known.marker) known = {piece.merged.like, std::make_unique<marks::Marker>(marks, piece.merged.fonts())};
  const auto display = known.marker->mark(piece.merged.display, identity, diags);
  if (!display) return tl::unexpected<Failure>(Failure{});
  return file.add(piece, *display, diags);
}

}  // namespace handout::batch
