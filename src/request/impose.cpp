#include <algorithm>
#include <array>
#include <utility>

#include "request/request.h"

namespace handout::request {

namespace {

constexpr std::array<std::pair<Impose, std::string_view>, 4> kNames{{{Impose::AsLaidOut, ""}, {Impose::None, "none"}, {Impose::Booklet, "booklet"}, {Impose::TwoUp, "two-up"}}};
constexpr std::array<std::pair<Duplex, std::string_view>, 3> kSides{{{Duplex::AsLaidOut, ""}, {Duplex::Yes, "yes"}, {Duplex::No, "no"}}};

}  // namespace

std::string_view name(Impose impose) {
  return std::ranges::find(kNames, impose, [](const auto& each) { return each.first; })->second;
}

std::optional<Impose> impose_named(std::string_view name) {
  const auto found = std::ranges::find(kNames, name, [](const auto& each) { return each.second; });
  return found == kNames.end() || name.empty() ? std::nullopt : std::optional(found->first);
}

std::string_view name(Duplex duplex) {
  return std::ranges::find(kSides, duplex, [](const auto& each) { return each.first; })->second;
}

std::optional<Duplex> duplex_named(std::string_view name) {
  const auto found = std::ranges::find(kSides, name, [](const auto& each) { return each.second; });
  return found == kSides.end() || name.empty() ? std::nullopt : std::optional(found->first);
}

}  // namespace handout::request
