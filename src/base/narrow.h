#pragma once

#include <type_traits>

#include "base/expects.h"

namespace handout {

// An integer conversion that must not lose value.
template <typename To, typename From>
constexpr To narrow(From value) {
  static_assert(std::is_integral_v<To> && std::is_integral_v<From>);
  const To result = static_cast<To>(value);
  EXPECTS(static_cast<From>(result) == value && ((result < To{}) == (value < From{})));
  return result;
}

}  // namespace handout
