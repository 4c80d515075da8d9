// What the marks of a sheet say, bit by bit.
#include "marks/sheet_identity.h"

#include "marking.h"

namespace handout::marks {
namespace {

using styled::OmrMark;
using styled::OmrMeaning;
using test::identity;

std::string bars(const std::vector<OmrMark>& marks, const PieceIdentity& who, std::size_t sheet, std::size_t sheets) {
  std::string text;
  for (const bool bar : bars_of(marks, {who, sheet, sheets})) text += bar ? '1' : '0';
  return text;
}

// The GRid Standard's and ISO 15706's own examples: A1-2425G-ABC1234002-M and 0000-0001-8947-0000-8-0000-0000-D, whose second check character is over all digits before it without the first.
TEST(CheckCharacter, IsThatOfPublishedExamples) {
  EXPECT_EQ(check_character("A12425GABC1234002"), 'M');
  EXPECT_EQ(check_character("0000000189470000"), '8');
  EXPECT_EQ(check_character("000000018947000000000000"), 'D');
}

TEST(CheckCharacter, FindsEveryWrongCharacterAndEverySwap) {
  const std::string right = "H10000JOB700000A17002003017";
  const char check = check_character(right);
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (const char c : std::string("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
      std::string wrong = right;
      wrong[i] = c;
      if (wrong != right) EXPECT_NE(check_character(wrong), check) << wrong;
    }
    if (i + 1 < right.size() && right[i] != right[i + 1]) {
      std::string swapped = right;
      std::swap(swapped[i], swapped[i + 1]);
      EXPECT_NE(check_character(swapped), check) << swapped;
    }
  }
}

TEST(SheetCode, HasItsFormAtEveryPlace) {
  const PieceIdentity who = identity(4, 15);
  const std::string text = code_text({who, 1, 3});
  EXPECT_EQ(text.substr(0, 28), "H1" "0000JOB7" "000000A17" "002" "003" "017");
  EXPECT_EQ(text.size(), 29u);
  EXPECT_EQ(text.back(), check_character(text.substr(0, 28)));
  const PieceIdentity longest{"ABCDEFGH", "123456789", 0, 998};
  EXPECT_EQ(code_text({longest, 0, 999}).substr(0, 28), "H1" "ABCDEFGH" "123456789" "001" "999" "999");
  EXPECT_EQ(code_text({longest, 1, 999}).substr(25, 3), "000");  // it wraps around
}

TEST(SheetText, NamesAreFilledIn) {
  const PieceIdentity who = identity(4, 15);
  EXPECT_EQ(sheet_text("{job}.{piece} {number}: {sheet}/{sheets}", {who, 1, 3}), "JOB7.A17 5: 2/3");
}

TEST(OmrBars, FixedOnesAreOnEverySheet) {
  const std::vector<OmrMark> marks{{OmrMeaning::Benchmark, 0}, {OmrMeaning::Safety, 0}, {OmrMeaning::Retiming, 0}};
  for (std::size_t sheet = 0; sheet < 5; ++sheet) EXPECT_EQ(bars(marks, identity(0, 0), sheet, 5), "111");
}

TEST(OmrBars, BeginningAndEndOfAPiece) {
  const std::vector<OmrMark> marks{{OmrMeaning::Benchmark, 0}, {OmrMeaning::Begin, 0}, {OmrMeaning::NotBegin, 0}, {OmrMeaning::End, 0}, {OmrMeaning::NotEnd, 0}};
  EXPECT_EQ(bars(marks, identity(0, 0), 0, 3), "11001");
  EXPECT_EQ(bars(marks, identity(0, 0), 1, 3), "10101");
  EXPECT_EQ(bars(marks, identity(0, 0), 2, 3), "10110");
  EXPECT_EQ(bars(marks, identity(0, 0), 0, 1), "11010");
}

TEST(OmrBars, SequencesCountSheetsAndPiecesOfTheJobAndWrapAround) {
  const std::vector<OmrMark> sheets{{OmrMeaning::Sequence, 2}, {OmrMeaning::Sequence, 1}, {OmrMeaning::Sequence, 0}};
  std::string found;
  for (std::size_t sheet = 0; sheet < 9; ++sheet) found += bars(sheets, identity(0, 0), sheet, 9) + " ";
  EXPECT_EQ(found, "001 010 011 100 101 110 111 000 001 ");
  EXPECT_EQ(bars(sheets, identity(3, 6), 0, 2), "111");
  EXPECT_EQ(bars(sheets, identity(3, 6), 1, 2), "000");
  const std::vector<OmrMark> pieces{{OmrMeaning::PieceSequence, 1}, {OmrMeaning::PieceSequence, 0}};
  found.clear();
  for (std::uint64_t piece = 0; piece < 5; ++piece) found += bars(pieces, identity(piece, 100), 0, 2) + bars(pieces, identity(piece, 100), 1, 2) + " ";
  EXPECT_EQ(found, "0101 1010 1111 0000 0101 ");
}

TEST(OmrBars, ParityMakesTheirNumberEvenOrOdd) {
  for (const OmrMeaning parity : {OmrMeaning::EvenParity, OmrMeaning::OddParity}) {
    const std::vector<OmrMark> marks{{OmrMeaning::Benchmark, 0}, {OmrMeaning::End, 0}, {parity, 0}, {OmrMeaning::Sequence, 2}, {OmrMeaning::Sequence, 1}, {OmrMeaning::Sequence, 0}};
    for (std::size_t sheet = 0; sheet < 8; ++sheet) {
      const std::string found = bars(marks, identity(0, 0), sheet, 8);
      EXPECT_EQ(std::count(found.begin(), found.end(), '1') % 2, parity == OmrMeaning::EvenParity ? 0 : 1) << found;
    }
  }
}

}  // namespace
}  // namespace handout::marks
