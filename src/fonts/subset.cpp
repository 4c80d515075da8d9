#include "fonts/subset.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/expects.h"
#include "base/handle.h"
#include "base/narrow.h"
#include "fonts/variations.h"

namespace handout::fonts {

namespace {

using HbFace = Handle<hb_face_t, hb_face_destroy>;
using HbSubsetInput = Handle<hb_subset_input_t, hb_subset_input_destroy>;
using HbSubsetPlan = Handle<hb_subset_plan_t, hb_subset_plan_destroy>;

constexpr hb_tag_t kCff = HB_TAG('C', 'F', 'F', ' ');

// What ISO 32000-1, 9.9 asks of an embedded TrueType program, less the tables of hinting, and what CFF is made from.
constexpr std::array<hb_tag_t, 7> kKept = {HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'), HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'),
                                           HB_TAG('h', 'm', 't', 'x'), HB_TAG('m', 'a', 'x', 'p'), kCff};

hb_blob_t* kept_table(hb_face_t*, hb_tag_t tag, void* source) {
  if (std::find(kKept.begin(), kKept.end(), tag) == kKept.end()) return hb_blob_get_empty();
  return hb_face_reference_table(static_cast<hb_face_t*>(source), tag);
}

// What makes an instance's outlines of the default ones. HVAR is left out: without it the advances come from 'gvar', as the outlines do.
constexpr std::array<hb_tag_t, 3> kVarying = {HB_TAG('f', 'v', 'a', 'r'), HB_TAG('a', 'v', 'a', 'r'), HB_TAG('g', 'v', 'a', 'r')};

hb_blob_t* varied_table(hb_face_t* face, hb_tag_t tag, void* source) {
  if (std::ranges::find(kVarying, tag) == kVarying.end()) return kept_table(face, tag, source);
  return hb_face_reference_table(static_cast<hb_face_t*>(source), tag);
}

// The face with nothing but these tables: a plan over a face reads the whole of its cmap, which for CJK takes longer than all the rest. `font` must
// outlive it.
HbFace outlines_of(hb_font_t* font) {
  hb_face_t* const face = hb_font_get_face(font);
  HbFace outlines(hb_face_create_for_tables(is_varied(font) ? varied_table : kept_table, face, nullptr));
  hb_face_set_upem(outlines.get(), hb_face_get_upem(face));
  return outlines;
}

HbSubsetInput subset_input(std::span<const GlyphId> glyphs) {
  HbSubsetInput input(hb_subset_input_create_or_fail());
  if (!input) return input;
  hb_set_t* const wanted = hb_subset_input_glyph_set(input.get());
  for (const GlyphId glyph : glyphs) hb_set_add(wanted, glyph);
  // Without GSUB no glyph is drawn in that is not asked for but the parts of composite glyphs.
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_DESUBROUTINIZE);
  return input;
}

// The subset is the instance: a PDF knows no axes.
bool pin_axes(hb_subset_input_t* input, hb_face_t* outlines, hb_font_t* font) {
  return std::ranges::all_of(places_of(font), [&](const AxisValue& place) {
    return hb_subset_input_pin_axis_location(input, outlines, hb_tag_from_string(place.axis.data(), narrow<int>(place.axis.size())), place.value) != 0;
  });
}

std::string bytes_of(const HbBlob& blob) {
  unsigned length = 0;
  const char* const data = hb_blob_get_data(blob.get(), &length);
  return {data, length};
}

}  // namespace

tl::expected<Subset, Refusal> make_subset(hb_font_t* font, ProgramKind kind, std::span<const GlyphId> glyphs) {
  const HbFace outlines = outlines_of(font);
  // HarfBuzz shapes with whatever number a 'cmap' or 'GSUB' table names.
  const unsigned glyph_count = hb_face_get_glyph_count(outlines.get());
  if (std::ranges::any_of(glyphs, [&](GlyphId glyph) { return glyph >= glyph_count; })) return tl::unexpected<Refusal>("its tables name glyphs that it doesn't have");
  const HbSubsetInput input = subset_input(glyphs);
  if (input && is_varied(font) && !pin_axes(input.get(), outlines.get(), font)) return tl::unexpected<Refusal>("its instance can't be made");
  const HbSubsetPlan plan(input ? hb_subset_plan_create_or_fail(outlines.get(), input.get()) : nullptr);
  const HbFace reduced(plan ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
  if (!reduced) return tl::unexpected<Refusal>("its outlines can't be reduced to the glyphs that are used");

  Subset subset;
  subset.kind = kind;
  const HbBlob program(kind == ProgramKind::TrueType ? hb_face_reference_blob(reduced.get()) : hb_face_reference_table(reduced.get(), kCff));
  subset.program = bytes_of(program);
  const hb_map_t* const originals = hb_subset_plan_new_to_old_glyph_mapping(plan.get());
  const unsigned count = hb_map_get_population(originals);
  if (subset.program.empty() || count == 0) return tl::unexpected<Refusal>("its outlines can't be reduced to the glyphs that are used");
  const Handle<hb_font_t, hb_font_destroy> measured(hb_font_create(reduced.get()));
  for (unsigned glyph = 0; glyph < count; ++glyph) {
    EXPECTS(hb_map_has(originals, glyph));
    const hb_codepoint_t original = hb_map_get(originals, glyph);
    const FontUnits advance = hb_font_get_glyph_h_advance(measured.get(), glyph);
    // ISO 19005-2, 6.2.11.5: the widths that the file declares, and which the lines were set with, are the program's.
    if (advance != hb_font_get_glyph_h_advance(font, original)) return tl::unexpected<Refusal>("its 'hhea' and 'hmtx' tables contradict each other");
    subset.glyphs.push_back({.original = narrow<GlyphId>(original), .renumbered = narrow<GlyphId>(glyph), .advance = advance});
  }
  std::sort(subset.glyphs.begin(), subset.glyphs.end(), [](const SubsetGlyph& a, const SubsetGlyph& b) { return a.original < b.original; });
  return subset;
}

}  // namespace handout::fonts
