#include "compose/cascade.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/expects.h"

namespace handout::compose {

using layouts::Declaration;
using layouts::Dimension;
using layouts::ElementContext;
using layouts::NoValue;
using layouts::Property;
using layouts::Value;

namespace {

std::string word(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr ? *text : std::string();
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  for (std::size_t begin = text.find_first_not_of(" ,"); begin != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(" ,", begin), text.size());
    result.emplace_back(text.substr(begin, end - begin));
    begin = text.find_first_not_of(" ,", end);
  }
  return result;
}

std::optional<Color> color_or_none(const Value& value) {
  const auto* color = std::get_if<Color>(&value);
  return color != nullptr ? std::optional<Color>(*color) : std::nullopt;
}

int whole(const Value& value) {
  const auto* number = std::get_if<double>(&value);
  return number != nullptr ? static_cast<int>(*number) : 0;
}

TextAlign text_align(const std::string& text) {
  return text == "end" ? TextAlign::End : text == "center" ? TextAlign::Center : text == "justify" ? TextAlign::Justify : text == "decimal" ? TextAlign::Decimal : TextAlign::Start;
}

// The words of a property and what they mean; the first stands for "none" as well.
template <typename Meaning, std::size_t N>
using Words = std::array<std::pair<std::string_view, Meaning>, N>;

template <typename Meaning, std::size_t N>
Meaning one_of(const Value& value, const Words<Meaning, N>& words) {
  const auto found = std::find_if(words.begin(), words.end(), [given = word(value)](const auto& each) { return each.first == given; });
  return found != words.end() ? found->second : words.front().second;
}

constexpr Words<styled::Hyphenate, 3> kHyphenate = {{{"auto", styled::Hyphenate::Auto}, {"no", styled::Hyphenate::No}, {"yes", styled::Hyphenate::Yes}}};
constexpr Words<styled::TextJustify, 4> kTextJustify = {{
    {"auto", styled::TextJustify::Auto}, {"inter-word", styled::TextJustify::InterWord}, {"inter-character", styled::TextJustify::InterCharacter}, {"kashida", styled::TextJustify::Kashida}}};
constexpr Words<unicode::LineStrictness, 4> kLineBreak = {{
    {"auto", unicode::LineStrictness::Auto}, {"loose", unicode::LineStrictness::Loose}, {"normal", unicode::LineStrictness::Normal}, {"strict", unicode::LineStrictness::Strict}}};
constexpr Words<unicode::WordBreak, 4> kWordBreak = {{
    {"auto", unicode::WordBreak::Auto}, {"normal", unicode::WordBreak::Normal}, {"keep-all", unicode::WordBreak::KeepAll}, {"break-all", unicode::WordBreak::BreakAll}}};
constexpr Words<styled::EmphasisMark, 4> kTextEmphasis = {{
    {"none", styled::EmphasisMark::None}, {"dot", styled::EmphasisMark::Dot}, {"sesame", styled::EmphasisMark::Sesame}, {"circle", styled::EmphasisMark::Circle}}};

styled::Range range(const Value& value) {
  const auto* given = std::get_if<layouts::RangeValue>(&value);
  return given != nullptr ? styled::Range{given->least, given->most} : styled::Range{};
}

unicode::HyphenLimits hyphen_limits(const Value& value) {
  const auto* given = std::get_if<layouts::LimitsValue>(&value);
  return given != nullptr ? unicode::HyphenLimits{given->word, given->before, given->after} : unicode::HyphenLimits{};
}

constexpr Words<styled::Break, 5> kBreak = {{{"auto", styled::Break::Auto}, {"column", styled::Break::Column}, {"page", styled::Break::Page}, {"recto", styled::Break::Recto}, {"verso", styled::Break::Verso}}};
constexpr Words<Float, 5> kFloat = {{{"none", Float::None}, {"top", Float::Top}, {"bottom", Float::Bottom}, {"start", Float::Start}, {"end", Float::End}}};
constexpr Words<CellPlace, 4> kCellPlace = {{{"baseline", CellPlace::Baseline}, {"top", CellPlace::Top}, {"middle", CellPlace::Middle}, {"bottom", CellPlace::Bottom}}};

styled::Keep keep(const Value& value) {
  const auto* given = std::get_if<layouts::KeepValue>(&value);
  return given != nullptr ? static_cast<styled::Keep>(given->strength) : styled::Keep::Auto;
}

// What an element has of its parent before its own rules: the inherited properties.
ComputedStyle inherited(const ComputedStyle& parent) {
  ComputedStyle style;
  style.family = parent.family;
  style.size = parent.size;
  style.weight = parent.weight;
  style.slant = parent.slant;
  style.features = parent.features;
  style.color = parent.color;
  style.color_at = parent.color_at;
  style.letter_spacing = parent.letter_spacing;
  style.line_height_factor = parent.line_height_factor;
  style.line_height = parent.line_height;
  style.align = parent.align;
  style.lines = parent.lines;
  style.small_caps = parent.small_caps;
  style.emphasis = parent.emphasis;
  style.marker = parent.marker;
  style.page_reference = parent.page_reference;
  style.baseline_shift = parent.baseline_shift;
  return style;
}

}  // namespace

bool is_of_locales(const std::vector<std::string>& locales, const unicode::Locale& language) {
  const std::string tag = language.tag();
  return std::any_of(locales.begin(), locales.end(), [&](const std::string& each) { return tag.starts_with(each) && (tag.size() == each.size() || tag[each.size()] == '-'); });
}

Cascade::Cascade(const layouts::LayoutDefinition& layout, const Scale& scale, Usage* usage)
    : layout_(layout), scale_(scale), usage_(usage), lengths_{Length(12_pt).scaled(scale.type), Length(4_pt).scaled(scale.type)} {}

Length Cascade::relative(const Dimension& dimension, Length font_size) const {
  // No font is at hand here: CSS Values 4 section 6.1.1 has 1ex and 1ch as 0.5em then.
  return font_size.scaled(dimension.em + (dimension.ex + dimension.ch) / 2) + lengths_.body.scaled(dimension.rem) + lengths_.unit.scaled(dimension.unit);
}

Length Cascade::resolve(const Dimension& dimension, Length font_size) const { return dimension.length + relative(dimension, font_size); }

Length Cascade::resolve_type(const Dimension& dimension, Length font_size) const { return dimension.length.scaled(scale_.type) + relative(dimension, font_size); }

// What is relative has followed the type already: that is taken back, so that no length is made smaller twice.
Length Cascade::share_of(const Dimension& dimension, Length font_size, double share) const { return dimension.length.scaled(share) + relative(dimension, font_size).scaled(share / scale_.type); }

Length Cascade::resolve_space(const Dimension& dimension, Length font_size) const { return share_of(dimension, font_size, scale_.space); }

Length Cascade::resolve_margin(const Dimension& dimension, Length font_size) const { return share_of(dimension, font_size, scale_.margin); }

styled::Extent Cascade::extent(const Dimension& dimension, Length font_size) const { return {resolve(dimension, font_size), dimension.percent}; }

std::vector<const Declaration*> Cascade::matching(const std::vector<const ElementContext*>& path, const unicode::Locale& language) const {
  struct Match {
    std::tuple<int, std::array<int, 3>> rank;
    const layouts::StyleRule* rule;
  };
  std::vector<Match> matches;
  for (const layouts::StyleRule& rule : layout_.styles) {
    if (!rule.scripts.empty() && std::find(rule.scripts.begin(), rule.scripts.end(), language.script()) == rule.scripts.end()) continue;
    if (!rule.locales.empty() && !is_of_locales(rule.locales, language)) continue;
    std::optional<std::array<int, 3>> best;
    for (const layouts::Selector& selector : rule.selectors) {
      if (layouts::matches(selector, path)) best = std::max(best.value_or(std::array<int, 3>{}), selector.specificity());
    }
    if (!best) continue;
    matches.push_back({{rule.layer, *best}, &rule});
    if (usage_ != nullptr) usage_->rules.insert(&rule);
  }
  std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) { return a.rank < b.rank; });
  std::vector<const Declaration*> declarations;
  for (const Match& match : matches) {
    for (const Declaration& declaration : match.rule->declarations) declarations.push_back(&declaration);
  }
  return declarations;
}

ComputedStyle Cascade::root(const ElementContext& context, const unicode::Locale& language) {
  const ComputedStyle around = around_root(), style = this->style({&context}, around, language);
  lengths_ = {style.size, style.leading() / 4};
  return this->style({&context}, around, language);
}

ComputedStyle Cascade::around_root() const {
  ComputedStyle style;
  style.size = style.size.scaled(scale_.type);
  return style;
}

ComputedStyle Cascade::style(const std::vector<const ElementContext*>& path, const ComputedStyle& parent, const unicode::Locale& language) const {
  ComputedStyle style = inherited(parent);
  const auto declarations = matching(path, language);
  // The font size first: em lengths of the other properties refer to it.
  for (const Declaration* each : declarations) {
    if (each->property != Property::FontSize) continue;
    if (const auto* dimension = std::get_if<Dimension>(&each->value)) {
      style.size = resolve_type(*dimension, parent.size) + parent.size.scaled(dimension->percent);
    }
  }
  for (const Declaration* each : declarations) {
    if (each->property != Property::FontSize) apply(style, *each, parent);
  }
  return style;
}

void Cascade::apply(ComputedStyle& style, const Declaration& declaration, const ComputedStyle& parent) const {
  const Value& value = declaration.value;
  const auto length = [&]() -> Length {
    const auto* dimension = std::get_if<Dimension>(&value);
    return dimension != nullptr ? resolve(*dimension, style.size) : Length{};
  };
  const auto space = [&]() -> Length {
    const auto* dimension = std::get_if<Dimension>(&value);
    return dimension != nullptr ? resolve_space(*dimension, style.size) : Length{};
  };
  const auto type = [&]() -> Length {
    const auto* dimension = std::get_if<Dimension>(&value);
    return dimension != nullptr ? resolve_type(*dimension, style.size) : Length{};
  };
  const auto border = [&]() -> std::optional<styled::Border> {
    const auto* given = std::get_if<layouts::BorderValue>(&value);
    if (given == nullptr) return std::nullopt;
    return styled::Border{resolve(given->width, style.size), given->color};
  };
  const auto dimension = [&]() -> std::optional<Dimension> {
    const auto* given = std::get_if<Dimension>(&value);
    return given != nullptr ? std::optional<Dimension>(*given) : std::nullopt;
  };
  switch (declaration.property) {
    case Property::FontFamily: style.family = word(value); break;
    case Property::FontSize: break;
    case Property::FontWeight: style.weight = whole(value); break;
    case Property::FontStyle: style.slant = word(value) == "italic" ? fonts::Slant::Italic : fonts::Slant::Upright; break;
    case Property::FontFeatures: style.features = words(word(value)); break;
    case Property::Color:
      style.color = color_or_none(value).value_or(style.color);
      style.color_at = &declaration.at;
      break;
    case Property::LetterSpacing: style.letter_spacing = type(); break;
    case Property::TextDecoration: style.decoration = word(value) == "underline" ? styled::Decoration::Underline : styled::Decoration::None; break;
    case Property::LineHeight:
      style.line_height.reset();
      if (const auto* factor = std::get_if<double>(&value)) style.line_height_factor = *factor;
      else style.line_height = type();
      break;
    case Property::TextAlign: style.align = text_align(word(value)); break;
    case Property::TextWrap: style.lines.wrap = word(value) == "balance" ? styled::Wrap::Balance : styled::Wrap::Total; break;
    case Property::Hyphenate: style.lines.hyphenate = one_of(value, kHyphenate); break;
    case Property::HyphenateLimits: style.lines.hyphen_limits = hyphen_limits(value); break;
    case Property::TextJustify: style.lines.justify = one_of(value, kTextJustify); break;
    case Property::WordSpace: style.lines.bounds.word_space = range(value); break;
    case Property::LetterSpace: style.lines.bounds.letter_space = range(value); break;
    case Property::GlyphScale: style.lines.bounds.glyph_scale = range(value); break;
    case Property::HangingPunctuation: style.lines.hanging_punctuation = word(value) == "yes"; break;
    case Property::MarginKerning: style.lines.margin_kerning = word(value) == "yes"; break;
    case Property::LineBreak: style.lines.breaks.strictness = one_of(value, kLineBreak); break;
    case Property::WordBreak: style.lines.breaks.words = one_of(value, kWordBreak); break;
    case Property::TextAutospace: style.lines.autospace = word(value) == "normal"; break;
    case Property::TextSpacingTrim: style.lines.trim_punctuation = word(value) == "normal"; break;
    case Property::FontVariant: style.small_caps = word(value) == "small-caps"; break;
    case Property::TextEmphasis: style.emphasis = one_of(value, kTextEmphasis); break;
    case Property::LineGrid: style.lines.grid = word(value) == "unit" ? lengths_.unit : Length{}; break;
    case Property::Background:
      style.background = color_or_none(value);
      style.background_at = &declaration.at;
      break;
    case Property::SpaceBefore: style.space_before = space(); break;
    case Property::SpaceAfter: style.space_after = space(); break;
    case Property::MarginStart: style.margin_start = length(); break;
    case Property::MarginEnd: style.margin_end = length(); break;
    case Property::PaddingTop: style.padding_top = space(); break;
    case Property::PaddingEnd: style.padding_end = space(); break;
    case Property::PaddingBottom: style.padding_bottom = space(); break;
    case Property::PaddingStart: style.padding_start = space(); break;
    case Property::BorderTop: style.border_top = border(); break;
    case Property::BorderEnd: style.border_end = border(); break;
    case Property::BorderBottom: style.border_bottom = border(); break;
    case Property::BorderStart: style.border_start = border(); break;
    case Property::BorderRadius: style.radius = length(); break;
    case Property::MinHeight: style.min_height = length(); break;
    case Property::KeepTogether: style.keep_together = keep(value); break;
    case Property::KeepWithNext: style.keep_with_next = keep(value); break;
    case Property::KeepWithPrevious: style.keep_with_previous = keep(value); break;
    case Property::BreakBefore: style.break_before = one_of(value, kBreak); break;
    case Property::BreakAfter: style.break_after = one_of(value, kBreak); break;
    case Property::BoxBreak: style.box_break = word(value) == "clone" ? styled::BoxBreak::Clone : styled::BoxBreak::Slice; break;
    case Property::ColumnSpan: style.column_span = word(value) == "all" ? styled::ColumnSpan::All : styled::ColumnSpan::One; break;
    case Property::Float: style.floating = one_of(value, kFloat); break;
    case Property::Clear: style.clear = word(value) == "both" ? styled::Clear::Both : styled::Clear::No; break;
    case Property::PageReference: style.page_reference = word(value) == "yes"; break;
    case Property::Widows: style.widows = std::max(1, whole(value)); break;
    case Property::Orphans: style.orphans = std::max(1, whole(value)); break;
    case Property::Column: style.column = word(value) == "side" ? Column::Side : word(value) == "full" ? Column::Full : Column::Text; break;
    case Property::Width: style.width = dimension(); break;
    case Property::Height: style.height = dimension(); break;
    case Property::Marker:
      style.marker = std::holds_alternative<NoValue>(value) ? "none" : word(value);
      style.own_marker = true;
      break;
    case Property::LabelWidth: style.label_width = length(); break;
    case Property::LabelGap: style.label_gap = space(); break;
    case Property::Icon: style.icon = word(value); break;
    case Property::LineDistance: style.line_distance = length(); break;
    case Property::RowRule:
      style.row_rule = border();
      style.row_rule_at = &declaration.at;
      break;
    case Property::HeadRule: style.head_rule = border(); break;
    case Property::HeadBackground:
      style.head_background = color_or_none(value);
      style.head_background_at = &declaration.at;
      break;
    case Property::Zebra:
      style.zebra = color_or_none(value);
      style.zebra_at = &declaration.at;
      break;
    case Property::Display: style.hidden = std::holds_alternative<NoValue>(value) || word(value) == "none"; break;
    case Property::ColumnCount: style.column_count = std::max(1, whole(value)); break;
    case Property::ColumnGap: style.column_gap = space(); break;
    case Property::ColumnRule: style.column_rule = border(); break;
    case Property::ColumnFill: style.columns_balanced = word(value) != "auto"; break;
    case Property::ColumnWidths:
      if (const auto* tracks = std::get_if<layouts::TracksValue>(&value)) style.column_widths = *tracks;
      break;
    case Property::BorderCollapse: style.collapse = word(value) == "collapse"; break;
    case Property::InitialLetter: style.initial_lines = whole(value); break;
    case Property::Footnote: style.footnote = word(value) == "yes"; break;
    // A third of the size around up, a sixth down: where most text faces put their own.
    case Property::VerticalAlign:
      style.baseline_shift = parent.baseline_shift + (word(value) == "super" ? parent.size / 3 : word(value) == "sub" ? -(parent.size / 6) : Length{});
      style.cell_place = one_of(value, kCellPlace);
      break;
    case Property::Labels: style.labels = word(value) == "legend" ? Labels::Legend : word(value) == "auto" ? Labels::Auto : Labels::Inline; break;
    case Property::TableForm: style.stacked = word(value) == "stacked"; break;
  }
}

}  // namespace handout::compose
