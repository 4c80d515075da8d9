#include "xml/faults.h"

#include <fmt/format.h>

#include <utility>

namespace handout::xml {

Span Faults::span(std::size_t offset) const {
  const Place place = places_.at(offset);
  return file_.at(place.line, place.column);
}

void Faults::add(std::size_t offset, std::string message, std::string hint) {
  if (full()) return;
  diags_.error(span(offset), std::move(message)).hint(std::move(hint));
  if (++count_ == kMostFaults) diags_.error(file_, fmt::format("has more than {} faults; the rest are not told", kMostFaults - 1));
}

}  // namespace handout::xml
