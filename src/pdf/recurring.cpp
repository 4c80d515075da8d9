#include "pdf/recurring.h"

#include <algorithm>

namespace handout::pdf {

Recurring::Fixed* Recurring::find(std::string_view key) {
  const auto found = std::ranges::find(fixed_, key, &Fixed::key);
  return found != fixed_.end() ? &*found : nullptr;
}

Recurring::Fixed& Recurring::add(Fixed fixed) {
  if (fixed_.size() == kMostFixed) fixed_.pop_front();
  return fixed_.emplace_back(std::move(fixed));
}

const Packed& Recurring::packed(std::string_view bytes, Saver& saver) {
  if (packed_.size() == kMostPacked) packed_.clear();
  const auto [found, added] = packed_.try_emplace(std::string(bytes));
  if (added) found->second = saver.pack(bytes);
  return found->second;
}

}  // namespace handout::pdf
