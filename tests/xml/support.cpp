#include "support.h"

#include <fmt/format.h>

namespace handout::xml {

std::string dump(const Element& element) {
  std::string text = element.name;
  for (const Attribute& each : element.attributes) text += fmt::format("({}={})", each.name, each.value);
  text += "{";
  for (const Node& node : element.children) text += node.text() ? fmt::format("[{}]", node.text()->text) : dump(*node.element());
  return text + "}";
}

std::string faults_of(std::string_view source) {
  Diagnostics diags;
  const bool parsed = parse(source, "f", diags).has_value();
  if (parsed == diags.has_errors()) return "parse and its diagnostics disagree";
  return to_text(diags);
}

std::string tree_of(std::string_view source) {
  Diagnostics diags;
  const auto root = parse(source, "f", diags);
  return root ? dump(*root) : to_text(diags);
}

Vocabulary sample_vocabulary() {
  Vocabulary v;
  v.kind = "article";
  v.roots = {"article"};
  v.common = {{"id", ValueType::Id, Need::Optional, "a stable name"},
              {"xml:lang", ValueType::LanguageTag, Need::Optional, "the language of the content, where it differs <here>"}};
  v.groups = {{"@blocks", {"p", "@lists", "figure", "callout", "table"}}, {"@lists", {"ul", "ol"}}, {"@inline", {"strong", "a", "br"}}};
  v.elements = {
      {"article", "A whole handout.",
       {{"id", ValueType::Id, Need::Required, "its key"},
        {"version", ValueType::Integer, Need::Required, "counts from 1", {}, 1},
        {"reviewed", ValueType::Date, Need::Optional, "the day of the review"}},
       {{"title", Times::One}, {"summary", Times::Optional}, {"section", Times::AtLeastOne}}, TextContent::None, Order::Sequence},
      {"title", "The heading.", {}, {{"@inline", Times::Any}}, TextContent::Mixed},
      {"summary", "What it is about.", {}, {{"p", Times::AtLeastOne}}},
      {"section", "A part.", {}, {{"title", Times::One}, {"@blocks", Times::Any}}},
      {"p", "A paragraph.", {}, {{"@inline", Times::Any}}, TextContent::Mixed},
      {"ul", "A list.", {}, {{"li", Times::AtLeastOne}}},
      {"ol", "A numbered list.", {{"start", ValueType::Integer, Need::Optional, "its first number"}}, {{"li", Times::AtLeastOne}}},
      {"li", "An item.", {}, {{"@inline", Times::Any}, {"@lists", Times::Any}}, TextContent::Mixed},
      {"figure", "A picture.",
       {{"src", ValueType::Path, Need::Required, "its file"},
        {"alt", ValueType::Text, Need::Required, "what it shows"},
        {"width", ValueType::Dimension, Need::Optional, "its width"},
        {"note", ValueType::AnyText, Need::Optional, "a remark"},
        {"scale", ValueType::Number, Need::Optional, "a factor"},
        {"of", ValueType::IdRef, Need::Optional, "what it belongs to"},
        {"color", ValueType::Custom, Need::Optional, "a colour"}},
       {}},
      {"callout", "A box.", {{"kind", ValueType::Token, Need::Required, "how grave", {"urgent", "warning", "tip", "note"}}}, {{"p", Times::AtLeastOne}}},
      {"table", "A table.", {}, {{"row", Times::AtLeastOne}}},
      {"row", "A row of cells.", {}, {{"cell", Times::AtLeastOne}}, TextContent::None, Order::Any, {"table"}},
      {"cell", "A cell.", {}, {}, TextContent::Mixed},
      {"strong", "Important.", {}, {}, TextContent::Mixed},
      {"a", "A link.", {{"href", ValueType::Url, Need::Required, "where it leads"}}, {}, TextContent::Mixed},
      {"br", "A line break.", {}, {}},
  };
  return v;
}

std::string validated(std::string_view source, const Vocabulary& vocabulary) {
  Diagnostics diags;
  const auto root = parse(source, "f", diags);
  if (root && validate(*root, vocabulary, diags) == diags.has_errors()) return "validate and its diagnostics disagree";
  return to_text(diags);
}

}  // namespace handout::xml
