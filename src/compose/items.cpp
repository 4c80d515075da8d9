// What the layout itself puts on the page: slots, boxes, rows, words, pictures, notices.
#include <algorithm>
#include <utility>

#include "compose/composer.h"

namespace handout::compose {

using display::ElementInfo;
using display::Role;
using styled::BlockPtr;

namespace {

class ItemComposer {
 public:
  ItemComposer(const Composer& composer, Room room, Composer::Slots* slots, const styled::PagePlace* place) : composer_(composer), room_(room), slots_(slots), place_(place) {}

  std::vector<Placed> compose(const layouts::Items& list, const Scope& parent) {
    std::vector<Placed> placed;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const layouts::Item& item = list[i];
      if (!composer_.shown(item.shown, place_)) continue;
      const Element context(item.name, item.id, &item.classes);
      const Scope scope = composer_.enter(parent, context);
      if (scope.style.hidden) continue;
      const std::size_t before = placed.size();
      std::visit([&](const auto& what) { add(placed, item, what, parent, scope); }, item.what);
      // An item that page numbers refer to by its id.
      if (!item.id.empty() && placed.size() > before && placed[before].block->anchor.empty()) anchor(placed[before].block, item.id);
      // An item is the same in every language by its place in the layout; what slots take has ids.
      if (!std::holds_alternative<layouts::Slot>(item.what) && placed.size() > before) composer_.note_origin(placed[before].block, fmt::format("item {}", i));
    }
    return placed;
  }

 private:
  void anchor(BlockPtr& block, const std::string& id) const {
    const BlockPtr before = block;
    block = composer_.anchored(std::move(block), id);
    if (composer_.origins == nullptr) return;
    if (const auto origin = composer_.origins->made_from.find(before); origin != composer_.origins->made_from.end()) composer_.note_origin(block, std::string(origin->second));
  }

  void add(std::vector<Placed>& placed, const layouts::Item&, const layouts::Slot& slot, const Scope& parent, const Scope&) {
    if (slots_ == nullptr) return;
    const std::vector<const Composer::Slots::Piece*> pieces = slots_->take(slot);
    if (composer_.resources.usage != nullptr && !pieces.empty()) composer_.resources.usage->slots.insert(&slot);
    if (slot.use == layouts::SlotUse::Leave) return;
    content::Blocks together;  // blocks that follow one another
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const bool is_block = pieces[i]->block != nullptr;
      if (is_block) together.push_back(*pieces[i]->block);
      if (is_block && i + 1 < pieces.size() && pieces[i + 1]->block != nullptr) continue;
      for (Placed& one : is_block ? composer_.blocks(std::exchange(together, {}), parent, room_, 2) : content(*pieces[i], parent)) {
        if (!one.block) continue;
        if (!is_block) composer_.note_origin(one.block, pieces[i]->element);
        placed.push_back(std::move(one));
        ++from_slots_;
      }
    }
  }

  std::vector<Placed> content(const Composer::Slots::Piece& piece, const Scope& parent) {
    if (piece.element == "title") return {composer_.text_block("title", composer_.article.title, parent, Role::H1)};
    if (piece.element == "summary") return {composer_.text_block("summary", *composer_.article.summary, parent, Role::P)};
    if (piece.element == "points") return {composer_.points(parent)};
    return {composer_.references(parent)};
  }

  void add(std::vector<Placed>& placed, const layouts::Item& item, const layouts::Box& box, const Scope&, const Scope& scope) {
    const Room inside = scope.style.column == Column::Full && scope.style.column_count == 1 ? room_ : Room::Narrow;
    const Room before = std::exchange(room_, inside);
    const std::size_t taken_before = from_slots_;
    std::vector<Placed> children = compose(box.items, scope);
    room_ = before;
    // A box around slots that nothing came into is left out with its heading.
    const bool has_slot = std::any_of(box.items.begin(), box.items.end(), [](const layouts::Item& each) { return std::holds_alternative<layouts::Slot>(each.what) || std::holds_alternative<layouts::ContentsItem>(each.what); });
    if (children.empty() || (has_slot && from_slots_ == taken_before)) return;
    // A box with a heading is a section of the document.
    const bool has_heading = std::any_of(box.items.begin(), box.items.end(), [](const layouts::Item& each) {
      const auto* text = std::get_if<layouts::TextItem>(&each.what);
      return text != nullptr && text->heading > 0;
    });
    if (!scope.style.icon.empty()) add_icon(children, item, scope, inside);
    placed.push_back({composer_.flow(item.name, item.at, scope.style, element_of(has_heading ? Role::Sect : Role::None), std::move(children), inside), scope.style.column});
  }

  // Beside the words that a box begins with; where it begins with something else, beside all that is in it.
  void add_icon(std::vector<Placed>& children, const layouts::Item& item, const Scope& scope, Room room) const {
    Placed& first = children.front();
    if (std::holds_alternative<styled::ParagraphBlock>(first.block->content)) {
      first.block = composer_.with_icon(std::move(first.block), scope.style);
      return;
    }
    std::vector<Placed> inside = std::exchange(children, {});
    ComputedStyle plain;
    children.push_back({composer_.with_icon(composer_.flow("content", item.at, plain, element_of(Role::None), std::move(inside), room), scope.style), Column::Full});
  }

  void add(std::vector<Placed>& placed, const layouts::Item& item, const layouts::Row& row, const Scope&, const Scope& scope) {
    const Room before = std::exchange(room_, Room::Narrow);
    std::vector<styled::RowCell> cells;
    for (const layouts::RowCell& cell : row.cells) {
      if (!composer_.shown(cell.shown, place_)) continue;
      const Element context("cell", cell.id, &cell.classes);
      const Scope cell_scope = composer_.enter(scope, context);
      styled::RowCell one;
      one.width = width(cell, cell_scope);
      const auto* fixed = std::get_if<styled::FixedWidth>(&one.width);
      const auto around = std::exchange(width_, fixed != nullptr ? std::optional(fixed->width) : width_);
      one.block = composer_.flow("cell", cell.at, cell_scope.style, element_of(Role::None), compose(cell.items, cell_scope), Room::Narrow);
      width_ = around;
      one.align = cell.align == "top" ? styled::CellAlign::Top : cell.align == "middle" ? styled::CellAlign::Middle : cell.align == "bottom" ? styled::CellAlign::Bottom : styled::CellAlign::FirstBaseline;
      cells.push_back(std::move(one));
    }
    room_ = before;
    if (cells.empty()) return;
    placed.push_back({composer_.row(item.name, item.at, std::move(cells), composer_.cascade.resolve_space(row.gap, scope.style.size), composer_.box(scope.style)), scope.style.column});
  }

  [[nodiscard]] styled::ColumnWidth width(const layouts::RowCell& cell, const Scope& scope) const {
    if (!cell.width) return styled::ContentWidth{};
    if (cell.width->fraction > 0) return styled::ShareWidth{cell.width->fraction};
    return styled::FixedWidth{composer_.cascade.resolve(*cell.width, scope.style.size)};
  }

  void add(std::vector<Placed>& placed, const layouts::Item& item, const layouts::TextItem& text, const Scope&, const Scope& scope) {
    const Role role = text.heading > 0 ? static_cast<Role>(static_cast<int>(Role::H1) + text.heading - 1) : Role::P;
    TextBuilder builder(composer_, scope, element_of(role));
    composer_.add_parts(builder, text, scope, place_);
    if (builder.empty()) return;
    BlockPtr block = builder.finish(item.name, item.at);
    if (text.heading > 1 && composer_.has_outline()) {
      auto titled = std::make_shared<styled::Block>(*block);
      titled->outline_title = composer_.read(*std::get<styled::ParagraphBlock>(block->content).paragraph);
      titled->outline_level = text.heading - 1;
      block = composer_.anchored(titled, heading_destination(item));
    }
    placed.push_back({block, scope.style.column});
  }

  void add(std::vector<Placed>& placed, const layouts::Item& item, const layouts::PictureItem& source, const Scope&, const Scope& scope) {
    std::filesystem::path path = composer_.sources.layout->folder / source.source;
    if (!source.field.empty()) {
      const FieldValue* value = composer_.fields.whole(source.field);
      if (value == nullptr) return;
      path = value->raw;
    }
    const auto picture = composer_.resources.pictures.load(path, item.at, composer_.diags);
    if (!picture) return;
    styled::Picture drawn{picture, picture->natural_size, {}, composer_.physical(scope.style.align, composer_.article.locale.direction())};
    Size& size = drawn.size;
    const auto resolve = [&](const layouts::Dimension& dimension) { return composer_.cascade.resolve(dimension, scope.style.size); };
    const auto& height = source.height ? source.height : scope.style.height;
    const auto& width = source.width ? source.width : scope.style.width;
    if (height) size = {resolve(*height).scaled(size.width.units(), size.height.units()), resolve(*height)};
    if (width) {
      const styled::Extent wide = composer_.cascade.extent(*width, scope.style.size);
      if (wide.share != 0) drawn.width = wide;
      // Both given: the picture fits inside.
      else if (!height || wide.length < size.width) size = {wide.length, wide.length.scaled(size.height.units(), size.width.units())};
    }
    auto block = std::make_shared<styled::Block>();
    block->name = item.name;
    block->at = item.at;
    block->box = composer_.picture_box(scope.style, drawn);
    if (!source.alt_phrase.empty()) {
      if (const content::Phrases* phrases = composer_.phrases_with(source.alt_phrase, item.at)) {
        block->element = element_of(Role::Figure);
        block->element.alt = phrases->patterns.find(source.alt_phrase)->second;
      }
    }
    block->content = std::move(drawn);
    placed.push_back({block, scope.style.column});
  }

  void add(std::vector<Placed>& placed, const layouts::Item& item, const layouts::RuleItem&, const Scope&, const Scope& scope) {
    auto block = std::make_shared<styled::Block>();
    block->name = item.name;
    block->at = item.at;
    block->box = composer_.box(scope.style);
    const styled::Border border = scope.style.border_top.value_or(styled::Border{0.75_pt, scope.style.color});
    block->box.border_top.reset();
    block->content = styled::Rule{border};
    placed.push_back({block, scope.style.column});
  }

  void add(std::vector<Placed>& placed, const layouts::Item& item, const layouts::LinesItem& lines, const Scope&, const Scope& scope) {
    auto block = std::make_shared<styled::Block>();
    block->name = item.name;
    block->at = item.at;
    block->box = composer_.box(scope.style);
    block->content = write_lines(lines.count, scope.style);
    placed.push_back({block, scope.style.column});
  }

  // Every text of a notice in its own language, script and direction.
  void add(std::vector<Placed>& placed, const layouts::Item& item, const layouts::NoticeItem& source, const Scope&, const Scope& scope) {
    const auto found = composer_.sources.notices.find(source.id);
    if (found == composer_.sources.notices.end()) return;
    std::vector<Placed> children;
    for (const content::NoticeText& text : found->second->texts) {
      const Element context("notice-text", "", nullptr);
      const Scope text_scope = composer_.enter(scope, context, text.language);
      TextBuilder builder(composer_, text_scope, element_of(Role::P));
      builder.add_inlines(text.content, text_scope);
      children.push_back({builder.finish("notice-text", text.at), Column::Text});
    }
    placed.push_back({composer_.flow(item.name, item.at, scope.style, element_of(Role::None), std::move(children), Room::Narrow), scope.style.column});
  }

  void add(std::vector<Placed>& placed, const layouts::Item& item, const layouts::ContentsItem& contents, const Scope&, const Scope& scope) {
    Placed list = composer_.contents(item, contents, scope);
    if (!list.block) return;
    placed.push_back(std::move(list));
    ++from_slots_;
  }

  void add(std::vector<Placed>& placed, const layouts::Item& item, const layouts::CodeItem& source, const Scope&, const Scope& scope) {
    Placed code = composer_.code(item, source, scope, width_);
    if (code.block) placed.push_back(std::move(code));
  }

  void add(std::vector<Placed>& placed, const layouts::Item& item, const layouts::ParallelItem& parallel, const Scope&, const Scope& scope) {
    if (styled::BlockPtr block = composer_.parallel(item, parallel, scope)) placed.push_back({block, scope.style.column});
  }

  const Composer& composer_;
  Room room_;
  Composer::Slots* slots_;
  const styled::PagePlace* place_;
  std::optional<Length> width_;  // of the cell around
  std::size_t from_slots_ = 0;   // blocks that slots brought
};

}  // namespace

bool shown(const layouts::Shown& shown, const Fields& fields, const unicode::Locale& language) {
  const auto has = [&](const std::string& field) { return fields.has(field); };
  return std::all_of(shown.has.begin(), shown.has.end(), has) && std::none_of(shown.lacks.begin(), shown.lacks.end(), has) && (shown.locales.empty() || is_of_locales(shown.locales, language)) &&
         (shown.scripts.empty() || std::find(shown.scripts.begin(), shown.scripts.end(), language.script()) != shown.scripts.end()) &&
         std::all_of(shown.when.begin(), shown.when.end(), [&](const layouts::Test& test) { return fields.holds(test); });
}

bool Composer::shown(const layouts::Shown& conditions, const styled::PagePlace* place) const {
  return compose::shown(conditions, fields, article.locale) && (place == nullptr || is_on_page(conditions.pages, *place, article.locale.direction()));
}

std::vector<Placed> Composer::items(const layouts::Items& list, const Scope& parent, Room room, Slots* slots, const styled::PagePlace* place) const {
  return ItemComposer(*this, parent.style.column_count > 1 ? Room::Narrow : room, slots, place).compose(list, parent);
}

const content::Phrases* Composer::phrases_with(std::string_view id, const Span& at) const {
  std::vector<std::string_view> known;
  for (const auto& phrases : sources.phrases[edition]) {
    if (phrases->patterns.contains(id)) return phrases.get();
    for (const auto& [name, pattern] : phrases->patterns) known.push_back(name);
  }
  diags.error(at, fmt::format("unknown phrase '{}'{}", id, did_you_mean(id, known))).hint("phrases stand in content/phrases/<locale>.xml");
  return nullptr;
}

}  // namespace handout::compose
