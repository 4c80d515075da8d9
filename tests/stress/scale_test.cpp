// Ten times the content is ten times the work, from the article's file to the bytes of the PDF. How long it takes is for tests/benchmarks; here memory asked for is counted, which is the same on
// every machine, and processor time only tells what grows with the square.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "rendered/rendering.h"
#include "stress/counted_memory.h"
#include "stress/long_article.h"

namespace handout::stress {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kSlower = 5;
#else
constexpr std::size_t kSlower = 1;
#endif

// A hundred times is told from ten, whatever else the machine does. What is asked for beside the article (fonts, phrases) makes it less than ten.
constexpr double kMostTime = 16, kMostMemory = 10.5;

struct Kind { const char* name; LongContent content; std::size_t count; };
void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

struct Work { std::size_t pages = 0; double times = 0, bytes = 0, seconds = 0; };

class Scale : public Rendering, public testing::WithParamInterface<Kind> {
 protected:
  void SetUp() override {
    Rendering::SetUp();
    for (const char* picture : {"knee-joint.svg", "three-steps.svg"}) std::filesystem::create_symlink(kSource / "content" / kArticle / picture, folder_ / picture);
    std::filesystem::create_symlink(kSource / "layouts/icons/note.svg", folder_ / "picture.svg");
  }

  Work render(std::size_t count) {
    write("article.xml", long_article(GetParam().content, count));
    request::Request wanted = request("en");
    wanted.layout = "standard";
    const Taken before = taken_memory();
    const std::clock_t start = std::clock();
    Pipeline pipeline = shipped();
    Diagnostics diags;
    const auto made = pipeline.render(wanted, diags);
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    const Taken after = taken_memory();
    EXPECT_TRUE(made) << to_text(diags).substr(0, 2000);
    return {made ? made->pages : 0, static_cast<double>(after.times - before.times), static_cast<double>(after.bytes - before.bytes), seconds};
  }
};

TEST_P(Scale, TenTimesTheContentIsTenTimesTheWork) {
  const std::size_t most = GetParam().count / kSlower;
  const Work few = render(most / 10);
  Work many = render(most);
  for (int again = 0; again < 2 && many.seconds > kMostTime * few.seconds; ++again) many.seconds = std::min(many.seconds, render(most).seconds);
  fmt::print("{:13} {:5} pages, {:5}: memory {:.1f} times as often, {:.1f} times as much; time {:.3f} s, {:.3f} s, {:.1f} times\n", GetParam().name, few.pages, many.pages, many.times / few.times,
             many.bytes / few.bytes, few.seconds, many.seconds, many.seconds / few.seconds);
  EXPECT_GT(many.pages, 5 * few.pages) << "else little is tested";
  EXPECT_LE(many.times, kMostMemory * few.times);
  EXPECT_LE(many.bytes, kMostMemory * few.bytes);
  EXPECT_LE(many.seconds, kMostTime * few.seconds);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Scale,
                         testing::Values(Kind{"mixed", LongContent::Mixed, 2200}, Kind{"paragraphs", LongContent::Paragraphs, 5000}, Kind{"paragraph", LongContent::Paragraph, 6000},
                                         Kind{"sections", LongContent::Sections, 5000},
                                         Kind{"list", LongContent::List, 10000}, Kind{"table", LongContent::Table, 10000}, Kind{"spanned_table", LongContent::SpannedTable, 10000},
                                         Kind{"chained_table", LongContent::ChainedTable, 10000},
                                         Kind{"figures", LongContent::Figures, 1000}),
                         [](const auto& kind) { return kind.param.name; });

}  // namespace
}  // namespace handout::stress
