#include "pdf/font_table.h"

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

std::string code_key(fonts::GlyphId glyph, std::string_view text) {
  std::string key{static_cast<char>(glyph >> 8), static_cast<char>(glyph & 0xFF)};
  key += text;
  return key;
}

}  // namespace

void FontTable::collect(const display::Placement& placement, std::map<Key, std::set<CodedGlyph>>& added) const {
  ReadableGlyphs readable;
  for_placed_commands(placement, [&](const display::Command& command) {
    const auto* run = std::get_if<display::GlyphRun>(&command.what);
    if (run == nullptr || run->glyphs.empty()) return;
    const auto known = codes_.find({run->face, run->source});
    std::set<CodedGlyph>* glyphs = nullptr;
    find_readable_glyphs(*run, *faces_, readable);
    for (const display::PlacedGlyph& glyph : readable.glyphs) {
      const std::string_view text = text_of(*run, glyph);
      if (known != codes_.end() && known->second.by_glyph.contains(code_key(glyph.glyph, text))) continue;
      if (glyphs == nullptr) glyphs = &added[{run->face, run->source}];
      glyphs->insert({glyph.glyph, std::string(text), 0});
    }
  });
}

void FontTable::give_code(const Key& key, CodedGlyph glyph) {
  Codes& codes = codes_[key];
  if (!codes.open || fonts_[codes.open->value()].glyphs.size() == kCodesPerFont) {
    codes.open = FontIndex(fonts_.size());
    fonts_.push_back({key.first, key.second, {}, saver_->reserve()});
  }
  Font& font = fonts_[codes.open->value()];
  const std::int64_t em = faces_->info(key.first).metrics.units_per_em;
  glyph.width = narrow<std::int32_t>((std::int64_t{faces_->advance(key.first, glyph.glyph)} * 1000 + em / 2) / em);
  codes.by_glyph.emplace(code_key(glyph.glyph, glyph.text), Coded{*codes.open, narrow<Code>(font.glyphs.size() + 1), glyph.width});
  font.glyphs.push_back(std::move(glyph));
}

void FontTable::add(std::span<const display::Placement> placements) {
  std::map<Key, std::set<CodedGlyph>> added;
  for (const display::Placement& placement : placements) collect(placement, added);
  for (const auto& [key, glyphs] : added) {
    for (const CodedGlyph& glyph : glyphs) give_code(key, glyph);
  }
}

FontTable::Coded FontTable::find(const display::GlyphRun& run, const display::PlacedGlyph& glyph) const {
  const auto codes = codes_.find({run.face, run.source});
  EXPECTS(codes != codes_.end());
  const auto found = codes->second.by_glyph.find(code_key(glyph.glyph, text_of(run, glyph)));
  EXPECTS(found != codes->second.by_glyph.end());
  return found->second;
}

}  // namespace handout::pdf
