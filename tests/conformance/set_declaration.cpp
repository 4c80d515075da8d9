#include "conformance/set_declaration.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"
#include "base/process.h"
#include "inspect/inspect.h"
#include "paginate/paginate.h"
#include "pdf/pdf.h"
#include "typeset/typeset.h"
#include "unicode/text.h"

namespace handout::test {

namespace {

constexpr char32_t kDottedCircle = 0x25CC;
constexpr Length kMargin = 20_mm, kSize = 11_pt;
const Size kA4{210_mm, 297_mm};

// What all declarations share.
struct Tools {
  fonts::Fonts fonts;
  unicode::Breaker breaker;
  unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  std::string srgb;
};

Tools& tools() {
  static Tools opened = [] {
    Diagnostics diags;
    auto fonts = fonts::Fonts::open(std::filesystem::path(HANDOUT_SOURCE_DIR) / "fonts/fonts.xml", {}, diags);
    auto srgb = read_file("/usr/share/color/icc/sRGB.icc", {}, 1 << 20, diags);
    EXPECT_TRUE(fonts && srgb) << to_text(diags);
    return Tools{std::move(fonts).value(), {}, unicode::Hyphenation{unicode::Hyphenation::usual_folders()}, std::move(srgb).value()};
  }();
  return opened;
}

// ---- the document ----

styled::BlockPtr paragraph(const DeclarationBlock& block, const Declaration& declaration) {
  auto made = std::make_shared<styled::Paragraph>();
  made->text = block.text;
  made->language = declaration.locale();
  made->direction = declaration.direction;
  made->styles.resize(1);
  made->styles[0].size = kSize;
  made->lines.line_height = kSize.scaled(1.4);
  made->lines.align = declaration.direction == unicode::Direction::RightToLeft ? styled::Align::Right : styled::Align::Left;
  made->elements.resize(1);
  made->elements[0].info.role = block.role;
  styled::TextRun run;
  run.end = made->text.size();
  run.language = made->language;
  made->runs.push_back(run);
  auto boxed = std::make_shared<styled::Block>();
  boxed->name = display::name(block.role);
  boxed->at = Span::of_file(declaration.code + ".html");
  boxed->box.space_after = 6_pt;
  boxed->content = styled::ParagraphBlock{std::move(made)};
  return boxed;
}

styled::StyledDocument document(const Declaration& declaration) {
  styled::StyledDocument made;
  styled::PageMaster master;
  master.size = kA4;
  master.margin = {kMargin, kMargin, kMargin, kMargin};
  made.pages = styled::PageMasters::one(std::move(master));
  styled::Flow flow;
  for (const DeclarationBlock& block : declaration.blocks) flow.children.push_back(paragraph(block, declaration));
  auto body = std::make_shared<styled::Block>();
  body->element.role = display::Role::Document;
  body->content = std::move(flow);
  made.body = std::move(body);
  made.language = declaration.locale();
  made.direction = declaration.direction;
  made.metadata.title = declaration.name;
  made.metadata.language = made.language.tag();
  return made;
}

// ---- what lines hold ----

std::string_view text_of(const display::GlyphRun& run, const display::PlacedGlyph& glyph) {
  return std::string_view(run.text).substr(glyph.text_begin, glyph.text_end - glyph.text_begin);
}

bool is_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    if (!unicode::is_white_space(c.value) && !unicode::is_default_ignorable(c.value)) return false;
    at = c.end;
  }
  return !text.empty();
}

std::size_t count_dotted_circles(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    if (c.value == kDottedCircle) ++count;
    at = c.end;
  }
  return count;
}

// Spaces may hang over the edge; a mark without an advance stands where its letter is.
bool leaves_measure(const display::GlyphRun& run, Length line_left) {
  constexpr Length kTolerance = 0.5_pt;
  const fonts::Fonts& fonts = tools().fonts;
  return std::ranges::any_of(run.glyphs, [&](const display::PlacedGlyph& glyph) {
    const fonts::FontUnits units = fonts.advance(run.face, glyph.glyph);
    if (units == 0 || is_blank(text_of(run, glyph))) return false;
    // Full-width punctuation gives up its empty half at a line's ends: what counts is its ink.
    const fonts::FaceMetrics& metrics = fonts.info(run.face).metrics;
    const bool full_width = units == metrics.units_per_em;
    const fonts::InkBox ink = full_width ? fonts.ink_box(run.face, glyph.glyph) : fonts::InkBox{0, units, 0, 0};
    const auto scaled = [&](fonts::FontUnits x) { return fonts::scale(x, metrics, run.size).scaled(run.horizontal_scale / 1000.0); };
    const Length origin = line_left + run.origin.x + glyph.offset.x, left = origin + scaled(ink.left), right = origin + scaled(ink.right);
    return left < kMargin - kTolerance || right > kA4.width - kMargin + kTolerance;
  });
}

void look_at_lines(const display::DisplayDocument& made, SetResult& result) {
  const fonts::Fonts& fonts = tools().fonts;
  for (const display::Page& page : made.pages) {
    for (const display::Placement& placement : page.placements) {
      const display::Fragment& fragment = *placement.fragment;
      for (std::uint32_t i = 0; i < placement.line_count; ++i) {
        const display::FragmentLine& line = fragment.lines.at(placement.first_line + i);
        bool wide = false;
        for (std::uint32_t c = 0; c < line.command_count; ++c) {
          const auto* run = std::get_if<display::GlyphRun>(&fragment.commands.at(line.first_command + c).what);
          if (run == nullptr) continue;
          wide = wide || leaves_measure(*run, placement.position.x);
          const fonts::GlyphId circle = fonts.nominal_glyph(run->face, kDottedCircle);
          if (circle != 0) result.dotted_circles += std::ranges::count(run->glyphs, circle, &display::PlacedGlyph::glyph);
        }
        if (wide) ++result.wide_lines;
      }
    }
  }
  for (const DeclarationBlock& block : result.declaration.blocks) result.dotted_circles -= static_cast<std::ptrdiff_t>(count_dotted_circles(block.text));
}

// ---- what readers say ----

// Without white space, hyphens and format characters.
std::string bare(std::string_view text) {
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    const bool hyphen = c.value == U'-' || c.value == 0x2010 || c.value == 0x2011;
    if (!hyphen && !unicode::is_white_space(c.value) && !unicode::is_default_ignorable(c.value)) kept += text.substr(at, c.end - at);
    at = c.end;
  }
  return kept;
}

std::string one_line(std::string_view text) {
  std::string line = unicode::collapse_white_space(text);
  if (line.starts_with(' ')) line.erase(0, 1);
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

// A few characters round the first place where the two differ, or "".
std::string difference(std::string_view written, std::string_view read) {
  if (written == read) return {};
  std::size_t at = static_cast<std::size_t>(std::ranges::mismatch(written, read).in1 - written.begin());
  const auto is_inside = [](std::string_view text, std::size_t i) { return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80; };
  while (at > 0 && (is_inside(written, at) || is_inside(read, at))) --at;
  std::size_t begin = at;
  for (int i = 0; i < 4 && begin > 0; ++i) {
    do --begin;
    while (begin > 0 && is_inside(written, begin));
  }
  const auto part = [&](std::string_view text) {
    std::string out;
    for (std::size_t i = std::min(begin, text.size()), n = 0; i < text.size() && n < 10; ++n) {
      const unicode::CodePoint c = unicode::decode(text, i);
      out += fmt::format("{}{:04X}", n == 0 ? "" : " ", static_cast<unsigned>(c.value));
      i = c.end;
    }
    return out;
  };
  return fmt::format("written {} read {}", part(written), part(read));
}

std::string output_of(std::vector<std::string> arguments, std::string_view pdf) {
  Diagnostics diags;
  const auto output = run_program({std::move(arguments), pdf, "Debian's poppler-utils has it", {}}, diags);
  EXPECT_TRUE(output) << to_text(diags);
  if (!output) return {};
  EXPECT_EQ(output->exit_code, 0) << output->err;
  return output->out;
}

void read_back(const std::string& pdf, SetResult& result) {
  std::string written;
  for (const DeclarationBlock& block : result.declaration.blocks) written += block.text + '\n';
  const auto report = inspect::read_pdf(pdf);
  if (!report) {
    result.structure_difference = report.error();
    return;
  }
  result.structure_difference = difference(one_line(written), one_line(inspect::structure_text(report->tree)));
  result.plain_difference = difference(bare(written), bare(output_of({"pdftotext", "-enc", "UTF-8", "-", "-"}, pdf)));
}

}  // namespace

SetResult set_declaration(Declaration declaration) {
  SetResult result;
  result.known_language = unicode::Locale::parse(declaration.language).has_value();
  result.declaration = std::move(declaration);
  Diagnostics diags;
  typeset::Memo memo;
  Tools& with = tools();
  const auto made = paginate::paginate(document(result.declaration), {with.fonts, with.breaker, with.hyphenation}, memo, diags);
  result.faults = to_text(diags);
  if (!made) return result;
  look_at_lines(*made, result);
  const auto pdf = pdf::write_pdf(*made, {with.fonts, with.srgb}, diags);
  if (!pdf) {
    result.faults = to_text(diags);
    return result;
  }
  result.is_set = true;
  read_back(*pdf, result);
  return result;
}

}  // namespace handout::test
