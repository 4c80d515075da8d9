#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace handout::inspect {

// Words by number: equal words have equal numbers.
class WordTable {
 public:
  std::uint32_t number(std::string_view word);
  [[nodiscard]] const std::string& word(std::uint32_t number) const { return *words_[number]; }

 private:
  std::map<std::string, std::uint32_t, std::less<>> numbers_;
  std::vector<const std::string*> words_;
};

// A text cut at white space; in scripts that are written without it every character is a word.
std::vector<std::uint32_t> words_of(std::string_view text, WordTable& table);
// The words as they would be written. Of many only the first and the last.
std::string joined(std::span<const std::uint32_t> words, const WordTable& table);

}  // namespace handout::inspect
