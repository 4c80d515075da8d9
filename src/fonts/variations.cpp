#include "fonts/variations.h"

#include <fmt/format.h>
#include <hb-ot.h>
#include <hb.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/handle.h"
#include "base/narrow.h"

namespace handout::fonts {

namespace {

constexpr hb_tag_t kWeight = HB_OT_TAG_VAR_AXIS_WEIGHT;
constexpr hb_tag_t kSlant = HB_OT_TAG_VAR_AXIS_SLANT;
constexpr hb_tag_t kItalic = HB_OT_TAG_VAR_AXIS_ITALIC;

using Coordinates = std::vector<float>;  // one for each axis

std::string text_of(hb_tag_t tag) {
  std::string text(4, ' ');
  hb_tag_to_string(tag, text.data());
  return text;
}

std::vector<hb_ot_var_axis_info_t> axes_of(hb_face_t* face) {
  unsigned count = hb_ot_var_get_axis_count(face);
  std::vector<hb_ot_var_axis_info_t> axes(count);
  hb_ot_var_get_axis_infos(face, 0, &count, axes.data());
  axes.resize(count);
  return axes;
}

Coordinates defaults(const std::vector<hb_ot_var_axis_info_t>& axes) {
  Coordinates places;
  for (const hb_ot_var_axis_info_t& axis : axes) places.push_back(axis.default_value);
  return places;
}

Coordinates named_instance(hb_face_t* face, unsigned index, std::size_t axis_count) {
  Coordinates places(axis_count);
  unsigned count = narrow<unsigned>(axis_count);
  hb_ot_var_named_instance_get_design_coords(face, index, &count, places.data());
  return places;
}

class InstanceList {
 public:
  InstanceList(hb_face_t* face, const std::vector<hb_ot_var_axis_info_t>& axes) : face_(face), axes_(axes) {}

  std::vector<Instance> list() {
    for (unsigned i = 0; i < hb_ot_var_get_named_instance_count(face_); ++i) add(named_instance(face_, i, axes_.size()));
    add_weight(400);
    add_weight(700);
    add(defaults(axes_));
    add_slanted();
    return std::move(instances_);
  }

 private:
  void add(const Coordinates& places) {
    Instance instance = style_of_face();
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      const hb_ot_var_axis_info_t& axis = axes_[i];
      if (axis.tag == kWeight) instance.weight = std::clamp(static_cast<int>(std::lround(places[i])), 100, 900);
      else if (axis.tag == kSlant && places[i] != 0) instance.slant = Slant::Italic;
      else if (axis.tag == kItalic && places[i] >= 0.5F) instance.slant = Slant::Italic;
      else if (axis.tag != kItalic && axis.tag != kSlant && places[i] != axis.default_value) return;
      if (places[i] != axis.default_value) instance.variations.push_back({text_of(axis.tag), places[i]});
    }
    if (!find(instance.weight, instance.slant)) instances_.push_back(std::move(instance));
  }

  void add_weight(float weight) {
    Coordinates places = defaults(axes_);
    for (std::size_t i = 0; i < axes_.size(); ++i) {
      if (axes_[i].tag != kWeight || weight < axes_[i].min_value || weight > axes_[i].max_value) continue;
      places[i] = weight;
      add(places);
    }
  }

  // A font that can slant without naming it: each weight gets its slanted face.
  void add_slanted() {
    const std::vector<Instance> upright = instances_;
    for (const Instance& instance : upright) {
      if (instance.slant == Slant::Italic) continue;
      Coordinates places = defaults(axes_);
      for (std::size_t i = 0; i < axes_.size(); ++i) {
        if (axes_[i].tag == kWeight) places[i] = std::clamp(static_cast<float>(instance.weight), axes_[i].min_value, axes_[i].max_value);
        // A font with both axes draws its italic by 'ital' alone.
        if (axes_[i].tag == kItalic && axes_[i].max_value >= 1) places[i] = 1;
        if (axes_[i].tag == kSlant && axes_[i].min_value < 0 && !has_italic_axis()) places[i] = axes_[i].min_value;
      }
      add(places);
    }
  }

  bool has_italic_axis() const { return std::ranges::any_of(axes_, [](const hb_ot_var_axis_info_t& axis) { return axis.tag == kItalic && axis.max_value >= 1; }); }

  [[nodiscard]] bool find(int weight, Slant slant) const {
    return std::ranges::any_of(instances_, [&](const Instance& known) { return known.weight == weight && known.slant == slant; });
  }

  // What the axes don't say: "Inter Italic" has an axis of weight only.
  [[nodiscard]] Instance style_of_face() const {
    const Handle<hb_font_t, hb_font_destroy> font(hb_font_create(face_));
    Instance instance;
    instance.weight = std::clamp(static_cast<int>(std::lround(hb_style_get_value(font.get(), HB_STYLE_TAG_WEIGHT))), 100, 900);
    const bool axis = std::ranges::any_of(axes_, [](const hb_ot_var_axis_info_t& each) { return each.tag == kItalic; });
    if (!axis && hb_style_get_value(font.get(), HB_STYLE_TAG_ITALIC) > 0) instance.slant = Slant::Italic;
    return instance;
  }

  hb_face_t* face_;
  const std::vector<hb_ot_var_axis_info_t>& axes_;
  std::vector<Instance> instances_;
};

Coordinates design_places(hb_font_t* font) {
  unsigned count = 0;
  const float* const places = hb_font_get_var_coords_design(font, &count);
  return {places, places + count};
}

std::string english_name(hb_face_t* face, hb_ot_name_id_t id) {
  std::string text(128, '\0');
  unsigned size = narrow<unsigned>(text.size());
  hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &size, text.data());
  text.resize(size);
  return text;
}

}  // namespace

std::optional<Variations> parse_variations(std::string_view text) {
  Variations variations;
  while (true) {
    std::string_view part = text.substr(0, text.find(','));
    const std::size_t used = part.size();
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (part.size() < 6 || part[4] != '=') return std::nullopt;
    AxisValue place{.axis = std::string(part.substr(0, 4))};
    const std::string_view number = part.substr(5);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), place.value, std::chars_format::fixed);
    if (error != std::errc() || !std::isfinite(place.value) || end != number.data() + number.size()) return std::nullopt;
    if (std::ranges::any_of(variations, [&](const AxisValue& other) { return other.axis == place.axis; })) return std::nullopt;
    variations.push_back(std::move(place));
    if (used == text.size()) return variations;
    text.remove_prefix(used + 1);
  }
}

std::vector<Instance> instances_of(hb_face_t* face) {
  const std::vector<hb_ot_var_axis_info_t> axes = axes_of(face);
  return axes.empty() ? std::vector<Instance>{} : InstanceList(face, axes).list();
}

std::optional<std::string> set_variations(hb_font_t* font, const Variations& variations) {
  const std::vector<hb_ot_var_axis_info_t> axes = axes_of(hb_font_get_face(font));
  Coordinates places = defaults(axes);
  for (const AxisValue& place : variations) {
    const auto axis = std::ranges::find_if(axes, [&](const hb_ot_var_axis_info_t& each) { return text_of(each.tag) == place.axis; });
    if (axis == axes.end()) return axes.empty() ? "it is no variable font" : fmt::format("it has no axis '{}'", place.axis);
    if (place.value < axis->min_value || place.value > axis->max_value) {
      return fmt::format("its axis '{}' goes from {} to {}, not to {}", place.axis, axis->min_value, axis->max_value, place.value);
    }
    places[static_cast<std::size_t>(axis - axes.begin())] = place.value;
  }
  if (!variations.empty()) hb_font_set_var_coords_design(font, places.data(), narrow<unsigned>(places.size()));
  return std::nullopt;
}

Variations places_of(hb_font_t* font) {
  const std::vector<hb_ot_var_axis_info_t> axes = axes_of(hb_font_get_face(font));
  Coordinates places = design_places(font);
  if (places.size() != axes.size()) places = defaults(axes);
  Variations variations;
  for (std::size_t i = 0; i < axes.size(); ++i) variations.push_back({text_of(axes[i].tag), places[i]});
  return variations;
}

bool is_varied(hb_font_t* font) {
  unsigned count = 0;
  const int* const places = hb_font_get_var_coords_normalized(font, &count);
  return std::any_of(places, places + count, [](int place) { return place != 0; });
}

std::string instance_suffix(hb_font_t* font) {
  hb_face_t* const face = hb_font_get_face(font);
  const std::vector<hb_ot_var_axis_info_t> axes = axes_of(face);
  const Coordinates places = design_places(font);
  if (!is_varied(font) || places.size() != axes.size()) return "";
  for (unsigned i = 0; i < hb_ot_var_get_named_instance_count(face); ++i) {
    if (named_instance(face, i, axes.size()) == places) return "-" + english_name(face, hb_ot_var_named_instance_get_subfamily_name_id(face, i));
  }
  std::string suffix;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    if (places[i] != axes[i].default_value) suffix += fmt::format("_{}{}", places[i], text_of(axes[i].tag));
  }
  return suffix;
}

}  // namespace handout::fonts
