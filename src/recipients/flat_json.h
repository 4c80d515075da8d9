#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace handout::recipients {

// Finds an index by text, without making a string of what is looked for.
struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using TextIndex = std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>>;

// Objects as rows: each value has a column named by the path to it, "name.family", "contact[0].phone". A list of plain values is one value, its items on lines of their own.
// Numbers, true and false are text as they were written; null, {} and [] are no values. Columns are numbered as they are met, and keep their numbers.
class FlatJson {
 public:
  struct Limits {
    std::size_t field = 0;    // bytes of a value
    std::size_t columns = 0;  // of the whole file
  };
  // `depth`, `wanted`: of the keys `depth` levels down only these become columns (the others are checked all the same). None wanted: all.
  FlatJson(Limits limits, std::size_t depth, std::vector<std::string_view> wanted);
  FlatJson(FlatJson&&) noexcept;
  ~FlatJson();

  struct Fault {
    std::string reason;  // without a word of the record
    std::size_t at = 0;  // byte of the record, from 0
    std::string column;  // where it is about one
  };
  // Reads the one object that `bytes` are (RFC 8259, UTF-8, no key twice, at most 32 deep); nothing: done.
  std::optional<Fault> read(std::string_view bytes);

  [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
  // The number of items of the list at that path in the record read last; kept for wanted keys only.
  [[nodiscard]] std::size_t items(std::string_view path) const;
  // Lends the values of the record read last, by column, and takes them back before the next is read.
  void lend(std::vector<std::string>& to) { to.swap(values_); }
  void give_back(std::vector<std::string>& from) {
    if (values_.empty()) values_.swap(from);
  }
  // Columns of the record read last, in its order; those that are null too where all keys are wanted.
  [[nodiscard]] const std::vector<std::size_t>& keys() const { return filled_; }
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  // Of the record read last; "" where it has none.
  [[nodiscard]] std::string_view value(std::string_view name) const;

 private:
  friend class FlatJsonEvents;
  // The keys of the file as a tree: which column a path is, and whether it was met in the object that is being read.
  struct Node {
    std::optional<std::size_t> column, list;
    std::string path;
    std::uint64_t object = 0;  // the last object that had it
    std::uint32_t depth = 0;
    bool ignored = false;
  };
  struct Step { std::uint32_t parent; std::string_view key; };
  struct OwnStep {
    std::uint32_t parent;
    std::string key;
  };
  struct StepHash {
    using is_transparent = void;
    std::size_t operator()(const Step& step) const { return std::hash<std::string_view>{}(step.key) * 31 + step.parent; }
    std::size_t operator()(const OwnStep& step) const { return (*this)(Step{step.parent, step.key}); }
  };
  struct StepEqual {
    using is_transparent = void;
    template <typename A, typename B>
    bool operator()(const A& a, const B& b) const { return a.parent == b.parent && std::string_view(a.key) == std::string_view(b.key); }
  };

  [[nodiscard]] std::uint32_t node_of(std::uint32_t parent, std::string_view key, std::string_view mark);
  // Nothing when there are too many.
  [[nodiscard]] std::optional<std::size_t> column_of(std::uint32_t node);
  // False when there are too many lists.
  [[nodiscard]] bool keep_length(std::uint32_t node, std::uint64_t items);
  void begin_record();

  Limits limits_;
  std::size_t depth_;
  std::vector<std::string_view> wanted_;
  std::vector<std::string> columns_, values_;
  std::vector<std::uint64_t> met_;   // by column: the record that had it last
  std::vector<std::size_t> filled_;  // columns of the record read last, in its order
  TextIndex by_name_;
  struct Length { std::uint64_t record = 0; std::size_t items = 0; };
  std::vector<Length> lengths_;  // of lists
  TextIndex lists_;
  std::vector<Node> nodes_;
  std::unordered_map<OwnStep, std::uint32_t, StepHash, StepEqual> steps_;
  std::uint64_t objects_ = 0, record_ = 0;
  std::size_t last_size_ = 0;
};

}  // namespace handout::recipients
