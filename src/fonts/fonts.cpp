#include "fonts/fonts.h"

#include <fmt/format.h>
#include <hb.h>

#include <algorithm>

#include "base/files.h"
#include "fonts/characters.h"
#include "fonts/choose_faces.h"
#include "fonts/library.h"
#include "fonts/memory.h"
#include "fonts/shape.h"
#include "fonts/subset.h"
#include "unicode/exemplars.h"

namespace handout::fonts {

struct Fonts::Impl {
  Library library;
};

Result<Fonts> Fonts::open(const std::filesystem::path& fonts_xml, std::span<const std::filesystem::path> clinic_folders, Diagnostics& diags, const std::filesystem::path& files_beside) {
  constexpr std::uintmax_t kLimit = 4U << 20;
  const std::size_t before = diags.error_count();
  const std::string name = fonts_xml.string();
  const auto source = read_file(fonts_xml, Span::of_file(name), kLimit, diags);
  if (!source) return tl::unexpected(Failure{});
  auto catalogue = read_catalogue(*source, name, diags);
  if (!catalogue) return tl::unexpected(Failure{});

  const std::filesystem::path beside = files_beside.empty() ? fonts_xml.parent_path() : files_beside;
  std::vector<std::filesystem::path> roots = {beside.empty() ? "." : beside};
  for (std::filesystem::path& folder : usual_font_folders()) roots.push_back(std::move(folder));
  std::unique_ptr<Impl> impl(new Impl{Library(std::move(*catalogue), roots)});
  for (const std::filesystem::path& folder : clinic_folders) impl->library.add_clinic_folder(folder, diags);
  if (diags.error_count() > before) return tl::unexpected(Failure{});
  return Fonts(std::move(impl));
}

Fonts::Fonts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Fonts::Fonts(Fonts&&) noexcept = default;
Fonts& Fonts::operator=(Fonts&&) noexcept = default;
Fonts::~Fonts() = default;

std::size_t Fonts::face_count() const { return impl_->library.face_count(); }
const FaceInfo& Fonts::info(FaceId face) const { return impl_->library.info(face); }
std::optional<std::filesystem::path> Fonts::file(FaceId face) const { return impl_->library.file(face); }
bool Fonts::available(FaceId face) const { return impl_->library.font(face) != nullptr; }
std::string Fonts::problem(FaceId face) const { return impl_->library.problem(face); }
bool Fonts::has_family(std::string_view family) const { return impl_->library.catalogue().find(family).has_value(); }

std::vector<std::string> Fonts::families() const {
  std::vector<std::string> names;
  for (const Family& family : impl_->library.families()) names.push_back(family.name);
  return names;
}

std::vector<std::string> Fonts::scripts() const {
  std::vector<std::string> codes;
  for (const Fallback& fallback : impl_->library.catalogue().fallbacks) codes.push_back(fallback.script);
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
  return codes;
}

std::vector<FaceRun> Fonts::choose_faces(std::string_view text, std::size_t begin, std::size_t end, std::string_view script,
                                         const FaceRequest& request, std::vector<Uncovered>& uncovered) const {
  return with_memory([&] { return fonts::choose_faces(impl_->library, {text, begin, end, script, request}, uncovered); });
}

std::vector<std::string> Fonts::tried_families(std::string_view script, const FaceRequest& request) const {
  std::vector<std::string> names;
  for (const FamilyId family : impl_->library.family_chain(base_script(script), request)) {
    names.push_back(impl_->library.families()[family.value()].name);
  }
  return names;
}

std::vector<ShapedGlyph> Fonts::shape(FaceId face, const ShapeInput& input) const {
  hb_font_t* const font = impl_->library.font(face);
  return font ? with_memory([&] { return fonts::shape(font, input); }) : std::vector<ShapedGlyph>{};
}

bool Fonts::passes_over_spaces(FaceId face) const {
  return with_memory([&] { return impl_->library.passes_over_spaces(face); });
}

bool Fonts::covers(FaceId face, char32_t character) const {
  const Program* const program = impl_->library.program(face);
  return program && with_memory([&] { return fonts::covers(*program, character); });
}

GlyphId Fonts::nominal_glyph(FaceId face, char32_t character) const {
  hb_font_t* const font = impl_->library.font(face);
  return font ? with_memory([&] { return fonts::nominal_glyph(font, character); }) : GlyphId{0};
}

FontUnits Fonts::advance(FaceId face, GlyphId glyph) const {
  hb_font_t* const font = impl_->library.font(face);
  return font ? with_memory([&] { return fonts::advance(font, glyph); }) : 0;
}

InkBox Fonts::ink_box(FaceId face, GlyphId glyph) const {
  hb_font_t* const font = impl_->library.font(face);
  return font ? with_memory([&] { return fonts::ink_box(font, glyph); }) : InkBox{};
}

bool Fonts::has_feature(FaceId face, std::string_view feature, std::string_view script) const {
  hb_font_t* const font = impl_->library.font(face);
  return font && with_memory([&] { return fonts::has_feature(hb_font_get_face(font), feature, script); });
}

Result<Subset> Fonts::subset(FaceId face, std::span<const GlyphId> glyphs, Diagnostics& diags) const {
  const Library& library = impl_->library;
  hb_font_t* const font = library.font(face);
  if (!font) {
    return diags.error(library.face(face).at(), library.problem(face)).hint("install the fonts that fonts.xml names, or change their <face>");
  }
  auto subset = with_memory([&] { return make_subset(font, library.info(face).program, glyphs); });
  if (!subset) return diags.error(library.face(face).at(), fmt::format("font file '{}' can't be embedded: {}", library.info(face).file, subset.error()));
  return std::move(*subset);
}

LocaleCoverage Fonts::coverage(const unicode::Locale& locale) const {
  LocaleCoverage result{.locale = locale.tag(), .covered = false, .missing = {}};
  FaceRequest request;
  request.language = locale.tag();
  const std::string script = base_script(locale.script());
  std::vector<FaceId> faces;
  std::vector<FamilyId> families = impl_->library.family_chain(script, request);
  const std::vector<FamilyId> others = impl_->library.remaining_families(script, families);
  families.insert(families.end(), others.begin(), others.end());
  for (const FamilyId family : families) {
    for (const FaceId face : impl_->library.by_nearness(family, request.weight, request.slant)) faces.push_back(face);
  }
  for (const char32_t c : unicode::exemplar_characters(locale)) {
    const bool found = std::any_of(faces.begin(), faces.end(), [&](FaceId face) { return covers(face, c); });
    if (!found && !is_undrawn(c)) result.missing.push_back(c);
  }
  const std::vector<std::string> known = scripts();
  result.covered = result.missing.empty() && std::binary_search(known.begin(), known.end(), script);
  return result;
}

}  // namespace handout::fonts
