#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "request/json_tree.h"

namespace handout::request {

// Whether messages may repeat what stands in the file. What belongs to a recipient never is.
enum class Values { Shown, Hidden };

// A JSON value with the path to it, for messages: "editions[0].locale: 'xx' is no language tag".
class JsonNode {
 public:
  JsonNode(const Json& json, std::string path, Values values, Diagnostics& diags) : json_(&json), path_(std::move(path)), values_(values), diags_(&diags) {}

  // False, and told, when it is no object. An unknown key is a fault.
  [[nodiscard]] bool is_object(const std::vector<std::string_view>& keys) const;
  // Of an object; nothing when absent.
  [[nodiscard]] std::optional<JsonNode> member(std::string_view key) const;
  [[nodiscard]] std::optional<JsonNode> hidden_member(std::string_view key) const;
  [[nodiscard]] const std::vector<JsonMember>* members() const;

  // Nothing, and told, when it is something else.
  [[nodiscard]] std::optional<std::string> text() const;
  // Not blank either.
  [[nodiscard]] std::optional<std::string> words() const;
  [[nodiscard]] std::optional<bool> flag() const;
  [[nodiscard]] std::optional<std::vector<JsonNode>> items() const;
  // A text, or a number as it was written.
  [[nodiscard]] std::optional<std::string> text_or_number() const;

  [[nodiscard]] bool holds_text() const { return std::holds_alternative<std::string>(json_->value); }

  // "path: 'value' is <what>", or "path: the value is <what>".
  void refuse(std::string_view what, std::string hint) const;
  // "path: <message>".
  void fault(std::string_view message, std::string hint = {}) const;
  // The same at a key of the object, which is not repeated.
  void fault_at(const JsonMember& member, std::string_view message, std::string hint) const;

 private:
  [[nodiscard]] JsonNode child(std::string_view step, const Json& json, Values values) const;
  void expected(std::string_view what) const;

  const Json* json_;
  std::string path_;
  Values values_;
  Diagnostics* diags_;
};

}  // namespace handout::request
