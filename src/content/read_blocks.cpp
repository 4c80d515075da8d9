#include "content/reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "content/limits.h"

namespace handout::content {
namespace {

constexpr int kDeepestSection = 3;

constexpr std::pair<std::string_view, Level> kLevels[] = {{"full", Level::Full}, {"short", Level::Short}};
constexpr std::pair<std::string_view, CalloutKind> kCallouts[] = {
    {"note", CalloutKind::Note}, {"urgent", CalloutKind::Urgent}, {"warning", CalloutKind::Warning}, {"tip", CalloutKind::Tip}};

bool is_source_digest(std::string_view text) { return text.size() == 8 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

std::optional<TextBlock> read_optional_text(const xml::Element& parent, std::string_view name, Scope& scope) {
  const xml::Element* element = child(parent, name);
  if (!element) return std::nullopt;
  return read_text_block(*element, scope);
}

Paragraph read_paragraph(const xml::Element& element, Scope& scope) { return {read_text_block(element, scope)}; }

bool is_flow(std::string_view name) {
  constexpr std::string_view kFlow[] = {"p", "ul", "ol", "table", "figure", "question", "dl"};
  return std::find(std::begin(kFlow), std::end(kFlow), name) != std::end(kFlow);
}

// The first words of an item beside its blocks, or nothing.
std::optional<Span> words_beside_blocks(const xml::Element& item) {
  for (const xml::Node& node : item.children) {
    if (const xml::Text* text = node.text(); text && !is_blank(std::string_view(text->text))) return text->at;
    if (const xml::Element* element = node.element(); element && !is_flow(element->name)) return element->at;
  }
  return std::nullopt;
}

Item read_item(const xml::Element& element, int depth, Scope& scope) {
  Item item;
  item.id = text_of(element, "id");
  item.at = element.at;
  const bool blocks = std::any_of(element.children.begin(), element.children.end(), [](const xml::Node& node) { return node.element() && is_flow(node.element()->name); });
  if (!blocks) {
    item.text = read_text_block(element, scope);
    return item;
  }
  if (const auto words = words_beside_blocks(element)) {
    scope.diags.error(*words, fmt::format("item '{}' has words beside its blocks", item.id)).hint("put the words into a <p> of their own");
  }
  item.blocks = read_blocks(element, depth, scope);
  return item;
}

List read_list(const xml::Element& element, int depth, Scope& scope) {
  List list;
  if (element.name == "ol") {
    list.kind = element.value("kind") == "steps" ? ListKind::Steps : ListKind::Number;
    list.start = read_integer(element, "start", {1, kGreatestNumber});
  } else {
    list.kind = element.value("kind") == "check" ? ListKind::Check : ListKind::Bullet;
  }
  for (const xml::Element* item : children(element, "li")) list.items.push_back(read_item(*item, depth, scope));
  return list;
}

void check_picture(const Figure& figure, Scope& scope) {
  const std::filesystem::path source(figure.source);
  const bool inside = !source.empty() && source.is_relative() && std::find(source.begin(), source.end(), "..") == source.end();
  if (scope.folder.empty() || !inside || told(scope.diags, figure.source_at)) return;
  std::error_code failure;
  if (!std::filesystem::is_regular_file(scope.folder / source, failure)) {
    scope.diags.error(figure.source_at, fmt::format("no picture '{}' beside the article", figure.source))
        .hint(fmt::format("expected the file {}", (scope.folder / source).generic_string()))
        .meaning();
  }
}

Figure read_figure(const xml::Element& element, Scope& scope) {
  Figure figure;
  figure.source = text_of(element, "src");
  figure.source_at = value_at(element, "src");
  figure.alt = text_of(element, "alt");
  figure.caption = read_optional_text(element, "figcaption", scope);
  check_picture(figure, scope);
  std::map<std::string, Span> first;
  for (const xml::Element* label : children(element, "label")) {
    const Span at = value_at(*label, "for");
    figure.labels.push_back({text_of(*label, "for"), read_text_block(*label, scope)});
    const auto [before, is_new] = first.try_emplace(figure.labels.back().place, at);
    if (!is_new && label->find("for")) {
      scope.diags.error(at, fmt::format("the place '{}' has two labels", figure.labels.back().place)).hint(fmt::format("the first is at {}", to_text(before->second))).meaning();
    }
  }
  return figure;
}

Callout read_callout(const xml::Element& element, int depth, Scope& scope) {
  return {read_token(element, "kind", kCallouts), read_optional_text(element, "title", scope), read_blocks(element, depth, scope)};
}

Question read_question(const xml::Element& element, Scope& scope) {
  return {read_integer(element, "lines", {0, kMostLines}), read_text_block(element, scope)};
}

DefinitionList read_definitions(const xml::Element& element, Scope& scope) {
  DefinitionList list;
  for (const xml::Node& node : element.children) {
    const xml::Element* each = node.element();
    if (!each || (each->name != "dt" && each->name != "dd")) continue;
    if (each->name == "dt") {
      if (list.entries.empty() || !list.entries.back().descriptions.empty()) list.entries.emplace_back();
      list.entries.back().terms.push_back(read_text_block(*each, scope));
      continue;
    }
    if (list.entries.empty()) {
      scope.diags.error(each->at, "<dd> has no <dt> before it").hint("begin with the term");
      list.entries.emplace_back();
    }
    list.entries.back().descriptions.push_back(read_text_block(*each, scope));
  }
  const bool complete = list.entries.empty() || !list.entries.back().descriptions.empty() || !child(element, "dd");
  if (!complete) {
    const TextBlock& term = list.entries.back().terms.back();
    scope.diags.error(term.at, fmt::format("term '{}' has no <dd> after it", term.id));
  }
  return list;
}

Section read_section(const xml::Element& element, int depth, Scope& scope) {
  if (depth == kDeepestSection) {
    scope.diags.error(element.at, fmt::format("section '{}' is nested {} deep; sections nest at most {} deep", element.value("id"), depth + 1, kDeepestSection)).meaning();
  }
  Section section;
  if (const xml::Element* title = child(element, "title")) section.title = read_text_block(*title, scope);
  section.level = read_token(element, "level", kLevels);
  section.blocks = read_blocks(element, depth + 1, scope);
  return section;
}

std::optional<decltype(Block::what)> read_what(const xml::Element& element, int depth, Scope& scope) {
  if (element.name == "p") return read_paragraph(element, scope);
  if (element.name == "ul" || element.name == "ol") return read_list(element, depth, scope);
  if (element.name == "table") return read_table(element, scope);
  if (element.name == "figure") return read_figure(element, scope);
  if (element.name == "callout") return read_callout(element, depth, scope);
  if (element.name == "question") return read_question(element, scope);
  if (element.name == "dl") return read_definitions(element, scope);
  if (element.name == "section") return read_section(element, depth, scope);
  return std::nullopt;
}

}  // namespace

std::vector<std::string> read_classes(const xml::Element& element) { return split(element.value("class"), " "); }

TextBlock read_text_block(const xml::Element& element, Scope& scope, Empty empty) {
  TextBlock block{text_of(element, "id"), read_inlines(element, scope), text_of(element, "source"), element.at, read_classes(element)};
  if (element.find("source") && !is_source_digest(block.source)) {
    scope.diags.error(value_at(element, "source"), fmt::format("'{}' is not the digest of a block; expected eight hexadecimal digits", block.source))
        .hint("leave 'source' out until the translation is stamped");
  }
  if (empty == Empty::Fault && is_blank(block.content)) scope.diags.error(element.at, fmt::format("<{}> has no words", element.name)).meaning();
  return block;
}

Blocks read_blocks(const xml::Element& parent, int depth, Scope& scope) {
  Blocks blocks;
  for (const xml::Node& node : parent.children) {
    const xml::Element* element = node.element();
    if (!element) continue;
    auto what = read_what(*element, depth, scope);
    if (what) blocks.push_back({text_of(*element, "id"), read_classes(*element), element->at, *std::move(what)});
  }
  return blocks;
}

}  // namespace handout::content
