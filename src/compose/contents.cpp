// Contents lists: which headings are printed, and a line for each.
#include "compose/edition.h"
#include "unicode/text.h"

namespace handout::compose {

using display::Role;
using styled::BlockPtr;

namespace {

constexpr int kDeepest = 3;

struct Entry {
  int level = 1;
  std::string destination;  // an id of the article, or a heading's own
  const content::TextBlock* title = nullptr;
  const layouts::Item* heading = nullptr;  // of the layout; then there is no title
};

// Walks the layout as items.cpp does, without making anything.
class Collector {
 public:
  Collector(const Composer& composer, int levels) : composer_(composer), levels_(levels), slots_(slots_of(composer.article)) {}

  std::vector<Entry> collect(const layouts::Items& items, const Scope& parent) {
    walk(items, parent);
    return std::move(entries_);
  }

 private:
  // How many pieces of the article came.
  std::size_t walk(const layouts::Items& items, const Scope& parent) {
    std::size_t came = 0;
    for (const layouts::Item& item : items) {
      if (!composer_.shown(item.shown, nullptr)) continue;
      const Element context(item.name, item.id, &item.classes);
      const Scope scope = composer_.enter(parent, context);
      if (scope.style.hidden) continue;
      if (const auto* slot = std::get_if<layouts::Slot>(&item.what)) came += take(*slot, parent);
      if (const auto* box = std::get_if<layouts::Box>(&item.what)) came += walk(*box, scope);
      if (const auto* parallel = std::get_if<layouts::ParallelItem>(&item.what)) came += walk(parallel->items, scope);
      if (const auto* text = std::get_if<layouts::TextItem>(&item.what); text != nullptr && text->heading > 1) add({text->heading - 1, heading_destination(item), nullptr, &item});
      if (const auto* row = std::get_if<layouts::Row>(&item.what)) {
        for (const layouts::RowCell& cell : row->cells) {
          if (!composer_.shown(cell.shown, nullptr)) continue;
          const Element cell_context("cell", cell.id, &cell.classes);
          came += walk(cell.items, composer_.enter(scope, cell_context));
        }
      }
    }
    return came;
  }

  // A box around a slot that nothing came into is left out with its heading.
  std::size_t walk(const layouts::Box& box, const Scope& scope) {
    const std::size_t entries_before = entries_.size();
    const std::size_t came = walk(box.items, scope);
    const bool has_slot = std::any_of(box.items.begin(), box.items.end(), [](const layouts::Item& each) { return std::holds_alternative<layouts::Slot>(each.what); });
    if (has_slot && came == 0) entries_.resize(entries_before);
    return came;
  }

  std::size_t take(const layouts::Slot& slot, const Scope& parent) {
    std::size_t came = 0;
    for (const Composer::Slots::Piece* piece : slots_.take(slot)) {
      if (slot.use == layouts::SlotUse::Leave) continue;
      ++came;
      if (piece->block != nullptr) add_section(*piece->block, parent, 1);
    }
    return came;
  }

  void add_section(const content::Block& block, const Scope& parent, int level) {
    const auto* section = std::get_if<content::Section>(&block.what);
    if (section == nullptr || level > levels_) return;
    const Element context("section", block.id, &block.classes);
    const Scope scope = composer_.enter(parent, context);
    if (scope.style.hidden) return;
    add({level, block.id, &section->title, nullptr});
    for (const content::Block& inner : section->blocks) add_section(inner, scope, level + 1);
  }

  void add(Entry entry) {
    if (entry.level <= levels_) entries_.push_back(std::move(entry));
  }

  const Composer& composer_;
  int levels_;
  Composer::Slots slots_;
  std::vector<Entry> entries_;
};

class ContentsMaker {
 public:
  ContentsMaker(const Composer& composer, const layouts::Item& item, const Scope& scope) : composer_(composer), item_(item), scope_(scope) {}

  // Those from `next` on that are at least so deep. Deeper ones are a list inside the list (ISO 32000-1, 14.8.4.3).
  std::vector<Placed> make(const std::vector<Entry>& entries, std::size_t& next, int level) const {
    std::vector<Placed> made;
    while (next < entries.size() && entries[next].level >= level) {
      if (entries[next].level == level) made.push_back({line(entries[next++]), Column::Text});
      else made.push_back({composer_.flow("contents", item_.at, ComputedStyle{}, element_of(Role::Toc), make(entries, next, level + 1), Room::Narrow), Column::Text});
    }
    return made;
  }

 private:
  [[nodiscard]] BlockPtr line(const Entry& entry) const {
    static constexpr std::string_view kLevels[] = {"1", "2", "3"};
    static_assert(std::size(kLevels) == kDeepest);
    const Element context("contents-entry", "", nullptr, {{"level", kLevels[static_cast<std::size_t>(entry.level - 1)]}});
    const Scope scope = composer_.enter(scope_, context);
    // The whole entry is a link.
    const auto add_title = [&](TextBuilder& builder) {
      if (entry.title != nullptr) builder.add_inlines(without_links(entry.title->content), scope);
      else composer_.add_parts(builder, std::get<layouts::TextItem>(entry.heading->what), scope, nullptr);
    };
    TextBuilder words(composer_, scope, {});
    add_title(words);
    const std::string said = composer_.read(*words.finish_paragraph());
    TextBuilder builder(composer_, scope, element_of(Role::Toci));
    builder.add_link(display::DestinationTarget{composer_.destination(entry.destination)}, said, TextBuilder::In::Reference, [&] {
      add_title(builder);
      const Element leader("leader", "", nullptr), page("page-of", "", nullptr);
      builder.add_leader(styled::Leader::Pattern::Dots, std::nullopt, composer_.enter(scope, leader));
      builder.add_page_of(entry.destination, composer_.enter(scope, page));
    });
    return builder.finish("contents-entry", entry.title != nullptr ? entry.title->at : entry.heading->at);
  }

  const Composer& composer_;
  const layouts::Item& item_;
  const Scope& scope_;
};

}  // namespace

std::string heading_destination(const layouts::Item& item) { return item.id.empty() ? fmt::format("heading-{}-{}", item.at.line, item.at.column) : item.id; }

Placed Composer::contents(const layouts::Item& item, const layouts::ContentsItem& contents, const Scope& scope) const {
  const int levels = std::clamp(contents.levels, 1, kDeepest);
  const Element body("body", "", nullptr);
  const Scope root{{scope.path.front()}, scope.style, article.locale};
  Collector collector(*this, levels);  // entries point to sections that it may hold
  const std::vector<Entry> entries = collector.collect(sources.layout->body, enter(root, body));
  if (entries.empty()) return {};
  std::size_t next = 0;
  return {flow(item.name, item.at, scope.style, element_of(Role::Toc), ContentsMaker(*this, item, scope).make(entries, next, 1), Room::Narrow), scope.style.column};
}

}  // namespace handout::compose
