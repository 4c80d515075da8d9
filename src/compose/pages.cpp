#include "compose/pages.h"

#include <algorithm>
#include <set>

#include "base/expects.h"

namespace handout::compose {

using layouts::PageOn;
using styled::PagePlace;

namespace {

constexpr Length kUsualMargin = 20_mm;

PagePlace place_of(std::size_t bits) { return {(bits & 1u) != 0, (bits & 2u) != 0, (bits & 4u) != 0, (bits & 8u) != 0}; }

// Odd pages are right-hand, and left-hand in a right-to-left document.
bool is_recto(const PagePlace& place, unicode::Direction direction) { return place.left == (direction == unicode::Direction::RightToLeft); }

bool is_on(PageOn on, const PagePlace& place, unicode::Direction direction) {
  switch (on) {
    case PageOn::All: return true;
    case PageOn::Rest: return !place.first;
    case PageOn::Left: return place.left;
    case PageOn::Right: return !place.left;
    case PageOn::Recto: return is_recto(place, direction);
    case PageOn::Verso: return !is_recto(place, direction);
    case PageOn::First: return place.first;
    case PageOn::Last: return place.last;
    case PageOn::Only: return place.first && place.last;
    case PageOn::Blank: return place.blank;
  }
  return false;
}

constexpr std::pair<PageOn, std::string_view> kNames[] = {{PageOn::Rest, "rest"}, {PageOn::Left, "left"}, {PageOn::Right, "right"}, {PageOn::Recto, "recto"}, {PageOn::Verso, "verso"}, {PageOn::First, "first"},
                                                          {PageOn::Last, "last"}, {PageOn::Only, "only"}, {PageOn::Blank, "blank"}};

// ---- which kinds of page a layout tells apart ----

void collect(const layouts::Shown& shown, std::set<PageOn>& kinds) { kinds.insert(shown.pages.begin(), shown.pages.end()); }

void collect(const layouts::Item& item, std::set<PageOn>& kinds) {
  collect(item.shown, kinds);
  if (const auto* text = std::get_if<layouts::TextItem>(&item.what)) {
    for (const layouts::TextPart& part : text->parts) collect(part.shown, kinds);
  }
  if (const auto* row = std::get_if<layouts::Row>(&item.what)) {
    for (const layouts::RowCell& cell : row->cells) collect(cell.shown, kinds);
  }
}

std::set<PageOn> kinds_of(const layouts::LayoutDefinition& layout) {
  std::set<PageOn> kinds;
  for (const layouts::PageRule& rule : layout.pages) kinds.insert(rule.on);
  for (const layouts::Items* items : layouts::all_items(layout)) {
    layouts::visit_items(*items, [&](const layouts::Item& item) { collect(item, kinds); });
  }
  // footer[page=rest]: large print leaves out what need not stand on every page.
  for (const layouts::StyleRule& rule : layout.styles) {
    for (const layouts::Selector& selector : rule.selectors) {
      for (const layouts::Compound& compound : selector.compounds) {
        for (const auto& [attribute, value] : compound.attributes) {
          const auto named = std::find_if(std::begin(kNames), std::end(kNames), [&](const auto& each) { return each.second == value; });
          if (attribute == "page" && named != std::end(kNames)) kinds.insert(named->first);
        }
      }
    }
  }
  kinds.erase(PageOn::All);
  return kinds;
}

// ---- what the rules for a page say together ----

struct Settings {
  layouts::PageSize size;
  std::optional<layouts::Dimension> top, end, bottom, start, side_width, side_gap;
  bool duplex = false;
  const layouts::Items* header = nullptr;
  const layouts::Items* footer = nullptr;
  layouts::Dimension header_gap, footer_gap;
  std::vector<const layouts::Region*> regions;
};

template <typename T>
void take(std::optional<T>& mine, const std::optional<T>& given) {
  if (given) mine = given;
}

void apply(Settings& settings, const layouts::PageRule& rule) {
  if (rule.size) settings.size = *rule.size;
  take(settings.top, rule.margin_top);
  take(settings.end, rule.margin_end);
  take(settings.bottom, rule.margin_bottom);
  take(settings.start, rule.margin_start);
  take(settings.side_width, rule.side_width);
  take(settings.side_gap, rule.side_gap);
  if (rule.duplex) settings.duplex = *rule.duplex;
}

void apply_content(Settings& settings, const layouts::PageRule& rule) {
  if (rule.header) {
    settings.header = &*rule.header;
    settings.header_gap = rule.header_gap;
  }
  if (rule.footer) {
    settings.footer = &*rule.footer;
    settings.footer_gap = rule.footer_gap;
  }
  for (const layouts::Region& region : rule.regions) {
    const auto same = std::find_if(settings.regions.begin(), settings.regions.end(), [&](const layouts::Region* each) { return each->name == region.name; });
    if (same != settings.regions.end()) *same = &region;
    else settings.regions.push_back(&region);
  }
}

// The more special rule wins over the more general one, whichever file it stands in. A blank page shows only what is for blank pages.
Settings settings_for(const layouts::LayoutDefinition& layout, const PagePlace& place, unicode::Direction direction) {
  std::vector<const layouts::PageRule*> rules;
  for (const layouts::PageRule& rule : layout.pages) {
    if (is_on(rule.on, place, direction)) rules.push_back(&rule);
  }
  std::stable_sort(rules.begin(), rules.end(), [](const auto* a, const auto* b) { return a->on < b->on; });
  Settings settings;
  for (const layouts::PageRule* rule : rules) {
    apply(settings, *rule);
    if (!place.blank || rule->on == PageOn::Blank) apply_content(settings, *rule);
  }
  return settings;
}

// ISO 216 and ANSI/ASME Y14.1.
Size page_size(const layouts::PageSize& size, std::string_view region) {
  if (!size.automatic) return size.size;
  return unicode::uses_letter_paper(region) ? Size{8.5_in, 11_in} : Size{210_mm, 297_mm};
}

// Paper laid on its side: as wide as it was high.
Size on_its_side(Size paper) { return {std::max(paper.width, paper.height), std::min(paper.width, paper.height)}; }

// What the pages are put on. As the request has it: the pages of a layout that leaves their size to the region are half of that paper; a size of its own stays, and the sheet is two pages wide.
std::optional<display::Sheet> sheet_of(const request::Request& request, const layouts::LayoutDefinition& layout, const layouts::PageSize& size, std::string_view region) {
  const Size page = page_size(size, region);
  if (request.impose == request::Impose::Booklet || request.impose == request::Impose::TwoUp) {
    const display::Fold fold = request.impose == request::Impose::Booklet ? display::Fold::Booklet : display::Fold::TwoUp;
    return display::Sheet{fold, size.automatic ? on_its_side(page) : Size{2 * page.width, page.height}};
  }
  if (!layout.sheet) return std::nullopt;
  for (const display::Fold fold : {display::Fold::Booklet, display::Fold::TriFold, display::Fold::ZFold, display::Fold::HalfFold, display::Fold::TwoUp}) {
    if (name(fold) == layout.sheet->fold) return display::Sheet{fold, on_its_side(page_size(layout.sheet->size.value_or(layouts::PageSize{}), region)), layout.sheet->marks};
  }
  return std::nullopt;
}

Length margin_of(const std::optional<layouts::Dimension>& given, const Cascade& cascade, const ComputedStyle& root) {
  return cascade.resolve_margin(given.value_or(layouts::Dimension{kUsualMargin}), root.size);
}

// ---- one master ----

class MasterMaker {
 public:
  MasterMaker(const Composer& composer, const Scope& root, const Paper& paper, const PagePlace& place)
      : composer_(composer), root_(root), paper_(paper), place_(place), settings_(settings_for(*composer.sources.layout, place, composer.article.locale.direction())) {
    for (const auto& [on, name] : kNames) {
      if (is_on(on, place, composer.article.locale.direction())) attributes_.emplace_back("page", name);
    }
  }

  [[nodiscard]] styled::PageMaster make() const {
    styled::PageMaster master;
    master.size = paper_.size;
    const auto margin = [&](const std::optional<layouts::Dimension>& given) { return margin_of(given, composer_.cascade, root_.style); };
    const Length start = margin(settings_.start), end = margin(settings_.end);
    const bool rtl = composer_.right_to_left();
    master.margin = {margin(settings_.top), rtl ? start : end, margin(settings_.bottom), rtl ? end : start};
    if (settings_.header != nullptr) master.header = band(*settings_.header, Element("header", "", nullptr, attributes_), composer_.sources.layout->at);
    if (settings_.footer != nullptr) master.footer = band(*settings_.footer, Element("footer", "", nullptr, attributes_), composer_.sources.layout->at);
    master.header_gap = composer_.cascade.resolve_space(settings_.header_gap, root_.style.size);
    master.footer_gap = composer_.cascade.resolve_space(settings_.footer_gap, root_.style.size);
    for (const layouts::Region* region : settings_.regions) {
      if (auto placed = place_region(*region)) master.regions.push_back(*std::move(placed));
    }
    return master;
  }

 private:
  [[nodiscard]] std::optional<Length> length(const std::optional<layouts::Dimension>& dimension) const {
    if (!dimension) return std::nullopt;
    return composer_.cascade.resolve(*dimension, root_.style.size);
  }

  [[nodiscard]] styled::BlockPtr band(const layouts::Items& items, const Element& context, const Span& at) const {
    const Scope scope = composer_.enter(root_, context);
    auto children = composer_.items(items, scope, Room::Narrow, nullptr, &place_);
    if (children.empty()) return nullptr;
    return composer_.flow(context.context().element, at, scope.style, {}, std::move(children), Room::Narrow);
  }

  [[nodiscard]] std::optional<styled::PlacedRegion> place_region(const layouts::Region& region) const {
    styled::BlockPtr block = band(region.items, Element("region", region.name, &region.classes, attributes_), region.at);
    if (!block) return std::nullopt;
    const bool rtl = composer_.right_to_left();
    const auto left = length(region.left ? region.left : rtl ? region.end : region.start);
    const auto right = length(region.right ? region.right : rtl ? region.start : region.end);
    styled::PlacedRegion placed{region.name, std::move(block), {}, styled::CellAlign::Top, region.content};
    placed.align = region.align == "middle" ? styled::CellAlign::Middle : region.align == "bottom" ? styled::CellAlign::Bottom : styled::CellAlign::Top;
    std::tie(placed.area.x, placed.area.width) = span(left, right, length(region.width), paper_.size.width);
    std::tie(placed.area.y, placed.area.height) = span(length(region.top), length(region.bottom), length(region.height), paper_.size.height);
    return placed;
  }

  // From two of: distance from the near edge, from the far edge, extent. What is missing is nothing at the near edge, then all the room there is.
  static std::pair<Length, Length> span(std::optional<Length> near, std::optional<Length> far, std::optional<Length> extent, Length room) {
    if (extent) return {near ? *near : far ? room - *far - *extent : Length{}, *extent};
    const Length from = near.value_or(Length{});
    return {from, std::max(room - from - far.value_or(Length{}), Length{})};
  }

  const Composer& composer_;
  const Scope& root_;
  const Paper& paper_;
  PagePlace place_;
  Settings settings_;
  std::vector<std::pair<std::string_view, std::string_view>> attributes_;
};

}  // namespace

Paper paper_of(const request::Request& request, const layouts::LayoutDefinition& layout, const Cascade& cascade, const ComputedStyle& root, std::string_view region) {
  // Pages that differ in their margins have the same measure, so any page says it.
  const Settings settings = settings_for(layout, {}, unicode::Direction::LeftToRight);
  Paper paper;
  paper.sheet = sheet_of(request, layout, settings.size, region);
  paper.size = paper.sheet ? panel_size(*paper.sheet) : page_size(settings.size, region);
  paper.duplex = request.duplex == request::Duplex::AsLaidOut ? settings.duplex : request.duplex == request::Duplex::Yes;
  // Half a sheet has no room for a side column: what stands in it goes above the text.
  const bool halved = paper.sheet && !layout.sheet && settings.size.automatic;
  if (settings.side_width && !halved) paper.side = {cascade.resolve(*settings.side_width, root.size), settings.side_gap ? cascade.resolve_space(*settings.side_gap, root.size) : Length{}};
  paper.text_width = paper.size.width - margin_of(settings.start, cascade, root) - margin_of(settings.end, cascade, root) - paper.side.width - paper.side.gap;
  return paper;
}

styled::PageMasters page_masters(const Composer& composer, const Scope& root, const Paper& paper) {
  const std::set<PageOn> kinds = kinds_of(*composer.sources.layout);
  styled::PageMasters pages;
  std::vector<std::vector<bool>> known;  // which of the kinds a master is for
  for (std::size_t bits = 0; bits < pages.by_place.size(); ++bits) {
    const PagePlace place = place_of(bits);
    std::vector<bool> is{place.blank};
    for (const PageOn on : kinds) is.push_back(is_on(on, place, composer.article.locale.direction()));
    const auto same = std::find(known.begin(), known.end(), is);
    pages.by_place[bits] = narrow<std::uint8_t>(same - known.begin());
    if (same != known.end()) continue;
    known.push_back(std::move(is));
    pages.masters.push_back(MasterMaker(composer, root, paper, place).make());
  }
  return pages;
}

std::string_view page_name(PageOn on) {
  const auto named = std::find_if(std::begin(kNames), std::end(kNames), [&](const auto& each) { return each.first == on; });
  return named == std::end(kNames) ? "all" : named->second;
}

bool is_on_page(const std::vector<PageOn>& pages, const PagePlace& place, unicode::Direction direction) {
  return pages.empty() || std::any_of(pages.begin(), pages.end(), [&](PageOn on) { return is_on(on, place, direction); });
}

}  // namespace handout::compose
