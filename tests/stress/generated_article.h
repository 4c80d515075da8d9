#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "stress/draws.h"

// Articles of random trees of every block and inline kind, in words of one script.
namespace handout::stress {

inline constexpr std::string_view kLanguages[] = {"en", "ar", "hi", "zh-Hans"};

struct Shape {
  std::string_view language = "en";  // of kLanguages
  std::size_t blocks = 30;           // about as many, nested ones too
  bool pictures = true;              // the drawings of the shipped article; the folder given to the reader must hold them
};

// XML for content::parse_article. Every block of words begins with its id and a colon ("b17:", sources "r2:"), so that it can be found again in whatever is made of it; cells may be empty.
// Shapes that differ in their language only have the same tree and the same ids, as translations have.
std::string generated_article(Draws& draws, const Shape& shape);

}  // namespace handout::stress
