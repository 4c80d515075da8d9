#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "unicode/locale.h"

namespace handout::compose {

// A stretch of right-to-left text that is read left to right as a whole, and the controls that make it so.
struct LeftToRight {
  std::size_t begin = 0, end = 0;
  std::string_view before, behind;
};

// Finds these stretches in the text nodes of one paragraph, one after the other: phone numbers, web and mail addresses, and amounts whose digits are European and whose unit is
// of left-to-right letters ("5-10 mg"). Amounts in the words of a right-to-left language and ranges of bare numbers stay as the bidi algorithm has them, which is
// how their readers write them. What stands inside controls of the author's own is left alone.
class LeftToRightFinder {
 public:
  std::vector<LeftToRight> find(std::string_view text, const unicode::Locale& language);

 private:
  int open_ = 0;  // the author's isolates and embeddings, where the text so far ends
};

// The same in the value of a field, which is an isolate of its first strong letter's direction: numbers alone need controls only where that is not enough for them.
std::vector<LeftToRight> left_to_right_in_value(std::string_view value, const unicode::Locale& language);

}  // namespace handout::compose
