#include "images/svg_style.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "base/numbers.h"
#include "images/svg_gradients.h"
#include "images/svg_scanner.h"

namespace handout::images {
namespace {

struct NamedColor {
  std::string_view name;
  Color color;
};

// CSS 2.1, 4.3.6, without orange: the sixteen of HTML 4.
constexpr std::array<NamedColor, 16> kColors{{
    {"black", {0, 0, 0}},     {"silver", {192, 192, 192}}, {"gray", {128, 128, 128}}, {"white", {255, 255, 255}},
    {"maroon", {128, 0, 0}},  {"red", {255, 0, 0}},        {"purple", {128, 0, 128}}, {"fuchsia", {255, 0, 255}},
    {"green", {0, 128, 0}},   {"lime", {0, 255, 0}},       {"olive", {128, 128, 0}},  {"yellow", {255, 255, 0}},
    {"navy", {0, 0, 128}},    {"blue", {0, 0, 255}},       {"teal", {0, 128, 128}},   {"aqua", {0, 255, 255}},
}};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\r\n") + 1 - first);
}

Diagnostics::Added fault(const xml::Attribute& attribute, std::string_view message, Diagnostics& diags) {
  return diags.error(attribute.value_at, fmt::format("attribute '{}': {}", attribute.name, message));
}

void refuse_color(const xml::Attribute& attribute, std::string_view value, Diagnostics& diags) {
  if (value.starts_with("url(")) {
    fault(attribute, "gradients can only fill", diags).hint("use a plain colour, #rrggbb, or turn the stroke into a filled path");
    return;
  }
  if (value == "currentColor") {
    fault(attribute, "currentColor has no meaning in print", diags).hint("write the colour itself, #rrggbb");
    return;
  }
  std::vector<std::string_view> names{"none"};
  for (const NamedColor& each : kColors) names.push_back(each.name);
  fault(attribute, fmt::format("expected a colour, found '{}'{}", value, did_you_mean(value, names)), diags)
      .hint("use #rgb, #rrggbb, none or one of the sixteen basic names (black, gray, red, navy, ...)");
}

std::optional<Color> color_of(const xml::Attribute& attribute, std::string_view value, Diagnostics& diags) {
  const auto named = std::find_if(kColors.begin(), kColors.end(), [&](const NamedColor& each) { return each.name == value; });
  if (named != kColors.end()) return named->color;
  const std::optional<Color> color = parse_hex_color(value);
  if (!color) refuse_color(attribute, value, diags);
  return color;
}

// Leaves `into` as it was when `value` is no paint.
template <typename Paint>
void set_paint(const xml::Attribute& attribute, std::string_view value, std::optional<Paint>& into, Diagnostics& diags) {
  if (value == "none") into.reset();
  else if (const std::optional<Color> color = color_of(attribute, value, diags)) into = *color;
}

struct Reference {
  std::string_view id;
  std::string_view fallback;  // for the case that there is nothing with this id; empty when none is given
};

// SVG 1.1, 11.2: url(#id), the address in quotes or not, then none or a colour or nothing.
std::optional<Reference> parse_reference(std::string_view value) {
  const std::size_t end = value.find(')');
  if (!value.starts_with("url(") || end == std::string_view::npos) return std::nullopt;
  std::string_view address = trimmed(value.substr(4, end - 4));
  for (const char quote : {'\'', '"'}) {
    if (address.size() >= 2 && address.front() == quote && address.back() == quote) address = address.substr(1, address.size() - 2);
  }
  if (address.size() < 2 || address.front() != '#') return std::nullopt;
  return Reference{address.substr(1), trimmed(value.substr(end + 1))};
}

void set_fill(const xml::Attribute& attribute, const SvgGradients& gradients, std::optional<SvgFill>& into, Diagnostics& diags) {
  const std::string_view value = trimmed(attribute.value);
  if (!value.starts_with("url(")) return set_paint(attribute, value, into, diags);
  const std::optional<Reference> reference = parse_reference(value);
  if (!reference) {
    fault(attribute, fmt::format("expected url(#id), found '{}'", value), diags).hint("name a gradient of the same file");
    return;
  }
  const SvgGradient* const gradient = gradients.find(reference->id);
  if (!reference->fallback.empty()) {
    set_paint(attribute, reference->fallback, into, diags);
  } else if (gradient == nullptr) {
    fault(attribute, fmt::format("there is no gradient '{}'{}", reference->id, did_you_mean(reference->id, gradients.ids())), diags)
        .hint("name a linearGradient or radialGradient of the same file");
  }
  if (gradient != nullptr) into = gradient;
}

void set_number(const xml::Attribute& attribute, double minimum, double& into, Diagnostics& diags) {
  const std::optional<double> value = svg_number(attribute, diags);
  if (!value) return;
  if (*value < minimum) fault(attribute, fmt::format("expected at least {}, found {}", decimal_text(minimum, 3), trimmed(attribute.value)), diags);
  else into = *value;
}

template <typename Value, std::size_t Count>
void set_word(const xml::Attribute& attribute, const std::array<std::pair<std::string_view, Value>, Count>& words, Value& into, Diagnostics& diags) {
  const std::string_view value = trimmed(attribute.value);
  std::string names;
  for (const auto& [name, meaning] : words) {
    if (name == value) {
      into = meaning;
      return;
    }
    names += names.empty() ? std::string(name) : fmt::format(", {}", name);
  }
  fault(attribute, fmt::format("expected one of {}, found '{}'", names, value), diags);
}

// Each path has its own copy; what is longer is no pattern that an eye could see.
constexpr std::size_t kMaximumDashes = 32;

// SVG 1.1, 11.4: an odd list is said twice; a list of zeros is a solid line.
Parsed<std::vector<double>> parse_dashes(std::string_view text) {
  std::vector<double> dashes;
  SvgScanner scanner(text);
  scanner.skip_space();
  while (!scanner.at_end()) {
    const std::optional<double> number = scanner.number();
    if (!number) return tl::unexpected(scanner.expected("a number, or none"));
    if (*number < 0) return tl::unexpected(scanner.fault("a dash cannot be negative"));
    if (scanner.peek() == 'p' && scanner.word() != "px") return tl::unexpected(scanner.fault("the only unit is px"));
    dashes.push_back(*number);
    if (dashes.size() > kMaximumDashes) return tl::unexpected(scanner.fault(fmt::format("more than {} numbers", kMaximumDashes)));
    if (scanner.skip_separator() && scanner.at_end()) return tl::unexpected(scanner.expected("a number after the comma"));
  }
  if (dashes.empty()) return tl::unexpected(scanner.expected("a number, or none"));
  if (const std::vector<double> once = dashes; once.size() % 2 != 0) dashes.insert(dashes.end(), once.begin(), once.end());
  if (std::accumulate(dashes.begin(), dashes.end(), 0.0) == 0) dashes.clear();
  return dashes;
}

void set_dashes(const xml::Attribute& attribute, SvgStyle& style, Diagnostics& diags) {
  if (trimmed(attribute.value) == "none") {
    style.dashes.clear();
    return;
  }
  Parsed<std::vector<double>> dashes = parse_dashes(attribute.value);
  if (dashes) style.dashes = std::move(*dashes);
  else fault(attribute, fmt::format("{} (character {})", dashes.error().message, dashes.error().character), diags);
}

void set_weight(const xml::Attribute& attribute, SvgStyle& style, Diagnostics& diags) {
  const std::string_view value = trimmed(attribute.value);
  const std::optional<long long> number = parse_integer(value);
  if (value == "normal") style.weight = 400;
  else if (value == "bold") style.weight = 700;
  else if (number && *number >= 1 && *number <= 1000) style.weight = static_cast<int>(*number);
  else fault(attribute, fmt::format("expected normal, bold or a number from 1 to 1000, found '{}'", value), diags);
}

struct StyleAttribute {
  std::string_view name;
  void (*set)(const xml::Attribute&, SvgStyle&, Diagnostics&);
};

template <typename Value>
using Word = std::pair<std::string_view, Value>;

constexpr std::array<Word<FillRule>, 2> kFillRules{{{"nonzero", FillRule::NonZero}, {"evenodd", FillRule::EvenOdd}}};
constexpr std::array<Word<LineCap>, 3> kCaps{{{"butt", LineCap::Butt}, {"round", LineCap::Round}, {"square", LineCap::Square}}};
constexpr std::array<Word<LineJoin>, 3> kJoins{{{"miter", LineJoin::Miter}, {"round", LineJoin::Round}, {"bevel", LineJoin::Bevel}}};
constexpr std::array<Word<Anchor>, 3> kAnchors{{{"start", Anchor::Start}, {"middle", Anchor::Middle}, {"end", Anchor::End}}};
constexpr double kNoMinimum = -1e9;
constexpr double kSmallestFont = 0.1;

constexpr std::array<StyleAttribute, 11> kStyleAttributes{{
    {"fill-rule", [](const auto& attribute, SvgStyle& style, Diagnostics& diags) { set_word(attribute, kFillRules, style.fill_rule, diags); }},
    {"stroke", [](const auto& attribute, SvgStyle& style, Diagnostics& diags) { set_paint(attribute, trimmed(attribute.value), style.stroke, diags); }},
    {"stroke-width", [](const auto& attribute, SvgStyle& style, Diagnostics& diags) { set_number(attribute, 0, style.stroke_width, diags); }},
    {"stroke-linecap", [](const auto& attribute, SvgStyle& style, Diagnostics& diags) { set_word(attribute, kCaps, style.cap, diags); }},
    {"stroke-linejoin", [](const auto& attribute, SvgStyle& style, Diagnostics& diags) { set_word(attribute, kJoins, style.join, diags); }},
    {"stroke-miterlimit", [](const auto& attribute, SvgStyle& style, Diagnostics& diags) { set_number(attribute, 1, style.miter_limit, diags); }},
    {"stroke-dasharray", set_dashes},
    {"stroke-dashoffset", [](const auto& attribute, SvgStyle& style, Diagnostics& diags) { set_number(attribute, kNoMinimum, style.dash_offset, diags); }},
    {"font-size", [](const auto& attribute, SvgStyle& style, Diagnostics& diags) { set_number(attribute, kSmallestFont, style.font_size, diags); }},
    {"font-weight", set_weight},
    {"text-anchor", [](const auto& attribute, SvgStyle& style, Diagnostics& diags) { set_word(attribute, kAnchors, style.anchor, diags); }},
}};

}  // namespace

std::optional<double> svg_number(const xml::Attribute& attribute, Diagnostics& diags) {
  SvgScanner scanner(attribute.value);
  scanner.skip_space();
  const std::optional<double> number = scanner.number();
  if (number) {
    const std::string_view unit = scanner.word();
    scanner.skip_space();
    if (scanner.at_end() && (unit.empty() || unit == "px")) return number;
  }
  fault(attribute, fmt::format("expected a number, found '{}'", trimmed(attribute.value)), diags)
      .hint("write it in the units of the viewBox, without a unit (px is the same)");
  return std::nullopt;
}

std::optional<Color> read_color(const xml::Attribute& attribute, Diagnostics& diags) { return color_of(attribute, trimmed(attribute.value), diags); }

Applied apply_style(const xml::Attribute& attribute, const SvgGradients& gradients, SvgStyle& style, Diagnostics& diags) {
  const auto found = std::find_if(kStyleAttributes.begin(), kStyleAttributes.end(), [&](const StyleAttribute& each) { return each.name == attribute.name; });
  const bool is_fill = attribute.name == "fill";
  if (!is_fill && found == kStyleAttributes.end()) return Applied::NoStyleAttribute;
  if (trimmed(attribute.value) == "inherit") return Applied::Yes;
  if (is_fill) set_fill(attribute, gradients, style.fill, diags);
  else found->set(attribute, style, diags);
  return Applied::Yes;
}

}  // namespace handout::images
