#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "xml/grammar.h"
#include "xml/patterns.h"
#include "xml/vocabulary.h"

namespace handout::xml {
namespace {

std::string escape(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') escaped += "&amp;";
    else if (c == '<') escaped += "&lt;";
    else if (c == '>') escaped += "&gt;";
    else if (c == '"') escaped += "&quot;";
    else escaped += c;
  }
  return escaped;
}

// Writes elements, indented; a Scope is open as long as it lives.
class Writer {
 public:
  class Scope {
   public:
    Scope(Writer& writer, std::string_view name) : writer_(writer), name_(name) { ++writer_.depth_; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() {
      --writer_.depth_;
      writer_.line(fmt::format("</{}>", name_));
    }

   private:
    Writer& writer_;
    std::string name_;
  };

  [[nodiscard]] Scope open(std::string_view name, std::string_view attributes = {}) {
    line(fmt::format("<{}{}{}>", name, attributes.empty() ? "" : " ", attributes));
    return Scope(*this, name);
  }
  void line(std::string_view text) { text_ += fmt::format("{:{}}{}\n", "", 2 * depth_, text); }
  void document(std::string_view doc) {
    if (!doc.empty()) line(fmt::format("<a:documentation>{}</a:documentation>", escape(doc)));
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t depth_ = 0;
};

// They say what value_syntax.cpp reads.
constexpr std::string_view kId = "[A-Za-z][A-Za-z0-9._\\-]*";
constexpr std::string_view kPath = "[\\s\\S]+";
constexpr std::string_view kNotPath = "/[\\s\\S]*|[\\s\\S]*\\\\[\\s\\S]*|[^/]*:[\\s\\S]*|([\\s\\S]*/)?\\.\\.(/[\\s\\S]*)?";

std::string dimension_pattern() {
  return pattern::any_of({pattern::length(pattern::Least::Any, "pt|mm|cm|in|em|ex|ch|rem|u|%"), pattern::length(pattern::Least::Zero, "fr"), pattern::sum()});
}

// Our patterns take marks that they don't name only by these classes.
bool takes_any_character(const AttributeRule& rule) {
  constexpr ValueType kText[] = {ValueType::AnyText, ValueType::Text, ValueType::Path, ValueType::Custom};
  if (std::find(std::begin(kText), std::end(kText), rule.type) == std::end(kText)) return false;
  const std::string& pattern = rule.form.pattern;
  return pattern.empty() || pattern.find("\\S") != std::string::npos || pattern.find("[^") != std::string::npos;
}

// The characters of RFC 3986, of which a host begins with no delimiter and a mail address has an '@' inside.
std::string url_pattern() {
  const auto character = [](std::string_view more) { return fmt::format("([A-Za-z0-9\\-._~!$&'()*+,;=\\[\\]{}]|%[0-9A-Fa-f][0-9A-Fa-f])", more); };
  const std::string any = character("@:/?#");
  const std::string web = fmt::format("[Hh][Tt][Tt][Pp][Ss]?://{}{}*", character("@"), any);
  const std::string mail = fmt::format("[Mm][Aa][Ii][Ll][Tt][Oo]:{}+@{}{}*", character(":/?#"), character("@:/#"), any);
  return fmt::format("#{}|{}|{}|[Tt][Ee][Ll]:\\+?[0-9\\-.()]*[0-9][0-9\\-.()]*", kId, web, mail);
}

class Schema {
 public:
  explicit Schema(const Vocabulary& vocabulary) : grammar_(vocabulary) {}
  std::string write();

 private:
  void write_element(const Model& model);
  void write_attribute(const ElementRule& element, const AttributeRule& rule);
  void write_value(const ElementRule& element, const AttributeRule& rule);
  void write_own_value(const ElementRule& element, const AttributeRule& rule);
  void write_choices(const AttributeRule& rule);
  void write_integer(const AttributeRule& rule);
  void write_data(std::string_view type, const std::vector<std::string_view>& patterns, const std::vector<std::string_view>& excepts = {});
  void write_content(const Model& model);
  void write_children(const Model& model);
  void write_words_or_blocks(const Model& model);
  void write_sequence(const Model& model);
  void write_interleave(const Model& model);
  void write_particle(Times times, const std::vector<std::string_view>& names, std::string_view parent);
  void write_names(const std::vector<std::string_view>& names, std::string_view parent);
  [[nodiscard]] bool is_id_everywhere(std::string_view element, std::string_view attribute) const;
  [[nodiscard]] static std::string define_name(const ElementRule& rule);

  Grammar grammar_;
  Writer out_;
};

std::string Schema::write() {
  out_.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  {
    const auto grammar = out_.open("grammar",
                                   "xmlns=\"http://relaxng.org/ns/structure/1.0\" xmlns:a=\"http://relaxng.org/ns/compatibility/annotations/1.0\" "
                                   "datatypeLibrary=\"http://www.w3.org/2001/XMLSchema-datatypes\"");
    {
      const auto start = out_.open("start");
      write_names(grammar_.vocabulary().roots, "");
    }
    for (const Model& model : grammar_.models()) write_element(model);
  }
  return out_.text();
}

// Rules of one name differ by their parents: "row", "row.of.table".
std::string Schema::define_name(const ElementRule& rule) {
  std::string name(rule.name);
  for (const std::string_view parent : rule.parents) name += fmt::format("{}{}", name.size() == rule.name.size() ? ".of." : ".", parent);
  return name;
}

void Schema::write_element(const Model& model) {
  const ElementRule& rule = *model.rule;
  const auto define = out_.open("define", fmt::format("name=\"{}\"", define_name(rule)));
  const auto element = out_.open("element", fmt::format("name=\"{}\"", rule.name));
  out_.document(rule.doc);
  for (const AttributeRule& each : rule.attributes) write_attribute(rule, each);
  for (const AttributeRule& each : grammar_.vocabulary().common) {
    const bool own = std::any_of(rule.attributes.begin(), rule.attributes.end(), [&each](const AttributeRule& other) { return other.name == each.name; });
    if (!own) write_attribute(rule, each);
  }
  write_content(model);
}

void Schema::write_attribute(const ElementRule& element, const AttributeRule& rule) {
  const auto write_one = [&] {
    const auto attribute = out_.open("attribute", fmt::format("name=\"{}\"", rule.name));
    out_.document(rule.doc);
    write_value(element, rule);
  };
  if (rule.need == Need::Required) return write_one();
  const auto optional = out_.open("optional");
  write_one();
}

void Schema::write_value(const ElementRule& element, const AttributeRule& rule) {
  const StandIn& stand_in = grammar_.vocabulary().stand_in;
  if (!stand_in.counts_in(element.name, rule.name)) return write_own_value(element, rule);
  const auto choice = out_.open("choice");
  AttributeRule own = rule;
  if (takes_any_character(rule)) own.form.except += fmt::format("{}[\\s\\S]*[{}][\\s\\S]*", own.form.except.empty() ? "" : "|", stand_in.mark);
  write_own_value(element, own);
  write_data("string", {stand_in.pattern});
}

void Schema::write_own_value(const ElementRule& element, const AttributeRule& rule) {
  const ValueForm& form = rule.form;
  switch (rule.type) {
    case ValueType::AnyText:
    case ValueType::Custom: return write_data("string", {form.pattern}, {form.except});
    case ValueType::Text: return write_data("string", {"[\\s\\S]*\\S[\\s\\S]*", form.pattern}, {form.except});
    case ValueType::Id: return write_data(is_id_everywhere(element.name, rule.name) ? "ID" : "string", {kId});
    case ValueType::IdRef: return write_data("string", {kId});
    case ValueType::Number: return write_data("string", {pattern::decimal(pattern::Least::Any)});
    case ValueType::Date: return write_data("date", {"[0-9]{4}-[0-9]{2}-[0-9]{2}"});
    case ValueType::LanguageTag: return write_data("string", {pattern::language_tag()});
    case ValueType::Path: return write_data("string", {kPath, form.pattern}, {kNotPath, form.except});
    case ValueType::Url: return write_data("string", {url_pattern(), form.pattern}, {form.except});
    case ValueType::Dimension: return write_data("string", {dimension_pattern()});
    case ValueType::Token: return write_choices(rule);
    case ValueType::Integer: return write_integer(rule);
  }
}

void Schema::write_choices(const AttributeRule& rule) {
  const auto choice = out_.open("choice");
  for (const std::string_view each : rule.choices) {
    out_.line(fmt::format("<value type=\"string\">{}</value>", escape(each)));
    out_.document(doc_of_choice(rule, each));
  }
}

void Schema::write_integer(const AttributeRule& rule) {
  const auto data = out_.open("data", "type=\"long\"");
  out_.line("<param name=\"pattern\">-?[0-9]+</param>");
  out_.line(fmt::format("<param name=\"minInclusive\">{}</param>", rule.minimum));
  if (rule.maximum < std::numeric_limits<long long>::max()) out_.line(fmt::format("<param name=\"maxInclusive\">{}</param>", rule.maximum));
}

// Each pattern must hold and none of the exceptions; empty ones say nothing.
void Schema::write_data(std::string_view type, const std::vector<std::string_view>& patterns, const std::vector<std::string_view>& excepts) {
  const auto all_empty = [](const std::vector<std::string_view>& list) { return std::all_of(list.begin(), list.end(), [](std::string_view each) { return each.empty(); }); };
  if (all_empty(patterns) && all_empty(excepts)) return out_.line("<text/>");
  const auto data = out_.open("data", fmt::format("type=\"{}\"", type));
  for (const std::string_view each : patterns) {
    if (!each.empty()) out_.line(fmt::format("<param name=\"pattern\">{}</param>", escape(each)));
  }
  if (all_empty(excepts)) return;
  const auto scope = out_.open("except");
  for (const std::string_view each : excepts) {
    if (!each.empty()) write_data("string", {each});
  }
}

// RELAX NG DTD Compatibility section 4: an attribute is an ID wherever its element has it, or nowhere.
bool Schema::is_id_everywhere(std::string_view element, std::string_view attribute) const {
  const auto is_other = [attribute](const AttributeRule& each) { return each.name == attribute && each.type != ValueType::Id; };
  const std::vector<ElementRule>& rules = grammar_.vocabulary().elements;
  return std::none_of(rules.begin(), rules.end(), [&](const ElementRule& each) {
    const bool own = std::any_of(each.attributes.begin(), each.attributes.end(), [attribute](const AttributeRule& rule) { return rule.name == attribute; });
    const std::vector<AttributeRule>& declared = own ? each.attributes : grammar_.vocabulary().common;
    return each.name == element && std::any_of(declared.begin(), declared.end(), is_other);
  });
}

void Schema::write_content(const Model& model) {
  const TextContent text = model.rule->text;
  if (model.particles.empty()) return out_.line(text == TextContent::None ? "<empty/>" : "<text/>");
  if (text == TextContent::MixedOrBlocks) return write_words_or_blocks(model);
  if (text == TextContent::None) return write_children(model);
  const auto scope = out_.open("mixed");
  write_children(model);
}

void Schema::write_children(const Model& model) {
  switch (model.rule->order) {
    case Order::Any: return write_interleave(model);
    case Order::Sequence: return write_sequence(model);
    case Order::Repeated: {
      const auto repeated = out_.open("oneOrMore");
      return write_sequence(model);
    }
  }
}

void Schema::write_words_or_blocks(const Model& model) {
  const auto choice = out_.open("choice");
  {
    const auto mixed = out_.open("mixed");
    write_particle(model.particles.front().times, model.particles.front().names, model.rule->name);
  }
  Model blocks{model.rule, {model.particles.begin() + 1, model.particles.end()}, {}};
  write_interleave(blocks);
}

void Schema::write_sequence(const Model& model) {
  const auto group = out_.open("group");
  for (const Particle& particle : model.particles) write_particle(particle.times, particle.names, model.rule->name);
}

// RELAX NG section 7.4: no two branches of an interleave may list the same name; it counts for the first. What may stand any number of
// times shares one branch.
void Schema::write_interleave(const Model& model) {
  const auto interleave = out_.open("interleave");
  std::vector<std::string_view> seen, any;
  for (const Particle& particle : model.particles) {
    std::vector<std::string_view> names;
    for (const std::string_view name : particle.names) {
      if (std::find(seen.begin(), seen.end(), name) != seen.end()) continue;
      seen.push_back(name);
      (particle.times == Times::Any ? any : names).push_back(name);
    }
    if (!names.empty()) write_particle(particle.times, names, model.rule->name);
  }
  if (!any.empty()) write_particle(Times::Any, any, model.rule->name);
}

void Schema::write_particle(Times times, const std::vector<std::string_view>& names, std::string_view parent) {
  if (times == Times::One) return write_names(names, parent);
  const auto scope = out_.open(times == Times::Optional ? "optional" : times == Times::Any ? "zeroOrMore" : "oneOrMore");
  write_names(names, parent);
}

void Schema::write_names(const std::vector<std::string_view>& names, std::string_view parent) {
  const auto write_one = [&](std::string_view name) { out_.line(fmt::format("<ref name=\"{}\"/>", define_name(*grammar_.find(name, parent)->rule))); };
  if (names.size() == 1) return write_one(names[0]);
  const auto choice = out_.open("choice");
  for (const std::string_view name : names) write_one(name);
}

}  // namespace

std::string to_rng(const Vocabulary& vocabulary) { return Schema(vocabulary).write(); }

}  // namespace handout::xml
