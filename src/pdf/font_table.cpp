#include "pdf/font_table.h"

#include <algorithm>
#include <utility>

#include "base/expects.h"
#include "base/narrow.h"
#include "pdf/placed_commands.h"
#include "pdf/readable_glyphs.h"

namespace handout::pdf {

namespace {

// A code space of two bytes, code 0 kept for .notdef.
constexpr std::size_t kCodesPerFont = 65535;

std::string_view text_of(const display::GlyphRun& run, const display::PlacedGlyph& glyph) {
  EXPECTS(glyph.text_begin <= glyph.text_end && glyph.text_end <= run.text.size());
  return std::string_view(run.text).substr(glyph.text_begin, glyph.text_end - glyph.text_begin);
}

}  // namespace

void FontTable::collect(const display::Placement& placement, std::map<Key, std::set<CodedGlyph>>& added) const {
  ReadableGlyphs readable;
  for_placed_commands(placement, purpose_, [&](const display::Command& command) {
    const auto* run = std::get_if<display::GlyphRun>(&command.what);
    if (run == nullptr || run->glyphs.empty()) return;
    const Codes* known = codes_of(*run);
    std::set<CodedGlyph>* glyphs = nullptr;
    find_readable_glyphs(*run, *faces_, readable);
    for (const display::PlacedGlyph& glyph : readable.glyphs) {
      if (known != nullptr && known->find(*run, glyph) != nullptr) continue;
      if (glyphs == nullptr) glyphs = &added[{run->face, run->source}];
      glyphs->insert({glyph.glyph, std::string(text_of(*run, glyph)), 0});
    }
  });
}

void FontTable::give_code(const Key& key, CodedGlyph glyph) {
  Codes& codes = codes_[key];
  if (!codes.open_ || fonts_[codes.open_->value()].glyphs.size() == kCodesPerFont) {
    codes.open_ = FontIndex(fonts_.size());
    fonts_.push_back({key.first, key.second, {}, saver_->reserve()});
  }
  Font& font = fonts_[codes.open_->value()];
  const std::int64_t em = faces_->info(key.first).metrics.units_per_em;
  glyph.width = narrow<std::int32_t>((std::int64_t{faces_->advance(key.first, glyph.glyph)} * 1000 + em / 2) / em);
  codes.add({glyph.glyph, glyph.text, {*codes.open_, narrow<Code>(font.glyphs.size() + 1), glyph.width}});
  font.glyphs.push_back(std::move(glyph));
}

void FontTable::take(const FontTable& other) {
  EXPECTS(fonts_.empty() && faces_ == other.faces_);
  fonts_ = other.fonts_;
  codes_ = other.codes_;
  for (Font& font : fonts_) font.object = saver_->reserve();
}

void FontTable::add(std::span<const display::Placement> placements) {
  std::map<Key, std::set<CodedGlyph>> added;
  for (const display::Placement& placement : placements) collect(placement, added);
  for (const auto& [key, glyphs] : added) {
    for (const CodedGlyph& glyph : glyphs) give_code(key, glyph);
  }
}

const FontTable::Codes* FontTable::codes_of(const display::GlyphRun& run) const {
  const auto found = codes_.find({run.face, run.source});
  return found != codes_.end() ? &found->second : nullptr;
}

// What is near goes far apart (Knuth, 6.4: 2^32 over the golden ratio).
std::size_t FontTable::Codes::first_slot(fonts::GlyphId glyph) const { return static_cast<std::size_t>(std::uint64_t{glyph * 0x9E3779B9U} * slots_.size() >> 32U); }

const FontTable::Coded* FontTable::Codes::find(const display::GlyphRun& run, const display::PlacedGlyph& glyph) const {
  if (slots_.empty()) return nullptr;
  const std::string_view text = text_of(run, glyph);
  for (std::size_t slot = first_slot(glyph.glyph); slots_[slot] != kFree; slot = (slot + 1) & (slots_.size() - 1)) {
    const Entry& entry = entries_[slots_[slot]];
    if (entry.glyph == glyph.glyph && entry.text == text) return &entry.coded;
  }
  return nullptr;
}

void FontTable::Codes::take_slot(std::uint32_t entry) {
  std::size_t slot = first_slot(entries_[entry].glyph);
  while (slots_[slot] != kFree) slot = (slot + 1) & (slots_.size() - 1);
  slots_[slot] = entry;
}

void FontTable::Codes::add(Entry entry) {
  constexpr std::size_t kLeast = 64;
  entries_.push_back(std::move(entry));
  if (2 * entries_.size() <= slots_.size()) return take_slot(narrow<std::uint32_t>(entries_.size() - 1));
  slots_.assign(std::max(kLeast, 2 * slots_.size()), kFree);
  for (std::uint32_t i = 0; i < entries_.size(); ++i) take_slot(i);
}

}  // namespace handout::pdf
