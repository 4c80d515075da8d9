#include <gtest/gtest.h>

#include "article_text.h"

namespace handout::content {
namespace {

Article read_as(std::string_view name, std::string_view body) {
  Diagnostics diags;
  auto article = parse_article(article_text(body), name, {}, diags);
  EXPECT_TRUE(article) << to_text(diags);
  return *std::move(article);
}

std::string compared(const Article& source, const Article& translation) {
  Diagnostics diags;
  compare_translation(source, translation, diags);
  EXPECT_FALSE(diags.has_errors());
  return to_text(diags);
}

std::string stamped(std::string_view id, const std::string& digest, std::string_view words) {
  return "<p id=\"" + std::string(id) + "\" source=\"" + digest + "\">" + std::string(words) + "</p>\n";
}

class Translation : public testing::Test {
 protected:
  Article source_ = read_as("en.xml", "<p id=\"causes-1\">Why</p>\n<p id=\"causes-2\">How</p>");
  std::string first_ = block_digest(*text_blocks(source_)[1]);
  std::string second_ = block_digest(*text_blocks(source_)[2]);
  Article read_translation(const std::string& body) {
    Article translation = read_as("es.xml", body);
    translation.title.source = block_digest(source_.title);
    return translation;
  }
};

TEST_F(Translation, OneThatIsUpToDateIsNotWarnedOf) {
  EXPECT_EQ(compared(source_, read_translation(stamped("causes-1", first_, "Por qué") + stamped("causes-2", second_, "Cómo"))), "");
}

TEST_F(Translation, AStaleBlockIsTold) {
  EXPECT_EQ(compared(source_, read_translation(stamped("causes-1", "1a2b3c4d", "Por qué") + stamped("causes-2", second_, "Cómo"))),
            "es.xml:3:1: warning: block 'causes-1' translates 1a2b3c4d, the source block is now " + first_ + "\n  hint: translate en.xml:3:1 again, then write source=\"" + first_ + "\"\n");
}

TEST_F(Translation, MissingAndSurplusBlocksAreTold) {
  EXPECT_EQ(compared(source_, read_translation(stamped("causes-1", first_, "Por qué") + stamped("cuases-2", second_, "Cómo"))),
            "es.xml:1:1: warning: block 'causes-2' is missing\n  hint: the source has it at en.xml:4:1\n"
            "es.xml:4:1: warning: block 'cuases-2' is not in the source; did you mean 'causes-2'?\n");
}

TEST_F(Translation, BlocksWithoutAStampAreToldOnce) {
  EXPECT_EQ(compared(source_, read_translation("<p id=\"causes-1\">Por qué</p>\n<p id=\"causes-2\">Cómo</p>")),
            "es.xml:3:1: warning: block 'causes-1' and 1 more without 'source' cannot be compared with the source\n"
            "  hint: stamp the translation with the digests of the blocks that it translates\n");
}

}  // namespace
}  // namespace handout::content
