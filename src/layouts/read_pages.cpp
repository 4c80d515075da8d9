#include <fmt/format.h>

#include <algorithm>

#include "layouts/length_rules.h"
#include "layouts/reader.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

// A side below holds no words; beyond 200 in, the largest page of PDF 1.7 (Annex C.2), readers disagree.
constexpr Length kLeastSide = 40_mm, kMostSide = 14400_pt;

struct NamedSize { std::string_view name; Size size; };
constexpr NamedSize kSizes[] = {{"A4", {210_mm, 297_mm}}, {"Letter", {8.5_in, 11_in}}, {"A5", {148_mm, 210_mm}}};

std::optional<Length> read_side(const Piece& piece, Diagnostics& diags) {
  const auto length = read_length(piece, kPaperLength, "size", diags);
  if (!length) return std::nullopt;
  if (length->unit != xml::Unit::Absolute) {
    diags.error(piece.at, fmt::format("'{}' cannot be a side of the paper", piece.text)).hint("use pt, mm, cm or in");
    return std::nullopt;
  }
  if (length->length >= kLeastSide && length->length <= kMostSide) return length->length;
  diags.error(piece.at, fmt::format("the paper's side is {}; expected 40mm to 5080mm", piece.text)).meaning();
  return std::nullopt;
}

std::optional<PageSize> read_size(const xml::Attribute& attribute, Diagnostics& diags) {
  const auto pieces = pieces_of(attribute);
  if (pieces.size() == 2) {
    const auto width = read_side(pieces[0], diags), height = read_side(pieces[1], diags);
    if (!width || !height) return std::nullopt;
    return PageSize{false, {*width, *height}};
  }
  if (attribute.value == "auto") return PageSize{};
  const auto named = std::find_if(std::begin(kSizes), std::end(kSizes), [&](const NamedSize& each) { return each.name == attribute.value; });
  if (named != std::end(kSizes)) return PageSize{false, named->size};
  diags.error(attribute.value_at, fmt::format("'{}' is not a value of size; expected auto, A4, Letter, A5, or width and height{}", xml::excerpt(attribute.value), did_you_mean(attribute.value, {"auto", "A4", "Letter", "A5"})));
  return std::nullopt;
}

PageOn read_on(const xml::Element& element) {
  const std::string_view on = element.value("on");
  return on == "first" ? PageOn::First : on == "rest" ? PageOn::Rest : PageOn::All;
}

// Sheets of one handout are of one size and printed one way, and its text is set to one measure.
void check_first(const PageRule& page, const xml::Element& element, Diagnostics& diags) {
  if (page.on == PageOn::All) return;
  for (const char* name : {"size", "duplex", "side", "side-gap"}) {
    if (const xml::Attribute* attribute = element.find(name)) diags.error(attribute->at, fmt::format("{} may not differ between pages", name)).hint("put it on a <page> without on").meaning();
  }
}

struct Band {
  Items items;
  Dimension gap;
};

std::optional<Band> read_band(const xml::Element& page, std::string_view name, const Context& context) {
  for (const xml::Node& node : page.children) {
    const xml::Element* element = node.element();
    if (element == nullptr || element->name != name) continue;
    Band band{read_items(*element, Place::Band, context), {}};
    if (const auto gap = read_length(*element, "gap", kPageLength, context.diags)) band.gap = *gap;
    return band;
  }
  return std::nullopt;
}

}  // namespace

PageRule read_page(const xml::Element& element, const Context& context) {
  PageRule page;
  page.at = element.at;
  page.on = read_on(element);
  check_first(page, element, context.diags);
  if (const xml::Attribute* size = element.find("size")) page.size = read_size(*size, context.diags);
  if (const xml::Attribute* margin = element.find("margin")) {
    if (const auto sides = read_lengths(*margin, 4, kPageLength, context.diags); !sides.empty()) {
      page.margin_top = sides[0];
      page.margin_end = sides[1];
      page.margin_bottom = sides[2];
      page.margin_start = sides[3];
    }
  }
  page.side_width = read_length(element, "side", kPageLength, context.diags);
  page.side_gap = read_length(element, "side-gap", kPageLength, context.diags);
  if (element.find("duplex") != nullptr) page.duplex = element.value("duplex") == "yes";
  if (auto header = read_band(element, "header", context)) {
    page.header = std::move(header->items);
    page.header_gap = header->gap;
  }
  if (auto footer = read_band(element, "footer", context)) {
    page.footer = std::move(footer->items);
    page.footer_gap = footer->gap;
  }
  return page;
}

}  // namespace handout::layouts
