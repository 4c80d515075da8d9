#include "compose/markers.h"

#include <algorithm>
#include <array>

#include "unicode/text.h"

namespace handout::compose {

using content::ListKind;
using display::ListNumbering;
using unicode::CounterStyle;

namespace {

struct Counting { std::string_view name; CounterStyle style; ListNumbering numbering; };
// PDF has no names for other languages' numbers: they are decimal to it (ISO 32000-1, table 347).
constexpr std::array<Counting, 6> kCounting = {{{"number", CounterStyle::Number, ListNumbering::Decimal},
                                                {"native", CounterStyle::Native, ListNumbering::Decimal},
                                                {"lower-alpha", CounterStyle::LowerAlpha, ListNumbering::LowerAlpha},
                                                {"upper-alpha", CounterStyle::UpperAlpha, ListNumbering::UpperAlpha},
                                                {"lower-roman", CounterStyle::LowerRoman, ListNumbering::LowerRoman},
                                                {"upper-roman", CounterStyle::UpperRoman, ListNumbering::UpperRoman}}};

struct Sign { std::string_view name, text; ListNumbering numbering; };
constexpr std::array<Sign, 6> kSigns = {{{"disc", "\u2022", ListNumbering::Disc}, {"circle", "\u25E6", ListNumbering::Circle}, {"square", "\u25AA", ListNumbering::Square},
                                         {"dash", "\u2013", ListNumbering::Disc}, {"check", "\u2610", ListNumbering::Disc}, {"none", "", ListNumbering::None}}};

template <typename Table>
auto named(const Table& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.name == name; });
  return found != table.end() ? &*found : nullptr;
}

std::string default_marker(ListKind kind) { return kind == ListKind::Number || kind == ListKind::Steps ? "number" : kind == ListKind::Check ? "check" : "disc"; }

}  // namespace

double label_ems(std::string_view text) {
  double ems = 0;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    i = c.end;
    const bool narrow = std::u32string_view(U"ijl.,:;'!|()[] ").find(c.value) != std::u32string_view::npos;
    const bool wide = std::u32string_view(U"mwMW").find(c.value) != std::u32string_view::npos;
    ems += narrow ? 0.28 : wide ? 0.93 : c.value >= 0x2E80 ? 1.0 : 0.575;
  }
  return ems;
}

Markers::Markers(std::string_view marker, const unicode::Locale& locale) : marker_(marker.empty() ? "disc" : marker) {
  if (const auto* counting = named(kCounting, marker_)) counter_.emplace(counting->style, locale);
}

std::string Markers::text(int number) const {
  if (counter_) return counter_->label(number);
  const auto* sign = named(kSigns, marker_);
  return sign != nullptr ? std::string(sign->text) : marker_;
}

ListNumbering Markers::numbering() const {
  if (const auto* counting = named(kCounting, marker_)) return counting->numbering;
  const auto* sign = named(kSigns, marker_);
  return sign != nullptr ? sign->numbering : ListNumbering::Disc;
}

std::vector<Label> Markers::labels(int first, std::size_t count) const {
  std::vector<Label> labels;
  double widest = 0;
  for (std::size_t i = 0; i < count; ++i) {
    labels.push_back({text(first + static_cast<int>(i)), 0});
    widest = std::max(widest, label_ems(labels.back().text));
  }
  for (Label& label : labels) label.ems = widest;
  return labels;
}

std::string marker_for(const ComputedStyle& style, ListKind kind) {
  if (style.own_marker) return style.marker;
  const bool ordered = kind == ListKind::Number || kind == ListKind::Steps;
  const bool counts = named(kCounting, style.marker) != nullptr;
  const bool suits = !style.marker.empty() && kind != ListKind::Check && (style.marker == "none" || counts == ordered);
  return suits ? style.marker : default_marker(kind);
}

}  // namespace handout::compose
