// Codes of whole sheets read by another library (ZXing) from the picture of a finished page.
#include <set>

#include "codes/code_reader.h"
#include "marking.h"
#include "marks/sheet_identity.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class SheetCodes : public CodeReader {
 protected:
  // Where the first sheet has its code.
  static Rect code_area(const display::DisplayDocument& piece) { return std::get<display::PlacedPicture>(piece.pages[0].placements.back().fragment->commands[0].what).rect; }

  std::string read(const display::DisplayDocument& piece, std::size_t page) { return read_area(write(piece), page, code_area(piece)); }

  static styled::Marks marks(const char* kind, Length module) {
    styled::Marks marks;
    marks.code = styled::SheetCode{{styled::PaperEdge::Left, styled::PaperEdge::Bottom, 7_mm, 9_mm, 1_mm, 1_mm}, kind, module, {}};
    return marks;
  }
};

TEST_F(SheetCodes, EverySheetSaysWhichItIs) {
  const marks::PieceIdentity who = identity(41, 998);
  const auto piece = marked(piece_of(6, display::Duplex::LongEdge), marks("data-matrix", 0.4_mm), who);
  const char* texts[] = {"H10000JOB7000000A17001003999", "H10000JOB7000000A17002003000", "H10000JOB7000000A17003003001"};
  for (std::size_t sheet = 0; sheet < 3; ++sheet) {
    const std::string text = texts[sheet] + std::string(1, marks::check_character(texts[sheet]));
    EXPECT_THAT(read(piece, 2 * sheet), AllOf(HasSubstr("DataMatrix"), HasSubstr("\"" + text + "\"")));
    EXPECT_THAT(read(piece, 2 * sheet + 1), testing::Not(HasSubstr("H1")));
  }
}

// Letters only, digits only, both: a camera finds one size.
TEST_F(SheetCodes, AreOfOneSizeWhateverTheIdsAre) {
  for (const char* kind : {"data-matrix", "qr"}) {
    std::set<std::int64_t> widths;
    for (const auto& who : {marks::PieceIdentity{"ABCDEFGH", "IJKLMNOPQ", 0, 0}, {"12345678", "123456789", 0, 0}, {"A1B2C3D4", "Z9Y8X7W6V", 0, 0}, {"1", "1", 0, 0}}) {
      const auto piece = marked(piece_of(1, display::Duplex::No), marks(kind, 0.4_mm), who);
      widths.insert(code_area(piece).width.units());
      EXPECT_THAT(read(piece, 0), HasSubstr("\"" + marks::code_text({who, 0, 1}) + "\"")) << kind;
    }
    EXPECT_EQ(widths.size(), 1u) << kind;
  }
}

TEST_F(SheetCodes, OtherKinds) {
  for (const auto& [kind, format] : {std::pair{"aztec", "Aztec"}, {"pdf417", "PDF417"}, {"code-128", "Code128"}}) {
    const auto piece = marked(piece_of(1, display::Duplex::No), marks(kind, 0.25_mm), identity(0, 0));
    EXPECT_THAT(read(piece, 0), AllOf(HasSubstr(format), HasSubstr("\"" + marks::code_text({identity(0, 0), 0, 1}) + "\"")));
  }
}

}  // namespace
}  // namespace handout::test
