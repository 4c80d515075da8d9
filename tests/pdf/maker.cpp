#include "pdf/maker.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/files.h"
#include "pdf/pdf.h"

namespace handout::test {

using namespace display;

const fonts::Fonts& noto() {
  static const fonts::Fonts fonts = [] {
    Diagnostics diags;
    auto opened = fonts::Fonts::open(std::filesystem::path(HANDOUT_SOURCE_DIR) / "fonts/fonts.xml", {}, diags);
    if (!opened) ADD_FAILURE() << to_text(diags);
    return std::move(opened).value();
  }();
  return fonts;
}

std::string srgb_profile() {
  Diagnostics diags;
  const auto bytes = read_file("/usr/share/color/icc/sRGB.icc", {}, 1 << 20, diags);
  EXPECT_TRUE(bytes) << to_text(diags);
  return bytes.value_or("");
}

GlyphRun shape(std::string_view text, const Script& script, Point origin, Length size) {
  const fonts::Fonts& fonts = noto();
  std::vector<fonts::Uncovered> uncovered;
  const auto faces = fonts.choose_faces(text, 0, text.size(), script.script, {script.family, 400, fonts::Slant::Upright, script.language}, uncovered);
  EXPECT_TRUE(uncovered.empty());
  EXPECT_EQ(faces.size(), 1u);
  GlyphRun run{faces.front().face, size, {}, origin, std::string(text), {}, TextSource::Fixed};
  const auto glyphs = fonts.shape(run.face, {text, 0, text.size(), script.script, script.language, script.direction, {}});
  const fonts::FaceMetrics& metrics = fonts.info(run.face).metrics;
  fonts::FontUnits pen = 0;
  if (script.direction == unicode::Direction::RightToLeft) {
    for (const auto& glyph : glyphs) pen += glyph.advance;
  }
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    if (script.direction == unicode::Direction::RightToLeft) pen -= glyphs[i].advance;
    const Point offset{fonts::scale(pen + glyphs[i].x_offset, metrics, size), -fonts::scale(glyphs[i].y_offset, metrics, size)};
    if (script.direction == unicode::Direction::LeftToRight) pen += glyphs[i].advance;
    run.glyphs.push_back({glyphs[i].glyph, offset, 0, 0});
  }
  for (std::size_t first = 0, last = 0; first < glyphs.size(); first = last) {
    while (last < glyphs.size() && glyphs[last].cluster == glyphs[first].cluster) ++last;
    std::size_t at = glyphs[first].cluster;
    const std::size_t end = last < glyphs.size() ? glyphs[last].cluster : text.size();
    for (std::size_t g = first; g < last; ++g) {
      std::size_t next = at == end ? end : unicode::decode(text, at).end;
      if (g + 1 == last) next = end;
      run.glyphs[g].text_begin = static_cast<std::uint32_t>(at);
      run.glyphs[g].text_end = static_cast<std::uint32_t>(next);
      at = next;
    }
  }
  return run;
}

Command text_command(std::string_view text, const Script& script, Point origin, std::size_t element) {
  return {shape(text, script, origin), LocalElement(element)};
}

Fragment one_line(std::vector<FragmentElement> elements, std::vector<Command> commands) {
  Fragment fragment;
  fragment.elements = std::move(elements);
  fragment.commands = std::move(commands);
  fragment.lines = {{0_pt, 20_pt, 14_pt, 0, static_cast<std::uint32_t>(fragment.commands.size())}};
  fragment.size = {400_pt, 20_pt};
  return fragment;
}

Maker::Maker() {
  document.metadata.title = "Knee & hip <exercises>";
  document.metadata.language = "en";
  document.metadata.date = "2026-11-22T00:00:00Z";
  document.structure.push_back({{Role::Document, {}, {}, {}, Scope::None, 1, 1, ListNumbering::None}, std::nullopt});
  add_page();
}

std::size_t Maker::add_page() {
  document.pages.push_back({{595_pt, 842_pt}, {}, {}});
  y = 60_pt;
  return document.pages.size() - 1;
}

StructureId Maker::element(ElementInfo info, StructureId parent) {
  document.structure.push_back({std::move(info), parent});
  return StructureId(document.structure.size() - 1);
}

StructureId Maker::block(Role role, std::string_view text, StructureId parent, const Script& script) {
  ElementInfo info;
  info.role = role;
  return block(std::move(info), text, parent, script);
}

StructureId Maker::block(ElementInfo info, std::string_view text, StructureId parent, const Script& script) {
  return place(one_line({{std::move(info), {}, {}, {}}}, {text_command(text, script, {0_pt, 14_pt})}), parent);
}

StructureId Maker::place(Fragment fragment, StructureId parent) {
  const StructureId base = element(fragment.elements.front().info, parent);
  for (std::size_t i = 1; i < fragment.elements.size(); ++i) {
    element(fragment.elements[i].info, StructureId(base.value() + fragment.elements[i].parent.value()));
  }
  const auto lines = static_cast<std::uint32_t>(fragment.lines.size());
  document.pages.back().placements.push_back({std::make_shared<const Fragment>(std::move(fragment)), 0, lines, {60_pt, y}, base});
  y += 24_pt;
  return base;
}

void Maker::artifact(ArtifactKind kind, std::string_view text, Point at) {
  auto fragment = std::make_shared<const Fragment>(one_line({}, {text_command(text, kLatin, {0_pt, 14_pt})}));
  document.pages.back().placements.push_back({fragment, 0, 1, at, kind});
}

std::string write(const DisplayDocument& document) {
  Diagnostics diags;
  const std::string profile = srgb_profile();
  auto bytes = pdf::write_pdf(document, {noto(), profile}, diags);
  EXPECT_TRUE(bytes) << to_text(diags);
  return bytes.value_or("");
}

}  // namespace handout::test
