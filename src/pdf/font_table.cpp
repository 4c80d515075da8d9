#include "pdf/font_table.h"

#include <algorithm>
#include <set>

#include "base/narrow.h"

namespace handout::pdf {

namespace {

using Key = std::pair<fonts::FaceId, display::TextSource>;

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

void collect(const display::Fragment& fragment, std::map<Key, std::set<CodedGlyph>>& used) {
  for (const display::Command& command : fragment.commands) {
    const auto* run = std::get_if<display::GlyphRun>(&command.what);
    if (run == nullptr) continue;
    std::set<CodedGlyph>& glyphs = used[{run->face, run->source}];
    for (const display::PlacedGlyph& glyph : run->glyphs) glyphs.insert({glyph.glyph, std::string(text_of(*run, glyph)), 0, 0});
  }
}

std::map<Key, std::set<CodedGlyph>> collect(const display::DisplayDocument& document) {
  std::map<Key, std::set<CodedGlyph>> used;
  std::set<const display::Fragment*> seen;  // a fragment may stand on every page; only membership is asked
  for (const display::Page& page : document.pages) {
    for (const display::Placement& placement : page.placements) {
      if (seen.insert(placement.fragment.get()).second) collect(*placement.fragment, used);
    }
  }
  return used;
}

Result<std::monostate> make_subset(Font& font, const fonts::Fonts& fonts, Diagnostics& diags) {
  std::vector<fonts::GlyphId> ids;
  for (const CodedGlyph& glyph : font.glyphs) ids.push_back(glyph.glyph);
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  Result<fonts::Subset> subset = fonts.subset(font.face, ids, diags);
  if (!subset) return tl::unexpected<Failure>(Failure{});
  font.subset = std::move(*subset);

  const std::int64_t em = fonts.info(font.face).metrics.units_per_em;
  for (CodedGlyph& glyph : font.glyphs) {
    const auto found = std::ranges::lower_bound(font.subset.glyphs, glyph.glyph, {}, &fonts::SubsetGlyph::original);
    EXPECTS(found != font.subset.glyphs.end() && found->original == glyph.glyph);
    glyph.renumbered = found->renumbered;
    glyph.width = narrow<std::int32_t>((std::int64_t{found->advance} * 1000 + em / 2) / em);
  }
  return std::monostate{};
}

}  // namespace

Result<FontTable> FontTable::build(const display::DisplayDocument& document, const fonts::Fonts& fonts, Diagnostics& diags) {
  FontTable table;
  for (const auto& [key, glyphs] : collect(document)) {
    Codes& codes = table.codes_[key];
    auto next = glyphs.begin();
    while (next != glyphs.end()) {
      Font font{key.first, key.second, {}, {}};
      for (; next != glyphs.end() && font.glyphs.size() < kCodesPerFont; ++next) font.glyphs.push_back(*next);
      if (!make_subset(font, fonts, diags)) return tl::unexpected<Failure>(Failure{});
      for (std::size_t i = 0; i < font.glyphs.size(); ++i) {
        const CodedGlyph& glyph = font.glyphs[i];
        codes.emplace(code_key(glyph.glyph, glyph.text), Coded{FontIndex(table.fonts_.size()), narrow<Code>(i + 1), glyph.width});
      }
      table.fonts_.push_back(std::move(font));
    }
  }
  return table;
}

FontTable::Coded FontTable::find(const display::GlyphRun& run, const display::PlacedGlyph& glyph) const {
  const auto codes = codes_.find({run.face, run.source});
  EXPECTS(codes != codes_.end());
  const auto found = codes->second.find(code_key(glyph.glyph, text_of(run, glyph)));
  EXPECTS(found != codes->second.end());
  return found->second;
}

}  // namespace handout::pdf
