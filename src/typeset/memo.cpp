#include <algorithm>

#include "typeset/typeset.h"

namespace handout::typeset {

std::shared_ptr<const display::Fragment> Memo::find(const styled::Paragraph* paragraph, const LineWidths& widths) const {
  const auto entries = entries_.find(paragraph);
  if (entries == entries_.end()) return nullptr;
  const auto entry = std::find_if(entries->second.begin(), entries->second.end(), [&](const Entry& e) { return e.widths == widths; });
  return entry == entries->second.end() ? nullptr : entry->fragment;
}

void Memo::keep(std::shared_ptr<const styled::Paragraph> paragraph, const LineWidths& widths, std::shared_ptr<const display::Fragment> fragment) {
  std::vector<Entry>& entries = entries_[paragraph.get()];
  const auto same = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.widths == widths; });
  if (same != entries.end()) {
    same->fragment = std::move(fragment);
    return;
  }
  entries.push_back({std::move(paragraph), widths, std::move(fragment)});
}

}  // namespace handout::typeset
