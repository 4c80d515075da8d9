// Imposed documents as finished files: what other readers and the checks say of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "impose/impose.h"
#include "inspect/inspect.h"
#include "pdf/maker.h"
#include "pdf/pdf.h"

namespace handout::test {
namespace {

using namespace display;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Size kLetter{11_in, 8.5_in};

FragmentElement local(Role role, std::optional<LinkTarget> link = {}) {
  FragmentElement element;
  element.info.role = role;
  if (link) element.link_contents = "to the last page";
  element.link = std::move(link);
  return element;
}

// A line of text for each page.
Fragment lines(Role role, std::size_t count, std::string_view word) {
  Fragment fragment;
  fragment.elements = {local(role)};
  for (std::size_t i = 0; i < count; ++i) {
    const Length top = static_cast<std::int64_t>(i) * 20_pt;
    fragment.commands.push_back(text_command(std::string(word) + std::to_string(i + 1) + " ", kLatin, {0_pt, top + 14_pt}));
    fragment.lines.push_back({top, 20_pt, 14_pt, static_cast<std::uint32_t>(i), 1});
  }
  fragment.size = {200_pt, 20_pt * static_cast<std::int64_t>(count)};
  return fragment;
}

// On every page a header, a heading, a line of one paragraph that runs through all of them, and a bold word in it; on the first a link to the last.
DisplayDocument handout_of(const Sheet& sheet, std::size_t pages) {
  Maker maker;
  maker.document.pages.clear();
  const auto running = std::make_shared<const Fragment>(lines(Role::P, pages, "running"));
  for (std::size_t i = 0; i < pages; ++i) {
    maker.add_page();
    maker.document.pages.back().size = panel_size(sheet);
    maker.artifact(ArtifactKind::Header, "header", {20_pt, 20_pt});
    maker.y = 200_pt;
    maker.block(i == 0 ? Role::H1 : Role::H2, "Heading " + std::to_string(i + 1), maker.root);
    if (i == 0) maker.place(one_line({local(Role::P), local(Role::Link, DestinationTarget{"end"})}, {text_command("see ", kLatin, {0_pt, 14_pt}), text_command("the end", kLatin, {40_pt, 14_pt}, 1), {LinkArea{{40_pt, 0_pt, 60_pt, 20_pt}}, LocalElement(1)}}), maker.root);
    if (i + 1 == pages) maker.place(one_line({local(Role::P)}, {{DestinationMark{"end", {0_pt, 0_pt}}}, text_command("The end.", kLatin, {0_pt, 14_pt})}), maker.root);
  }
  const StructureId paragraph = maker.element(running->elements.front().info, maker.root);
  for (std::size_t i = 0; i < pages; ++i) maker.document.pages[i].placements.push_back({running, static_cast<std::uint32_t>(i), 1, {60_pt, 400_pt}, paragraph});
  maker.document.outline = {{1, "Heading 1", PageIndex(0), {0_pt, 200_pt}, StructureId(1)}};
  return std::move(maker.document);
}

std::string imposed(const Sheet& sheet, DisplayDocument document, pdf::Options options = {}) {
  Diagnostics diags;
  const auto result = impose::impose(std::move(document), sheet, {}, diags);
  EXPECT_TRUE(result) << to_text(diags);
  const std::string profile = srgb_profile();
  const auto bytes = result ? pdf::write_pdf(*result, {noto(), profile}, diags, std::move(options)) : tl::unexpected<Failure>(Failure{});
  EXPECT_TRUE(bytes) << to_text(diags);
  return bytes.value_or("");
}

struct Case {
  Fold fold;
  std::size_t pages;
  bool right_to_left;
};

class Finished : public testing::TestWithParam<Case> {};

// The tree of an imposed file is that of the same pages one by one, down to the order of the text of an element that runs over all of them.
TEST_P(Finished, IsReadInTheOrderOfItsPages) {
  const Sheet sheet{GetParam().fold, kLetter, true};
  DisplayDocument document = handout_of(sheet, GetParam().pages);
  document.right_to_left = GetParam().right_to_left;
  const auto plain = inspect::read_pdf(write(document));
  ASSERT_TRUE(plain) << plain.error();
  for (const pdf::Sharing sharing : {pdf::Sharing::No, pdf::Sharing::Yes}) {
    pdf::Options options;
    options.sharing = sharing;
    const std::string bytes = imposed(sheet, document, options);
    EXPECT_THAT(inspect::check_tags(bytes), IsEmpty());
    const auto report = inspect::read_pdf(bytes);
    ASSERT_TRUE(report) << report.error();
    EXPECT_EQ(inspect::dump(report->tree), inspect::dump(plain->tree));
    EXPECT_EQ(report->outline, plain->outline);
    EXPECT_EQ(report->links, plain->links);
    for (const auto& [width, height] : report->page_sizes) {
      EXPECT_DOUBLE_EQ(width, 792);
      EXPECT_DOUBLE_EQ(height, 612);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Folds, Finished, testing::Values(Case{Fold::Booklet, 4, false}, Case{Fold::Booklet, 11, false}, Case{Fold::Booklet, 7, true}, Case{Fold::TriFold, 6, false}, Case{Fold::TriFold, 5, true},
                                                          Case{Fold::ZFold, 6, false}, Case{Fold::HalfFold, 3, false}, Case{Fold::TwoUp, 5, true}));

TEST(Finished, PrintFilesAreImposedToo) {
  const Sheet sheet{Fold::Booklet, kLetter, true};
  pdf::Options options;
  options.purpose = pdf::Purpose::Print;
  EXPECT_THAT(inspect::check_archive(imposed(sheet, handout_of(sheet, 6), options)), IsEmpty());
}

}  // namespace
}  // namespace handout::test
