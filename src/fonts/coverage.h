#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

struct hb_font_t;

namespace handout::fonts {

// Which characters a font draws, remembered character by character as they are asked for: a font's own tables are slow to ask, and its whole list of
// characters takes longer to read than most texts need. Threads may share it.
class Coverage {
 public:
  Coverage() : pages_(kPageCount) {}
  ~Coverage();
  Coverage(const Coverage&) = delete;
  Coverage& operator=(const Coverage&) = delete;

  // characters.h's covers(), always of the same font.
  [[nodiscard]] bool covers(hb_font_t* font, char32_t c) const {
    const Page* const page = c < 0x110000 ? pages_[c >> 8].load(std::memory_order_acquire) : nullptr;
    if (!page) return ask(font, c);
    const std::uint64_t bit = std::uint64_t{1} << (c & 63);
    const Word& word = page->words[c >> 6 & 3];
    if ((word.asked.load(std::memory_order_acquire) & bit) == 0) return ask(font, c);
    return (word.covered.load(std::memory_order_relaxed) & bit) != 0;
  }

 private:
  static constexpr std::size_t kPageCount = 0x1100;
  struct Word {
    std::atomic<std::uint64_t> asked = 0, covered = 0;
  };
  struct Page {
    std::array<Word, 4> words;
  };

  bool ask(hb_font_t* font, char32_t c) const;

  mutable std::vector<std::atomic<Page*>> pages_;
};

}  // namespace handout::fonts
