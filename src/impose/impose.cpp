#include "impose/impose.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

#include "base/expects.h"
#include "base/narrow.h"

namespace handout::impose {

using display::DisplayDocument;
using display::Duplex;
using display::Fold;
using display::Page;
using display::PageIndex;
using display::Sheet;

namespace {

// Thicker ones gape, and staplers end there.
constexpr std::size_t kMostBookletSheets = 20;
constexpr Length kMarkFromEdge = 4.5_mm, kMarkLength = 4_mm, kMarkWidth = 0.25_pt;

// From left to right. A number of a page that there is not stands for a blank panel.
struct Panel {
  std::size_t page = 0;
  Length left, width;
};
using Side = std::vector<Panel>;

// ---- which page lies where: numbers from 0, for text from left to right ----

using Numbers = std::vector<std::vector<std::size_t>>;

Numbers booklet(std::size_t pages) {
  const std::size_t all = (pages + 3) / 4 * 4;
  Numbers sides;
  for (std::size_t first = 0; first < all / 2; first += 2) {
    sides.push_back({all - 1 - first, first});
    sides.push_back({first + 1, all - 2 - first});
  }
  return sides;
}

Numbers two_up(std::size_t pages) {
  Numbers sides;
  for (std::size_t first = 0; first < pages; first += 2) sides.push_back({first, first + 1});
  return sides;
}

Numbers numbers_of(Fold fold, std::size_t pages) {
  switch (fold) {
    case Fold::Booklet: return booklet(pages);
    case Fold::TriFold: return {{4, 5, 0}, {1, 2, 3}};
    case Fold::ZFold: return {{0, 1, 2}, {3, 4, 5}};
    case Fold::HalfFold: return {{3, 0}, {1, 2}};
    case Fold::TwoUp: return two_up(pages);
  }
  return {};
}

// The widths of the first side's panels; on its back they lie the other way round.
std::vector<Length> widths_of(const Sheet& sheet) {
  const Length width = sheet.size.width, panel = panel_size(sheet).width;
  switch (sheet.fold) {
    case Fold::TriFold: return {panel, (width - panel) / 2, width - panel - (width - panel) / 2};
    case Fold::ZFold: return {panel, panel, width - 2 * panel};
    case Fold::Booklet:
    case Fold::HalfFold:
    case Fold::TwoUp: break;
  }
  return {panel, width - panel};
}

Side side_of(std::span<const std::size_t> pages, std::span<const Length> widths) {
  Side side;
  Length left;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    side.push_back({pages[i], left, widths[i]});
    left += widths[i];
  }
  return side;
}

// ---- what stands on them ----

class Imposition {
 public:
  Imposition(DisplayDocument document, const Sheet& sheet) : sheet_(sheet), panel_(panel_size(sheet)), document_(std::move(document)), pages_(std::exchange(document_.pages, {})), places_(pages_.size()) {
    for (const Page& page : pages_) EXPECTS(page.size == panel_);
  }

  DisplayDocument run() {
    std::vector<Length> widths = widths_of(sheet_);
    if (document_.right_to_left) std::ranges::reverse(widths);
    Numbers sides = numbers_of(sheet_.fold, pages_.size());
    for (std::vector<std::size_t>& numbers : sides) {
      if (document_.right_to_left) std::ranges::reverse(numbers);
      add_side(side_of(numbers, widths));
      std::ranges::reverse(widths);  // turned over
    }
    for (display::OutlineItem& item : document_.outline) {
      const Place& place = places_[item.page.value()];
      item.page = place.side;
      item.at = item.at + Point{place.left, {}};
    }
    if (sheet_.fold != Fold::TwoUp || document_.duplex != Duplex::No) document_.duplex = sheet_.size.width < sheet_.size.height ? Duplex::LongEdge : Duplex::ShortEdge;
    return std::move(document_);
  }

 private:
  // Where a page came to stand.
  struct Place {
    PageIndex side;
    Length left;
  };

  void add_side(const Side& side) {
    const PageIndex index(document_.pages.size());
    Page& sheet_side = document_.pages.emplace_back();
    sheet_side.size = sheet_.size;
    std::vector<Panel> in_order(side);
    std::ranges::sort(in_order, {}, &Panel::page);
    for (const Panel& panel : in_order) {
      if (panel.page >= pages_.size()) continue;
      const Length left = panel.left + (panel.width - panel_.width) / 2;
      places_[panel.page] = {index, left};
      move_page(std::move(pages_[panel.page]), narrow<std::uint32_t>(panel.page), left, sheet_side);
    }
    if (sheet_.marks && is_marked(index)) sheet_side.placements.push_back({marks(side), 0, 1, {}, display::ArtifactKind::Layout});
  }

  static void move_page(Page page, std::uint32_t folio, Length left, Page& to) {
    for (display::Placement& placement : page.placements) {
      placement.position.x += left;
      placement.folio = folio;
    }
    std::ranges::move(page.placements, std::back_inserter(to.placements));
    if (!page.label.empty()) to.label += (to.label.empty() ? "" : ", ") + page.label;
  }

  [[nodiscard]] bool is_marked(PageIndex side) const {
    switch (sheet_.fold) {
      case Fold::TwoUp: return true;
      case Fold::ZFold: return side.value() == 0;
      case Fold::Booklet:
      case Fold::TriFold:
      case Fold::HalfFold: break;
    }
    return side.value() % 2 == 1;
  }

  // Marked sides of a document are alike.
  std::shared_ptr<const display::Fragment> marks(const Side& side) {
    if (marks_) return marks_;
    display::Fragment fragment;
    const auto add = [&](Length x, Length from) { fragment.commands.push_back({display::StrokedLine{{x, from}, {x, from + kMarkLength}, kMarkWidth, {}, {}}, std::nullopt}); };
    for (std::size_t i = 1; i < side.size(); ++i) {
      add(side[i].left, kMarkFromEdge);
      add(side[i].left, sheet_.size.height - kMarkFromEdge - kMarkLength);
    }
    fragment.size = sheet_.size;
    fragment.lines.push_back({{}, sheet_.size.height, {}, 0, narrow<std::uint32_t>(fragment.commands.size())});
    return marks_ = std::make_shared<const display::Fragment>(std::move(fragment));
  }

  const Sheet& sheet_;
  Size panel_;
  DisplayDocument document_;  // with sheets for pages, in the end
  std::vector<Page> pages_;
  std::vector<Place> places_;
  std::shared_ptr<const display::Fragment> marks_;
};

}  // namespace

Result<DisplayDocument> impose(DisplayDocument document, const Sheet& sheet, const Span& at, Diagnostics& diags) {
  const std::size_t pages = document.pages.size(), panels = panel_count(sheet.fold);
  if (panels != 0 && pages > panels) {
    return diags.error(at, fmt::format("the handout takes {} pages, {} more than a {} has panels ({})", pages, pages - panels, name(sheet.fold), panels))
        .hint("leave sections out, take the short level or smaller type, or fold it as a booklet");
  }
  if (sheet.fold == Fold::Booklet && pages > 4 * kMostBookletSheets) {
    diags.warning(at, fmt::format("the booklet takes {} sheets; more than {} don't fold well", (pages + 3) / 4, kMostBookletSheets)).hint("leave sections out, or print it two-up");
  }
  return Imposition(std::move(document), sheet).run();
}

}  // namespace handout::impose
