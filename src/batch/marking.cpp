#include "batch/marking.h"

#include "base/expects.h"

namespace handout::batch {

Result<std::monostate> Marking::add(const Piece& piece, PrintFile& file, Diagnostics& diags) {
  const Piece* const alone[] = {&piece};
  return add(alone, file.pieces().size(), file, diags);
}

Result<std::monostate> Marking::add(std::span<const Piece* const> envelope, std::uint64_t number, PrintFile& file, Diagnostics& diags) {
  EXPECTS(!envelope.empty());
  std::size_t sheets = 0;
  for (const Piece* piece : envelope) sheets += marks::sheet_count(piece->merged.display);
  // Machines count along the file that they are fed with.
  marks::PieceIdentity identity{job_, std::to_string(envelope.front()->task.row), number, file.sheets(), 0, sheets};
  for (const Piece* piece : envelope) {
    const std::size_t own = marks::sheet_count(piece->merged.display);
    identity.sheets_behind -= own;
    if (!add(*piece, identity, file, diags)) return tl::unexpected<Failure>(Failure{});
    identity.sheets_in_front += own;
  }
  return std::monostate{};
}

Result<std::monostate> Marking::add(const Piece& piece, const marks::PieceIdentity& identity, PrintFile& file, Diagnostics& diags) {
  if (piece.merged.like->styled.marks.empty()) return file.add(piece, piece.merged.display, diags);
  const auto display = markers_.of(piece.merged.like, piece.merged.fonts()).mark(piece.merged.display, identity, diags, room_);
  if (!display) return tl::unexpected<Failure>(Failure{});
  return file.add(piece, *display, diags);
}

}  // namespace handout::batch
