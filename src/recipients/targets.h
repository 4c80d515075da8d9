#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace handout::recipients {

// What a column of a list can be.
enum class Target : std::uint8_t {
  Key, Given, Family, Prefix, Suffix, Display, NameLocale, BirthDate, Language,
  Address, Line1, Line2, Line3, Line4, Line5, Line6, City, District, State, Postcode, Country, LargePrint,
};
inline constexpr std::size_t kTargets = 22;

// "name.given", "address.line1", "postcode", ...
std::string_view name(Target target);
std::optional<Target> target_named(std::string_view name);
std::vector<std::string_view> target_names();

// What a header's name means, compared by unicode::fold_for_matching; nothing when it is not known. Those of an address's parts may have "address" before them.
std::optional<Target> target_of_header(std::string_view header);
// All headers that mean it, as fold_for_matching has them.
std::vector<std::string_view> headers_of(Target target);
// The known name nearest to one that is not known, or "".
std::string nearest_header(std::string_view header);

}  // namespace handout::recipients
