// Layouts that would show something in their envelope's windows.
#include <fstream>

#include "rendering.h"

namespace handout {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class Leaks : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-leaks-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // What is told of the knee handout under a layout that changes a shipped one.
  std::string told(const std::string& base, const std::string& changes, const std::vector<std::string>& address = {"4500 Wisconsin Avenue NW", "Washington DC 20016-4632"}) {
    std::ofstream(folder_ / "layout.xml") << "<layout id='layout' title='x' extends='" << base << "'>\n" << changes << "\n</layout>";
    Pipeline pipeline = shipped();
    request::Request request = knee("en");
    request.layout = (folder_ / "layout.xml").string();
    request.recipient->address = address;
    Diagnostics diags;
    made_ = pipeline.render(request, diags).has_value();
    return to_text(diags);
  }

  std::filesystem::path folder_;
  bool made_ = false;
};

TEST_F(Leaks, NothingOfTheShippedOne) {
  EXPECT_THAT(told("letter", ""), IsEmpty());
  EXPECT_TRUE(made_);
}

TEST_F(Leaks, TextThatStandsTooHigh) {
  EXPECT_THAT(told("letter", "<define name='room' value='55mm'/>"), testing::AllOf(HasSubstr(" of page 1 shows in window 'address' of envelope 'us-10-double': "), HasSubstr("mm up")));
  EXPECT_FALSE(made_);
}

TEST_F(Leaks, ALogoBesideTheWindow) {
  const std::string text = told("letter", "<define name='head-left' value='3.5in'/>");
  EXPECT_THAT(text, HasSubstr("region 'letterhead' shows in window 'return' of envelope 'us-10-double': "));
  EXPECT_THAT(text, testing::ContainsRegex("layouts/letter.xml:[0-9]+:[0-9]+: error: region 'letterhead'"));
  EXPECT_FALSE(made_);
}

TEST_F(Leaks, AnAddressThatSpillsOutOfItsWindow) {
  const std::vector<std::string> address{"1 Constantinopolitan Metropolitan Boulevard of the Eternal Republic North", "Washington DC"};
  EXPECT_THAT(told("letter", "<define name='address-width' value='5in'/>", address), testing::AllOf(HasSubstr("region 'address' stands "), HasSubstr(" mm outside window 'address'"), HasSubstr("mm to the right"), testing::Not(HasSubstr("Boulevard"))));
  EXPECT_FALSE(made_);
}

TEST_F(Leaks, FoldsThatMoveTheAddressOutOfItsWindow) {
  const std::string text = told("letter-din-b", "<define name='folds' value='85mm 190mm'/>");
  EXPECT_THAT(text, testing::AllOf(HasSubstr("region 'address' stands "), HasSubstr(" mm outside window 'address' of envelope 'dl' with the sheet in the envelope's lower left corner")));
  EXPECT_FALSE(made_);
  EXPECT_THAT(told("letter-din-b", "<define name='folds' value='40mm 145mm'/>"), HasSubstr("error: the folded sheet is 210 x 152 mm, and envelope 'dl' has room for 220 x 110 mm"));
}

TEST_F(Leaks, NamesThatAreNotThere) {
  EXPECT_THAT(told("letter", "<define name='envelope' value='us-10-duoble'/>"), testing::AllOf(HasSubstr("no envelope 'us-10-duoble'; did you mean 'us-10-double'?"), HasSubstr("layouts/letter.xml:")));
  EXPECT_THAT(told("letter", "<envelope type='dl' folds='4in' address='adress'/>"), HasSubstr("<envelope> names region 'adress', which no <page> has; did you mean 'address'?"));
  EXPECT_THAT(told("letter", "<envelope type='dl' folds='4in 3in' address='address'/>"), HasSubstr("the second fold is not below the first"));
}

}  // namespace
}  // namespace handout
