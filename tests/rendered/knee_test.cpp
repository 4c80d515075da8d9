// The shipped handout in every language and profile: tags, words, bytes.
#include <algorithm>
#include <map>
#include <tuple>

#include "base/digest.h"
#include "pdf/pdf.h"
#include "rendering.h"

namespace handout {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kLocales[] = {"en", "es", "ar", "zh-Hans", "hi", "vi"};

class Knee : public testing::TestWithParam<std::tuple<const char*, const char*>> {
 protected:
  // Words without white space: a line end in a PDF may stand for the space that was there.
  static std::string dense(std::string_view text) {
    std::string kept;
    for (std::size_t i = 0; i < text.size();) {
      const unicode::CodePoint c = unicode::decode(text, i);
      i = c.end;
      if (!unicode::is_white_space(c.value)) kept += text.substr(c.begin, c.end - c.begin);
    }
    return kept;
  }
  // The parts of a block's words between what is only known at the request: {name}, {cite:id}, {4.5 kilogram}.
  static std::vector<std::string> fixed_parts(const std::string& plain) {
    std::vector<std::string> parts(1);
    int depth = 0;
    for (const char c : plain) {
      if (c == '{' && depth++ == 0) parts.emplace_back();
      if (depth == 0) parts.back() += c;
      if (c == '}') --depth;
    }
    return parts;
  }
};

TEST_P(Knee, TagsAreRightAndEveryWordIsReadBackInOrder) {
  const auto& [locale, profile] = GetParam();
  Pipeline pipeline = shipped();
  Diagnostics diags;
  const auto stations = pipeline.prepare(knee(locale, profile), diags);
  ASSERT_TRUE(stations) << to_text(diags);
  const auto rendered = pipeline.render(knee(locale, profile), diags);
  ASSERT_TRUE(rendered) << to_text(diags);
  EXPECT_THAT(inspect::check_tags(rendered->bytes), IsEmpty());
  const auto report = inspect::read_pdf(rendered->bytes);
  ASSERT_TRUE(report) << report.error();
  EXPECT_EQ(report->pages, rendered->pages);
  EXPECT_EQ(report->language, locale);
  EXPECT_EQ(report->title, content::plain_text(stations->sources.articles.front()->title.content));
  EXPECT_THAT(report->outline, testing::Not(IsEmpty()));

  // The structure says exactly what compose said, in its order.
  const std::string read = comparable(inspect::structure_text(report->tree));
  EXPECT_EQ(read, expected_text(stations->styled));

  // And nothing of the article is lost: every block's words are found, in order inside the block.
  const std::string words = dense(read);
  for (const content::TextBlock* block : content::text_blocks(*stations->sources.articles.front())) {
    std::size_t from = 0;
    for (const std::string& part : fixed_parts(content::plain_text(block->content))) {
      const std::size_t found = words.find(dense(part), from);
      EXPECT_NE(found, std::string::npos) << block->id << ": " << part;
      if (found == std::string::npos) break;
      from = found + dense(part).size();
    }
  }
}

TEST_P(Knee, NothingIsSaidAgainstIt) {
  const auto& [locale, profile] = GetParam();
  Pipeline pipeline = shipped();
  Diagnostics diags;
  ASSERT_TRUE(pipeline.render(knee(locale, profile), diags)) << to_text(diags);
  EXPECT_EQ(to_text(diags), "");
}

INSTANTIATE_TEST_SUITE_P(Shipped, Knee, testing::Combine(testing::ValuesIn(kLocales), testing::Values("standard", "large", "giant")), [](const auto& info) {
  std::string name = std::string(std::get<0>(info.param)) + "_" + std::get<1>(info.param);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

// ---- bytes ----

TEST(Bytes, SameRequestTwiceAndAfterOthers) {
  std::map<std::string, std::string> alone;
  for (const char* locale : kLocales) {
    Pipeline pipeline = shipped();
    Diagnostics diags;
    const auto once = pipeline.render(knee(locale), diags), twice = pipeline.render(knee(locale), diags);
    ASSERT_TRUE(once && twice) << to_text(diags);
    EXPECT_EQ(sha256_hex(once->bytes), sha256_hex(twice->bytes)) << locale;
    alone[locale] = sha256_hex(once->bytes);
  }
  Pipeline pipeline = shipped();
  Diagnostics diags;
  for (auto locale = std::rbegin(kLocales); locale != std::rend(kLocales); ++locale) {
    // A recipient's own letters in between must leave no trace.
    request::Request other = knee(*locale, "large");
    other.recipient->name.given = "Łukasz Ωμέγα 木";
    ASSERT_TRUE(pipeline.render(other, diags)) << to_text(diags);
    const auto rendered = pipeline.render(knee(*locale), diags);
    ASSERT_TRUE(rendered) << to_text(diags);
    EXPECT_EQ(sha256_hex(rendered->bytes), alone[*locale]) << *locale;
  }
}

// No letter of a recipient is in a font that another recipient's file has as well.
TEST(Bytes, FixedFontsDoNotDependOnTheRecipient) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  request::Request first = knee("en"), second = knee("en");
  second.recipient->name.given = "Quizz";
  const auto a = pipeline.render(first, diags), b = pipeline.render(second, diags);
  ASSERT_TRUE(a && b) << to_text(diags);
  const auto read_a = inspect::read_pdf(a->bytes), read_b = inspect::read_pdf(b->bytes);
  ASSERT_TRUE(read_a && read_b);
  std::size_t shared = 0;
  for (const auto& font : read_a->fonts) {
    const bool same = std::any_of(read_b->fonts.begin(), read_b->fonts.end(), [&](const auto& other) { return other.name == font.name && other.program_bytes == font.program_bytes; });
    if (same) ++shared;
  }
  EXPECT_GE(shared, 2u);
  EXPECT_LT(shared, read_a->fonts.size());
}

TEST(Pages, EnglishStandardIsShort) {
  Pipeline pipeline = shipped();
  Diagnostics diags;
  request::Request request;
  request.editions.push_back({kArticle, unicode::Locale(), request::ArticleLevel::Full});
  request.clinic = (kSource / "content/clinics/example.xml").string();
  const auto rendered = pipeline.render(request, diags);
  ASSERT_TRUE(rendered) << to_text(diags);
  EXPECT_LE(rendered->pages, 4u);
}

// Type size of the profiles: nothing that is read is set smaller than the profile promises (superscripts apart, which have the body's at least in large print).
TEST(Pages, ProfilesKeepTheirLeastSize) {
  for (const auto& [profile, least] : {std::pair<const char*, Length>{"large", 18_pt}, {"giant", 24_pt}}) {
    Pipeline pipeline = shipped();
    Diagnostics diags;
    const auto stations = pipeline.prepare(knee("en", profile), diags);
    ASSERT_TRUE(stations) << to_text(diags);
    for (const auto& page : stations->display.pages) {
      for (const auto& placement : page.placements) {
        for (const auto& command : placement.fragment->commands) {
          if (const auto* run = std::get_if<display::GlyphRun>(&command.what)) EXPECT_GE(run->size, least) << profile << ": " << run->text;
        }
      }
    }
  }
}

// Everything stands on its page.
TEST(Pages, NothingStandsOutsideThePage) {
  for (const char* locale : kLocales) {
    for (const char* profile : {"standard", "giant"}) {
      Pipeline pipeline = shipped();
      Diagnostics diags;
      const auto stations = pipeline.prepare(knee(locale, profile), diags);
      ASSERT_TRUE(stations) << to_text(diags);
      for (const auto& page : stations->display.pages) {
        for (const auto& placement : page.placements) {
          for (std::uint32_t line = placement.first_line; line < placement.first_line + placement.line_count; ++line) {
            const auto& row = placement.fragment->lines.at(line);
            const Length bottom = placement.position.y + row.top + row.height - placement.fragment->lines.at(placement.first_line).top;
            EXPECT_LE(bottom, page.size.height) << locale << " " << profile;
            for (std::uint32_t c = 0; c < row.command_count; ++c) {
              const auto* run = std::get_if<display::GlyphRun>(&placement.fragment->commands.at(row.first_command + c).what);
              if (run == nullptr) continue;
              for (const auto& glyph : run->glyphs) {
                const Length x = placement.position.x + run->origin.x + glyph.offset.x;
                EXPECT_GE(x, Length{}) << locale << " " << profile << ": " << run->text;
                EXPECT_LE(x, page.size.width) << locale << " " << profile << ": " << run->text;
              }
            }
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace handout
