#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace handout {

// sRGB, eight bits a channel.
struct Color {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend constexpr bool operator==(const Color&, const Color&) = default;
};

// "#rrggbb" or "#rgb"; nothing else.
std::optional<Color> parse_hex_color(std::string_view text);
std::string to_text(Color color);

// Contrast ratio of two colours, 1 to 21 (WCAG 2.1, "contrast ratio" and "relative luminance").
double contrast_ratio(Color a, Color b);

}  // namespace handout
