// The steps of layouts/README.md: each renders without a warning.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "rendering.h"

namespace handout {
namespace {

using testing::IsEmpty;

std::vector<std::filesystem::path> steps() {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(kSource / "layouts/tutorial")) {
    if (file.path().stem().string().starts_with("step-")) files.push_back(file.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Tutorial, HasTenStepsAndTheGuideNamesEach) {
  ASSERT_EQ(steps().size(), 10u);
  std::ifstream file(kSource / "layouts/README.md");
  const std::string guide{std::istreambuf_iterator<char>(file), {}};
  for (const auto& step : steps()) EXPECT_THAT(guide, testing::HasSubstr(step.filename().string()));
}

TEST(Tutorial, EveryStepRendersInBothDirectionsAndAllSizes) {
  Pipeline pipeline = shipped();
  for (const auto& step : steps()) {
    for (const char* locale : {"en", "ar"}) {
      for (const char* profile : {"standard", "large", "giant"}) {
        // A fit states how much is too much; large print has its own size.
        if (step.stem() == "step-10-shared" && profile != std::string("standard")) continue;
        SCOPED_TRACE(step.filename().string() + " " + locale + " " + profile);
        request::Request request = knee(locale, profile);
        request.layout = step.string();
        Diagnostics diags;
        const auto rendered = pipeline.render(request, diags);
        ASSERT_TRUE(rendered) << to_text(diags);
        EXPECT_THAT(to_text(diags), IsEmpty());
        EXPECT_THAT(inspect::check_tags(rendered->bytes), IsEmpty());
      }
    }
  }
}

}  // namespace
}  // namespace handout
