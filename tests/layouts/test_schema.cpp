#include "layouts/layout_testing.h"
#include "layouts/vocabulary.h"

namespace handout::layouts {
namespace {

// Editors check with the schema what the reader checks; variables and parts must not come between them.
class LayoutSchema : public LayoutFiles {
 protected:
  void SetUp() override {
    LayoutFiles::SetUp();
    if (std::system("command -v jing >/dev/null 2>&1") != 0) GTEST_SKIP() << "jing is not installed";
    write("layout.rng", xml::to_rng(layout_vocabulary()));
  }
  [[nodiscard]] bool agrees(const std::string& files) const {
    return std::system(("cd '" + folder_.string() + "' && jing layout.rng " + files + " >jing.txt 2>/dev/null").c_str()) == 0;
  }
  [[nodiscard]] std::string said() const {
    std::ifstream file(folder_ / "jing.txt");
    return {std::istreambuf_iterator<char>(file), {}};
  }
};

TEST_F(LayoutSchema, TakesTheShippedLayouts) {
  const std::string layouts = std::string(HANDOUT_SOURCE_DIR) + "/layouts/";
  EXPECT_TRUE(agrees(layouts + "*.xml " + layouts + "profiles/*.xml")) << said();
}

TEST_F(LayoutSchema, TakesVariablesAndParts) {
  write("a.xml", "<layout id='a' title='A' extends='b' tried-in='Latn'><define name='side' value='end'/><include href='p.xml'/><style name='n' text-align='$side'/><style for='p' use='n' widows='${w}'/>"
                 "<page on='blank'><region name='r' top='1u + 2mm'><rule for-page='left'/></region></page><sheet fold='two-up'/><fit sheets='$n' type='90%'/><change id='x' where='before'><cell/></change></layout>");
  write("p.xml", "<part id='p' title='P'><rule/><page/><style for='p' widows='2'/><include href='q.xml'/></part>");
  EXPECT_TRUE(agrees("a.xml p.xml")) << said();
  write("wrong.xml", "<layout id='a' title='A'><style for='p' text-align='left'/><fit pages='two'/><include/><change id='x' where='behind'/></layout>");
  EXPECT_FALSE(agrees("wrong.xml"));
  EXPECT_THAT(said(), AllOf(HasSubstr("text-align"), HasSubstr("\"pages\""), HasSubstr("\"href\""), HasSubstr("\"where\"")));
}

}  // namespace
}  // namespace handout::layouts
