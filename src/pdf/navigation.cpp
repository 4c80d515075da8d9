#include "pdf/navigation.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "base/narrow.h"
#include "base/numbers.h"
#include "pdf/text_string.h"
#include "pdf/trees.h"

namespace handout::pdf {

namespace {

// RFC 3987, 3.1: what is no URI character goes as percent-encoded UTF-8; 7-bit ASCII is all that /URI may hold (12.6.4.7).
std::string uri_of(std::string_view iri) {
  std::string uri;
  for (const char c : iri) {
    if (c > ' ' && c <= '~' && std::string_view("<>\"{}|\\^`").find(c) == std::string_view::npos) uri += c;
    else uri += '%' + hex({&c, 1});
  }
  return uri;
}

std::set<std::string> destination_names(std::span<const PaintedPage> painted) {
  std::set<std::string> names;
  for (const PaintedPage& page : painted) {
    for (const NamedDestination& destination : page.destinations) names.insert(destination.name);
  }
  return names;
}

void put_target(Haru& haru, HPDF_Dict annotation, const display::LinkTarget& target) {
  if (const auto* destination = std::get_if<display::DestinationTarget>(&target)) {
    haru.put_bytes(annotation, "Dest", destination->name);
    return;
  }
  HPDF_Dict action = haru.dict();
  haru.put_name(action, "S", "URI");
  haru.put_bytes(action, "URI", uri_of(std::get<display::UriTarget>(target).uri));
  haru.put(annotation, "A", action);
}

HPDF_Dict link_annotation(Haru& haru, const LinkOnPage& link, HPDF_Page page) {
  HPDF_Dict dict = haru.indirect_dict();
  haru.put_name(dict, "Type", "Annot");
  haru.put_name(dict, "Subtype", "Link");
  HPDF_Array rect = haru.array();
  for (const double side : {link.area.left, link.area.bottom, link.area.right, link.area.top}) haru.push_real(rect, side);
  haru.put(dict, "Rect", rect);
  HPDF_Array border = haru.array();
  for (int i = 0; i < 3; ++i) haru.push_number(border, 0);
  haru.put(dict, "Border", border);
  constexpr int kPrint = 4;  // table 165; ISO 19005-2, 6.3.2 asks for it
  haru.put_number(dict, "F", kPrint);
  haru.put_text(dict, "Contents", link.contents);
  haru.put(dict, "P", page);
  put_target(haru, dict, link.target);
  return dict;
}

HPDF_Array destination_array(Haru& haru, HPDF_Page page, double x, double y) {
  HPDF_Array array = haru.array();
  haru.push(array, page);
  haru.push_name(array, "XYZ");
  haru.push_real(array, x);
  haru.push_real(array, y);
  haru.push_null(array);  // the reader's own zoom
  return array;
}

// A label that counts: "12", not "xii", "A-3" or "007".
std::optional<long long> counting_number(std::string_view label) {
  const std::optional<long long> number = parse_integer(label);
  return number && *number >= 1 && *number <= HPDF_LIMIT_MAX_INT && std::to_string(*number) == label ? number : std::nullopt;
}

}  // namespace

bool write_links(Haru& haru, std::span<const PaintedPage> painted, std::span<const HPDF_Page> pages, StructureTree& structure, Diagnostics& diags) {
  const std::set<std::string> names = destination_names(painted);
  bool complete = true;
  for (std::size_t page = 0; page < painted.size(); ++page) {
    if (painted[page].links.empty()) continue;
    HPDF_Array annotations = haru.array();
    for (const LinkOnPage& link : painted[page].links) {
      const auto* destination = std::get_if<display::DestinationTarget>(&link.target);
      if (destination != nullptr && !names.contains(destination->name)) {
        diags.error({}, "a link leads to '" + destination->name + "', which is on no page");
        complete = false;
        continue;
      }
      HPDF_Dict annotation = link_annotation(haru, link, pages[page]);
      haru.put_number(annotation, "StructParent", structure.add_annotation(display::PageIndex(page), link.element, annotation));
      haru.push(annotations, annotation);
    }
    haru.put(pages[page], "Annots", annotations);
  }
  return complete;
}

void write_destinations(Haru& haru, std::span<const PaintedPage> painted, std::span<const HPDF_Page> pages) {
  std::map<std::string, void*> by_name;
  for (std::size_t page = 0; page < painted.size(); ++page) {
    for (const NamedDestination& destination : painted[page].destinations) {
      if (by_name.contains(destination.name)) continue;
      by_name.emplace(destination.name, destination_array(haru, pages[page], destination.x, destination.y));
    }
  }
  if (by_name.empty()) return;
  HPDF_Dict names = haru.dict();
  haru.put(names, "Dests", name_tree(haru, {by_name.begin(), by_name.end()}));
  haru.put(haru.catalog(), "Names", names);
}

void write_outline(Haru& haru, const display::DisplayDocument& document, std::span<const HPDF_Page> pages, std::span<const HPDF_Dict> elements) {
  std::vector<HPDF_Outline> open;  // the last item of each level
  for (const display::OutlineItem& item : document.outline) {
    EXPECTS(item.level >= 1 && narrow<std::size_t>(item.level) <= open.size() + 1);
    if (haru.status() != HPDF_OK) return;
    open.resize(narrow<std::size_t>(item.level) - 1);
    HPDF_Outline parent = open.empty() ? nullptr : open.back();
    HPDF_Outline outline = HPDF_CreateOutline(haru.document(), parent, "", nullptr);
    haru.put_text(outline, "Title", item.title);
    const Size size = document.pages[item.page.value()].size;
    haru.put(outline, "Dest", destination_array(haru, pages[item.page.value()], item.at.x.points(), (size.height - item.at.y).points()));
    // Table 153: the element that the item leads to.
    if (HPDF_Dict element = elements[item.element.value()]; element != nullptr) haru.put(outline, "SE", element);
    open.push_back(outline);
  }
  if (!document.outline.empty()) haru.put_name(haru.catalog(), "PageMode", "UseOutlines");
}

void write_page_labels(Haru& haru, const display::DisplayDocument& document) {
  if (std::ranges::all_of(document.pages, [](const display::Page& page) { return page.label.empty(); })) return;
  std::vector<std::pair<std::int64_t, void*>> entries;
  std::optional<long long> previous;
  for (std::size_t page = 0; page < document.pages.size(); ++page) {
    const std::string& label = document.pages[page].label;
    const std::optional<long long> number = counting_number(label);
    const bool goes_on = number && previous && *number == *previous + 1;
    previous = number;
    if (goes_on) continue;
    HPDF_Dict range = haru.dict();
    if (number) {
      haru.put_name(range, "S", "D");
      haru.put_number(range, "St", *number);
    } else if (!label.empty()) {
      haru.put_text(range, "P", label);
    }
    entries.emplace_back(page, range);
  }
  haru.put(haru.catalog(), "PageLabels", number_tree(haru, entries));
}

}  // namespace handout::pdf
