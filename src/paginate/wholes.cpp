// Which rows and tables are asked for whole.
#include <algorithm>

#include "paginate/trace.h"

namespace handout::paginate {
namespace {

class Finder {
 public:
  Finder(const Trace& trace, std::unordered_set<const styled::Block*>& wholes) : trace_(trace), wholes_(wholes) {}

  void walk(const styled::Block& block) {
    const bool bounds = std::holds_alternative<styled::Row>(block.content) || std::holds_alternative<styled::Table>(block.content);
    // A whole block that was measured itself is too small.
    if (trace_.measured_blocks().contains(&block)) take_around();
    if (bounds) around_.push_back(&block);
    std::visit([&](const auto& content) { walk_inside(content); }, block.content);
    if (bounds) around_.pop_back();
  }

 private:
  // The innermost row or table that is not whole already.
  void take_around() {
    const auto found = std::find_if(around_.rbegin(), around_.rend(), [&](const styled::Block* block) { return !wholes_.contains(block); });
    if (found != around_.rend()) wholes_.insert(*found);
  }

  void walk_inside(const styled::Flow& flow) {
    for (const auto& child : flow.children) walk(*child);
  }
  void walk_inside(const styled::Columns& columns) {
    for (const auto& child : columns.children) walk(*child);
  }
  void walk_inside(const styled::Parallel& parallel) {
    for (const auto& track : parallel.tracks) walk(*track);
  }
  void walk_inside(const styled::Row& row) {
    for (const styled::RowCell& cell : row.cells) walk(*cell.block);
  }
  void walk_inside(const styled::ListItem& item) {
    walk(*item.label);
    walk(*item.body);
  }
  void walk_inside(const styled::Table& table) {
    for (const styled::TableCell& cell : table.cells) walk(*cell.block);
  }
  void walk_inside(const styled::ParagraphBlock& block) {
    if (trace_.measured().contains(block.paragraph.get())) take_around();
  }
  void walk_inside(const styled::Picture&) {}
  void walk_inside(const styled::Rule&) {}
  void walk_inside(const styled::WriteLines&) {}

  const Trace& trace_;
  std::unordered_set<const styled::Block*>& wholes_;
  std::vector<const styled::Block*> around_;
};

}  // namespace

std::size_t add_wholes(const styled::StyledDocument& document, const Trace& trace, std::unordered_set<const styled::Block*>& wholes) {
  const std::size_t before = wholes.size();
  Finder finder(trace, wholes);
  finder.walk(*document.body);
  for (const styled::PageMaster& master : document.pages.masters) {
    if (master.header) finder.walk(*master.header);
    if (master.footer) finder.walk(*master.footer);
    for (const styled::PlacedRegion& region : master.regions) finder.walk(*region.block);
  }
  for (const auto& [name, note] : document.footnotes.notes) finder.walk(*note);
  return wholes.size() - before;
}

}  // namespace handout::paginate
