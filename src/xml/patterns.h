#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

// Regular expressions of XML Schema (part 2, appendix F) for ValueForm: anchored at both ends, each whole in itself, so that it may stand in a
// larger one.
namespace handout::xml::pattern {

enum class Least { Any, Zero, MoreThanZero };

// What parse_decimal() reads.
std::string decimal(Least least);
// What parse_integer() reads, of at least 1 and at most so many digits besides leading zeros.
std::string positive_integer(int most_digits);
// A number with one of the units ("pt|mm|em"); 0 needs none.
std::string length(Least least, std::string_view units);

// Any text that parse_sum() takes for a sum. What stands in it is not said: no regular expression balances parentheses.
std::string sum();

std::string any_of(std::initializer_list<std::string_view> patterns);
// `least` to `most` words with spaces between them; spaces at the ends count for nothing.
struct Words {
  int least = 1;
  int most = 0;  // 0: any number
};
std::string words(std::string_view word, Words count = {});

// What is_language_tag() takes.
std::string_view language_tag();

// A letter, then letters, digits and these marks (written as in a character class).
std::string name(std::string_view marks);

}  // namespace handout::xml::pattern
