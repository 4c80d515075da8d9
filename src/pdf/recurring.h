#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pdf/embed_font.h"
#include "pdf/font_table.h"
#include "pdf/paint_page.h"
#include "pdf/saver.h"

namespace handout::pdf {

// What files of one piece each have in common: made and packed for the first of them. Not shared between threads.
class Recurring {
 public:
  // A stretch of a page without text of a field.
  struct Content {
    std::shared_ptr<const Painted> painted;  // without its bytes
    Packed packed;
    std::string hash;                        // SHA-256 of the bytes
  };
  // What all files have whose fixed placements are the same.
  struct Fixed {
    std::string key;
    std::vector<std::shared_ptr<const display::Fragment>> held;  // whose addresses are in the keys
    FontTable fonts;                                             // as the fixed placements alone make it
    std::unordered_map<std::string, Content> contents;           // only looked up, never walked
    std::vector<std::shared_ptr<const FontFile>> font_files;     // of `fonts`; null: not needed yet
  };

  // Null: no file had it, or it was given up since.
  [[nodiscard]] Fixed* find(std::string_view key);
  // The reference holds until the next call.
  Fixed& add(Fixed fixed);
  // By all of its bytes.
  const Packed& packed(std::string_view bytes, Saver& saver);

 private:
  static constexpr std::size_t kMostFixed = 32, kMostPacked = 64;
  std::deque<Fixed> fixed_;                          // the oldest goes first
  std::unordered_map<std::string, Packed> packed_;   // only looked up, never walked
};

}  // namespace handout::pdf
