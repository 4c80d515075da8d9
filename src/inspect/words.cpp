#include "inspect/words.h"

#include <algorithm>
#include <array>

namespace handout::inspect {

namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t size = 1;
};

// What is no UTF-8 counts byte by byte.
Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const std::size_t size = byte(0) >= 0xF0 ? 4 : byte(0) >= 0xE0 ? 3 : byte(0) >= 0xC0 ? 2 : 1;
  if (size == 1 || at + size > text.size()) return {byte(0), 1};
  std::uint32_t code = byte(0) & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {byte(0), 1};
    code = (code << 6) | (byte(i) & 0x3Fu);
  }
  return {code, size};
}

bool is_space(std::uint32_t c) { return c <= 0x20 || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F; }

// Thai, Lao, Burmese, Khmer, kana and ideographs.
bool stands_alone(std::uint32_t c) {
  struct Range {
    std::uint32_t first, last;
  };
  constexpr std::array<Range, 7> kRanges{{{0x0E00, 0x0EFF}, {0x1000, 0x109F}, {0x1780, 0x17FF}, {0x2E80, 0x9FFF}, {0xF900, 0xFAFF}, {0xFF00, 0xFFEF}, {0x20000, 0x3FFFF}}};
  return std::ranges::any_of(kRanges, [c](const Range& r) { return c >= r.first && c <= r.last; });
}

}  // namespace

std::uint32_t WordTable::number(std::string_view word) {
  if (const auto found = numbers_.find(word); found != numbers_.end()) return found->second;
  const auto added = numbers_.emplace(word, static_cast<std::uint32_t>(words_.size())).first;
  words_.push_back(&added->first);
  return added->second;
}

std::vector<std::uint32_t> words_of(std::string_view text, WordTable& table) {
  std::vector<std::uint32_t> words;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t end) {
    if (end > begin) words.push_back(table.number(text.substr(begin, end - begin)));
  };
  for (std::size_t at = 0; at < text.size();) {
    const Character c = character_at(text, at);
    if (is_space(c.code) || stands_alone(c.code)) {
      end_word(at);
      begin = at + (is_space(c.code) ? c.size : 0);
    }
    at += c.size;
    if (stands_alone(c.code)) {
      end_word(at);
      begin = at;
    }
  }
  end_word(text.size());
  return words;
}

std::string joined(std::span<const std::uint32_t> words, const WordTable& table) {
  constexpr std::size_t kMost = 40, kFirst = 24, kLast = 8;
  std::string text;
  bool spaced = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = table.word(words[i]);
    const bool alone = stands_alone(character_at(word, 0).code);
    if (!text.empty() && !(alone && !spaced)) text += ' ';
    if (words.size() > kMost && i == kFirst) {
      i = words.size() - kLast - 1;
      text += "... (" + std::to_string(words.size() - kFirst - kLast) + " words)";
      spaced = true;
      continue;
    }
    text += word;
    spaced = !alone;
  }
  return text;
}

}  // namespace handout::inspect
