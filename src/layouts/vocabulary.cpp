#include "layouts/vocabulary.h"

#include <utility>

#include "layouts/vocabulary_rules.h"

namespace handout::layouts {
namespace {

void append(std::vector<xml::ElementRule>& rules, std::vector<xml::ElementRule> more) {
  for (xml::ElementRule& rule : more) rules.push_back(std::move(rule));
}

xml::Vocabulary make_vocabulary() {
  xml::Vocabulary vocabulary;
  vocabulary.kind = "layout";
  vocabulary.roots = {"layout", "part"};
  vocabulary.stand_in = variables_stand_in();
  vocabulary.groups = {
      {"@items", {"slot", "leave", "box", "row", "text", "picture", "rule", "lines", "notice", "contents", "code", "parallel", "include"}},
      {"@parts", {"phrase", "field", "page", "pages", "section-title", "page-of", "leader", "br"}},
  };
  append(vocabulary.elements, head_rules());
  append(vocabulary.elements, mark_rules());
  append(vocabulary.elements, style_rules());
  append(vocabulary.elements, item_rules());
  append(vocabulary.elements, part_rules());
  return vocabulary;
}

}  // namespace

const xml::Vocabulary& layout_vocabulary() {
  static const xml::Vocabulary vocabulary = make_vocabulary();
  return vocabulary;
}

const std::vector<std::string_view>& slot_words() {
  static const std::vector<std::string_view> words = {"title", "summary", "points", "section", "p", "ul", "ol", "table", "figure", "callout", "question", "dl", "references"};
  return words;
}

const std::vector<std::string_view>& styled_words() {
  static const std::vector<std::string_view> words = {
      "handout", "header", "footer", "body", "title", "summary", "points", "point", "section", "p", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure",
      "figcaption", "label", "callout", "question", "dl", "dt", "dd", "references", "reference", "strong", "em", "sup", "sub", "term", "q", "a", "cite", "field", "measure", "span", "slot", "box",
      "row", "cell", "text", "picture", "rule", "lines", "notice", "phrase", "page", "pages", "section-title", "marker", "legend", "legend-item", "item-text", "cell-text", "question-text", "questions", "stacked-row", "stacked-head", "stacked-cell", "stacked-heading",
      "notice-text", "reference-text", "entry", "unverified", "words",
      "region", "contents", "contents-entry", "code", "parallel", "page-of", "leader", "footnotes", "footnote", "track", "page-reference", "code-target"};
  return words;
}

}  // namespace handout::layouts
