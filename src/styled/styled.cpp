#include "styled/styled.h"

#include "base/expects.h"

namespace handout::styled {

const PageMaster& PageMasters::at(const PagePlace& place) const {
  EXPECTS(!masters.empty());
  const std::size_t bits = (place.first ? 1u : 0u) | (place.last ? 2u : 0u) | (place.blank ? 4u : 0u) | (place.left ? 8u : 0u);
  return masters.at(by_place[bits]);
}

}  // namespace handout::styled
