#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <vector>

#include "article_text.h"
#include "base/files.h"

namespace handout::content {
namespace {

std::vector<std::string> seeds() {
  std::vector<std::filesystem::path> paths;
  for (const auto& each : std::filesystem::directory_iterator(HANDOUT_SOURCE_DIR "/tests/fuzz/seeds/article")) paths.push_back(each.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  Diagnostics diags;
  for (const auto& path : paths) texts.push_back(read_file(path, Span::of_file(path.string()), 1u << 20, diags).value_or(""));
  return texts;
}

// An article that reads well can be written in every form; one that does not has told why.
void expect_articles_or_faults(const std::string& bytes) {
  Diagnostics diags;
  const auto article = parse_article(bytes, "a.xml", {}, diags);
  ASSERT_NE(article.has_value(), diags.has_errors());
  if (!article) return;
  const std::string text = dump(*article);
  EXPECT_GE(std::count(text.begin(), text.end(), '\n'), static_cast<std::ptrdiff_t>(text_blocks(*article).size()));
  Diagnostics same;
  compare_translation(*article, *article, same);
  EXPECT_FALSE(same.has_errors());
}

TEST(HostileInput, SeedsAreReadAsTheirNamesSay) {
  std::size_t valid = 0;
  for (const std::string& seed : seeds()) {
    expect_articles_or_faults(seed);
    if (read_text(seed).article) ++valid;
  }
  EXPECT_EQ(seeds().size(), 8U);
  EXPECT_EQ(valid, 6U);
}

TEST(HostileInput, MutatedSeedsNeverCrash) {
  const std::vector<std::string> originals = seeds();
  std::mt19937 random(20260102);  // the generator's sequence is fixed by the C++ standard, a distribution's is not
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random()) % limit; };
  for (int round = 0; round < 3000; ++round) {
    std::string text = originals[below(originals.size())];
    for (std::size_t i = 0, edits = 1 + below(4); i < edits && !text.empty(); ++i) {
      const std::size_t at = below(text.size());
      switch (below(4)) {
        case 0: text[at] = static_cast<char>(random() & 0xFF); break;
        case 1: text.erase(at, 1 + below(20)); break;
        case 2: text.insert(at, text.substr(below(text.size()), below(60))); break;
        default: std::swap(text[at], text[below(text.size())]);
      }
    }
    ASSERT_NO_FATAL_FAILURE(expect_articles_or_faults(text)) << text;
  }
}

TEST(HostileInput, ManyFaultsAreSoonEnough) {
  std::string body;
  for (int i = 0; i < 20000; ++i) body += "<p id=\"p" + std::to_string(i) + "\"><cite ref=\"n\"/><field name=\"q\"/><a href=\"#none\">x</a></p>\n";
  Diagnostics diags;
  EXPECT_FALSE(parse_article(article_text(body), "a.xml", {}, diags));
  EXPECT_LE(diags.error_count(), 501U);
}

}  // namespace
}  // namespace handout::content
