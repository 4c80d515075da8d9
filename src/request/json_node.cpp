#include "request/json_node.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/numbers.h"
#include "xml/characters.h"

namespace handout::request {
namespace {

struct KindName {
  std::string_view operator()(const JsonNull&) const { return "null"; }
  std::string_view operator()(const bool& value) const { return value ? "true" : "false"; }
  std::string_view operator()(const JsonNumber&) const { return "a number"; }
  std::string_view operator()(const std::string&) const { return "a text"; }
  std::string_view operator()(const JsonArray&) const { return "a list"; }
  std::string_view operator()(const JsonObject&) const { return "an object"; }
};

}  // namespace

JsonNode JsonNode::child(std::string_view step, const Json& json, Values values) const {
  const bool index = step.starts_with('[');
  return {json, path_.empty() || index ? path_ + std::string(step) : fmt::format("{}.{}", path_, step), values, *diags_};
}

void JsonNode::fault(std::string_view message, std::string hint) const {
  diags_->error(json_->at, path_.empty() ? std::string(message) : fmt::format("{}: {}", path_, message)).hint(std::move(hint));
}

void JsonNode::fault_at(const JsonMember& member, std::string_view message, std::string hint) const {
  diags_->error(member.at, path_.empty() ? std::string(message) : fmt::format("{}: {}", path_, message)).hint(std::move(hint));
}

void JsonNode::refuse(std::string_view what, std::string hint) const {
  const auto* text = std::get_if<std::string>(&json_->value);
  if (text == nullptr || values_ == Values::Hidden) fault(fmt::format("the value is {}", what), std::move(hint));
  else fault(fmt::format("'{}' is {}", xml::excerpt(*text), what), std::move(hint));
}

void JsonNode::expected(std::string_view what) const { fault(fmt::format("found {}; expected {}", std::visit(KindName{}, json_->value), what)); }

bool JsonNode::is_object(const std::vector<std::string_view>& keys) const {
  const auto* object = std::get_if<JsonObject>(&json_->value);
  if (object == nullptr) {
    expected("an object");
    return false;
  }
  for (const JsonMember& each : object->members) {
    if (std::find(keys.begin(), keys.end(), each.key) != keys.end()) continue;
    // A recipient's object may have been written with names where keys belong.
    const std::string named = values_ == Values::Hidden ? "" : fmt::format(" '{}'", xml::excerpt(each.key));
    const std::string message = fmt::format("unknown key{}{}", named, did_you_mean(each.key, keys));
    diags_->error(each.at, path_.empty() ? message : fmt::format("{}: {}", path_, message)).hint(fmt::format("keys here are {}", fmt::join(keys, ", ")));
  }
  return true;
}

const std::vector<JsonMember>* JsonNode::members() const {
  const auto* object = std::get_if<JsonObject>(&json_->value);
  if (object == nullptr) expected("an object");
  return object != nullptr ? &object->members : nullptr;
}

std::optional<JsonNode> JsonNode::member(std::string_view key) const {
  const auto* object = std::get_if<JsonObject>(&json_->value);
  const JsonMember* found = object != nullptr ? object->find(key) : nullptr;
  return found != nullptr ? std::optional(child(key, found->value, values_)) : std::nullopt;
}

std::optional<JsonNode> JsonNode::hidden_member(std::string_view key) const {
  auto found = member(key);
  if (found) found->values_ = Values::Hidden;
  return found;
}

std::optional<std::string> JsonNode::text() const {
  if (const auto* text = std::get_if<std::string>(&json_->value)) return *text;
  expected("a text");
  return std::nullopt;
}

std::optional<std::string> JsonNode::words() const {
  auto read = text();
  if (!read || read->find_first_not_of(" \t\r\n") != std::string::npos) return read;
  fault("is empty; expected a text");
  return std::nullopt;
}

std::optional<bool> JsonNode::flag() const {
  if (const auto* flag = std::get_if<bool>(&json_->value)) return *flag;
  expected("true or false");
  return std::nullopt;
}

std::optional<std::vector<JsonNode>> JsonNode::items() const {
  const auto* array = std::get_if<JsonArray>(&json_->value);
  if (array == nullptr) {
    expected("a list");
    return std::nullopt;
  }
  std::vector<JsonNode> items;
  for (std::size_t i = 0; i < array->items.size(); ++i) items.push_back(child(fmt::format("[{}]", i), array->items[i], values_));
  return items;
}

std::optional<std::string> JsonNode::text_or_number() const {
  if (const auto* number = std::get_if<JsonNumber>(&json_->value)) {
    // 1e3 is a number to JSON only.
    if (parse_decimal(number->text)) return number->text;
    fault("is no plain number; expected one such as 4.5");
    return std::nullopt;
  }
  if (holds_text()) return text();
  expected("a text or a number");
  return std::nullopt;
}

}  // namespace handout::request
