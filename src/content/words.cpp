#include "content/words.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "content/article.h"

namespace handout::content {
namespace {

std::string_view format_name(FieldFormat format) {
  switch (format) {
    case FieldFormat::Plain: return "plain";
    case FieldFormat::LongDate: return "long-date";
    case FieldFormat::ShortDate: return "short-date";
    case FieldFormat::Number: return "number";
  }
  return "";
}

std::string_view emphasis_name(Emphasis kind) {
  switch (kind) {
    case Emphasis::Strong: return "strong";
    case Emphasis::Em: return "em";
    case Emphasis::Sup: return "sup";
    case Emphasis::Sub: return "sub";
    case Emphasis::Term: return "term";
  }
  return "";
}

struct PlainText {
  std::string operator()(const Text& what) const { return what.text; }
  std::string operator()(const Emphasized& what) const { return plain_text(what.content); }
  std::string operator()(const Link& what) const { return plain_text(what.content); }
  std::string operator()(const Foreign& what) const { return plain_text(what.content); }
  std::string operator()(const Quote& what) const { return what.marks.open + plain_text(what.content) + what.marks.close; }
  std::string operator()(const Cite& what) const { return fmt::format("{{cite:{}}}", what.reference); }
  std::string operator()(const FieldRef& what) const { return fmt::format("{{{}}}", what.name); }
  std::string operator()(const Measure& what) const { return fmt::format("{{{} {}}}", what.value, what.unit); }
  std::string operator()(const LineBreak&) const { return " "; }
  std::string operator()(const Choose& what) const {
    std::string text;
    for (const When& when : what.branches) {
      const Condition& condition = when.condition;
      text += text.empty() ? "{" : " | ";
      text += condition.field;
      if (condition.is) text += "=" + *condition.is;
      if (condition.is_not) text += "!=" + *condition.is_not;
      text += ": " + plain_text(when.content);
    }
    return text + (what.otherwise.empty() ? "}" : " | " + plain_text(what.otherwise) + "}");
  }
  std::string operator()(const Plural& what) const {
    std::string text = "{" + what.field;
    std::string_view separator = ", ";
    for (const auto& [category, words] : what.cases) {
      text += fmt::format("{}{}: {}", separator, category, plain_text(words));
      separator = " | ";
    }
    return text + "}";
  }
};

std::string attribute(std::string_view name, std::string_view value) { return value.empty() ? "" : fmt::format(" {}=\"{}\"", name, escaped(value)); }

std::string element(std::string_view name, const std::string& attributes, const std::string& content) {
  return content.empty() ? fmt::format("<{}{}/>", name, attributes) : fmt::format("<{0}{1}>{2}</{0}>", name, attributes, content);
}

struct Markup {
  std::string operator()(const Text& what) const { return escaped(what.text); }
  std::string operator()(const Emphasized& what) const { return element(emphasis_name(what.kind), "", markup(what.content)); }
  std::string operator()(const Link& what) const { return element("a", attribute("href", what.href), markup(what.content)); }
  std::string operator()(const Cite& what) const { return element("cite", attribute("ref", what.reference), ""); }
  std::string operator()(const FieldRef& what) const {
    return element("field", attribute("name", what.name) + (what.format == FieldFormat::Plain ? "" : attribute("format", format_name(what.format))), "");
  }
  std::string operator()(const Choose& what) const {
    std::string branches;
    for (const When& when : what.branches) {
      const Condition& condition = when.condition;
      branches += element("when", attribute("field", condition.field) + attribute("is", condition.is.value_or("")) + attribute("is-not", condition.is_not.value_or("")), markup(when.content));
    }
    if (!what.otherwise.empty()) branches += element("otherwise", "", markup(what.otherwise));
    return element("choose", "", branches);
  }
  std::string operator()(const Plural& what) const {
    std::string cases;
    for (const auto& [category, words] : what.cases) cases += element("case", attribute("of", category), markup(words));
    return element("plural", attribute("field", what.field), cases);
  }
  std::string operator()(const Measure& what) const {
    return element("measure", attribute("value", what.value) + attribute("unit", what.unit) + attribute("us-value", what.us_value) + attribute("us-unit", what.us_unit), "");
  }
  std::string operator()(const Foreign& what) const {
    const std::string_view direction = !what.direction ? "" : *what.direction == Direction::RightToLeft ? "rtl" : "ltr";
    return element("span", attribute("xml:lang", what.language.tag()) + attribute("dir", direction), markup(what.content));
  }
  std::string operator()(const Quote& what) const { return element("q", "", markup(what.content)); }
  std::string operator()(const LineBreak&) const { return "<br/>"; }
};

template <typename Form>
std::string written(const Inlines& content, const Form& form) {
  std::string text;
  for (const Inline& each : content) text += std::visit(form, each.what);
  return text;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '"') out += "&quot;";
    // A line end that a character reference brought in must not break a line of the dump.
    else if (static_cast<unsigned char>(c) < 0x20) out += fmt::format("&#{};", static_cast<int>(c));
    else out += c;
  }
  return out;
}

std::string plain_text(const Inlines& content) { return written(content, PlainText{}); }

std::string markup(const Inlines& content) { return written(content, Markup{}); }

std::string block_digest(const TextBlock& block) { return sha256_hex(markup(block.content)).substr(0, 8); }

}  // namespace handout::content
