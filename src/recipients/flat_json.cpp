#include "recipients/flat_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "recipients/bytes.h"
#include "request/json_source.h"
#include "unicode/text.h"

namespace handout::recipients {
namespace {

constexpr std::size_t kDeepest = 32, kMostNodes = 65536, kLargeRecord = 64 * 1024;
constexpr std::uint32_t kRoot = 0;

bool is_number_character(char c) { return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'; }

}  // namespace

// nlohmann's SAX events of one record; false ends the parse.
class FlatJsonEvents {
 public:
  FlatJsonEvents(FlatJson& flat, std::string_view source, const std::size_t& read) : flat_(flat), source_(source), read_(read) {}

  bool null() { return begin_value() && keep_key(); }
  bool boolean(bool value) { return begin_value() && set(value ? "true" : "false"); }
  bool number_integer(std::int64_t) { return number(); }
  bool number_unsigned(std::uint64_t) { return number(); }
  bool number_float(double, const std::string&) { return number(); }
  bool string(std::string& text) { return begin_value() && set(text); }
  template <typename Binary>
  bool binary(Binary&) { return false; }  // JSON text has none

  bool start_object(std::size_t) { return open(Kind::Object); }
  bool start_array(std::size_t) { return open(Kind::Array); }
  bool end_object() {
    open_.pop_back();
    return true;
  }
  bool end_array() {
    const Frame list = open_.back();
    open_.pop_back();
    if (flat_.wanted_.empty() || flat_.nodes_[list.node].ignored || flat_.keep_length(list.node, list.index)) return true;
    return refuse(fmt::format("the file has more than {} different lists", flat_.limits_.columns));
  }

  bool key(std::string& text) {
    Frame& frame = open_.back();
    if (text.find('\0') != std::string::npos) return refuse("a key holds the character U+0000");
    frame.child = flat_.node_of(frame.node, text, "");
    FlatJson::Node& node = flat_.nodes_[frame.child];
    if (node.object == frame.object) return refuse("a key stands twice in one object", node.path);
    node.object = frame.object;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& fault) {
    fault_ = FlatJson::Fault{request::json_fault(fault.what()), std::min(position == 0 ? 0 : position - 1, source_.size()), ""};
    return false;
  }

  std::optional<FlatJson::Fault> take() { return std::move(fault_); }

 private:
  enum class Kind : std::uint8_t { Object, Array };
  struct Frame {
    Kind kind;
    std::uint32_t node, child;
    std::uint64_t object, index;
    bool has_text;  // of an array: a plain value was in it
  };

  // An item of a list has a node of its own when it is an object or a list.
  bool begin_value() {
    if (open_.empty()) return refuse("is no JSON object");
    if (open_.back().kind == Kind::Array) ++open_.back().index;
    return true;
  }

  bool open(Kind kind) {
    if (open_.empty()) {
      if (kind == Kind::Array) return refuse("is a list; expected an object");
      open_.push_back({kind, kRoot, kRoot, ++flat_.objects_, 0, false});
      return true;
    }
    if (open_.size() == kDeepest) return refuse(fmt::format("more than {} levels of objects and lists", kDeepest));
    Frame& frame = open_.back();
    const std::uint32_t node = frame.kind == Kind::Object ? frame.child : flat_.node_of(frame.node, std::to_string(frame.index), "[]");
    ++frame.index;
    open_.push_back({kind, node, node, kind == Kind::Object ? ++flat_.objects_ : 0, 0, false});
    return true;
  }

  // The lexer has read one character beyond a number, unless the source ends there.
  bool number() {
    if (!begin_value()) return false;
    std::size_t end = read_;
    if (!is_number_character(source_[end - 1])) --end;
    std::size_t begin = end;
    while (begin > 0 && is_number_character(source_[begin - 1])) --begin;
    return set(source_.substr(begin, end - begin));
  }

  bool set(std::string_view text) {
    Frame& frame = open_.back();
    const std::uint32_t node = frame.kind == Kind::Object ? frame.child : frame.node;
    if (flat_.nodes_[node].ignored) return true;
    const auto column = flat_.column_of(node);
    if (!column) return refuse(fmt::format("the file has more than {} different columns", flat_.limits_.columns));
    if (text.find('\0') != std::string_view::npos) return refuse("holds the character U+0000", flat_.columns_[*column]);
    std::string& value = flat_.values_[*column];
    if (!std::exchange(frame.has_text, frame.kind == Kind::Array)) {
      if (flat_.met_[*column] == flat_.record_) return refuse("two values have the same path", flat_.columns_[*column]);
      flat_.met_[*column] = flat_.record_;
      flat_.filled_.push_back(*column);
    } else {
      value += '\n';
    }
    if (value.size() + text.size() > flat_.limits_.field) return refuse(fmt::format("has more than {} bytes, the most of a value", flat_.limits_.field), flat_.columns_[*column]);
    value += text;
    return true;
  }

  // What a key that is null says is that there is such a key.
  bool keep_key() {
    const Frame& frame = open_.back();
    if (!flat_.wanted_.empty() || frame.kind == Kind::Array) return true;
    const auto column = flat_.column_of(frame.child);
    if (!column) return refuse(fmt::format("the file has more than {} different columns", flat_.limits_.columns));
    flat_.filled_.push_back(*column);
    return true;
  }

  bool refuse(std::string reason, std::string column = "") {
    fault_ = FlatJson::Fault{std::move(reason), read_ == 0 ? 0 : read_ - 1, std::move(column)};
    return false;
  }

  FlatJson& flat_;
  std::string_view source_;
  const std::size_t& read_;
  std::vector<Frame> open_;
  std::optional<FlatJson::Fault> fault_;
};

FlatJson::FlatJson(Limits limits, std::size_t depth, std::vector<std::string_view> wanted) : limits_(limits), depth_(depth), wanted_(std::move(wanted)) {}
FlatJson::FlatJson(FlatJson&&) noexcept = default;
FlatJson::~FlatJson() = default;

void FlatJson::begin_record() {
  ++record_;
  // Texts of a large record are not kept for the next ones.
  for (const std::size_t column : filled_) {
    if (last_size_ > kLargeRecord) values_[column] = std::string();
    else values_[column].clear();
  }
  filled_.clear();
  if (nodes_.size() > kMostNodes) {
    nodes_.clear();
    steps_.clear();
  }
  if (nodes_.empty()) nodes_.emplace_back();
}

std::optional<FlatJson::Fault> FlatJson::read(std::string_view bytes) {
  begin_record();
  last_size_ = bytes.size();
  if (const auto wrong = unicode::find_invalid_utf8(bytes)) return Fault{not_utf8(bytes), *wrong, ""};
  std::size_t read = 0;
  FlatJsonEvents events(*this, bytes, read);
  const request::JsonCursor begin(bytes.data(), &read), end(bytes.data() + bytes.size(), &read);
  if (nlohmann::json::sax_parse(begin, end, &events)) return std::nullopt;
  auto fault = events.take();
  return fault ? std::move(fault) : Fault{"not well-formed JSON", 0, ""};
}

std::uint32_t FlatJson::node_of(std::uint32_t parent, std::string_view key, std::string_view mark) {
  // Items of lists and keys that look like them are kept apart: no key of the step's first byte is U+0000.
  std::string item;
  if (!mark.empty()) item.append(1, '\0').append(key);
  const Step step{parent, mark.empty() ? key : std::string_view(item)};
  if (const auto found = steps_.find(step); found != steps_.end()) return found->second;
  const Node& above = nodes_[parent];
  Node node;
  node.depth = above.depth + 1;
  node.path = !mark.empty() ? fmt::format("{}[{}]", above.path, key) : parent == kRoot ? std::string(key) : fmt::format("{}.{}", above.path, key);
  const bool chosen = wanted_.empty() || node.depth != depth_ || std::find(wanted_.begin(), wanted_.end(), key) != wanted_.end();
  node.ignored = above.ignored || !chosen;
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back(std::move(node));
  steps_.emplace(OwnStep{parent, std::string(step.key)}, index);
  return index;
}

std::optional<std::size_t> FlatJson::column_of(std::uint32_t node) {
  if (const auto known = nodes_[node].column) return known;
  const std::string& path = nodes_[node].path;
  auto found = by_name_.find(path);
  if (found == by_name_.end()) {
    if (columns_.size() >= limits_.columns) return std::nullopt;
    found = by_name_.emplace(path, columns_.size()).first;
    columns_.push_back(path);
    values_.emplace_back();
    met_.push_back(0);
  }
  nodes_[node].column = found->second;
  return found->second;
}

bool FlatJson::keep_length(std::uint32_t node, std::uint64_t items) {
  auto& list = nodes_[node].list;
  if (!list) {
    const auto known = lists_.find(nodes_[node].path);
    if (known == lists_.end() && lengths_.size() >= limits_.columns) return false;
    list = known != lists_.end() ? known->second : lengths_.size();
    if (known == lists_.end()) {
      lists_.emplace(nodes_[node].path, lengths_.size());
      lengths_.emplace_back();
    }
  }
  lengths_[*list] = {record_, static_cast<std::size_t>(items)};
  return true;
}

std::size_t FlatJson::items(std::string_view path) const {
  const auto found = lists_.find(path);
  return found != lists_.end() && lengths_[found->second].record == record_ ? lengths_[found->second].items : 0;
}

std::optional<std::size_t> FlatJson::column(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found != by_name_.end() ? std::optional(found->second) : std::nullopt;
}

std::string_view FlatJson::value(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found != by_name_.end() ? std::string_view(values_[found->second]) : std::string_view();
}

}  // namespace handout::recipients
