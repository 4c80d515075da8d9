#include "pdf/navigation.h"

#include <algorithm>

#include "base/expects.h"
#include "base/narrow.h"
#include "base/numbers.h"
#include "pdf/text_string.h"

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

// A label that counts: "12", not "xii", "A-3" or "007".
std::optional<long long> counting_number(std::string_view label) {
  const std::optional<long long> number = parse_integer(label);
  return number && *number >= 1 && *number <= HPDF_LIMIT_MAX_INT && std::to_string(*number) == label ? number : std::nullopt;
}

}  // namespace

HPDF_Array Navigation::destination_array(const Destination& destination) {
  HPDF_Array array = haru_.array();
  haru_.push(array, destination.page);
  haru_.push_name(array, "XYZ");
  haru_.push_real(array, destination.x);
  haru_.push_real(array, destination.y);
  haru_.push_null(array);  // the reader's own zoom
  return array;
}

void Navigation::put_target(HPDF_Dict annotation, const display::LinkTarget& target, const std::map<std::string, Destination>& places) {
  if (const auto* destination = std::get_if<display::DestinationTarget>(&target)) {
    if (pieces_ == Pieces::One) haru_.put_bytes(annotation, "Dest", destination->name);
    else haru_.put(annotation, "Dest", destination_array(places.at(destination->name)));
    return;
  }
  HPDF_Dict action = haru_.dict();
  haru_.put_name(action, "S", "URI");
  haru_.put_bytes(action, "URI", uri_of(std::get<display::UriTarget>(target).uri));
  haru_.put(annotation, "A", action);
}

ObjectId Navigation::add_link(const PaintedLink& link, ObjectId page, std::int64_t key, const std::map<std::string, Destination>& places) {
  HPDF_Dict dict = haru_.dict();
  haru_.put_name(dict, "Type", "Annot");
  haru_.put_name(dict, "Subtype", "Link");
  haru_.put(dict, "Rect", haru_.numbers({link.area.left, link.area.bottom, link.area.right, link.area.top}));
  haru_.put(dict, "Border", haru_.numbers({0, 0, 0}));
  constexpr int kPrint = 4;  // table 165; ISO 19005-2, 6.3.2 asks for it
  haru_.put_number(dict, "F", kPrint);
  haru_.put_text(dict, "Contents", link.contents);
  haru_.put(dict, "P", page);
  haru_.put_number(dict, "StructParent", key);
  put_target(dict, link.target, places);
  return saver_.add(dict);
}

Result<std::vector<std::vector<ObjectId>>> Navigation::add_links(const PiecePages& pages, PieceStructure& structure, Diagnostics& diags) {
  std::map<std::string, Destination> places;
  for (std::size_t page = 0; page < pages.content.size(); ++page) {
    for (const Stretch& stretch : pages.content[page].stretches) {
      for (const NamedDestination& named : stretch.painted->destinations) places.try_emplace(named.name, Destination{pages.first + page, named.x, named.y});
    }
  }
  std::vector<std::vector<ObjectId>> annotations(pages.content.size());
  bool complete = true;
  std::size_t count = 0;
  for (std::size_t page = 0; page < pages.content.size(); ++page) {
    for (const Stretch& stretch : pages.content[page].stretches) {
      for (const PaintedLink& link : stretch.painted->links) {
        const auto* destination = std::get_if<display::DestinationTarget>(&link.target);
        if (destination != nullptr && !places.contains(destination->name)) {
          diags.error({}, "a link leads to '" + destination->name + "', which is on no page");
          complete = false;
          continue;
        }
        const ObjectId annotation = add_link(link, pages.first + page, structure.annotation_key(count++), places);
        structure.add_annotation(display::PageIndex(page), stretch.owners[link.owner].element, annotation);
        annotations[page].push_back(annotation);
      }
    }
  }
  if (pieces_ == Pieces::One) names_ = std::move(places);
  if (!complete) return tl::unexpected<Failure>(Failure{});
  return annotations;
}

std::vector<display::OutlineItem> Navigation::outline_of(const PiecePages& pages) const {
  const PieceEntry& entry = pages.entry;
  if (entry.id.empty() || pages.piece.pages.empty()) return pages.piece.outline;
  std::vector<display::OutlineItem> items;
  items.push_back({1, entry.title.empty() ? entry.id : entry.title, display::PageIndex(0), {}, display::StructureId(0)});
  if (bookmarks_ == Bookmarks::Pieces) return items;
  for (const display::OutlineItem& item : pages.piece.outline) {
    items.push_back(item);
    ++items.back().level;
  }
  return items;
}

void Navigation::add_outline(const PiecePages& pages, const PieceStructure* structure) {
  const std::vector<display::OutlineItem> items = outline_of(pages);
  if (items.empty()) return;
  if (!outline_) outline_ = saver_.reserve();
  const ObjectId first = saver_.reserve(items.size());
  std::vector<Bookmark> marks;
  std::vector<std::size_t> open;  // the last item of each level
  for (const display::OutlineItem& item : items) {
    EXPECTS(item.level >= 1 && narrow<std::size_t>(item.level) <= open.size() + 1);
    const std::size_t level = narrow<std::size_t>(item.level) - 1;
    const Size size = pages.piece.pages[item.page.value()].size;
    Bookmark mark{item.title, {pages.first + item.page.value(), item.at.x.points(), (size.height - item.at.y).points()}, std::nullopt, first + marks.size(), *outline_, {}, {}, {}, {}, 0};
    if (structure != nullptr) mark.element = structure->object(item.element);  // table 153
    if (level < open.size()) {
      mark.previous = marks[open[level]].object;
      marks[open[level]].next = mark.object;
    }
    open.resize(level);
    if (level > 0) {
      Bookmark& parent = marks[open.back()];
      mark.parent = parent.object;
      if (!parent.first) parent.first = mark.object;
      parent.last = mark.object;
    }
    for (const std::size_t ancestor : open) ++marks[ancestor].descendants;
    open.push_back(marks.size());
    marks.push_back(std::move(mark));
  }
  // The last outermost item of the piece before leads on to this one.
  if (held_) {
    held_->next = first;
    marks.front().previous = held_->object;
    write(*held_);
  } else {
    first_bookmark_ = first;
  }
  const std::size_t last = open.front();
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (pieces_ == Pieces::One || marks[i].parent == *outline_) ++visible_bookmarks_;
    if (i != last) write(marks[i]);
  }
  held_ = std::move(marks[last]);
}

void Navigation::write(const Bookmark& bookmark) {
  HPDF_Dict dict = haru_.dict();
  haru_.put_text(dict, "Title", bookmark.title);
  haru_.put(dict, "Parent", bookmark.parent);
  if (bookmark.previous) haru_.put(dict, "Prev", *bookmark.previous);
  if (bookmark.next) haru_.put(dict, "Next", *bookmark.next);
  if (bookmark.first) {
    haru_.put(dict, "First", *bookmark.first);
    haru_.put(dict, "Last", *bookmark.last);
    // Table 153: negative where the item is shown closed.
    haru_.put_number(dict, "Count", pieces_ == Pieces::One ? bookmark.descendants : -bookmark.descendants);
  }
  haru_.put(dict, "Dest", destination_array(bookmark.to));
  if (bookmark.element) haru_.put(dict, "SE", *bookmark.element);
  saver_.write(bookmark.object, dict);
}

void Navigation::add_page_labels(const PiecePages& pages) {
  const std::string prefix = pages.entry.id.empty() ? std::string() : pages.entry.id + "-";
  if (prefix != label_prefix_) previous_label_.reset();
  label_prefix_ = prefix;
  for (std::size_t page = 0; page < pages.piece.pages.size(); ++page) {
    const std::string& label = pages.piece.pages[page].label;
    if (!labelled_) {
      if (label.empty() && prefix.empty()) continue;
      labelled_ = true;
      // Table 159: the tree begins at the first page.
      if (pages.before + page > 0) labels_.add(0, haru_.dict());
    }
    // Behind an id pages without a label count as well.
    const std::optional<long long> number = label.empty() && !prefix.empty() ? std::optional(narrow<long long>(page + 1)) : counting_number(label);
    const bool goes_on = number && previous_label_ && *number == *previous_label_ + 1;
    previous_label_ = number;
    if (goes_on) continue;
    HPDF_Dict range = haru_.dict();
    if (number) {
      haru_.put_name(range, "S", "D");
      haru_.put_number(range, "St", *number);
      if (!prefix.empty()) haru_.put_text(range, "P", prefix);
    } else if (!label.empty()) {
      haru_.put_text(range, "P", prefix + label);
    }
    labels_.add(narrow<std::int64_t>(pages.before + page), range);
  }
}

void Navigation::finish(HPDF_Dict catalog, HPDF_Dict names) {
  if (outline_) {
    const ObjectId last = held_->object;
    write(*held_);
    HPDF_Dict root = haru_.dict();
    haru_.put_name(root, "Type", "Outlines");
    haru_.put(root, "First", *first_bookmark_);
    haru_.put(root, "Last", last);
    haru_.put_number(root, "Count", visible_bookmarks_);
    saver_.write(*outline_, root);
    haru_.put(catalog, "Outlines", *outline_);
    haru_.put_name(catalog, "PageMode", "UseOutlines");
  }
  if (const auto labels = labels_.finish()) haru_.put(catalog, "PageLabels", *labels);
  NameTree destinations(haru_, saver_);
  for (const auto& [name, place] : names_) destinations.add(name, destination_array(place));
  if (const auto root = destinations.finish()) haru_.put(names, "Dests", *root);
}

}  // namespace handout::pdf
