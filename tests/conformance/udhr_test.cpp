// Every translation of the Universal Declaration of Human Rights is set and read back. What cannot be as it should is named here with its cause; a name that is no longer needed is a fault too.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <span>
#include <string_view>

#include "conformance/set_declaration.h"

namespace handout::test {

namespace {

struct Exception {
  std::string_view code, cause;
};

constexpr Exception kWithoutGlyph[] = {
    {"vie_han", "no font of Debian's Noto has U+275F1, U+27D51 and others: the translation is not set"},
};
constexpr Exception kBrokenWords[] = {
    {"jav_java", "written without spaces, and ICU has no dictionary of Javanese: lines break between letters, with a warning"},
};
// Where pdftotext's characters differ from the text's.
constexpr Exception kPlainText[] = {
    {"ccp", "a mark changes places with the comma before it"},
    {"fuf_adlm", "letters and marks of a line are read in several lines"},
    {"jav_java", "parts of some lines are read in another place: glyphs begin far before the end of wide ones"},
    {"mly_arab", "a full stop beside a digit, which poppler sets from left to right in Arabic"},
    {"mnw", "parts of some lines are read in another place: glyphs begin far before the end of wide ones"},
    {"pbu", "a comma and a bracket with nothing between change places"},
    {"san_gran", "parts of some lines are read in another place: glyphs begin far before the end of wide ones"},
    {"skr", "Nastaliq: the letters of a word stand at many heights, which poppler takes for lines"},
    {"urd", "Nastaliq, as skr"},
    {"urd_2", "Nastaliq, as skr"},
    {"vie_han", "not set"},
};
constexpr std::size_t kShards = 8;
constexpr std::size_t kLeastPlain = 515;

bool holds(std::span<const Exception> exceptions, std::string_view code) { return std::ranges::find(exceptions, code, &Exception::code) != exceptions.end(); }

class Udhr : public testing::TestWithParam<std::size_t> {};

void expect_as_named(bool good, std::span<const Exception> exceptions, const Declaration& declaration, std::string_view what) {
  EXPECT_EQ(good, !holds(exceptions, declaration.code)) << declaration.code << " (" << declaration.name << "): " << (good ? "needs no exception" : what);
}

void expect_good(const SetResult& result) {
  const Declaration& declaration = result.declaration;
  expect_as_named(result.faults.find("no font has") == std::string::npos, kWithoutGlyph, declaration, result.faults);
  expect_as_named(result.faults.find("was broken") == std::string::npos, kBrokenWords, declaration, result.faults);
  EXPECT_EQ(result.dotted_circles, 0) << declaration.code << ": dotted circles that the text does not have";
  EXPECT_EQ(result.wide_lines, 0u) << declaration.code;
  EXPECT_EQ(result.structure_difference, "") << declaration.code;
  expect_as_named(result.plain_difference.empty() && result.is_set, kPlainText, declaration, result.plain_difference);
  if (!result.plain_difference.empty()) std::cout << fmt::format("{}: pdftotext: {}\n", declaration.code, result.plain_difference);
}

TEST_P(Udhr, IsSetAndReadBack) {
  const auto folder = declarations_folder();
  if (!folder) GTEST_SKIP() << "tools/install-test-data brings the declarations";
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  if (GetParam() > 0) GTEST_SKIP() << "the sanitizers see one part of them";
#endif
  const auto codes = declaration_codes(*folder);
  std::size_t count = 0, plain = 0, unknown = 0;
  for (std::size_t i = GetParam(); i < codes.size(); i += kShards) {
    const SetResult result = set_declaration(read_declaration(*folder, codes[i]));
    expect_good(result);
    ++count;
    plain += result.is_set && result.plain_difference.empty() ? 1u : 0u;
    unknown += result.known_language ? 0u : 1u;
  }
  RecordProperty("languages", std::to_string(count));
  RecordProperty("plain_text_exact", std::to_string(plain));
  std::cout << fmt::format("{} translations, {} exact by pdftotext, {} in a language that Locale does not know\n", count, plain, unknown);
}

INSTANTIATE_TEST_SUITE_P(Shard, Udhr, testing::Range<std::size_t>(0, kShards));

TEST(UdhrExceptions, AreFewAndOfTranslationsThatThereAre) {
  const auto folder = declarations_folder();
  if (!folder) GTEST_SKIP() << "tools/install-test-data brings the declarations";
  const auto codes = declaration_codes(*folder);
  for (const std::span<const Exception> exceptions : {std::span<const Exception>(kWithoutGlyph), std::span<const Exception>(kBrokenWords), std::span<const Exception>(kPlainText)}) {
    for (const Exception& exception : exceptions) EXPECT_TRUE(std::ranges::binary_search(codes, exception.code)) << exception.code;
  }
  EXPECT_GE(codes.size() - std::size(kPlainText), kLeastPlain);
  std::cout << fmt::format("{} translations; pdftotext differs in {}:\n", codes.size(), std::size(kPlainText));
  for (const Exception& exception : kPlainText) std::cout << fmt::format("  {:9} {}\n", exception.code, exception.cause);
}

}  // namespace

}  // namespace handout::test
