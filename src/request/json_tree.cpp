#include "request/json_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>
#include <utility>

#include "request/json_source.h"
#include "unicode/text.h"
#include "xml/places.h"

namespace handout::request {
namespace {

constexpr std::size_t kMostBytes = 1u << 20, kDeepest = 16;

bool is_number_character(char c) { return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'; }

// Builds the tree from nlohmann's SAX events; false ends the parse.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view source, Span file, const std::size_t& read, Diagnostics& diags) : source_(source), places_(source), file_(std::move(file)), read_(read), diags_(diags) {}

  bool null() { return add({JsonNull{}, span(read_ - 4)}); }
  bool boolean(bool value) { return add({value, span(read_ - (value ? 4 : 5))}); }
  bool number_integer(std::int64_t) { return add_number(); }
  bool number_unsigned(std::uint64_t) { return add_number(); }
  bool number_float(double, const std::string&) { return add_number(); }
  bool string(std::string& text) {
    const Span at = span(start_of_string());
    return check_text(text, at) && add({std::move(text), at});
  }
  template <typename Binary>
  bool binary(Binary&) { return false; }  // JSON text has none

  bool start_object(std::size_t) { return open({JsonObject{}, span(read_ - 1)}); }
  bool start_array(std::size_t) { return open({JsonArray{}, span(read_ - 1)}); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(std::string& text) {
    const Span at = span(start_of_string());
    if (!check_text(text, at)) return false;
    auto& object = std::get<JsonObject>(open_.back().value);
    if (const JsonMember* first = object.find(text)) {
      diags_.error(at, "the key stands twice in one object").hint(fmt::format("first at {}", to_text(first->at)));
      duplicates_ = true;
    }
    object.members.push_back({std::move(text), at, {}});
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& fault) {
    diags_.error(span(std::min(position == 0 ? 0 : position - 1, source_.size())), json_fault(fault.what()));
    return false;
  }

  std::optional<Json> take() {
    if (duplicates_ || !root_) return std::nullopt;
    return std::move(root_);
  }

 private:
  [[nodiscard]] Span span(std::size_t offset) const {
    const xml::Place place = places_.at(offset);
    return file_.at(place.line, place.column);
  }

  // The opening quote of the string that was just read. Outside of strings no backslash stands before a quote.
  [[nodiscard]] std::size_t start_of_string() const {
    std::size_t quote = read_ - 1;
    for (;;) {
      quote = source_.rfind('"', quote - 1);
      std::size_t backslashes = 0;
      while (backslashes < quote && source_[quote - 1 - backslashes] == '\\') ++backslashes;
      if (backslashes % 2 == 0) return quote;
    }
  }

  // The lexer has read one character beyond a number, unless the source ends there.
  bool add_number() {
    std::size_t end = read_;
    if (!is_number_character(source_[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && is_number_character(source_[begin - 1])) --begin;
    return add({JsonNumber{std::string(source_.substr(begin, end - begin))}, span(begin)});
  }

  bool check_text(const std::string& text, const Span& at) {
    if (text.find('\0') == std::string::npos) return true;
    diags_.error(at, "the text holds the character U+0000");
    return false;
  }

  bool open(Json container) {
    if (open_.size() == kDeepest) {
      diags_.error(container.at, fmt::format("more than {} levels of objects and lists", kDeepest));
      return false;
    }
    open_.push_back(std::move(container));
    return true;
  }

  bool close() {
    Json container = std::move(open_.back());
    open_.pop_back();
    return add(std::move(container));
  }

  bool add(Json value) {
    if (open_.empty()) root_ = std::move(value);
    else if (auto* array = std::get_if<JsonArray>(&open_.back().value)) array->items.push_back(std::move(value));
    else std::get<JsonObject>(open_.back().value).members.back().value = std::move(value);
    return true;
  }

  std::string_view source_;
  xml::Places places_;
  Span file_;
  const std::size_t& read_;
  Diagnostics& diags_;
  std::vector<Json> open_;
  std::optional<Json> root_;
  bool duplicates_ = false;
};

}  // namespace

const JsonMember* JsonObject::find(std::string_view key) const {
  const auto found = std::find_if(members.begin(), members.end(), [key](const JsonMember& each) { return each.key == key; });
  return found == members.end() ? nullptr : &*found;
}

std::optional<Json> parse_json(std::string_view source, std::string_view shown, Diagnostics& diags) {
  const Span file = Span::of_file(shown);
  if (source.size() > kMostBytes) {
    diags.error(file, fmt::format("has more than {} MB, the most that is read", kMostBytes >> 20));
    return std::nullopt;
  }
  if (const auto wrong = unicode::find_invalid_utf8(source)) {
    const xml::Place place = xml::Places(source).at(*wrong);
    diags.error(file.at(place.line, place.column), "is not UTF-8 here").hint("save the file as UTF-8");
    return std::nullopt;
  }
  std::size_t read = 0;
  TreeBuilder builder(source, file, read, diags);
  const JsonCursor begin(source.data(), &read), end(source.data() + source.size(), &read);
  if (!nlohmann::json::sax_parse(begin, end, &builder)) return std::nullopt;
  return builder.take();
}

}  // namespace handout::request
