#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "typeset/typeset.h"

namespace handout::typeset {
namespace {

std::size_t hash_of(const styled::Paragraph& paragraph, const LineWidths& widths) {
  std::size_t hash = std::hash<std::string_view>()(paragraph.text);
  const auto add = [&](std::size_t value) { hash ^= value + 0x9E3779B97F4A7C15U + (hash << 6U) + (hash >> 2U); };
  const auto add_room = [&](const LineRoom& room) {
    add(static_cast<std::size_t>(room.left.units()));
    add(static_cast<std::size_t>(room.width.units()));
  };
  add_room(widths.rest);
  for (const LineRoom& room : widths.first) add_room(room);
  add(paragraph.runs.size());
  for (const styled::TextStyle& style : paragraph.styles) add(static_cast<std::size_t>(style.size.units()) + static_cast<std::size_t>(style.weight));
  return hash;
}

// Everything that a fragment depends on. Where a colour was written is not among it.
bool is_set_alike(const styled::Paragraph& a, const styled::Paragraph& b) {
  return &a == &b || (a.text == b.text && a.language == b.language && a.direction == b.direction && a.styles == b.styles && a.runs == b.runs && a.elements == b.elements &&
                      a.page_fields == b.page_fields && a.blanks == b.blanks && a.leaders == b.leaders && a.initial == b.initial && a.lines == b.lines);
}

}  // namespace

std::shared_ptr<const display::Fragment> Memo::find(const styled::Paragraph& paragraph, const LineWidths& widths) const {
  const auto entries = entries_.find(hash_of(paragraph, widths));
  if (entries == entries_.end()) return nullptr;
  const auto entry = std::find_if(entries->second.begin(), entries->second.end(), [&](const Entry& e) { return e.widths == widths && (e.whom == For::ThisParagraph ? e.paragraph.get() == &paragraph : is_set_alike(*e.paragraph, paragraph)); });
  return entry == entries->second.end() ? nullptr : entry->fragment;
}

void Memo::keep(std::shared_ptr<const styled::Paragraph> paragraph, const LineWidths& widths, std::shared_ptr<const display::Fragment> fragment, For whom) {
  make_room();
  const std::size_t hash = hash_of(*paragraph, widths);
  if (whom == For::ThisParagraph) told_of_.push_back(hash);
  entries_[hash].push_back({std::move(paragraph), widths, std::move(fragment), whom});
}

void Memo::forget_told() {
  for (const std::size_t hash : std::exchange(told_of_, {})) {
    const auto entries = entries_.find(hash);
    if (entries != entries_.end()) std::erase_if(entries->second, [](const Entry& entry) { return entry.whom == For::ThisParagraph; });
  }
  told_.clear();
}

void Memo::make_room() {
  if (count_ >= bounds_.most) {
    entries_.clear();
    measured_.clear();
    told_.clear();
    told_of_.clear();
    count_ = 0;
  }
  ++count_;
}

std::optional<ContentWidths> Memo::find_widths(const styled::Paragraph& paragraph) const {
  const auto entries = measured_.find(hash_of(paragraph, {}));
  if (entries == measured_.end()) return std::nullopt;
  const auto entry = std::find_if(entries->second.begin(), entries->second.end(), [&](const Measured& e) { return is_set_alike(*e.paragraph, paragraph); });
  return entry == entries->second.end() ? std::nullopt : std::optional(entry->widths);
}

void Memo::keep_widths(std::shared_ptr<const styled::Paragraph> paragraph, const ContentWidths& widths) {
  make_room();
  measured_[hash_of(*paragraph, {})].push_back({std::move(paragraph), widths});
}

void Memo::keep_shaped(std::shared_ptr<const styled::Paragraph> paragraph, std::shared_ptr<ShapedText> text) {
  if (shaped_.size() == kMostShaped) shaped_.erase(shaped_.begin());
  shaped_.push_back({std::move(paragraph), std::move(text)});
}

std::shared_ptr<ShapedText> Memo::take_shaped(const styled::Paragraph& paragraph) {
  const auto found = std::find_if(shaped_.begin(), shaped_.end(), [&](const Shaped& each) { return each.paragraph.get() == &paragraph; });
  if (found == shaped_.end()) return nullptr;
  std::shared_ptr<ShapedText> text = std::move(found->text);
  shaped_.erase(found);
  return text;
}

}  // namespace handout::typeset
