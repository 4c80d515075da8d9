#include <algorithm>
#include <utility>

#include "base/expects.h"
#include "compose/composer.h"
#include "unicode/formats.h"
#include "unicode/text.h"

namespace handout::compose {

using content::FieldFormat;
using display::ElementInfo;
using display::FragmentElement;
using display::LocalElement;
using display::Role;
using display::TextSource;
using unicode::Direction;

namespace {

constexpr std::string_view kFirstStrongIsolate = "\u2068", kLeftToRightIsolate = "\u2066", kRightToLeftIsolate = "\u2067", kPopIsolate = "\u2069";
constexpr std::string_view kObject = "\uFFFC";
constexpr char32_t kFirstMarker = 0xF8F0;  // private use: stands for a phrase's argument while ICU formats it

// The width of a ruled blank where a field has no value: room for a name in handwriting, in ems.
constexpr double kBlankEms = 11;

}  // namespace

// An element that encloses what is added while this lives.
class TextBuilder::Inside {
 public:
  Inside(TextBuilder& builder, FragmentElement element) : builder_(builder), outer_(builder.element_) {
    element.parent = outer_;
    builder.paragraph_.elements.push_back(std::move(element));
    builder.element_ = LocalElement(builder.paragraph_.elements.size() - 1);
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
  ~Inside() { builder_.element_ = outer_; }

 private:
  TextBuilder& builder_;
  LocalElement outer_;
};

TextBuilder::TextBuilder(const Composer& composer, const Scope& scope, ElementInfo info) : composer_(composer), scope_(scope), info_(std::move(info)), block_size_(scope.style.size) {
  if (!(scope.language == composer.article.locale) && info_.language.empty()) info_.language = scope.language.tag();
  FragmentElement element;
  element.info = info_;
  paragraph_.elements.push_back(std::move(element));
  paragraph_.language = scope.language;
  direction_ = paragraph_.direction = scope.language.direction();
}

styled::StyleIndex TextBuilder::style_index(const ComputedStyle& style) {
  styled::TextStyle text;
  text.family = style.family;
  text.size = style.size;
  text.weight = style.weight;
  text.slant = style.slant;
  text.color = style.color;
  text.letter_spacing = style.letter_spacing;
  text.baseline_shift = style.baseline_shift;
  text.decoration = style.decoration;
  // First, so that font-features may take it back.
  if (style.small_caps) text.features.emplace_back("smcp");
  text.features.insert(text.features.end(), style.features.begin(), style.features.end());
  text.emphasis = style.emphasis;
  const auto found = std::find(paragraph_.styles.begin(), paragraph_.styles.end(), text);
  if (found != paragraph_.styles.end()) return styled::StyleIndex(static_cast<std::size_t>(found - paragraph_.styles.begin()));
  paragraph_.styles.push_back(std::move(text));
  paragraph_.colors_at.push_back(place(style.color_at));
  return styled::StyleIndex(paragraph_.styles.size() - 1);
}

void TextBuilder::add_text(std::string_view text, const Scope& scope, TextSource source) {
  if (text.empty() || scope.style.hidden) return;
  const std::size_t begin = paragraph_.text.size();
  paragraph_.text += text;
  const styled::StyleIndex style = style_index(scope.style);
  if (!paragraph_.runs.empty()) {
    styled::TextRun& last = paragraph_.runs.back();
    if (last.style == style && last.element == element_ && last.language == scope.language && last.source == source && last.field == field_) {
      last.end = paragraph_.text.size();
      return;
    }
  }
  paragraph_.runs.push_back({begin, paragraph_.text.size(), style, element_, scope.language, source, field_});
}

void TextBuilder::add_words(std::string_view text, const Scope& scope) {
  if (direction_ == Direction::LeftToRight) return add_text(text, scope, TextSource::Fixed);
  add_with(left_to_right_.find(text, scope.language), text, scope, TextSource::Fixed);
}

void TextBuilder::add_with(const std::vector<LeftToRight>& stretches, std::string_view text, const Scope& scope, TextSource source) {
  std::size_t added = 0;
  for (const LeftToRight& stretch : stretches) {
    add_text(text.substr(added, stretch.begin - added), scope, source);
    add_text(stretch.before, scope, source);
    add_text(text.substr(stretch.begin, stretch.end - stretch.begin), scope, source);
    add_text(stretch.behind, scope, source);
    added = stretch.end;
  }
  add_text(text.substr(added), scope, source);
}

void TextBuilder::add_object(const Scope& scope, TextSource source) {
  // A run of its own, so that what paginate puts there has one style.
  add_text(kObject, scope, source);
}

void TextBuilder::add_break(const Scope& scope) {
  const bool spaced = paragraph_.text.empty() || paragraph_.text.ends_with(' ');
  add_text(spaced ? kLineBreak.substr(1) : kLineBreak, scope, TextSource::Fixed);
}

void TextBuilder::add_page_field(styled::PageFieldKind kind, const Scope& scope) {
  paragraph_.page_fields.push_back({paragraph_.text.size(), kind});
  add_object(scope, TextSource::Fixed);
}

void TextBuilder::add_page_of(const std::string& id, const Scope& scope) {
  paragraph_.page_fields.push_back({paragraph_.text.size(), styled::PageFieldKind::PageOf, composer_.destination(id)});
  add_object(scope, TextSource::Fixed);
}

void TextBuilder::add_link(display::LinkTarget target, std::string contents, In in, const std::function<void()>& add_content) {
  std::optional<Inside> reference;
  if (in == In::Reference) {
    FragmentElement around;
    around.info.role = Role::Reference;
    reference.emplace(*this, std::move(around));
  }
  FragmentElement link;
  link.info.role = Role::Link;
  link.link = std::move(target);
  link.link_contents = std::move(contents);
  const Inside inside(*this, std::move(link));
  add_content();
}

void TextBuilder::add_leader(styled::Leader::Pattern pattern, std::optional<Length> minimum, const Scope& scope) {
  paragraph_.leaders.push_back({paragraph_.text.size(), pattern, minimum});
  add_object(scope, TextSource::Fixed);
}

void TextBuilder::add_field(std::string_view name, FieldFormat format, const Scope& scope) {
  const FieldValue* value = composer_.fields.find(name);
  if (value == nullptr) {
    paragraph_.blanks.push_back({paragraph_.text.size(), scope.style.size.scaled(kBlankEms)});
    add_object(scope, TextSource::Fixed);
    return;
  }
  add_value_of(name, *value, {format, InLines::No}, scope);
}

void TextBuilder::add_field_lines(std::string_view name, const Scope& scope) {
  const FieldValue* value = composer_.fields.lines(name);
  if (value == nullptr || value->lines.empty()) return add_field(name, FieldFormat::Plain, scope);
  add_value_of(name, *value, {FieldFormat::Plain, InLines::Yes}, scope);
}

void TextBuilder::add_value_of(std::string_view name, const FieldValue& value, ShownAs shown, const Scope& scope) {
  const bool own = value.source == TextSource::Field;
  const std::size_t begin = paragraph_.text.size();
  const std::string_view field = own ? name : "";
  if (shown.lines == InLines::No) {
    add_value(composer_.fields.format(value, shown.format), field, scope, value.source);
  } else {
    for (std::size_t i = 0; i < value.lines.size(); ++i) {
      if (i > 0) add_break(scope);
      add_value(value.lines[i], field, scope, value.source);
    }
  }
  const std::size_t end = paragraph_.text.size();
  if (own && end > begin) places_.push_back({begin, end, composer_.edition, std::string(name), shown.format, shown.lines, scope.language});
}

void TextBuilder::add_value(std::string_view text, std::string_view field, const Scope& scope, TextSource source) {
  field_ = field;
  add_text(isolated_value(text, scope.language), scope, source);
  field_.clear();
}

void TextBuilder::add_phrase(const layouts::PhrasePart& phrase, const Scope& scope, const Span& at, const std::string& page_of) {
  const content::Phrases* phrases = composer_.phrases_with(phrase.id, at);
  if (phrases == nullptr) return;
  unicode::MessageArguments arguments;
  std::vector<std::string> names;
  const auto add_marker = [&](std::string name) {
    std::string marker;
    unicode::append_utf8(marker, kFirstMarker + static_cast<char32_t>(names.size()));
    arguments.insert_or_assign(name, marker);
    names.push_back(std::move(name));
  };
  add_marker("page");
  add_marker("pages");
  for (const auto& [argument, field] : phrase.arguments) add_marker(argument);
  std::string reason;
  const auto text = unicode::format_message(phrases->patterns.find(phrase.id)->second, arguments, phrases->locale, &reason);
  if (!text) {
    composer_.diags.error(at, fmt::format("phrase '{}' of {} does not format: {}", phrase.id, phrases->locale.tag(), reason));
    return;
  }
  Scope words = scope;
  const bool foreign = !(phrases->locale == scope.language) && phrases->locale.language() != scope.language.language();
  const Element span("span", "", nullptr), field_element("field", "", nullptr), page_element("page-of", "", nullptr);
  if (foreign) words = composer_.enter(scope, span, phrases->locale);
  const auto emit = [&] {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text->size();) {
      const unicode::CodePoint c = unicode::decode(*text, i);
      i = c.end;
      if (c.value < kFirstMarker || c.value >= kFirstMarker + names.size()) continue;
      add_words(std::string_view(*text).substr(begin, c.begin - begin), words);
      begin = c.end;
      const std::string& name = names[c.value - kFirstMarker];
      const auto field = phrase.arguments.find(name);
      if (field != phrase.arguments.end()) add_field(field->second, FieldFormat::Plain, composer_.enter(words, field_element));
      else if (name == "page" && !page_of.empty()) add_page_of(page_of, composer_.enter(words, page_element));
      else add_page_field(name == "page" ? styled::PageFieldKind::Page : styled::PageFieldKind::Pages, words);
    }
    add_words(std::string_view(*text).substr(begin), words);
  };
  if (!foreign) return emit();
  FragmentElement element;
  element.info.role = Role::Span;
  element.info.language = phrases->locale.tag();
  const Inside inside(*this, std::move(element));
  if (phrases->locale.direction() == direction_) return emit();
  add_isolated(phrases->locale.direction(), words, emit);
}

void TextBuilder::add_isolated(Direction direction, const Scope& scope, const std::function<void()>& add_content) {
  const Direction around = std::exchange(direction_, direction);
  add_text(direction == Direction::RightToLeft ? kRightToLeftIsolate : kLeftToRightIsolate, scope, TextSource::Fixed);
  add_content();
  add_text(kPopIsolate, scope, TextSource::Fixed);
  direction_ = around;
}

void TextBuilder::add_inlines(const content::Inlines& content, const Scope& scope) {
  for (const content::Inline& each : content) std::visit([&](const auto& what) { add(what, scope, each.at); }, each.what);
}

void TextBuilder::add(const content::Text& text, const Scope& scope, const Span&) { add_words(text.text, scope); }

void TextBuilder::add(const content::Emphasized& emphasized, const Scope& scope, const Span&) {
  static constexpr std::string_view kNames[] = {"strong", "em", "sup", "sub", "term"};
  const Element element(kNames[static_cast<std::size_t>(emphasized.kind)], "", nullptr);
  add_inlines(emphasized.content, composer_.enter(scope, element));
}

void TextBuilder::add(const content::Link& link, const Scope& scope, const Span& at) {
  // What it points to is not printed: the words stay.
  const std::string id = link.href.starts_with("#") ? link.href.substr(1) : std::string();
  if (!id.empty() && !composer_.link_targets.contains(id)) return add_inlines(link.content, scope);
  const Element element("a", "", nullptr);
  const Scope inner = composer_.enter(scope, element);
  const display::LinkTarget target = id.empty() ? display::LinkTarget(display::UriTarget{link.href}) : display::DestinationTarget{composer_.destination(id)};
  add_link(target, composer_.read(*composer_.words(link.content, inner)), In::Paragraph, [&] {
    add_inlines(link.content, inner);
    if (!id.empty() && inner.style.page_reference) add_page_reference(id, inner, at);
  });
}

// "(page 3)". Full-width brackets bring their own room.
void TextBuilder::add_page_reference(const std::string& id, const Scope& scope, const Span& at) {
  constexpr std::string_view kPhrase = "see-page";
  const content::Phrases* phrases = composer_.phrases_with(kPhrase, at);
  if (phrases == nullptr) return;
  constexpr char32_t kFirstFullWidth = 0x3000;
  const std::string& pattern = phrases->patterns.find(kPhrase)->second;
  if (unicode::decode(pattern, 0).value < kFirstFullWidth) add_text(" ", scope, TextSource::Fixed);
  const Element element("page-reference", "", nullptr);
  add_phrase({std::string(kPhrase), {}}, composer_.enter(scope, element), at, id);
}

void TextBuilder::add(const content::Cite& cite, const Scope& scope, const Span&) {
  const Element element("cite", "", nullptr);
  const Scope inner = composer_.enter(scope, element);
  const auto number = composer_.reference_numbers.find(cite.reference);
  EXPECTS(number != composer_.reference_numbers.end());
  const bool as_note = inner.style.footnote && !composer_.notes->listed.contains(cite.reference);
  if (as_note) composer_.notes->cited.insert(cite.reference);
  // Without the references on paper a number says nothing.
  if (!as_note && !composer_.notes->cited.contains(cite.reference) && !composer_.link_targets.contains(cite.reference)) return;
  const std::string label = fmt::format("[{}]", unicode::format_ordinal_number(number->second, composer_.article.locale));
  add_link(display::DestinationTarget{composer_.destination(cite.reference)}, label, In::Paragraph, [&] { add_text(label, inner, TextSource::Fixed); });
}

void TextBuilder::add(const content::FieldRef& field, const Scope& scope, const Span&) {
  const Element element("field", "", nullptr);
  add_field(field.name, field.format, composer_.enter(scope, element));
}

void TextBuilder::add(const content::Choose& choose, const Scope& scope, const Span&) {
  for (const content::When& branch : choose.branches) {
    if (composer_.fields.holds(branch.condition)) return add_inlines(branch.content, scope);
  }
  add_inlines(choose.otherwise, scope);
}

void TextBuilder::add(const content::Plural& plural, const Scope& scope, const Span&) {
  const auto found = plural.cases.find(composer_.fields.plural(plural.field));
  add_inlines(found != plural.cases.end() ? found->second : plural.cases.at("other"), scope);
}

void TextBuilder::add(const content::Measure& measure, const Scope& scope, const Span& at) {
  const bool us = composer_.us_units && !measure.us_value.empty();
  const auto text = unicode::format_measure(us ? measure.us_value : measure.value, us ? measure.us_unit : measure.unit, composer_.article.locale);
  if (!text) {
    composer_.diags.error(at, fmt::format("unknown unit '{}'", us ? measure.us_unit : measure.unit)).hint("units have ICU's names: kilogram, pound, centimeter, inch, milliliter, celsius");
    return;
  }
  // Number and unit stay on one line.
  std::string joined;
  for (const char c : *text) joined += c == ' ' ? std::string("\u00A0") : std::string(1, c);
  add_text(kFirstStrongIsolate, scope, TextSource::Fixed);
  add_text(joined, scope, TextSource::Fixed);
  add_text(kPopIsolate, scope, TextSource::Fixed);
}

void TextBuilder::add(const content::Foreign& foreign, const Scope& scope, const Span&) {
  const Element element("span", "", nullptr);
  FragmentElement inline_element;
  inline_element.info.role = Role::Span;
  inline_element.info.language = foreign.language.tag();
  const Inside inside(*this, std::move(inline_element));
  const Scope inner = composer_.enter(scope, element, foreign.language);
  add_isolated(foreign.direction.value_or(foreign.language.direction()), inner, [&] { add_inlines(foreign.content, inner); });
}

void TextBuilder::add(const content::Quote& quote, const Scope& scope, const Span&) {
  const Element element("q", "", nullptr);
  FragmentElement inline_element;
  inline_element.info.role = Role::Quote;
  const Inside inside(*this, std::move(inline_element));
  const Scope inner = composer_.enter(scope, element);
  add_text(quote.marks.open, inner, TextSource::Fixed);
  add_inlines(quote.content, inner);
  add_text(quote.marks.close, inner, TextSource::Fixed);
}

void TextBuilder::add(const content::LineBreak&, const Scope& scope, const Span&) { add_break(scope); }

std::shared_ptr<const styled::Paragraph> TextBuilder::finish_paragraph() {
  // An empty paragraph still has a style, for its line's height.
  if (paragraph_.styles.empty()) static_cast<void>(style_index(scope_.style));
  paragraph_.lines = scope_.style.lines;
  paragraph_.lines.align = composer_.physical(scope_.style.align, paragraph_.direction);
  paragraph_.lines.line_height = scope_.style.leading();
  // A fifth of an em parts the great letter from its lines.
  if (scope_.style.initial_lines > 1) paragraph_.initial = styled::Initial{scope_.style.initial_lines, scope_.style.size / 5};
  auto finished = std::make_shared<const styled::Paragraph>(std::move(paragraph_));
  if (composer_.resources.dependence != nullptr && !places_.empty()) composer_.resources.dependence->paragraphs.emplace_back(finished, std::move(places_));
  return finished;
}

styled::BlockPtr TextBuilder::finish(std::string_view name, const Span& at) {
  auto block = std::make_shared<styled::Block>();
  block->name = name;
  block->at = at;
  block->box = composer_.box(scope_.style);
  block->element = info_;
  block->anchor = anchor_;
  block->content = styled::ParagraphBlock{finish_paragraph()};
  return block;
}

}  // namespace handout::compose
