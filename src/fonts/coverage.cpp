#include "fonts/coverage.h"

#include <memory>

#include "fonts/characters.h"

namespace handout::fonts {

Coverage::~Coverage() {
  for (std::atomic<Page*>& page : pages_) delete page.load(std::memory_order_relaxed);
}

bool Coverage::ask(hb_font_t* font, char32_t c) const {
  const bool covered = fonts::covers(font, c);
  if (c >= 0x110000) return covered;
  std::atomic<Page*>& place = pages_[c >> 8];
  Page* page = place.load(std::memory_order_acquire);
  if (!page) {
    auto made = std::make_unique<Page>();
    // Of two threads that come first together one's page stays, and `page` is it.
    if (place.compare_exchange_strong(page, made.get(), std::memory_order_acq_rel)) page = made.release();
  }
  Word& word = page->words[c >> 6 & 3];
  const std::uint64_t bit = std::uint64_t{1} << (c & 63);
  if (covered) word.covered.fetch_or(bit, std::memory_order_relaxed);
  word.asked.fetch_or(bit, std::memory_order_release);
  return covered;
}

}  // namespace handout::fonts
