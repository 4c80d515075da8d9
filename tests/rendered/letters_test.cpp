// Letters for window envelopes: what shows in the window, wherever the sheet lies.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "marks/marks.h"
#include "rendering.h"

namespace handout {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

// From the envelope's left and lower edge.
struct Window { Length left, bottom, width, height; };
// `panel`: the first fold, from the sheet's upper edge; the sheet lies on it. `play_x`, `play_y`: how far the folded sheet can move to the right and up.
struct Envelope { std::string layout; Length panel, play_x, play_y; std::vector<Window> windows; };

const std::vector<Envelope>& envelopes() {
  static const std::vector<Envelope> all = {
      {"letter", 4_in, 1_in, 0.125_in, {{0.625_in, 1_in, 4_in, 1_in}, {0.625_in, 2.375_in, 3.25_in, 0.875_in}}},
      {"mailing-letter", 4_in, 1_in, 0.125_in, {{0.625_in, 1_in, 4_in, 1_in}, {0.625_in, 2.375_in, 3.25_in, 0.875_in}}},
      {"letter-10-single", 4_in, 1_in, 0.125_in, {{0.875_in, 0.5_in, 4.5_in, 1.125_in}}},
      {"letter-din-a", 87_mm, 10_mm, 5_mm, {{20_mm, 15_mm, 90_mm, 45_mm}}},
      {"letter-din-b", 105_mm, 10_mm, 5_mm, {{20_mm, 15_mm, 90_mm, 45_mm}}},
      {"mailing-letter-din-b", 105_mm, 10_mm, 5_mm, {{20_mm, 15_mm, 90_mm, 45_mm}}},
      {"letter-c56", 105_mm, 19_mm, 9_mm, {{20_mm, 15_mm, 90_mm, 45_mm}}},
      // The block of GOV.UK Notify is a place on the paper: 95.4 x 26.8 mm at 24.6 and 39.5 mm.
      {"letter-uk", 99_mm, 0_mm, 0_mm, {{24.6_mm, 32.7_mm, 95.4_mm, 26.8_mm}}},
  };
  return all;
}

// What of the paper a window shows when the sheet lies `x` to the right and `y` up.
Rect seen(const Envelope& envelope, const Window& window, Length x, Length y) { return {window.left - x, envelope.panel + y - window.bottom - window.height, window.width, window.height}; }

struct Ink { Rect area; std::string words; };

Rect around(const Rect& a, const Rect& b) {
  const Length x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}
bool meet(const Rect& a, const Rect& b) { return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom(); }

// Everything that is printed on a page.
std::vector<Ink> inks(const display::Page& page, const fonts::Fonts& fonts) {
  std::vector<Ink> all;
  for (const display::Placement& placement : page.placements) {
    for (std::uint32_t l = 0; l < placement.line_count; ++l) {
      const display::FragmentLine& line = placement.fragment->lines[placement.first_line + l];
      const Point shift{placement.position.x, placement.position.y - placement.fragment->lines[placement.first_line].top};
      for (std::uint32_t c = 0; c < line.command_count; ++c) {
        const auto& what = placement.fragment->commands[line.first_command + c].what;
        if (const auto* picture = std::get_if<display::PlacedPicture>(&what)) all.push_back({{shift.x + picture->rect.x, shift.y + picture->rect.y, picture->rect.width, picture->rect.height}, "picture"});
        if (const auto* rect = std::get_if<display::FilledRect>(&what)) all.push_back({{shift.x + rect->rect.x, shift.y + rect->rect.y, rect->rect.width, rect->rect.height}, "box"});
        if (const auto* stroke = std::get_if<display::StrokedLine>(&what)) {
          all.push_back({{shift.x + std::min(stroke->from.x, stroke->to.x), shift.y + std::min(stroke->from.y, stroke->to.y), std::max(stroke->from.x, stroke->to.x) - std::min(stroke->from.x, stroke->to.x), stroke->width}, "line"});
        }
        const auto* run = std::get_if<display::GlyphRun>(&what);
        if (run == nullptr) continue;
        const fonts::FaceMetrics& metrics = fonts.info(run->face).metrics;
        for (const display::PlacedGlyph& glyph : run->glyphs) {
          const fonts::InkBox box = fonts.ink_box(run->face, glyph.glyph);
          if (box.left >= box.right) continue;
          const auto scaled = [&](fonts::FontUnits units) { return fonts::scale(units, metrics, run->size); };
          const Point at{shift.x + run->origin.x + glyph.offset.x, shift.y + run->origin.y + glyph.offset.y};
          all.push_back({{at.x + scaled(box.left), at.y - scaled(box.top), scaled(box.right - box.left), scaled(box.top - box.bottom)}, run->text});
        }
      }
    }
  }
  return all;
}

class Letters : public testing::TestWithParam<Envelope> {
 protected:
  static request::Request letter(const std::string& locale, const std::string& profile) {
    request::Request request = knee(locale, profile);
    request.layout = GetParam().layout;
    request.recipient->name.given = "Bartholomew";
    request.recipient->name.family = "Featherstonehaugh";
    request.recipient->address = {"Apartment 12, North Wing", "4500 Wisconsin Avenue NW", "Washington DC 20016-4632"};
    request.fields["postal.imb"] = "0123456709498765432120016463299";
    return request;
  }
};

TEST_P(Letters, OnlyTheAddressesShowInTheWindow) {
  Pipeline pipeline = shipped();
  const Envelope& envelope = GetParam();
  constexpr Length kClear = 1_mm;
  for (const char* locale : {"en", "ar", "zh-Hans", "hi", "vi", "es"}) {
    for (const char* profile : {"standard", "large", "giant"}) {
      SCOPED_TRACE(fmt::format("{} {}", locale, profile));
      Diagnostics diags;
      const auto made = pipeline.prepare(letter(locale, profile), diags);
      ASSERT_TRUE(made) << to_text(diags);
      EXPECT_THAT(to_text(diags), IsEmpty());
      const auto fonts = pipeline.fonts(made->sources.clinic.get(), diags);
      ASSERT_TRUE(fonts);
      const auto marked = marks::Marker(made->styled.marks, **fonts).mark(made->display, marks::sample_identity(), diags);
      ASSERT_TRUE(marked) << to_text(diags);
      const auto all = inks(marked->pages.front(), **fonts);
      for (const styled::PlacedRegion& region : made->styled.pages.at({true, false, false, false}).regions) {
        if (region.name != "address") continue;
        // The first window is the address's.
        std::optional<Rect> block;
        for (const Ink& ink : all) {
          if (meet(ink.area, region.area)) block = block ? around(*block, ink.area) : ink.area;
        }
        ASSERT_TRUE(block);
        for (const Length x : {0_mm, envelope.play_x}) {
          for (const Length y : {0_mm, envelope.play_y}) {
            const Rect window = seen(envelope, envelope.windows.front(), x, y);
            EXPECT_GE(block->x, window.x + kClear);
            EXPECT_LE(block->right(), window.right() - kClear);
            EXPECT_GE(block->y, window.y + kClear);
            EXPECT_LE(block->bottom(), window.bottom() - kClear);
          }
        }
      }
      const auto shows = [&](const Ink& ink) {
        for (const Window& window : envelope.windows) {
          for (const Length x : {0_mm, envelope.play_x}) {
            for (const Length y : {0_mm, envelope.play_y}) {
              if (meet(ink.area, seen(envelope, window, x, y))) return true;
            }
          }
        }
        return false;
      };
      const auto is_address = [&](const Ink& ink) {
        const auto& regions = made->styled.pages.at({true, false, false, false}).regions;
        return std::any_of(regions.begin(), regions.end(), [&](const styled::PlacedRegion& region) { return (region.name == "address" || region.name == "postal" || region.name == "return") && meet(ink.area, region.area); });
      };
      for (const Ink& ink : all) {
        if (!is_address(ink)) EXPECT_FALSE(shows(ink)) << ink.words << " at " << ink.area.x.points() << " " << ink.area.y.points();
      }
    }
  }
}

TEST_P(Letters, AddressIsReadFirstAndTagsHold) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  const auto rendered = pipeline.render(letter("ar", "standard"), diags);
  ASSERT_TRUE(rendered) << to_text(diags);
  EXPECT_THAT(inspect::check_tags(rendered->bytes), IsEmpty());
  const auto report = inspect::read_pdf(rendered->bytes);
  ASSERT_TRUE(report);
  const std::string text = inspect::structure_text(report->tree);
  EXPECT_LT(text.find("12 Riverside Walk"), text.find("North Wing"));
  EXPECT_LT(text.find("20016"), text.find("تحية"));
  EXPECT_LT(text.find("تحية"), text.find("ألم الركبة"));
}

// Lines to write on, as for every field without a value.
TEST_P(Letters, WithoutAnAddressThereAreLines) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  request::Request request = letter("en", "giant");
  request.recipient->address.clear();
  const auto made = pipeline.prepare(request, diags);
  ASSERT_TRUE(made) << to_text(diags);
  EXPECT_THAT(to_text(diags), IsEmpty());
}

TEST_P(Letters, AddressThatIsTooLongIsAFault) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  request::Request request = letter("en", "standard");
  request.recipient->address.assign(9, "A line of an address");
  EXPECT_FALSE(pipeline.render(request, diags));
  EXPECT_THAT(to_text(diags), HasSubstr("region 'address'"));
}

std::string name_of(const testing::TestParamInfo<Envelope>& info) {
  std::string name = info.param.layout;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, Letters, testing::ValuesIn(envelopes()), name_of);

}  // namespace
}  // namespace handout
