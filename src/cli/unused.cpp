#include "cli/unused.h"

namespace handout::cli {

void add_used(const compose::Usage& usage, const layouts::LayoutDefinition& layout, std::set<std::string>& places) {
  for (const layouts::StyleRule* rule : usage.rules) places.insert(to_text(rule->at));
  layouts::visit_items(layout.body, [&](const layouts::Item& item) {
    const auto* slot = std::get_if<layouts::Slot>(&item.what);
    if (slot != nullptr && usage.slots.contains(slot)) places.insert(to_text(item.at));
  });
}

Unused find_unused(const layouts::LayoutDefinition& layout, const std::set<std::string>& used_places) {
  const auto is_own = [&](const Span& at) { return at.file && layout.at.file && *at.file == *layout.at.file; };
  Unused unused;
  std::set<std::string> found;
  for (const layouts::StyleRule& rule : layout.styles) {
    const std::string place = to_text(rule.at);
    if (is_own(rule.at) && !used_places.contains(place) && found.insert(place).second) unused.styles.push_back(rule.at);
  }
  layouts::visit_items(layout.body, [&](const layouts::Item& item) {
    if (std::holds_alternative<layouts::Slot>(item.what) && is_own(item.at) && !used_places.contains(to_text(item.at))) unused.slots.push_back(item.at);
  });
  return unused;
}

}  // namespace handout::cli
