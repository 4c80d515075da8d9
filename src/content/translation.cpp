#include "content/article.h"

#include <fmt/format.h>

#include <algorithm>

namespace handout::content {
namespace {

using Texts = std::vector<const TextBlock*>;

void collect(const Blocks& blocks, Texts& texts);

void collect(const std::optional<TextBlock>& text, Texts& texts) {
  if (text) texts.push_back(&*text);
}

void collect(const std::vector<TextBlock>& all, Texts& texts) {
  for (const TextBlock& each : all) texts.push_back(&each);
}

void collect(const std::vector<TableRow>& rows, Texts& texts) {
  for (const TableRow& row : rows) {
    for (const Cell& cell : row.cells) texts.push_back(&cell.text);
  }
}

struct Collect {
  Texts& texts;

  void operator()(const Paragraph& block) const { texts.push_back(&block.text); }
  void operator()(const Question& block) const { texts.push_back(&block.text); }
  void operator()(const List& block) const {
    for (const Item& item : block.items) {
      collect(item.text, texts);
      collect(item.blocks, texts);
    }
  }
  void operator()(const Table& block) const {
    collect(block.caption, texts);
    collect(block.head, texts);
    for (const RowGroup& body : block.bodies) collect(body.rows, texts);
  }
  void operator()(const Figure& block) const {
    collect(block.caption, texts);
    for (const Label& label : block.labels) texts.push_back(&label.text);
  }
  void operator()(const Callout& block) const {
    collect(block.title, texts);
    collect(block.blocks, texts);
  }
  void operator()(const DefinitionList& block) const {
    for (const Definition& entry : block.entries) {
      collect(entry.terms, texts);
      collect(entry.descriptions, texts);
    }
  }
  void operator()(const Section& block) const {
    texts.push_back(&block.title);
    collect(block.blocks, texts);
  }
};

void collect(const Blocks& blocks, Texts& texts) {
  for (const Block& block : blocks) std::visit(Collect{texts}, block.what);
}

using ById = std::map<std::string_view, const TextBlock*>;

ById by_id(const Texts& texts) {
  ById found;
  for (const TextBlock* each : texts) found.emplace(each->id, each);
  return found;
}

std::vector<std::string_view> names(const ById& blocks) {
  std::vector<std::string_view> all;
  for (const auto& [id, block] : blocks) all.push_back(id);
  return all;
}

void compare_block(const TextBlock& translated, const ById& sources, Diagnostics& diags) {
  const auto source = sources.find(translated.id);
  if (source == sources.end()) {
    diags.warning(translated.at, fmt::format("block '{}' is not in the source{}", translated.id, did_you_mean(translated.id, names(sources))));
    return;
  }
  const std::string now = block_digest(*source->second);
  if (translated.source.empty() || translated.source == now) return;
  diags.warning(translated.at, fmt::format("block '{}' translates {}, the source block is now {}", translated.id, translated.source, now))
      .hint(fmt::format("translate {} again, then write source=\"{}\"", to_text(source->second->at), now));
}

}  // namespace

std::vector<const TextBlock*> text_blocks(const Article& article) {
  Texts texts = {&article.title};
  collect(article.summary, texts);
  collect(article.points, texts);
  collect(article.body, texts);
  for (const Reference& reference : article.references) texts.push_back(&reference.text);
  return texts;
}

void compare_translation(const Article& source, const Article& translation, Diagnostics& diags) {
  const Texts source_texts = text_blocks(source), translated_texts = text_blocks(translation);
  const ById sources = by_id(source_texts), translated = by_id(translated_texts);
  for (const TextBlock* each : translated_texts) compare_block(*each, sources, diags);
  for (const TextBlock* each : source_texts) {
    if (!translated.contains(each->id)) {
      diags.warning(translation.at, fmt::format("block '{}' is missing", each->id)).hint(fmt::format("the source has it at {}", to_text(each->at)));
    }
  }
  // Said once: a translation that nobody has stamped lacks it in every block.
  const auto unstamped = [&](const TextBlock* each) { return each->source.empty() && sources.contains(each->id); };
  const auto first = std::find_if(translated_texts.begin(), translated_texts.end(), unstamped);
  if (first != translated_texts.end()) {
    const auto number = std::count_if(translated_texts.begin(), translated_texts.end(), unstamped);
    diags.warning((*first)->at, fmt::format("block '{}'{} without 'source' cannot be compared with the source", (*first)->id,
                                            number == 1 ? "" : fmt::format(" and {} more", number - 1)))
        .hint("stamp the translation with the digests of the blocks that it translates");
  }
}

}  // namespace handout::content
