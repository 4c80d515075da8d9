#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "base/narrow.h"

namespace handout {

// A strong index: PageIndex and StructureId don't mix. Value 0 is the first.
template <typename Tag>
class Index {
 public:
  constexpr Index() = default;
  constexpr explicit Index(std::size_t value) : value_(narrow<std::uint32_t>(value)) {}
  [[nodiscard]] constexpr std::size_t value() const { return value_; }
  friend constexpr auto operator<=>(Index, Index) = default;

 private:
  std::uint32_t value_ = 0;
};

}  // namespace handout

template <typename Tag>
struct std::hash<handout::Index<Tag>> {
  std::size_t operator()(handout::Index<Tag> index) const noexcept { return std::hash<std::size_t>{}(index.value()); }
};
