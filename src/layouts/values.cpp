#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/numbers.h"
#include "layouts/length_rules.h"
#include "layouts/reader.h"
#include "unicode/text.h"
#include "xml/characters.h"
#include "xml/values.h"

namespace handout::layouts {
namespace {

constexpr int kMostCharacters = 99;  // of hyphenate-limits; more than a word has
constexpr std::size_t kLongestMarker = 8;

bool takes(const LengthRule& rule, xml::Unit unit) {
  switch (unit) {
    case xml::Unit::Absolute:
    case xml::Unit::Em:
    case xml::Unit::Ex:
    case xml::Unit::Ch:
    case xml::Unit::Rem: return true;
    case xml::Unit::LayoutUnit: return rule.takes(Relative::Unit);
    case xml::Unit::Percent: return rule.takes(Relative::Percent);
    case xml::Unit::Fraction: return rule.takes(Relative::Fraction);
  }
  return false;
}

std::string units_hint(const LengthRule& rule) {
  std::vector<std::string_view> units{"pt", "mm", "cm", "in", "em", "ex", "ch", "rem"};
  if (rule.takes(Relative::Unit)) units.push_back("u");
  if (rule.takes(Relative::Percent)) units.push_back("%");
  if (rule.takes(Relative::Fraction)) units.push_back("fr");
  const std::string_view last = units.back();
  units.pop_back();
  return fmt::format("use {} or {}", fmt::join(units, ", "), last);
}

Piece whole(const xml::Attribute& attribute) { return {attribute.value, attribute.value_at, &attribute, 0}; }

std::optional<Value> read_token(const xml::Attribute& attribute, const PropertyForm& form) {
  const auto choices = choices_of(form.rule);
  if (std::find(choices.begin(), choices.end(), attribute.value) == choices.end()) return std::nullopt;  // validate has told it
  if (attribute.value == "none") return NoValue{};
  return attribute.value;
}

std::optional<Value> read_family(const xml::Attribute& attribute, Diagnostics& diags) {
  const auto pieces = pieces_of(attribute);
  if (pieces.empty()) {
    diags.error(attribute.value_at, "font-family is empty; expected the name of a family");
    return std::nullopt;
  }
  if (const std::size_t comma = attribute.value.find(','); comma != std::string::npos) {
    diags.error(place(attribute, comma), "font-family has a ','; expected one family").hint("which family stands in for it is written in fonts.xml");
    return std::nullopt;
  }
  std::string family;
  for (const Piece& piece : pieces) family.append(family.empty() ? "" : " ").append(piece.text);
  return family;
}

std::optional<Value> read_weight(const xml::Attribute& attribute, Diagnostics& diags) {
  if (attribute.value == "regular") return 400.0;
  if (attribute.value == "bold") return 700.0;
  if (const auto number = parse_integer(attribute.value); number && *number >= 100 && *number <= 900) return static_cast<double>(*number);
  diags.error(attribute.value_at, fmt::format("'{}' is not a value of font-weight; expected regular, bold or 100 to 900{}", xml::excerpt(attribute.value), did_you_mean(attribute.value, {"regular", "bold"})));
  return std::nullopt;
}

// "tnum", "+tnum", "-liga", "ss01=1": the forms of hb_feature_from_string that need no range.
bool is_feature(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  const std::string_view tag = text.substr(0, 4);
  const auto is_alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  if (tag.size() != 4 || !std::all_of(tag.begin(), tag.end(), is_alphanumeric)) return false;
  text.remove_prefix(4);
  if (text.empty()) return true;
  const auto value = text.starts_with('=') ? parse_integer(text.substr(1)) : std::nullopt;
  return value && *value >= 0 && *value <= 0xFFFF;
}

std::optional<Value> read_features(const xml::Attribute& attribute, Diagnostics& diags) {
  if (attribute.value == "none") return NoValue{};
  std::string features;
  const auto pieces = pieces_of(attribute);
  if (pieces.empty()) diags.error(attribute.value_at, "font-features is empty; expected OpenType features or none");
  for (const Piece& piece : pieces) {
    if (!is_feature(piece.text)) {
      diags.error(piece.at, fmt::format("'{}' is not an OpenType feature", xml::excerpt(piece.text))).hint("write tnum, -liga or ss01=1, with spaces between them");
      return std::nullopt;
    }
    features.append(features.empty() ? "" : " ").append(piece.text);
  }
  if (features.empty()) return std::nullopt;
  return features;
}

std::optional<Value> read_count(const xml::Attribute& attribute) {
  const auto number = parse_integer(attribute.value);
  if (number && *number >= 1 && *number <= kMostLines) return static_cast<double>(*number);
  return std::nullopt;  // validate has told it
}

// "80%" as 0.8.
std::optional<double> percentage(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  const auto number = parse_decimal(text.substr(0, text.size() - 1));
  return number ? std::optional<double>(*number / 100) : std::nullopt;
}

std::optional<Value> read_range(const xml::Attribute& attribute, const PropertyForm& form, Diagnostics& diags) {
  const auto pieces = pieces_of(attribute);
  const auto least = pieces.size() == 2 ? percentage(pieces[0].text) : std::nullopt, most = pieces.size() == 2 ? percentage(pieces[1].text) : std::nullopt;
  const RangeRule& rule = form.range;
  if (least && most && *least >= rule.from && *least <= rule.natural && *most >= rule.natural && *most <= rule.to) return RangeValue{*least, *most};
  const auto percent = [](double value) { return decimal_text(value * 100, 4) + "%"; };
  auto fault = diags.error(attribute.value_at, fmt::format("{} is '{}'; expected {} to {}, then {} to {}", attribute.name, xml::excerpt(attribute.value), percent(rule.from), percent(rule.natural), percent(rule.natural), percent(rule.to)));
  fault.hint("write the least and the most, such as 98% 102%");
  if (least && most) fault.meaning();
  return std::nullopt;
}

std::optional<Value> read_limits(const xml::Attribute& attribute, Diagnostics& diags) {
  std::vector<int> numbers;
  for (const Piece& piece : pieces_of(attribute)) {
    const auto number = parse_integer(piece.text);
    numbers.push_back(number && *number >= 1 && *number <= kMostCharacters ? static_cast<int>(*number) : 0);
  }
  if (numbers.size() == 3 && std::find(numbers.begin(), numbers.end(), 0) == numbers.end()) return LimitsValue{numbers[0], numbers[1], numbers[2]};
  diags.error(attribute.value_at, fmt::format("{} is '{}'; expected 3 whole numbers of 1 to {}", attribute.name, xml::excerpt(attribute.value), kMostCharacters))
      .hint("write the least characters of the word, before the hyphen and behind it, such as 5 2 3");
  return std::nullopt;
}

std::optional<Value> read_line_height(const xml::Attribute& attribute, const PropertyForm& form, Diagnostics& diags) {
  const auto number = parse_decimal(attribute.value);
  if (!number) {
    if (const auto length = read_length(whole(attribute), form.length, form.rule.name, diags)) return *length;
    return std::nullopt;
  }
  if (*number >= 0.5 && *number <= 10) return *number;
  diags.error(attribute.value_at, fmt::format("line-height is {}; expected 0.5 to 10 times the font size, or a length", attribute.value));
  return std::nullopt;
}

std::optional<Value> read_border(const xml::Attribute& attribute, const PropertyForm& form, const Context& context) {
  const auto pieces = lengths_of(attribute);
  if (pieces.size() == 1 && pieces[0].text == "none") return NoValue{};
  if (pieces.size() != 2) {
    context.diags.error(attribute.value_at, fmt::format("'{}' is not a value of {}; expected a width and a colour, or none", xml::excerpt(attribute.value), attribute.name)).hint("write it as 3pt #b3261e");
    return std::nullopt;
  }
  const auto width = read_length(pieces[0], form.length, attribute.name, context.diags);
  const auto color = read_color(pieces[1], context);
  if (!width || !color) return std::nullopt;
  return BorderValue{*width, *color};
}

std::optional<Value> read_marker(const xml::Attribute& attribute, Diagnostics& diags) {
  static const std::vector<std::string_view> kWords = {"disc", "dash", "square", "circle", "number", "lower-alpha", "upper-alpha", "lower-roman", "upper-roman", "native", "check", "none"};
  const std::string_view value = attribute.value;
  if (value == "none") return NoValue{};
  if (std::find(kWords.begin(), kWords.end(), value) != kWords.end()) return attribute.value;
  const bool quoted = value.size() >= 2 && value.front() == value.back() && (value.front() == '\'' || value.front() == '"');
  if (!quoted) {
    diags.error(attribute.value_at, fmt::format("'{}' is not a value of marker; expected {} or characters in quotes{}", xml::excerpt(value), fmt::join(kWords, ", "), did_you_mean(value, kWords)))
        .hint("write marker=\"'*'\" for a character of your own");
    return std::nullopt;
  }
  const std::string_view inside = value.substr(1, value.size() - 2);
  const std::size_t length = inside.find_first_not_of(' ') == std::string_view::npos ? 0 : unicode::count_code_points(inside);
  if (length < 1 || length > kLongestMarker) {
    diags.error(attribute.value_at, fmt::format("the marker has {} characters; expected 1 to {}", length, kLongestMarker));
    return std::nullopt;
  }
  return std::string(inside);
}

std::optional<Value> read_keep(const xml::Attribute& attribute, Diagnostics& diags) {
  if (attribute.value == "auto") return KeepValue{0};
  if (attribute.value == "always") return KeepValue{10};
  if (const auto strength = parse_integer(attribute.value); strength && *strength >= 1 && *strength <= 9) return KeepValue{static_cast<int>(*strength)};
  diags.error(attribute.value_at, fmt::format("'{}' is not a value of {}; expected auto, 1 to 9 or always{}", xml::excerpt(attribute.value), attribute.name, did_you_mean(attribute.value, {"auto", "always"})));
  return std::nullopt;
}

std::optional<Value> read_tracks(const xml::Attribute& attribute, const PropertyForm& form, Diagnostics& diags) {
  TracksValue tracks;
  for (const Piece& piece : lengths_of(attribute)) {
    if (piece.text == "auto") {
      tracks.emplace_back();
      continue;
    }
    const auto length = read_length(piece, form.length, form.rule.name, diags);
    if (!length) return std::nullopt;
    tracks.emplace_back(*length);
  }
  if (!tracks.empty()) return tracks;
  diags.error(attribute.value_at, fmt::format("{} is empty; expected a width for each column", attribute.name)).hint("write auto, lengths or shares, such as auto 2fr 1fr");
  return std::nullopt;
}

std::optional<Value> read_count_or_none(const xml::Attribute& attribute, Diagnostics& diags) {
  if (attribute.value == "none") return NoValue{};
  if (const auto number = parse_integer(attribute.value); number && *number >= 2 && *number <= 9) return static_cast<double>(*number);
  diags.error(attribute.value_at, fmt::format("'{}' is not a value of {}; expected 2 to 9, or none", xml::excerpt(attribute.value), attribute.name));
  return std::nullopt;
}

std::optional<Value> read_icon(const xml::Attribute& attribute, const Context& context) {
  if (attribute.value == "none") return NoValue{};
  std::string path = read_path(attribute, context);
  if (path.empty()) return std::nullopt;
  return path;
}

// Takes faults in a value with lengths. Where the value holds a sum they are of meaning, since the schema takes any text with one.
class LengthFaults {
 public:
  LengthFaults(const xml::Attribute& attribute, Diagnostics& diags) : sum_(xml::is_sum(attribute.value)), diags_(diags) {}
  LengthFaults(const LengthFaults&) = delete;
  LengthFaults& operator=(const LengthFaults&) = delete;
  ~LengthFaults() {
    for (Diagnostic each : own_.all()) {
      if (sum_) each.aspect = Aspect::Meaning;
      hand_over(each, diags_);
    }
  }
  [[nodiscard]] Diagnostics& own() { return own_; }

 private:
  bool sum_;
  Diagnostics& diags_;
  Diagnostics own_;
};

std::optional<Dimension> read_length_of(const Piece& piece, const LengthRule& rule, std::string_view name, Diagnostics& diags) {
  const auto sum = xml::parse_sum(piece.text, [&](std::size_t offset) { return place(*piece.attribute, piece.offset + offset); }, diags);
  if (!sum) return std::nullopt;
  for (const xml::DimensionPart& part : sum->parts) {
    if (takes(rule, part.unit)) continue;
    diags.error(place(*piece.attribute, piece.offset + part.offset), fmt::format("'{}' cannot be a length of {}", part.text, name)).hint(units_hint(rule));
    return std::nullopt;
  }
  // Of a sum with parts above and below 0 nobody knows it here.
  const auto sign = sum->value.sign();
  if (sign && ((rule.sign == Sign::Positive && *sign <= 0) || (rule.sign == Sign::NotNegative && *sign < 0))) {
    diags.error(piece.at, fmt::format("{} is {}; expected {}", name, piece.text, rule.sign == Sign::Positive ? "more than 0" : "0 or more"));
    return std::nullopt;
  }
  return sum->value;
}

}  // namespace

std::optional<Dimension> read_length(const Piece& piece, const LengthRule& rule, std::string_view name, Diagnostics& diags) {
  LengthFaults faults(*piece.attribute, diags);
  return read_length_of(piece, rule, name, faults.own());
}

std::optional<Dimension> read_length(const xml::Element& element, std::string_view attribute, const LengthRule& rule, Diagnostics& diags) {
  const xml::Attribute* found = element.find(attribute);
  return found != nullptr ? read_length(whole(*found), rule, attribute, diags) : std::nullopt;
}

std::vector<Dimension> read_lengths(const xml::Attribute& attribute, std::size_t count, const LengthRule& rule, Diagnostics& diags) {
  const auto pieces = lengths_of(attribute);
  if (pieces.empty() || pieces.size() > count) {
    LengthFaults(attribute, diags).own().error(attribute.value_at, fmt::format("{} has {} lengths; expected 1 to {}", attribute.name, pieces.size(), count));
    return {};
  }
  std::vector<Dimension> given;
  for (const Piece& piece : pieces) {
    if (const auto length = read_length(piece, rule, attribute.name, diags)) given.push_back(*length);
  }
  if (given.size() < pieces.size()) return {};
  // CSS 2.2 section 8.4: a side that is left out is as the opposite one, and the second as the first.
  for (std::size_t i = given.size(); i < count; ++i) given.push_back(given[i >= 2 ? i - 2 : 0]);
  return given;
}

std::optional<Color> read_color(const Piece& piece, const Context& context) {
  if (piece.text.starts_with('#')) {
    if (const auto color = parse_hex_color(piece.text)) return color;
    context.diags.error(piece.at, fmt::format("'{}' is not a colour; expected #rrggbb or #rgb", xml::excerpt(piece.text)));
    return std::nullopt;
  }
  if (const auto named = context.colors.find(piece.text); named != context.colors.end()) return named->second;
  std::vector<std::string_view> names;
  for (const auto& [name, color] : context.colors) names.push_back(name);
  auto fault = context.diags.error(piece.at, fmt::format("unknown colour '{}'{}", xml::excerpt(piece.text), did_you_mean(piece.text, names)));
  fault.hint("use #rrggbb, or the name of a <color> of the layout");
  if (is_name(piece.text)) fault.meaning();
  return std::nullopt;
}

std::optional<Value> read_value(const xml::Attribute& attribute, const PropertyForm& form, const Context& context) {
  const auto as_value = [](const auto& read) { return read ? std::optional<Value>(*read) : std::nullopt; };
  switch (form.form) {
    case Form::Token: return read_token(attribute, form);
    case Form::Family: return read_family(attribute, context.diags);
    case Form::Weight: return read_weight(attribute, context.diags);
    case Form::Features: return read_features(attribute, context.diags);
    case Form::Count: return read_count(attribute);
    case Form::ColorOrNone:
      if (attribute.value == "none") return NoValue{};
      [[fallthrough]];
    case Form::Color: return as_value(read_color(whole(attribute), context));
    case Form::LengthOrAuto:
      if (attribute.value == "auto") return attribute.value;
      [[fallthrough]];
    case Form::Length: return as_value(read_length(whole(attribute), form.length, form.rule.name, context.diags));
    case Form::LineHeight: return read_line_height(attribute, form, context.diags);
    case Form::Border: {
      LengthFaults faults(attribute, context.diags);
      return read_border(attribute, form, {faults.own(), context.colors, context.folders, context.root});
    }
    case Form::Marker: return read_marker(attribute, context.diags);
    case Form::Icon: return read_icon(attribute, context);
    case Form::Keep: return read_keep(attribute, context.diags);
    case Form::Tracks: return read_tracks(attribute, form, context.diags);
    case Form::CountOrNone: return read_count_or_none(attribute, context.diags);
    case Form::Range: return read_range(attribute, form, context.diags);
    case Form::Limits: return read_limits(attribute, context.diags);
  }
  return std::nullopt;
}

bool is_safe_path(std::string_view text) {
  if (text.empty() || text.front() == '/' || text.find('\\') != std::string_view::npos || text.find(':') != std::string_view::npos) return false;
  const std::filesystem::path path = text;
  return std::find(path.begin(), path.end(), "..") == path.end();
}

std::string read_path(const xml::Attribute& attribute, const Context& context) {
  if (!is_safe_path(attribute.value)) {
    context.diags.error(attribute.value_at, fmt::format("'{}' is not a value of {}; expected a relative path with '/' and without '..'", xml::excerpt(attribute.value), attribute.name));
    return "";
  }
  const auto found = attribute.value_at.file ? context.folders.find(*attribute.value_at.file) : context.folders.end();
  if (found == context.folders.end() || found->second.empty()) return attribute.value;
  const std::filesystem::path& folder = found->second;
  std::error_code failure;
  if (!std::filesystem::is_regular_file(folder / attribute.value, failure)) {
    context.diags.error(attribute.value_at, fmt::format("no file '{}' in {}", xml::excerpt(attribute.value), folder.generic_string())).meaning();
    return "";
  }
  // A layout may extend one of another folder, whose pictures stay there.
  const std::filesystem::path path = (folder / attribute.value).lexically_normal();
  const std::filesystem::path relative = path.lexically_relative(context.root.lexically_normal());
  return relative.empty() ? std::filesystem::absolute(path).generic_string() : relative.generic_string();
}

}  // namespace handout::layouts
