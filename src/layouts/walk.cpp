#include "layouts/layout.h"

namespace handout::layouts {

void visit_items(const Items& items, const std::function<void(const Item&)>& visit) {
  for (const Item& item : items) {
    visit(item);
    if (const auto* box = std::get_if<Box>(&item.what)) visit_items(box->items, visit);
    if (const auto* parallel = std::get_if<ParallelItem>(&item.what)) visit_items(parallel->items, visit);
    if (const auto* row = std::get_if<Row>(&item.what)) {
      for (const RowCell& cell : row->cells) visit_items(cell.items, visit);
    }
  }
}

std::vector<const Items*> all_items(const LayoutDefinition& layout) {
  std::vector<const Items*> all{&layout.body};
  for (const PageRule& page : layout.pages) {
    if (page.header) all.push_back(&*page.header);
    if (page.footer) all.push_back(&*page.footer);
    for (const Region& region : page.regions) all.push_back(&region.items);
  }
  return all;
}

}  // namespace handout::layouts
