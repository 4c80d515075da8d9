#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/numbers.h"
#include "layouts/length_rules.h"
#include "layouts/reader.h"
#include "layouts/vocabulary.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {


bool is_id(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '.', '-');
  return is_name(plain);
}

std::vector<std::string> read_slot_words(const xml::Element& element, std::string_view name, Diagnostics& diags) {
  std::vector<std::string> words;
  const xml::Attribute* attribute = element.find(name);
  if (attribute == nullptr) return words;
  const auto& known = slot_words();
  const auto pieces = pieces_of(*attribute);
  for (const Piece& piece : pieces) {
    const bool right = piece.text == "*" || (piece.text.starts_with('#') && is_id(piece.text.substr(1))) || (piece.text.starts_with('.') && is_name(piece.text.substr(1))) ||
                       std::find(known.begin(), known.end(), piece.text) != known.end();
    if (right) words.emplace_back(piece.text);
    else diags.error(piece.at, fmt::format("a slot cannot take '{}'{}", xml::excerpt(piece.text), did_you_mean(piece.text, known))).hint(fmt::format("use {}, #id, .class or *, with spaces between them", fmt::join(known, ", ")));
  }
  if (pieces.empty()) diags.error(attribute->value_at, fmt::format("{} is empty; expected what of the article the slot {}", name, name == "select" ? "takes" : "leaves"));
  return words;
}

class ItemReader {
 public:
  ItemReader(Place place, const Context& context) : place_(place), context_(context), diags_(context.diags) {}

  Items read(const xml::Element& parent) {
    Items items;
    for (const xml::Node& node : parent.children) {
      if (const xml::Element* element = node.element()) read_item(*element, items);
    }
    return items;
  }

 private:
  void read_item(const xml::Element& element, Items& items) {
    Item item;
    if (element.name == "slot" || element.name == "leave") item.what = read_slot(element);
    else if (element.name == "box") item.what = Box{read(element)};
    else if (element.name == "row") item.what = read_row(element);
    else if (element.name == "text") item.what = read_text(element, place_, context_);
    else if (element.name == "picture") item.what = read_picture(element);
    else if (element.name == "rule") item.what = RuleItem{};
    else if (element.name == "lines") item.what = read_lines(element);
    else if (element.name == "notice") item.what = read_notice(element);
    else if (element.name == "contents") item.what = read_contents(element);
    else if (element.name == "code") item.what = read_code(element, diags_);
    else if (element.name == "parallel") item.what = read_parallel(element);
    else return;
    item.name = element.name;
    item.id = text_of(element, "id");
    item.classes = read_classes(element, diags_);
    item.shown = read_shown(element, place_, diags_);
    item.at = element.at;
    items.push_back(std::move(item));
  }

  Slot read_slot(const xml::Element& element) {
    if (place_ == Place::Band) diags_.error(element.at, fmt::format("<{}> may not stand in a header or footer", element.name)).hint(kOnce).meaning();
    if (place_ == Place::Region) diags_.error(element.at, fmt::format("<{}> may not stand in a <region>", element.name)).hint(kOnce).meaning();
    Slot slot{read_slot_words(element, "select", diags_), read_slot_words(element, "except", diags_)};
    if (element.name == "leave") slot.use = SlotUse::Leave;
    if (element.value("from") == "sections") slot.reach = SlotReach::Sections;
    // validate has told of what is no number
    if (const auto most = parse_integer(element.value("most")); most && *most > 0) slot.most = static_cast<std::size_t>(*most);
    return slot;
  }

  ContentsItem read_contents(const xml::Element& element) {
    if (place_ == Place::Band || place_ == Place::Region) diags_.error(element.at, "<contents> may not stand on every page; expected it in the <body>").meaning();
    const auto levels = parse_integer(element.find("levels") != nullptr ? element.value("levels") : "1");
    return {levels && *levels >= 1 && *levels <= 3 ? static_cast<int>(*levels) : 1};
  }

  ParallelItem read_parallel(const xml::Element& element) {
    if (place_ == Place::Parallel) diags_.error(element.at, "<parallel> may not stand in another").meaning();
    else if (place_ != Place::Body) diags_.error(element.at, "<parallel> may not stand on every page; expected it in the <body>").meaning();
    ParallelItem parallel;
    if (const auto gap = read_length(element, "gap", kGap, diags_)) parallel.gap = *gap;
    parallel.least = read_length(element, "least", kLeast, diags_);
    const Place around = std::exchange(place_, place_ == Place::Body ? Place::Parallel : place_);
    parallel.items = read(element);
    place_ = around;
    return parallel;
  }

  Row read_row(const xml::Element& element) {
    Row row;
    if (const auto gap = read_length(element, "gap", kGap, diags_)) row.gap = *gap;
    for (const xml::Node& node : element.children) {
      if (const xml::Element* cell = node.element(); cell != nullptr && cell->name == "cell") row.cells.push_back(read_cell(*cell));
    }
    return row;
  }

  RowCell read_cell(const xml::Element& element) {
    RowCell cell;
    if (element.value("width") != "auto") cell.width = read_length(element, "width", kCellWidth, diags_);
    cell.align = element.find("align") != nullptr ? text_of(element, "align") : "baseline";
    cell.items = read(element);
    cell.classes = read_classes(element, diags_);
    cell.at = element.at;
    cell.id = text_of(element, "id");
    cell.shown = read_shown(element, place_, diags_);
    return cell;
  }

  PictureItem read_picture(const xml::Element& element) {
    PictureItem picture;
    const xml::Attribute* source = element.find("src");
    const xml::Attribute* field = element.find("field");
    if (source != nullptr && field != nullptr) diags_.error(field->at, "<picture> has src and field; expected one of them").meaning();
    if (source == nullptr && field == nullptr) diags_.error(element.at, "<picture> has no picture; expected src or field").meaning();
    if (source != nullptr) picture.source = read_path(*source, context_);
    picture.field = read_field_name(element, "field", diags_);
    picture.width = read_length(element, "width", kPictureLength, diags_);
    picture.height = read_length(element, "height", kPictureLength, diags_);
    if (const xml::Attribute* alt = element.find("alt")) {
      picture.alt_phrase = alt->value;
      if (!is_name(alt->value)) diags_.error(alt->value_at, fmt::format("'{}' is not the id of a phrase", xml::excerpt(alt->value))).hint("the words stand in content/phrases/; leave alt out for decoration");
    }
    return picture;
  }

  LinesItem read_lines(const xml::Element& element) {
    const xml::Attribute* attribute = element.find("count");
    if (attribute == nullptr) return {};
    const auto count = parse_integer(attribute->value);
    return count && *count >= 1 && *count <= kMostWritingLines ? LinesItem{static_cast<int>(*count)} : LinesItem{};  // validate tells others
  }

  NoticeItem read_notice(const xml::Element& element) {
    const xml::Attribute* id = element.find("id");
    if (id != nullptr && !is_name(id->value)) diags_.error(id->value_at, fmt::format("'{}' is not the id of a notice", xml::excerpt(id->value))).hint("notices stand in content/notices/<id>.xml");
    return {text_of(element, "id")};
  }

  static constexpr const char* kOnce = "content of the article is printed once, in the <body>";
  Place place_;
  const Context& context_;
  Diagnostics& diags_;
};

}  // namespace

Items read_items(const xml::Element& parent, Place place, const Context& context) { return ItemReader(place, context).read(parent); }

}  // namespace handout::layouts
