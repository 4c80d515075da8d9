#include <array>
#include <algorithm>

#include "inspect/inspect.h"

namespace handout::inspect {

namespace {

constexpr std::array<std::string_view, 15> kInline{"Span", "Quote",  "Note", "Reference", "BibEntry", "Code", "Link", "Annot",
                                                   "Ruby", "Warichu", "RB",   "RT",        "RP",       "WT",   "WP"};

void end_line(std::string& text) {
  if (!text.empty() && text.back() != '\n') text += '\n';
}

void add_text(const ElementNode& node, std::string& text) {
  const bool block = !is_inline(node.role);
  if (block) end_line(text);
  for (const auto& kid : node.kids) {
    if (const auto* words = std::get_if<std::string>(&kid)) text += *words;
    else add_text(std::get<ElementNode>(kid), text);
  }
  if (block) end_line(text);
}

// Characters that no eye tells apart or that reorder the line, as \u{...}: three bytes of UTF-8 at most.
std::string escaped(std::string_view text) {
  struct Hidden {
    std::string_view bytes, shown;
  };
  static constexpr std::array<Hidden, 22> kHidden{{{"\"", "\\\""}, {"\\", "\\\\"}, {"\n", "\\n"}, {"\t", "\\t"},
      {"\xC2\xA0", "\\u{A0}"}, {"\xC2\xAD", "\\u{AD}"}, {"\xD8\x9C", "\\u{61C}"},
      {"\xE2\x80\x8B", "\\u{200B}"}, {"\xE2\x80\x8C", "\\u{200C}"}, {"\xE2\x80\x8D", "\\u{200D}"}, {"\xE2\x80\x8E", "\\u{200E}"}, {"\xE2\x80\x8F", "\\u{200F}"},
      {"\xE2\x80\xAA", "\\u{202A}"}, {"\xE2\x80\xAB", "\\u{202B}"}, {"\xE2\x80\xAC", "\\u{202C}"}, {"\xE2\x80\xAF", "\\u{202F}"},
      {"\xE2\x81\xA0", "\\u{2060}"}, {"\xE2\x81\xA6", "\\u{2066}"}, {"\xE2\x81\xA7", "\\u{2067}"}, {"\xE2\x81\xA8", "\\u{2068}"}, {"\xE2\x81\xA9", "\\u{2069}"},
      {"\xEF\xBB\xBF", "\\u{FEFF}"}}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto hidden = std::ranges::find_if(kHidden, [&](const Hidden& h) { return text.substr(i).starts_with(h.bytes); });
    if (hidden == kHidden.end()) {
      out += text[i++];
    } else {
      out += hidden->shown;
      i += hidden->bytes.size();
    }
  }
  return out;
}

std::string head(const ElementNode& node) {
  std::string text = node.role;
  const auto add = [&](std::string_view label, std::string_view value) {
    if (!value.empty()) text += " " + std::string(label) + "=\"" + escaped(value) + '"';
  };
  add("Lang", node.language);
  add("Alt", node.alt);
  add("T", node.title);
  for (const auto& [name, value] : node.attributes) {
    if (name != "BBox" && name != "Placement") add(name, value);  // where a figure stands is the display's matter
  }
  return text;
}

// Neighbouring texts are one: an underline may have parted them.
std::vector<std::variant<std::string, const ElementNode*>> joined_kids(const ElementNode& node) {
  std::vector<std::variant<std::string, const ElementNode*>> kids;
  for (const auto& kid : node.kids) {
    if (const auto* element = std::get_if<ElementNode>(&kid)) {
      kids.emplace_back(element);
      continue;
    }
    const std::string& words = std::get<std::string>(kid);
    if (words.empty()) continue;
    if (!kids.empty() && std::holds_alternative<std::string>(kids.back())) std::get<std::string>(kids.back()) += words;
    else kids.emplace_back(words);
  }
  return kids;
}

void add_lines(const ElementNode& node, std::size_t level, std::string& out) {
  const auto kids = joined_kids(node);
  out += std::string(2 * level, ' ') + head(node);
  if (kids.size() == 1 && std::holds_alternative<std::string>(kids.front())) {
    out += " \"" + escaped(std::get<std::string>(kids.front())) + "\"\n";
    return;
  }
  out += '\n';
  for (const auto& kid : kids) {
    if (const auto* words = std::get_if<std::string>(&kid)) out += std::string(2 * level + 2, ' ') + '"' + escaped(*words) + "\"\n";
    else add_lines(*std::get<const ElementNode*>(kid), level + 1, out);
  }
}

void add_element_lines(const ElementNode& node, const std::string& way, std::vector<std::string>& out) {
  out.push_back(way + head(node));
  for (const auto& kid : node.kids) {
    if (const auto* element = std::get_if<ElementNode>(&kid)) add_element_lines(*element, way + node.role + " > ", out);
  }
}

}  // namespace

bool is_inline(std::string_view role) { return std::ranges::find(kInline, role) != kInline.end(); }

std::string structure_text(const ElementNode& tree) {
  std::string text;
  add_text(tree, text);
  if (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string dump(const ElementNode& tree) {
  std::string out;
  if (!tree.role.empty()) add_lines(tree, 0, out);
  return out;
}

std::vector<std::string> element_lines(const ElementNode& tree) {
  std::vector<std::string> out;
  if (!tree.role.empty()) add_element_lines(tree, {}, out);
  return out;
}

}  // namespace handout::inspect
