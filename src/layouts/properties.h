#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "layouts/layout.h"

namespace handout::layouts {

enum class Sign : std::uint8_t { Any, NotNegative, Positive };
enum class Relative : std::uint8_t { Unit = 1, Percent = 2, Fraction = 4 };  // u, %, fr

// Which lengths a place takes: absolute ones, em and rem always; the rest where something resolves them.
struct LengthRule {
  Sign sign = Sign::NotNegative;
  std::uint8_t relative = 0;  // bits of Relative
  [[nodiscard]] bool takes(Relative unit) const { return (relative & static_cast<std::uint8_t>(unit)) != 0; }
};

// Two percentages, the least and the most: the first from `from` to `natural`, the second from there to `to`.
struct RangeRule { double from = 0, natural = 0, to = 0; };

// What the value of a property looks like.
enum class Form : std::uint8_t { Token, Family, Weight, Features, Count, Color, ColorOrNone, Length, LengthOrAuto, LineHeight, Border, Marker, Icon, Range, Limits, Keep, Tracks, CountOrNone };

struct PropertyForm {
  PropertyRule rule;
  Form form = Form::Token;  // Token: the words of rule.values
  LengthRule length = {};   // where the form has a length
  RangeRule range = {};     // of Form::Range
};

// The one table of style properties, in the order of Property.
const std::vector<PropertyForm>& property_forms();
const PropertyForm& form_of(Property property);

// An attribute that sets several properties. With values for all of `opens`, or fewer as in CSS (none for border, which takes one value for all).
struct Shorthand {
  std::string_view name, values, doc;
  std::vector<Property> opens;
};
const std::vector<Shorthand>& shorthands();

// "a|b|c" as a, b, c.
std::vector<std::string_view> choices_of(const PropertyRule& rule);

}  // namespace handout::layouts
