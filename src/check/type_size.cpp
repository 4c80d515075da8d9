#include "check/type_size.h"

#include <fmt/format.h>

#include <map>

#include "base/numbers.h"

namespace handout::check {

using styled::Block;
using styled::BlockPtr;

namespace {

// What sizes relative to others lose by rounding.
constexpr Length kHair = Length::from_units(Length::kUnitsPerPoint / 100);

// Every size of the body's text with the first block that has it.
class Sizes {
 public:
  void visit(const BlockPtr& block) {
    if (block) std::visit([&](const auto& content) { visit(content, *block); }, block->content);
  }
  [[nodiscard]] const std::map<Length, Span>& found() const { return found_; }

 private:
  void visit(const styled::Flow& flow, const Block&) {
    for (const BlockPtr& child : flow.children) visit(child);
  }
  void visit(const styled::Columns& columns, const Block&) {
    for (const BlockPtr& child : columns.children) visit(child);
  }
  void visit(const styled::Parallel& parallel, const Block&) {
    for (const BlockPtr& track : parallel.tracks) visit(track);
  }
  void visit(const styled::Row& row, const Block&) {
    for (const std::size_t cell : row.reading) visit(row.cells[cell].block);
  }
  void visit(const styled::ListItem& item, const Block&) {
    visit(item.label);
    visit(item.body);
  }
  void visit(const styled::Table& table, const Block&) {
    for (const styled::TableCell& cell : table.cells) visit(cell.block);
  }
  void visit(const styled::ParagraphBlock& holder, const Block& block) { add(*holder.paragraph, block.at); }
  void visit(const styled::Picture& picture, const Block& block) {
    for (const styled::PictureLabel& label : picture.labels) add(*label.paragraph, block.at);
  }
  void visit(const styled::Rule&, const Block&) {}
  void visit(const styled::WriteLines&, const Block&) {}

  void add(const styled::Paragraph& paragraph, const Span& at) {
    for (const styled::TextRun& run : paragraph.runs) {
      const styled::TextStyle& style = paragraph.styles[run.style.value()];
      if (run.begin < run.end && style.baseline_shift == Length{}) found_.try_emplace(style.size, at);
    }
  }

  std::map<Length, Span> found_;
};

}  // namespace

std::optional<SmallText> smallest_text(const styled::StyledDocument& document) {
  Sizes sizes;
  sizes.visit(document.body);
  if (sizes.found().empty()) return std::nullopt;
  const auto& [size, at] = *sizes.found().begin();
  return SmallText{size, at};
}

void check_type_size(const styled::StyledDocument& document, Length least, Severity severity, Diagnostics& diags) {
  Sizes sizes;
  sizes.visit(document.body);
  for (const auto& [size, at] : sizes.found()) {
    if (size + kHair >= least) return;
    const std::string message = fmt::format("text is {} pt, below the profile's minimum of {} pt", decimal_text(size.points(), 1), decimal_text(least.points(), 1));
    auto added = severity == Severity::Error ? diags.error(at, message) : diags.warning(at, message);
    added.hint("give the style of what it stands in a larger font-size");
  }
}

}  // namespace handout::check
