#include <fmt/format.h>

#include <algorithm>

#include "layouts/length_rules.h"
#include "layouts/reader.h"
#include "xml/characters.h"
#include "xml/values.h"

namespace handout::layouts {
namespace {

// A side below holds no words; beyond 200 in, the largest page of PDF 1.7 (Annex C.2), readers disagree.
constexpr Length kLeastSide = 40_mm, kMostSide = 14400_pt;

struct NamedSize { std::string_view name; Size size; };
constexpr NamedSize kSizes[] = {{"A4", {210_mm, 297_mm}}, {"Letter", {8.5_in, 11_in}}, {"A5", {148_mm, 210_mm}}, {"A3", {297_mm, 420_mm}}};

std::optional<Length> read_side(const Piece& piece, Diagnostics& diags) {
  const auto length = read_length(piece, kPaperLength, "size", diags);
  if (!length) return std::nullopt;
  if (!length->is_absolute()) {
    diags.error(piece.at, fmt::format("'{}' cannot be a side of the paper", piece.text)).hint("use pt, mm, cm or in");
    return std::nullopt;
  }
  if (length->length >= kLeastSide && length->length <= kMostSide) return length->length;
  diags.error(piece.at, fmt::format("the paper's side is {}; expected 40mm to 5080mm", piece.text)).meaning();
  return std::nullopt;
}

// Sheets of one handout are of one size and printed one way, and its text is set to one measure.
void check_special(const PageRule& page, const xml::Element& element, Diagnostics& diags) {
  if (page.on == PageOn::All) return;
  for (const char* name : {"size", "duplex", "side", "side-gap"}) {
    if (const xml::Attribute* attribute = element.find(name)) diags.error(attribute->at, fmt::format("{} may not differ between pages", name)).hint("put it on a <page> without on").meaning();
  }
}

// Regions of one name take one another's place in later rules only.
std::vector<Region> read_regions(const xml::Element& page, const Context& context) {
  std::vector<Region> regions;
  for (const xml::Node& node : page.children) {
    const xml::Element* element = node.element();
    if (element == nullptr || element->name != "region") continue;
    Region region = read_region(*element, context);
    const auto same = std::find_if(regions.begin(), regions.end(), [&](const Region& each) { return each.name == region.name; });
    if (same == regions.end() || region.name.empty()) regions.push_back(std::move(region));
    else context.diags.error(element->find("name")->value_at, fmt::format("second region '{}' in <page>", xml::excerpt(region.name))).hint(fmt::format("the first stands at {}", to_text(same->at))).meaning();
  }
  return regions;
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

std::optional<PageSize> read_size(const xml::Attribute& attribute, std::vector<std::string_view> names, Diagnostics& diags) {
  const auto pieces = lengths_of(attribute);
  if (pieces.size() == 2) {
    const auto width = read_side(pieces[0], diags), height = read_side(pieces[1], diags);
    if (!width || !height) return std::nullopt;
    return PageSize{false, {*width, *height}};
  }
  if (std::find(names.begin(), names.end(), attribute.value) != names.end()) {
    if (attribute.value == "auto") return PageSize{};
    const auto named = std::find_if(std::begin(kSizes), std::end(kSizes), [&](const NamedSize& each) { return each.name == attribute.value; });
    if (named != std::end(kSizes)) return PageSize{false, named->size};
  }
  auto fault = diags.error(attribute.value_at, fmt::format("'{}' is not a value of size; expected {}, or width and height{}", xml::excerpt(attribute.value), fmt::join(names, ", "), did_you_mean(attribute.value, names)));
  if (xml::is_sum(attribute.value)) fault.meaning();
  return std::nullopt;
}

PageRule read_page(const xml::Element& element, const Context& context) {
  PageRule page;
  page.at = element.at;
  page.on = page_on(element.value("on")).value_or(PageOn::All);
  check_special(page, element, context.diags);
  if (const xml::Attribute* size = element.find("size")) page.size = read_size(*size, {"auto", "A4", "Letter", "A5"}, context.diags);
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
  page.regions = read_regions(element, context);
  read_marks(element, page, context);
  return page;
}

}  // namespace handout::layouts
