// Which of an article's ids need a destination: those that something points to and that will be on paper.
#include "compose/composer.h"
#include "compose/edition.h"

namespace handout::compose {

using content::Article;
using content::Block;

namespace {

void collect_targets(const content::Inlines& content, std::set<std::string>& targets) {
  for (const content::Inline& each : content) {
    struct Visitor {
      std::set<std::string>& targets;
      void operator()(const content::Text&) const {}
      void operator()(const content::Emphasized& emphasized) const { collect_targets(emphasized.content, targets); }
      void operator()(const content::Link& link) const {
        if (link.href.starts_with("#")) targets.insert(link.href.substr(1));
        collect_targets(link.content, targets);
      }
      void operator()(const content::Cite& cite) const { targets.insert(cite.reference); }
      void operator()(const content::FieldRef&) const {}
      void operator()(const content::Choose& choose) const {
        for (const content::When& branch : choose.branches) collect_targets(branch.content, targets);
        collect_targets(choose.otherwise, targets);
      }
      void operator()(const content::Plural& plural) const {
        for (const auto& [category, words] : plural.cases) collect_targets(words, targets);
      }
      void operator()(const content::Measure&) const {}
      void operator()(const content::Foreign& foreign) const { collect_targets(foreign.content, targets); }
      void operator()(const content::Quote& quote) const { collect_targets(quote.content, targets); }
      void operator()(const content::LineBreak&) const {}
    };
    std::visit(Visitor{targets}, each.what);
  }
}

std::set<std::string> link_targets(const Article& article) {
  std::set<std::string> targets;
  for (const content::TextBlock* block : content::text_blocks(article)) collect_targets(block->content, targets);
  return targets;
}

void collect_ids(const content::Blocks& blocks, std::set<std::string>& ids) {
  for (const Block& block : blocks) {
    ids.insert(block.id);
    if (const auto* section = std::get_if<content::Section>(&block.what)) collect_ids(section->blocks, ids);
    if (const auto* callout = std::get_if<content::Callout>(&block.what)) collect_ids(callout->blocks, ids);
    if (const auto* list = std::get_if<content::List>(&block.what)) {
      for (const content::Item& item : list->items) {
        ids.insert(item.id);
        collect_ids(item.blocks, ids);
      }
    }
  }
}

// The article's part that a piece of the slots stands for, with nothing else in it.
Article only(const Article& article, const Composer::Slots::Piece& piece) {
  Article part;
  if (piece.block != nullptr) part.body = {*piece.block};
  else if (piece.element == "title") part.title = article.title;
  else if (piece.element == "summary") part.summary = article.summary;
  else if (piece.element == "points") part.points = article.points;
  else part.references = article.references;
  return part;
}

// Sections, which contents lists name.
void collect_sections(const content::Blocks& blocks, std::set<std::string>& ids) {
  for (const Block& block : blocks) {
    const auto* section = std::get_if<content::Section>(&block.what);
    if (section == nullptr) continue;
    ids.insert(block.id);
    collect_sections(section->blocks, ids);
  }
}

// What a layout itself points to: places whose page it prints, and the headings in its contents list.
std::set<std::string> layout_targets(const Article& article, const layouts::LayoutDefinition& layout) {
  std::set<std::string> targets;
  for (const layouts::Items* items : layouts::all_items(layout)) {
    bool has_contents = false;
    layouts::visit_items(*items, [&](const layouts::Item& item) {
      has_contents = has_contents || std::holds_alternative<layouts::ContentsItem>(item.what);
      const auto* text = std::get_if<layouts::TextItem>(&item.what);
      if (text == nullptr) return;
      for (const layouts::TextPart& part : text->parts) {
        if (const auto* page = std::get_if<layouts::PageOfPart>(&part.what)) targets.insert(page->reference);
      }
    });
    if (!has_contents) continue;
    collect_sections(article.body, targets);
    layouts::visit_items(layout.body, [&](const layouts::Item& item) {
      const auto* text = std::get_if<layouts::TextItem>(&item.what);
      if (text != nullptr && text->heading > 1) targets.insert(heading_destination(item));
    });
  }
  return targets;
}

void collect_printed(const layouts::Items& items, const Article& article, const Fields& fields, Composer::Slots& slots, std::set<std::string>& ids) {
  for (const layouts::Item& item : items) {
    if (!shown(item.shown, fields, article.locale)) continue;
    if (!item.id.empty() && !std::holds_alternative<layouts::Slot>(item.what)) ids.insert(item.id);
    if (const auto* text = std::get_if<layouts::TextItem>(&item.what); text != nullptr && text->heading > 1) ids.insert(heading_destination(item));
    if (const auto* slot = std::get_if<layouts::Slot>(&item.what)) {
      for (const Composer::Slots::Piece* piece : slots.take(*slot)) {
        if (slot->use == layouts::SlotUse::Leave) continue;
        const Article part = only(article, *piece);
        collect_ids(part.body, ids);
        for (const content::TextBlock* text : content::text_blocks(part)) ids.insert(text->id);
      }
    }
    if (const auto* box = std::get_if<layouts::Box>(&item.what)) collect_printed(box->items, article, fields, slots, ids);
    if (const auto* parallel = std::get_if<layouts::ParallelItem>(&item.what)) collect_printed(parallel->items, article, fields, slots, ids);
    if (const auto* row = std::get_if<layouts::Row>(&item.what)) {
      for (const layouts::RowCell& cell : row->cells) {
        if (shown(cell.shown, fields, article.locale)) collect_printed(cell.items, article, fields, slots, ids);
      }
    }
  }
}

}  // namespace

std::set<std::string> printed_targets(const Article& article, const layouts::LayoutDefinition& layout, const Fields& fields) {
  Composer::Slots slots = slots_of(article);
  std::set<std::string> printed, targets;
  collect_printed(layout.body, article, fields, slots, printed);
  std::set<std::string> wanted = link_targets(article);
  wanted.merge(layout_targets(article, layout));
  for (const std::string& target : wanted) {
    if (printed.contains(target)) targets.insert(target);
  }
  return targets;
}

}  // namespace handout::compose
