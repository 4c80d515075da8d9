#include <algorithm>
#include <array>
#include <utility>

#include "request/request.h"

namespace handout::request {

namespace {

constexpr std::array<std::pair<Impose, std::string_view>, 4> kNames{{{Impose::AsLaidOut, ""}, {Impose::None, "none"}, {Impose::Booklet, "booklet"}, {Impose::TwoUp, "two-up"}}};

}  // namespace

std::string_view name(Impose impose) {
  return std::ranges::find(kNames, impose, [](const auto& each) { return each.first; })->second;
}

std::optional<Impose> impose_named(std::string_view name) {
  const auto found = std::ranges::find(kNames, name, [](const auto& each) { return each.second; });
  return found == kNames.end() || name.empty() ? std::nullopt : std::optional(found->first);
}

}  // namespace handout::request
