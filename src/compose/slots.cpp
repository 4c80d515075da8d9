// What of an article the slots of a layout take.
#include <algorithm>

#include "compose/composer.h"

namespace handout::compose {

using content::Block;
using content::Section;
using layouts::SlotReach;

namespace {

bool names(const std::string& selector, const std::string& element, const std::string& id, const std::vector<std::string>* classes) {
  if (selector == "*") return true;
  if (selector.starts_with("#")) return id == selector.substr(1);
  if (selector.starts_with(".")) return classes != nullptr && std::find(classes->begin(), classes->end(), selector.substr(1)) != classes->end();
  return element == selector;
}

bool any_names(const std::vector<std::string>& selectors, const Composer::Slots::Piece& piece) {
  return std::any_of(selectors.begin(), selectors.end(), [&](const std::string& selector) { return names(selector, piece.element, piece.id, piece.classes); });
}

}  // namespace

std::vector<const Composer::Slots::Piece*> Composer::Slots::take(const layouts::Slot& slot) {
  std::vector<const Piece*> chosen;
  for (Piece& piece : pieces) {
    if (piece.taken || chosen.size() == slot.most) continue;
    if (!any_names(slot.select, piece) || any_names(slot.except, piece)) {
      if (slot.reach == SlotReach::Sections && piece.block != nullptr) take_inside(*piece.block, slot, chosen);
      continue;
    }
    piece.taken = true;
    if (piece.block == nullptr || !has_gap(*piece.block)) {
      chosen.push_back(&piece);
    } else if (auto left = what_is_left(*piece.block)) {
      Piece& part = inner_.emplace_back(piece);
      part.block = &reduced_.emplace_back(*std::move(left));
      chosen.push_back(&part);
    }
  }
  return chosen;
}

void Composer::Slots::take_inside(const Block& block, const layouts::Slot& slot, std::vector<const Piece*>& chosen) {
  const auto* section = std::get_if<Section>(&block.what);
  if (section == nullptr) return;
  for (const Block& child : section->blocks) {
    if (chosen.size() == slot.most) return;
    if (lifted_.contains(&child)) continue;
    Piece piece{std::string(name_of(child)), child.id, &child.classes, &child, true};
    if (!any_names(slot.select, piece) || any_names(slot.except, piece)) {
      take_inside(child, slot, chosen);
      continue;
    }
    const auto left = what_is_left(child);
    lifted_.insert(&child);
    if (!left) continue;
    if (has_gap(child)) piece.block = &reduced_.emplace_back(*left);
    chosen.push_back(&inner_.emplace_back(std::move(piece)));
  }
}

// Whether something was taken out of it.
bool Composer::Slots::has_gap(const Block& block) const {
  const auto* section = std::get_if<Section>(&block.what);
  return section != nullptr && std::any_of(section->blocks.begin(), section->blocks.end(), [&](const Block& child) { return lifted_.contains(&child) || has_gap(child); });
}

std::optional<Block> Composer::Slots::what_is_left(const Block& block) const {
  if (!has_gap(block)) return block;
  Block copy = block;
  auto& inside = std::get<Section>(copy.what).blocks;
  inside.clear();
  for (const Block& child : std::get<Section>(block.what).blocks) {
    if (lifted_.contains(&child)) continue;
    if (auto left = what_is_left(child)) inside.push_back(*std::move(left));
  }
  if (inside.empty()) return std::nullopt;
  return copy;
}

}  // namespace handout::compose
