#pragma once

#include <map>
#include <set>
#include <string>

#include "paginate/part.h"

// Inside paginate/ only: what is the same on pages of one kind.
namespace handout::paginate {

// A page of one kind: where the body stands between its header and footer.
struct Frame {
  const styled::PageMaster* master = nullptr;
  std::optional<Node> header, footer;
  std::vector<Node> regions;          // one for each of the master's
  Length top, width, height;          // of the body
};

// A header or footer set with what page fields say on a page.
Part set_band(const Node& node, Length width, const typeset::PageFieldValues& fields, display::ArtifactKind kind, const Context& context);

// What a region's content is set with, and where it stands in the region.
struct RegionSetting {
  Size area;  // without a height (0) it is as high as what stands in it
  styled::CellAlign align = styled::CellAlign::Top;
  std::optional<display::ArtifactKind> artifact;  // nothing: it is read with the page
};
// A region with what page fields say on a page, relative to its area's corner. What is higher than the area overflows.
Part set_region(const Node& node, const RegionSetting& setting, const typeset::PageFieldValues& fields, const Context& context);

class Frames {
 public:
  // Headers and footers are as high on all pages as they can get on one, so that the body doesn't depend on what they say.
  Frames(const styled::StyledDocument& document, const Node& body, Context& context);

  [[nodiscard]] const Frame& at(const styled::PagePlace& place) const { return frames_.at(&document_.pages.at(place)); }
  [[nodiscard]] bool leave_room() const;  // 25 mm on each kind of page

 private:
  Frame measure(const styled::PageMaster& master, Context& context) const;
  Length tallest(const std::optional<Node>& node, Length width, display::ArtifactKind kind, Context& context) const;

  const styled::StyledDocument& document_;
  std::set<std::string> section_titles_{""};
  std::map<const styled::PageMaster*, Frame> frames_;
};

}  // namespace handout::paginate
