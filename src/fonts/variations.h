#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fonts/fonts.h"

struct hb_face_t;
struct hb_font_t;

namespace handout::fonts {

// A place on one axis of a variable font (OpenType, 'fvar').
struct AxisValue {
  std::string axis;  // "wght"
  float value = 0;
};
// Axes that are not named stand at their defaults.
using Variations = std::vector<AxisValue>;

// "wght=700, slnt=-10"; nothing when it is not of this form, or names an axis twice.
[[nodiscard]] std::optional<Variations> parse_variations(std::string_view text);

// One design of a variable font.
struct Instance {
  int weight = 400;
  Slant slant = Slant::Upright;
  Variations variations;
};
// What a family makes faces of: the instances that the font names, those of weight 400 and 700 where the axis has them, and the slanted ones of each weight. Axes
// other than weight and slant stay at their defaults. Nothing for a font without axes.
[[nodiscard]] std::vector<Instance> instances_of(hb_face_t* face);

// Sets the font to these places; says why it can't.
[[nodiscard]] std::optional<std::string> set_variations(hb_font_t* font, const Variations& variations);
// All axes, where the font stands on them.
[[nodiscard]] Variations places_of(hb_font_t* font);
// True when the font stands anywhere but at the defaults of all axes.
[[nodiscard]] bool is_varied(hb_font_t* font);
// What the PostScript name of the font's design ends with: "-BoldItalic" as the font names the instance, "_750wght" for one that it doesn't name
// (Adobe Technical Note 5902).
[[nodiscard]] std::string instance_suffix(hb_font_t* font);

}  // namespace handout::fonts
