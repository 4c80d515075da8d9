// Pictures with their labels in the reader's language.
#include <algorithm>

#include "compose/composer.h"
#include "unicode/counters.h"
#include "unicode/sequence_parts.h"
#include "unicode/text.h"

namespace handout::compose {

using display::ElementInfo;
using display::Role;
using styled::BlockPtr;

namespace {

// Every place of the drawing has one label of the article, and every label a place.
std::vector<std::pair<const content::Label*, std::size_t>> match_labels(const content::Figure& figure, const images::Picture& picture, const Span& at, Diagnostics& diags) {
  std::vector<std::pair<const content::Label*, std::size_t>> matched;
  static const std::vector<images::TextPlace> kNone;
  const auto* drawing = std::get_if<images::Drawing>(&picture.content);
  const auto& places = drawing != nullptr ? drawing->places : kNone;
  std::vector<std::string_view> names;
  for (const images::TextPlace& place : places) names.push_back(place.id);
  for (const content::Label& label : figure.labels) {
    const auto place = std::find(names.begin(), names.end(), label.place);
    if (place == names.end()) {
      diags.error(label.text.at, fmt::format("picture '{}' has no text place '{}'{}", figure.source, label.place, did_you_mean(label.place, names)));
    } else {
      matched.emplace_back(&label, static_cast<std::size_t>(place - names.begin()));
    }
  }
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (std::none_of(matched.begin(), matched.end(), [i](const auto& each) { return each.second == i; })) {
      diags.error(at, fmt::format("picture '{}' has a text place '{}' without a <label>", figure.source, places[i].id)).hint(fmt::format("add <label for=\"{}\" id=\"…\">…</label> to the figure", places[i].id));
    }
  }
  return matched;
}

}  // namespace

namespace {

// Ideographs, kana, hangul and full-width marks.
bool is_wide(char32_t c) { return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) || (c >= 0xFF00 && c <= 0xFF60); }

// CJK is an em wide; text faces take 0.55 em a letter on average, scripts of Southeast Asia more.
double estimated_ems(std::string_view text, const unicode::Locale& language) {
  const bool three_bytes = static_cast<double>(text.size()) >= 2.5 * static_cast<double>(unicode::count_code_points(text));
  const double usual = three_bytes && language.direction() == unicode::Direction::LeftToRight && language.script() != "Deva" ? 1.0 : 0.58;
  double ems = 0;
  bool has_wide = false;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    has_wide = has_wide || is_wide(c.value);
    ems += is_wide(c.value) ? 1.0 : usual;
    i = c.end;
  }
  // Among ideographs stand abbreviations, in capitals.
  return has_wide ? ems * 1.1 : ems;
}

}  // namespace

namespace {

// What stands at a picture's places when its labels stand in a list: numbers; letters where a label has a number of its own ("1. Harvest" would become "1. 1. Harvest").
unicode::CounterStyle places_counted_in(const std::vector<std::pair<const content::Label*, std::size_t>>& labels) {
  const bool numbered = std::any_of(labels.begin(), labels.end(), [](const auto& each) {
    const std::string text = content::plain_text(each.first->text.content);
    return !text.empty() && unicode::is_decimal_digit(unicode::decode(text, 0).value);
  });
  return numbered ? unicode::CounterStyle::UpperAlpha : unicode::CounterStyle::Number;
}

}  // namespace

// Whether the labels will fit their places, by a cautious estimate of their widths: compose sets no type.
bool Composer::labels_fit(const styled::Picture& picture, const std::vector<std::pair<const content::Label*, std::size_t>>& labels, const Scope& scope) const {
  const auto* drawing = std::get_if<images::Drawing>(&picture.picture->content);
  if (drawing == nullptr) return true;
  const double scale = std::min(picture.width ? picture.width->of(text_width) : picture.size.width, text_width).points() / drawing->width;
  const Element label("label", "", nullptr);
  const double size = enter(scope, label).style.size.points();
  return std::all_of(labels.begin(), labels.end(), [&](const auto& each) {
    const images::TextPlace& place = drawing->places[each.second];
    const std::string text = content::plain_text(each.first->text.content);
    return !place.width || estimated_ems(text, scope.language) * size <= *place.width * scale;
  });
}

styled::BoxStyle Composer::picture_box(const ComputedStyle& style, styled::Picture& picture) const {
  styled::BoxStyle outside = box(style);
  if (outside.floating != styled::Float::Left && outside.floating != styled::Float::Right) {
    outside.width.reset();
    return outside;
  }
  outside.width = picture.width ? *picture.width : styled::Extent{picture.size.width, 0};
  // What is round the picture counts to the float's width, as its caption does.
  outside.width->length += outside.padding.left + outside.padding.right + (outside.border_left ? outside.border_left->width : Length{}) + (outside.border_right ? outside.border_right->width : Length{});
  picture.width = styled::Extent{Length{}, 1};
  return outside;
}

// Numbers or letters, and the words that stand for labels.
Placed Composer::legend(const content::Block& block, const std::vector<const content::Label*>& labels, unicode::CounterStyle style, const Scope& scope) const {
  const unicode::ListCounter counter(style, article.locale);
  std::vector<Placed> items;
  for (const content::Label* label : labels) {
    const Element item_context("legend-item", label->text.id, nullptr);
    const Scope item_scope = enter(scope, item_context);
    TextBuilder words(*this, item_scope, element_of(Role::None));
    words.add_inlines(label->text.content, item_scope);
    std::vector<Placed> body;
    body.push_back({words.finish("legend-text", label->text.at), Column::Text});
    const Label number{counter.label(std::ssize(items) + 1)};
    items.push_back({labelled("legend-item", label->text.at, item_scope, number, flow("item", label->text.at, ComputedStyle{}, element_of(Role::ListBody), std::move(body), Room::Narrow)), Column::Text});
    note_origin(items.back().block, label->text.id);
  }
  ElementInfo list = element_of(Role::List);
  list.numbering = style == unicode::CounterStyle::UpperAlpha ? display::ListNumbering::UpperAlpha : display::ListNumbering::Decimal;
  const Element legend_context("legend", "", nullptr);
  return {flow("legend", block.at, enter(scope, legend_context).style, list, std::move(items), Room::Narrow), Column::Text};
}

std::vector<Placed> Composer::figure(const content::Block& block, const content::Figure& figure, const Scope& parent, Room room) const {
  const Element context("figure", block.id, &block.classes);
  const Scope scope = enter(parent, context);
  if (scope.style.hidden) return {};
  const auto picture = resources.pictures.load(article.folder / figure.source, figure.source_at, diags);
  if (!picture) return {};
  const auto labels = match_labels(figure, *picture, figure.source_at, diags);

  styled::Picture placed;
  placed.picture = picture;
  // A drawing grows with the type, so that its labels keep their room; its natural size is for 12 pt.
  const double growth = std::holds_alternative<images::Drawing>(picture->content) ? scope.style.size.points() / 12.0 : 1.0;
  placed.size = {picture->natural_size.width.scaled(growth), picture->natural_size.height.scaled(growth)};
  if (scope.style.width) {
    const styled::Extent wide = cascade.extent(*scope.style.width, scope.style.size);
    if (wide.share != 0) placed.width = wide;
    else placed.size = {wide.length, wide.length.scaled(placed.size.height.units(), placed.size.width.units())};
  }
  placed.align = physical(scope.style.align, article.locale.direction());
  const styled::BoxStyle outside = picture_box(scope.style, placed);

  // Over the columns of several languages it stands once, with labels in the first; captions and lists of labels stand in all of them.
  std::map<std::string, bool>* const spanning = origins != nullptr && scope.style.column_span == styled::ColumnSpan::All ? origins->spanning : nullptr;
  const auto standing = spanning != nullptr ? spanning->find(block.id) : std::map<std::string, bool>::iterator{};
  const bool stands = spanning != nullptr && standing != spanning->end();
  const bool as_legend = stands ? standing->second : scope.style.labels == Labels::Legend || (scope.style.labels == Labels::Auto && !labels_fit(placed, labels, scope));
  if (spanning != nullptr) spanning->emplace(block.id, as_legend);
  std::vector<const content::Label*> listed;
  const unicode::CounterStyle counted = places_counted_in(labels);
  const unicode::ListCounter counter(counted, article.locale);
  for (const auto& [label, place] : labels) {
    const Element label_context("label", label->text.id, nullptr);
    const Scope label_scope = enter(scope, label_context);
    TextBuilder builder(*this, label_scope, element_of(Role::None));
    if (as_legend) builder.add_text(counter.number(std::ssize(placed.labels) + 1), label_scope, display::TextSource::Fixed);
    else builder.add_inlines(label->text.content, label_scope);
    builder.add_text(" ", label_scope, display::TextSource::Fixed);  // parts it from the next label for who hears them
    placed.labels.push_back({builder.finish_paragraph(), place});
    if (as_legend) listed.push_back(label);
  }

  auto drawn = std::make_shared<styled::Block>();
  drawn->name = "picture";
  drawn->at = figure.source_at;
  drawn->element = element_of(Role::Figure);
  drawn->element.alt = figure.alt;
  drawn->box.keep_with_next = figure.caption || !listed.empty() ? styled::Keep::Always : styled::Keep::Auto;
  drawn->content = std::move(placed);
  std::vector<Placed> result, children;
  children.push_back({drawn, Column::Text});
  if (figure.caption) {
    Placed caption = text_block("figcaption", *figure.caption, scope, Role::P);
    // Beside the picture where there is a side column, else below it.
    const bool beside = caption.column == Column::Side && room == Room::Full && side.width > Length{};
    (beside ? result : children).push_back(std::move(caption));
  }
  if (!listed.empty()) children.push_back(legend(block, listed, counted, scope));
  if (spanning != nullptr) {
    result.insert(result.end(), std::make_move_iterator(children.begin() + 1), std::make_move_iterator(children.end()));
    children.resize(1);
    if (stands) return result;
  }
  auto whole = std::make_shared<styled::Block>(*flow("figure", block.at, scope.style, element_of(Role::None), std::move(children), Room::Narrow));
  whole->box = outside;
  Placed picture_itself{anchored(std::move(whole), block.id), scope.style.column};
  if (spanning == nullptr) {
    result.push_back(std::move(picture_itself));
    return result;
  }
  if (!result.empty()) picture_itself.block = with_keep(*picture_itself.block, styled::Keep::Always);
  result.insert(result.begin(), std::move(picture_itself));
  return result;
}

}  // namespace handout::compose
