#pragma once

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

// What readers of JSON need around nlohmann's parser.
namespace handout::request {

// Counts what the lexer has read: its own positions are not told to a SAX handler.
class JsonCursor {
 public:
  using iterator_category = std::forward_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  JsonCursor(const char* at, std::size_t* count) : at_(at), count_(count) {}
  reference operator*() const { return *at_; }
  JsonCursor& operator++() {
    ++at_;
    ++*count_;
    return *this;
  }
  JsonCursor operator++(int) {
    JsonCursor before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const JsonCursor& a, const JsonCursor& b) { return a.at_ == b.at_; }
  friend bool operator!=(const JsonCursor& a, const JsonCursor& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  std::size_t* count_;
};

// What the library says of a fault ("what" of its exception), without the token that it quotes: that may be a patient's name.
std::string json_fault(std::string_view what);

}  // namespace handout::request
