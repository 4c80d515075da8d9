#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/index.h"
#include "base/length.h"
#include "unicode/text.h"

// Door to HarfBuzz. A face is one font program (a file and an index in it); a family groups faces by weight and slant.
namespace handout::fonts {

using FaceId = Index<struct FaceTag>;  // in the order of fonts.xml, the clinic's own fonts after it
using GlyphId = std::uint16_t;         // 0 is .notdef
using FontUnits = std::int32_t;        // 1/units_per_em of the font size

enum class Slant : std::uint8_t { Upright, Italic };

struct FaceMetrics {
  FontUnits units_per_em = 1000;
  FontUnits ascender = 0, descender = 0, line_gap = 0;  // hhea or OS/2 typo as the face asks; descender is negative
  FontUnits cap_height = 0, x_height = 0;
  FontUnits underline_position = 0, underline_thickness = 0;
  FontUnits x_min = 0, y_min = 0, x_max = 0, y_max = 0;  // head
  double italic_angle = 0;
};

enum class ProgramKind : std::uint8_t { TrueType, CffNameKeyed, CffCidKeyed };

struct FaceInfo {
  std::string family;           // "Noto Sans"
  int weight = 400;             // 100 to 900
  Slant slant = Slant::Upright;
  std::string postscript_name;  // "NotoSans-Bold"
  std::string file;             // as found
  std::string license;          // SPDX
  ProgramKind program = ProgramKind::TrueType;
  FaceMetrics metrics;
};

// One glyph as shaped, in font units, logical order (also for right-to-left text). Who places a left-to-right run starts at its left edge: draw at
// pen + x_offset, then pen += advance. Who places a right-to-left run starts at its right edge: pen -= advance, then draw at pen + x_offset.
// A cluster's text reaches to the next cluster's first byte. Controls (bidi, joiners, soft hyphens, tabs, ends of lines) have no glyph.
struct ShapedGlyph {
  GlyphId glyph = 0;
  std::uint32_t cluster = 0;  // byte offset in the text that was shaped, of the cluster's first character
  FontUnits advance = 0;      // along the line; positive also for right-to-left
  FontUnits x_offset = 0, y_offset = 0;  // y up
  bool unsafe_to_break = false;          // HB_GLYPH_FLAG_UNSAFE_TO_BREAK: breaking before this glyph needs reshaping; true inside a cluster
  bool takes_tatweel = false;            // HB_GLYPH_FLAG_SAFE_TO_INSERT_TATWEEL: a joint that may be drawn out stands before this glyph
};

struct ShapeInput {
  std::string_view text;      // the whole paragraph: context for joining
  std::size_t begin = 0, end = 0;
  std::string_view script;    // ISO 15924
  std::string_view language;  // BCP 47
  unicode::Direction direction = unicode::Direction::LeftToRight;
  std::span<const std::string> features;  // HarfBuzz syntax: "tnum", "-liga"; others change nothing
};

// In font units.
struct InkBox {
  FontUnits left = 0, right = 0, bottom = 0, top = 0;
};

// The text for which faces are chosen.
struct FaceRequest {
  std::string_view family;    // of the style; "" is the catalogue's default
  int weight = 400;
  Slant slant = Slant::Upright;
  std::string_view language;  // BCP 47
};

struct FaceRun {
  std::size_t begin = 0, end = 0;
  FaceId face;
};

// A character that no font has, or none that has the rest of its grapheme cluster.
struct Uncovered {
  std::size_t offset = 0;
  char32_t character = 0;
};

struct SubsetGlyph {
  GlyphId original = 0;
  GlyphId renumbered = 0;
  FontUnits advance = 0;  // as in the subset program's hmtx (unscaled)
};

// A font program holding only some glyphs, renumbered densely from 0 (.notdef).
struct Subset {
  std::string program;               // TrueType file, or bare CFF table
  ProgramKind kind = ProgramKind::TrueType;
  std::vector<SubsetGlyph> glyphs;   // ascending by original, .notdef included; for CffCidKeyed a glyph's CID is its original id
};

struct LocaleCoverage {
  std::string locale;
  bool covered = false;
  std::vector<char32_t> missing;  // exemplar characters that no face has
};

// Faces are loaded when they are first asked for, behind locks: threads may share one Fonts. References stay valid as long as it lives.
class Fonts {
 public:
  // Reads fonts.xml (its own vocabulary table), finds the files in the usual folders, the paths it names, and `clinic_folders` (whose fonts come first
  // for their family). A declared file that is missing is a fault when it is asked for, not before. Broken files are refused with a message. `files_beside`: the list's own folder, where the list is a copy of it.
  static Result<Fonts> open(const std::filesystem::path& fonts_xml, std::span<const std::filesystem::path> clinic_folders, Diagnostics& diags, const std::filesystem::path& files_beside = {});
  Fonts(Fonts&&) noexcept;
  Fonts& operator=(Fonts&&) noexcept;
  ~Fonts();

  [[nodiscard]] std::size_t face_count() const;
  [[nodiscard]] const FaceInfo& info(FaceId face) const;
  [[nodiscard]] bool available(FaceId face) const;
  // Where the face's file stands, which is not read for it; nothing when there is none.
  [[nodiscard]] std::optional<std::filesystem::path> file(FaceId face) const;
  // Why the face isn't available ("font file 'x.ttf' is not installed"), or "". It then has no glyphs: shape() gives none, covers() is false.
  [[nodiscard]] std::string problem(FaceId face) const;
  [[nodiscard]] bool has_family(std::string_view family) const;
  [[nodiscard]] std::vector<std::string> families() const;
  // ISO 15924 codes for which fonts.xml names a fallback family.
  [[nodiscard]] std::vector<std::string> scripts() const;

  // Chooses a face for every word of text[begin, end): the requested family where it covers the whole word, else the fallback families of its script and
  // language in the order of fonts.xml, with the nearest weight; a word that none covers whole gets as few faces as it takes, never parting a grapheme cluster.
  // Among families made for the script one that shapes the word without a dotted circle comes first. Digits, signs and white space stay with the letters beside
  // them. What no face has goes to `uncovered` (and to the requested face). Runs are in order and cover the range.
  [[nodiscard]] std::vector<FaceRun> choose_faces(std::string_view text, std::size_t begin, std::size_t end, std::string_view script,
                                                  const FaceRequest& request, std::vector<Uncovered>& uncovered) const;
  // The families that choose_faces would try, in order, for a message; after them it tries all others.
  [[nodiscard]] std::vector<std::string> tried_families(std::string_view script, const FaceRequest& request) const;

  // hb_shape with the run's script, language and direction and the paragraph as context; cluster level "monotone characters". Glyphs come back in logical order.
  // U+25CC is never put under a mark: the text doesn't have it. Languages that tell i from ı have no ligatures of f unless `features` asks for them.
  [[nodiscard]] std::vector<ShapedGlyph> shape(FaceId face, const ShapeInput& input) const;
  // True when no rule of the face's layout tables names the space: then words between spaces shape alike whatever stands beyond.
  [[nodiscard]] bool passes_over_spaces(FaceId face) const;
  // True when shape() draws the character: with its own glyph, or as HarfBuzz composes it (a letter and its accent, a space of another width).
  [[nodiscard]] bool covers(FaceId face, char32_t character) const;
  // Horizontal advance without shaping, e.g. of the space.
  [[nodiscard]] FontUnits advance(FaceId face, GlyphId glyph) const;
  [[nodiscard]] GlyphId nominal_glyph(FaceId face, char32_t character) const;
  // The box round a glyph's ink from its origin, y up; empty for a glyph without ink.
  [[nodiscard]] InkBox ink_box(FaceId face, GlyphId glyph) const;
  // True when the face's layout tables have the feature ("smcp") for the script, in its own or the default language system.
  [[nodiscard]] bool has_feature(FaceId face, std::string_view feature, std::string_view script) const;

  // hb-subset, renumbered, no hinting, no layout tables (libharu.md). `glyphs` in any order; .notdef is added. Deterministic.
  [[nodiscard]] Result<Subset> subset(FaceId face, std::span<const GlyphId> glyphs, Diagnostics& diags) const;

  [[nodiscard]] LocaleCoverage coverage(const unicode::Locale& locale) const;

 private:
  struct Impl;
  explicit Fonts(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A value in font units at a size, rounded to the nearest length unit.
[[nodiscard]] constexpr Length scale(FontUnits units, const FaceMetrics& metrics, Length size) {
  const std::int64_t product = size.units() * units;
  const std::int64_t half = metrics.units_per_em / 2;
  return Length::from_units((product + (product < 0 ? -half : half)) / metrics.units_per_em);
}

}  // namespace handout::fonts
