#pragma once

#include <optional>
#include <string_view>

#include "base/color.h"
#include "base/diagnostics.h"
#include "base/length.h"
#include "xml/element.h"

namespace handout::xml {

// What a length was written in. Absolute lengths are in `length` (pt, mm, cm, in); the others in `factor`: em (1 = the font size), rem (the
// profile's body size), u (the layout's spacing unit, a quarter of the body's line), percent (1 = 100%), fraction ("2fr").
enum class Unit { Absolute, Em, Rem, LayoutUnit, Percent, Fraction };

struct Dimension {
  Unit unit = Unit::Absolute;
  Length length;
  double factor = 0;
  friend bool operator==(const Dimension&, const Dimension&) = default;
};

// "12mm", "1.5em", "2rem", "3u", "50%", "1fr", "0". A wrong unit, a missing one or more than 10 m is a fault at `at`,
// and so are more than 10 000 of a relative unit and a negative fraction.
Result<Dimension> parse_dimension(std::string_view text, const Span& at, Diagnostics& diags);

}  // namespace handout::xml
