#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/color.h"
#include "base/diagnostics.h"
#include "base/length.h"
#include "xml/element.h"

namespace handout::xml {

// What a length was written in. Absolute: pt, mm, cm, in.
enum class Unit { Absolute, Em, Ex, Ch, Rem, LayoutUnit, Percent, Fraction };

// A sum of lengths, each kind of unit for itself, since each is resolved elsewhere. One that was written in one unit has the others at 0.
struct Dimension {
  Length length;        // pt, mm, cm, in
  double em = 0;        // 1: the font size
  double ex = 0;        // 1: the height of small letters; half the font size, which CSS Values 4 section 6.1.1 allows where the font is not at hand
  double ch = 0;        // 1: the width of a zero; half the font size, as there
  double rem = 0;       // 1: the document's font size
  double unit = 0;      // 1 (u): a quarter of the body's line
  double percent = 0;   // 1: 100%
  double fraction = 0;  // 1 (fr): a share of what is left; never with another unit

  [[nodiscard]] bool is_absolute() const { return em == 0 && ex == 0 && ch == 0 && rem == 0 && unit == 0 && percent == 0 && fraction == 0; }
  // -1, 0 or 1 when all its parts say so; nothing when some are above 0 and some below.
  [[nodiscard]] std::optional<int> sign() const;
  [[nodiscard]] Dimension times(double factor) const;
  Dimension& operator+=(const Dimension& other);
  friend bool operator==(const Dimension&, const Dimension&) = default;
};

// A length as it was written, inside the text of a sum.
struct DimensionPart {
  Unit unit = Unit::Absolute;
  std::string_view text;
  std::size_t offset = 0;
};
struct DimensionSum {
  Dimension value;
  std::vector<DimensionPart> parts;
};

// "12mm", "1.5em", "2rem", "3u", "50%", "1fr", "0", and sums: "2em + 3mm", "100% - 4u", "2 * (1em + 1u)", "calc(1em / 2)". Spaces stand round + and -, as CSS
// Values 4 section 10.8 has it. A wrong unit, a missing one or more than 10 m is a fault, and so are more than 10 000 of a relative unit, a negative
// fraction and one in a sum. `place`: where a byte offset of the text stands.
Result<DimensionSum> parse_sum(std::string_view text, const std::function<Span(std::size_t)>& place, Diagnostics& diags);
// The same of a text that begins at `at`.
Result<Dimension> parse_dimension(std::string_view text, const Span& at, Diagnostics& diags);

// Whether it holds what only sums hold, rightly or not. The schema takes any such text, so what is wrong with one is a fault of meaning.
bool is_sum(std::string_view text);

}  // namespace handout::xml
