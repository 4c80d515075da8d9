// Text smaller than the profile allows.
#include "check/type_size.h"

#include "compose/composing.h"

namespace handout::check {
namespace {

using testing::HasSubstr;

class TypeSize : public compose::Composing {
 protected:
  std::string told(std::string_view rules, Severity severity = Severity::Warning) {
    article("<p id=\"p\">Words<sup>2</sup>.</p><ul id=\"u\"><li id=\"i\">Item</li></ul><table id=\"b\"><tbody><tr><td id=\"d\">Cell</td></tr></tbody></table>");
    layout("<page><footer><text>Foot</text></footer></page>" + std::string(rules) + "<body><slot select=\"*\"/></body>");
    compose();
    Diagnostics diags;
    check_type_size(document_, 12_pt, severity, diags);
    EXPECT_EQ(diags.has_errors(), severity == Severity::Error);
    return to_text(diags);
  }
};

TEST_F(TypeSize, MarksAndBandsAreNotRead) {
  EXPECT_EQ(told(R"(<style for="sup" font-size="50%" vertical-align="super"/><style for="footer" font-size="8pt"/>)"), "");
  EXPECT_EQ(smallest_text(document_)->size, 12_pt);
}

TEST_F(TypeSize, EachSizeOnce) {
  const std::string text = told(R"(<style for="p, td" font-size="11pt"/><style for="li" font-size="10.5pt"/>)");
  EXPECT_THAT(text, HasSubstr("a.xml:3:1: warning: text is 11 pt, below the profile's minimum of 12 pt\n  hint: "));
  EXPECT_THAT(text, HasSubstr("warning: text is 10.5 pt"));
  EXPECT_EQ(text.find("11 pt"), text.rfind("11 pt"));
  EXPECT_EQ(smallest_text(document_)->size, 10.5_pt);
}

TEST_F(TypeSize, AnErrorWhereItIsWanted) { EXPECT_THAT(told(R"(<style for="td" font-size="11.9pt"/>)", Severity::Error), HasSubstr("error: text is 11.9 pt")); }

}  // namespace
}  // namespace handout::check
