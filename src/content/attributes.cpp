#include "content/reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/numbers.h"

namespace handout::content {
namespace {
constexpr std::size_t kMostFaults = 500;
}

std::string text_of(const xml::Element& element, std::string_view attribute) { return std::string(element.value(attribute)); }

Span value_at(const xml::Element& element, std::string_view attribute) {
  const xml::Attribute* found = element.find(attribute);
  return found ? found->value_at : element.at;
}

bool told(const Diagnostics& diags, const Span& at) {
  if (diags.error_count() >= kMostFaults) return true;
  return std::any_of(diags.all().begin(), diags.all().end(), [&](const Diagnostic& each) {
    return each.severity == Severity::Error && each.at.file && at.file && *each.at.file == *at.file && each.at.line == at.line && each.at.column == at.column;
  });
}

void append(const Diagnostics& document, Diagnostics& diags) {
  const auto add = [&diags](const Diagnostic& each) {
    if (each.severity == Severity::Warning) return diags.warning(each.at, each.message);
    if (each.severity == Severity::Note) return diags.note(each.at, each.message);
    return each.cause == Cause::Machine ? diags.machine_error(each.at, each.message) : diags.error(each.at, each.message);
  };
  for (const Diagnostic& each : document.all()) {
    auto added = add(each);
    added.hint(each.hint);
    if (each.aspect == Aspect::Meaning) added.meaning();
  }
}

int read_integer(const xml::Element& element, std::string_view attribute, IntegerRange range) {
  const xml::Attribute* found = element.find(attribute);
  if (!found) return range.fallback;
  const auto value = parse_integer(found->value);
  return value && *value >= 0 && *value <= range.most ? static_cast<int>(*value) : range.fallback;
}

std::optional<Date> read_date(const xml::Element& element, std::string_view attribute) {
  const xml::Attribute* found = element.find(attribute);
  return found ? unicode::parse_date(found->value) : std::nullopt;
}

Locale read_language(const xml::Element& element, Diagnostics& diags) {
  const xml::Attribute* found = element.find("xml:lang");
  if (!found) return {};
  if (auto locale = Locale::parse(found->value)) return *std::move(locale);
  if (!told(diags, found->value_at)) {
    diags.error(found->value_at, fmt::format("unknown language '{}'", found->value)).hint("use a BCP 47 tag such as en, es, pt-BR or zh-Hans").meaning();
  }
  return {};
}

std::string read_name(const xml::Element& element, Diagnostics& diags) {
  const xml::Attribute* found = element.find("id");
  if (!found) return "";
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'; };
  if (found->value.empty() || !std::all_of(found->value.begin(), found->value.end(), allowed)) {
    diags.error(found->value_at, fmt::format("'{}' cannot be the id of <{}>", found->value, element.name)).hint("use letters, digits and '-'");
  }
  return found->value;
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(separators), text.size());
    std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!part.empty() && part.front() == ' ') part.remove_prefix(1);
    while (!part.empty() && part.back() == ' ') part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::vector<const xml::Element*> children(const xml::Element& parent, std::string_view name) {
  std::vector<const xml::Element*> found;
  for (const xml::Node& node : parent.children) {
    if (const xml::Element* element = node.element(); element && element->name == name) found.push_back(element);
  }
  return found;
}

const xml::Element* child(const xml::Element& parent, std::string_view name) {
  const auto all = children(parent, name);
  return all.empty() ? nullptr : all.front();
}

}  // namespace handout::content
