#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostics.h"

namespace handout::request {

struct Json;
struct JsonMember;

struct JsonNull {};
struct JsonNumber { std::string text; };  // as it was written
struct JsonArray { std::vector<Json> items; };
struct JsonObject {
  std::vector<JsonMember> members;  // in source order, every key once
  [[nodiscard]] const JsonMember* find(std::string_view key) const;
};

// A JSON value and where it stands.
struct Json {
  std::variant<JsonNull, bool, JsonNumber, std::string, JsonArray, JsonObject> value;
  Span at;
};
struct JsonMember { std::string key; Span at; Json value; };

// RFC 8259 and no more: UTF-8 without U+0000, no key twice in one object, at most 1 MB and 16 deep. Texts are never part of a message: they may be a patient's.
std::optional<Json> parse_json(std::string_view source, std::string_view shown, Diagnostics& diags);

}  // namespace handout::request
