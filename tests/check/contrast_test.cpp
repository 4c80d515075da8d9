// Colours that are too near to each other, told where the layout sets them.
#include "check/contrast.h"

#include "compose/composing.h"

namespace handout::check {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Contrast : public compose::Composing {
 protected:
  // What is told of an article in a layout; each as "line:column message" or, elsewhere than in l.xml, "file:line:column message".
  std::vector<std::string> warnings(std::string_view body, std::string_view rules) {
    article(body);
    styles("\n" + std::string(rules));
    return warnings_of_layout();
  }
  std::vector<std::string> warnings_of_layout() {
    compose();
    Diagnostics told;
    check_contrast(document_, told);
    std::vector<std::string> words;
    hints_.clear();
    for (const Diagnostic& each : told.all()) {
      EXPECT_EQ(each.severity, Severity::Warning);
      const std::string place = to_text(each.at);
      words.push_back((place.starts_with("l.xml:") ? place.substr(6) : place) + " " + each.message);
      hints_.push_back(each.hint);
    }
    return words;
  }

  std::vector<std::string> hints_;
};

constexpr std::string_view kWords = "<p id=\"p\">Words.</p>";

// The greys on white around 4.5 : 1 (WCAG technique G18) and around 3 : 1.
TEST_F(Contrast, TextNeedsFourAndAHalf) {
  EXPECT_THAT(warnings(kWords, "<style for=\"p\" color=\"#767676\"/>"), IsEmpty());
  EXPECT_THAT(warnings(kWords, "<style for=\"p\" color=\"#777777\"/>"), ElementsAre("2:23 text #777777 on #ffffff has a contrast of 4.47, at least 4.5 was expected"));
  EXPECT_THAT(hints_, ElementsAre("darken the text (WCAG 2.1, 1.4.3)"));
}

TEST_F(Contrast, LargeTextNeedsThree) {
  for (const char* size : {"font-size=\"18pt\"", "font-size=\"14pt\" font-weight=\"bold\"", "font-size=\"150%\""}) {
    EXPECT_THAT(warnings(kWords, "<style for=\"p\" color=\"#949494\" " + std::string(size) + "/>"), IsEmpty()) << size;
    EXPECT_THAT(warnings(kWords, "<style for=\"p\" color=\"#959595\" " + std::string(size) + "/>"), ElementsAre("2:23 large text #959595 on #ffffff has a contrast of 2.99, at least 3 was expected")) << size;
  }
  for (const char* size : {"font-size=\"17.9pt\"", "font-size=\"14pt\"", "font-size=\"13.9pt\" font-weight=\"bold\"", "font-size=\"14pt\" font-weight=\"600\""}) {
    EXPECT_THAT(warnings(kWords, "<style for=\"p\" color=\"#949494\" " + std::string(size) + "/>"), ElementsAre(HasSubstr(" text #949494"))) << size;
  }
}

TEST_F(Contrast, NearestBoxIsBehindTheText) {
  constexpr std::string_view kBoxes = "<section id=\"s\"><title id=\"st\">Section</title><callout id=\"c\" kind=\"note\"><p id=\"p\">Words.</p></callout></section>";
  constexpr std::string_view kOuter = "<style for=\"section\" background=\"#444444\"/>\n<style for=\"section > title\" color=\"#ffffff\"/>\n";
  EXPECT_THAT(warnings(kBoxes, std::string(kOuter) + "<style for=\"callout\" background=\"#eeeeee\"/>"), IsEmpty());
  EXPECT_THAT(warnings(kBoxes, std::string(kOuter) + "<style for=\"callout\" background=\"none\"/>"), ElementsAre("2:34 text #000000 on #444444 has a contrast of 2.15, at least 4.5 was expected"));
  EXPECT_THAT(hints_, ElementsAre("darken the text or lighten what lies behind it (WCAG 2.1, 1.4.3)"));
  EXPECT_THAT(warnings(kBoxes, std::string(kOuter) + "<style for=\"callout\" background=\"#eeeeee\" color=\"#999999\"/>"), ElementsAre("4:50 text #999999 on #eeeeee has a contrast of 2.45, at least 4.5 was expected"));
  EXPECT_THAT(hints_, ElementsAre("darken the text or lighten what lies behind it (l.xml:4:34; WCAG 2.1, 1.4.3)"));
}

TEST_F(Contrast, LightTextOnDarkIsToBeLightened) {
  EXPECT_THAT(warnings(kWords, "<style for=\"p\" color=\"#777777\" background=\"#222222\"/>"), ElementsAre(HasSubstr("text #777777 on #222222 has a contrast of 3.55")));
  EXPECT_THAT(hints_, ElementsAre("lighten the text or darken what lies behind it (l.xml:2:44; WCAG 2.1, 1.4.3)"));
}

TEST_F(Contrast, WhiteTextOnPaperIsSeen) { EXPECT_THAT(warnings(kWords, "<style for=\"p\" color=\"#ffffff\"/>"), ElementsAre("2:23 text #ffffff on #ffffff has a contrast of 1, at least 4.5 was expected")); }

TEST_F(Contrast, InlineWordsInheritWhereTheirColourWasWritten) {
  EXPECT_THAT(warnings("<p id=\"p\">Dark <em>pale</em> and <strong>grey <em>pale</em></strong>.</p>", "<style for=\"strong\" color=\"#888888\"/>\n<style for=\"em\" color=\"#999999\"/>"), ElementsAre(HasSubstr("3:24 text #999999"), HasSubstr("2:28 text #888888")));
}

// A background of words within a line is not painted.
TEST_F(Contrast, OnlyWhatIsPaintedLiesBehind) { EXPECT_THAT(warnings("<p id=\"p\">Words <strong>here</strong>.</p>", "<style for=\"strong\" color=\"#ffffff\" background=\"#000000\"/>"), ElementsAre(HasSubstr("text #ffffff on #ffffff"))); }

TEST_F(Contrast, EachPairIsToldOnce) {
  EXPECT_THAT(warnings("<p id=\"p\">Words.</p><p id=\"q\">More <em>words</em>.</p>", "<style for=\"p\" color=\"#999999\"/>\n<style for=\"em\" color=\"#999999\" font-style=\"italic\"/>\n<style for=\"title\" color=\"#999999\" font-size=\"24pt\"/>"),
              ElementsAre(HasSubstr("4:27 large text #999999"), HasSubstr("2:23 text #999999")));
}

// White space and the controls around a field's words have a style, but nothing of it is seen.
TEST_F(Contrast, WordsThatLeaveNoInkAreLetBe) {
  const auto told_of = [](const std::string& words) {
    styled::Paragraph paragraph;
    paragraph.text = words;
    paragraph.styles.emplace_back();
    paragraph.styles.front().color = {255, 255, 255};
    paragraph.runs.push_back({0, words.size(), styled::StyleIndex(0), display::LocalElement(0), {}});
    auto block = std::make_shared<styled::Block>();
    block->at = Span::of_file("a.xml").at(3, 1);
    block->content = styled::ParagraphBlock{std::make_shared<styled::Paragraph>(std::move(paragraph))};
    styled::StyledDocument document;
    document.body = block;
    Diagnostics diags;
    check_contrast(document, diags);
    return to_text(diags);
  };
  EXPECT_EQ(told_of(" \u2028\u2068\u2069"), "");
  EXPECT_THAT(told_of(" \u2068x"), HasSubstr("a.xml:3:1: warning: text #ffffff on #ffffff")) << "a colour from nowhere is told at its block";
}

// ---- tables ----

constexpr std::string_view kTable = R"(<table id="t1"><thead><tr><th id="h1">Head</th><th id="h2">Two</th></tr></thead><tbody>
<tr><td id="a1">One</td><td id="a2">one</td></tr><tr><td id="b1">Two</td><td id="b2">two</td></tr><tr><td id="c1">Three</td><td id="c2">three</td></tr></tbody></table>)";

TEST_F(Contrast, HeadOfATableHasItsBackground) {
  EXPECT_THAT(warnings(kTable, "<style for=\"table\" head-background=\"#dddddd\"/>\n<style for=\"th\" color=\"#767676\"/>"), ElementsAre("3:24 text #767676 on #dddddd has a contrast of 3.34, at least 4.5 was expected"));
  EXPECT_THAT(hints_, ElementsAre(HasSubstr("(l.xml:2:37; WCAG")));
  EXPECT_THAT(warnings(kTable, "<style for=\"table\" head-background=\"#dddddd\"/>\n<style for=\"td\" color=\"#767676\"/>"), IsEmpty());
}

TEST_F(Contrast, EverySecondRowOfAZebraIsTinted) {
  constexpr std::string_view kZebra = "<style for=\"table\" zebra=\"#dddddd\"/>\n";
  EXPECT_THAT(warnings(kTable, std::string(kZebra) + "<style for=\"#b1\" color=\"#767676\"/>"), ElementsAre(HasSubstr("3:25 text #767676 on #dddddd")));
  EXPECT_THAT(hints_, ElementsAre(HasSubstr("(l.xml:2:27; WCAG")));
  EXPECT_THAT(warnings(kTable, std::string(kZebra) + "<style for=\"#a1, #c2, th\" color=\"#767676\"/>"), IsEmpty());
  EXPECT_THAT(warnings(kTable, std::string(kZebra) + "<style for=\"#b1\" color=\"#767676\" background=\"#ffffff\"/>"), IsEmpty()) << "a cell of its own colour";
}

// Rows that a cell spans are painted as their first one.
TEST_F(Contrast, SpannedRowsOfAZebraHaveOneTint) {
  constexpr std::string_view kSpans = R"(<table id="t1"><tbody><tr><td id="a1" rowspan="2">One</td><td id="a2">one</td></tr><tr><td id="b2">two</td></tr><tr><td id="c1">Three</td><td id="c2">three</td></tr></tbody></table>)";
  constexpr std::string_view kZebra = "<style for=\"table\" zebra=\"#dddddd\"/>\n";
  EXPECT_THAT(warnings(kSpans, std::string(kZebra) + "<style for=\"td\" color=\"#767676\"/>"), IsEmpty());
  constexpr std::string_view kLater = R"(<table id="t1"><tbody><tr><td id="z1">Zero</td><td id="z2">zero</td></tr><tr><td id="a1" rowspan="2">One</td><td id="a2">one</td></tr><tr><td id="b2">two</td></tr></tbody></table>)";
  EXPECT_THAT(warnings(kLater, std::string(kZebra) + "<style for=\"#b2\" color=\"#767676\"/>"), ElementsAre(HasSubstr("text #767676 on #dddddd")));
}

// ---- what is written on, ticked or looked at ----

TEST_F(Contrast, LinesToWriteOnNeedThree) {
  constexpr std::string_view kQuestion = "<question id=\"q\" lines=\"2\">Why?</question>";
  EXPECT_THAT(warnings(kQuestion, "<style for=\"lines\" row-rule=\"1pt #949494\"/>"), IsEmpty());
  EXPECT_THAT(warnings(kQuestion, "<style for=\"lines\" row-rule=\"1pt #959595\"/>"), ElementsAre("2:30 writing line #959595 on #ffffff has a contrast of 2.99, at least 3 was expected"));
  EXPECT_THAT(hints_, ElementsAre("darken the line (WCAG 2.1, 1.4.11)"));
  EXPECT_THAT(warnings(kQuestion, "<style for=\"lines\" color=\"#959595\"/>"), ElementsAre(HasSubstr("2:27 writing line #959595"))) << "without a rule of their own they have the text's colour";
  article(kWords);
  layout("<body><slot select=\"*\"/>\n<lines count=\"2\"/></body>\n<style for=\"lines\" row-rule=\"1pt #959595\"/>");
  EXPECT_THAT(warnings_of_layout(), ElementsAre(HasSubstr("3:30 writing line #959595")));
}

TEST_F(Contrast, BoxesToTickNeedThree) {
  constexpr std::string_view kList = "<ul id=\"u\" kind=\"check\"><li id=\"i\">Item</li></ul>";
  EXPECT_THAT(warnings(kList, "<style for=\"marker\" color=\"#949494\"/>"), IsEmpty());
  EXPECT_THAT(warnings(kList, "<style for=\"marker\" color=\"#959595\"/>"), ElementsAre("2:28 check box #959595 on #ffffff has a contrast of 2.99, at least 3 was expected"));
  EXPECT_THAT(warnings("<ul id=\"u\"><li id=\"i\">Item</li></ul>", "<style for=\"marker\" color=\"#949494\"/>"), ElementsAre(HasSubstr("text #949494"))) << "other marks are text";
}

TEST_F(Contrast, BlanksNeedThree) {
  constexpr std::string_view kBlank = "<p id=\"p\">Name: <field name=\"patient.name\"/></p>";
  EXPECT_THAT(warnings(kBlank, "<style for=\"field\" color=\"#949494\"/>"), IsEmpty());
  EXPECT_THAT(warnings(kBlank, "<style for=\"field\" color=\"#959595\"/>"), ElementsAre("2:27 blank #959595 on #ffffff has a contrast of 2.99, at least 3 was expected"));
}

// They say nothing that the words don't.
TEST_F(Contrast, BordersAndRulesAreDecoration) {
  article(kTable);
  layout("<body><rule/><slot select=\"*\"/></body><style for=\"rule, table\" border-top=\"1pt #fefefe\"/><style for=\"table\" row-rule=\"1pt #fefefe\" head-rule=\"1pt #fefefe\"/>");
  EXPECT_THAT(warnings_of_layout(), IsEmpty());
}

TEST_F(Contrast, HeadersAndFootersAreRead) {
  article(kWords);
  layout("<page><header><text class=\"a\">Clinic</text></header><footer><row><cell><text class=\"b\">Imprint</text></cell></row></footer></page>\n<style for=\"header\" background=\"#0b6078\"/>\n<style for=\"text.a\" color=\"#000000\"/>\n<style for=\"text.b\" color=\"#aaaaaa\"/>\n"
         "<style for=\"header[page=rest] text\" color=\"#ffffff\"/><style for=\"footer[page=first] text\" color=\"#000000\"/><body><slot select=\"*\"/></body>");
  EXPECT_THAT(warnings_of_layout(), testing::UnorderedElementsAre("3:28 text #000000 on #0b6078 has a contrast of 2.95, at least 4.5 was expected", "4:28 text #aaaaaa on #ffffff has a contrast of 2.32, at least 4.5 was expected"))
      << "the first page's header, the other pages' footer";
}

// ---- labels of drawings ----

class LabelContrast : public Contrast {
 protected:
  // A figure with the label "Bone" at 20,40 over what is painted.
  std::vector<std::string> label_on(std::string_view painted, std::string_view color, std::string_view place = "x=\"20\" y=\"40\"") {
    write("d.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 60\">" + std::string(painted) + "\n<text id=\"bone\" font-size=\"10\" " + std::string(place) + ">Bone</text></svg>");
    pictures_ = {};
    return warnings("<figure id=\"f\" src=\"d.svg\" alt=\"A bone\"><label for=\"bone\" id=\"l\">Bone</label></figure>", "<style for=\"label\" color=\"" + std::string(color) + "\"/>");
  }
};

TEST_F(LabelContrast, LastFilledAreaThatHoldsTheLabelIsBehindIt) {
  constexpr std::string_view kDark = "<rect x=\"0\" y=\"0\" width=\"100\" height=\"60\" fill=\"#333333\"/>", kLight = "<path d=\"M10 25 H60 V50 H10 Z\" fill=\"#eeeeee\"/>";
  EXPECT_THAT(label_on(kDark, "#000000"), ElementsAre("2:27 text #000000 on #333333 has a contrast of 1.66, at least 4.5 was expected"));
  EXPECT_THAT(hints_, ElementsAre("darken the text or lighten what lies behind it (" + (folder_ / "d.svg").string() + ":2:1; WCAG 2.1, 1.4.3)"));
  EXPECT_THAT(label_on(kDark, "#ffffff"), IsEmpty());
  EXPECT_THAT(label_on(std::string(kDark) + std::string(kLight), "#000000"), IsEmpty());
  EXPECT_THAT(label_on(std::string(kLight) + std::string(kDark), "#000000"), ElementsAre(HasSubstr("on #333333")));
  EXPECT_THAT(label_on(std::string(kDark) + std::string(kLight), "#000000", "x=\"61\" y=\"40\""), ElementsAre(HasSubstr("on #333333"))) << "beside the light part";
  EXPECT_THAT(label_on(kLight, "#000000", "x=\"61\" y=\"40\" text-anchor=\"end\""), IsEmpty());
  EXPECT_THAT(label_on(kLight, "#777777", "x=\"59\" y=\"40\" text-anchor=\"end\""), ElementsAre(HasSubstr("on #eeeeee")));
}

TEST_F(LabelContrast, CurvesHolesAndOutlinesAreTold) {
  EXPECT_THAT(label_on("<circle cx=\"31\" cy=\"37\" r=\"13\" fill=\"#333333\"/>", "#000000"), ElementsAre(HasSubstr("on #333333")));
  EXPECT_THAT(label_on("<circle cx=\"45\" cy=\"37\" r=\"20\" fill=\"#333333\"/>", "#000000"), IsEmpty()) << "only part of the label stands on the circle";
  constexpr std::string_view kFrame = "d=\"M0 0 H100 V60 H0 Z M10 20 H90 V55 H10 Z\"";
  EXPECT_THAT(label_on("<path " + std::string(kFrame) + " fill=\"#333333\" fill-rule=\"evenodd\"/>", "#000000"), IsEmpty()) << "in the hole";
  EXPECT_THAT(label_on("<path " + std::string(kFrame) + " fill=\"#333333\"/>", "#000000"), ElementsAre(HasSubstr("on #333333"))) << "no hole: both parts turn the same way";
  EXPECT_THAT(label_on("<rect x=\"0\" y=\"0\" width=\"100\" height=\"60\" fill=\"none\" stroke=\"#333333\"/>", "#000000"), IsEmpty());
}

TEST_F(LabelContrast, AllColoursOfAGradientCount) {
  EXPECT_THAT(label_on("<defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"#ffffff\"/><stop offset=\"0.5\" stop-color=\"#333333\"/><stop offset=\"1\" stop-color=\"#eeeeee\"/></linearGradient></defs><rect x=\"0\" y=\"0\" width=\"100\" height=\"60\" fill=\"url(#g)\"/>", "#000000"),
              ElementsAre(HasSubstr("text #000000 on #333333")));
}

TEST_F(LabelContrast, WithoutAnAreaTheBoxAroundIsBehind) {
  EXPECT_THAT(label_on("<rect x=\"0\" y=\"0\" width=\"10\" height=\"10\"/>", "#777777"), ElementsAre(HasSubstr("on #ffffff")));
  article("<figure id=\"f\" src=\"d.svg\" alt=\"A bone\"><label for=\"bone\" id=\"l\">Bone</label></figure>");
  styles("<style for=\"figure\" background=\"#333333\"/><style for=\"title\" color=\"#000000\"/>");
  EXPECT_THAT(warnings_of_layout(), ElementsAre(HasSubstr("text #000000 on #333333")));
}

// ---- what lies over the layout ----

class ProfileContrast : public Contrast {
 protected:
  void profile(std::string_view rules) {
    std::filesystem::create_directories(folder_ / "profiles");
    write("plain.xml", "<layout id=\"plain\" title=\"Plain\">\n<style for=\"p\" color=\"#767676\"/>\n<body><slot select=\"*\"/></body></layout>");
    write("profiles/pale.xml", "<layout id=\"pale\" title=\"Pale\">\n" + std::string(rules) + "</layout>");
    auto read = layouts::read_layout(folder_, "plain", "pale", diags_);
    ASSERT_TRUE(read) << told();
    layout_ = std::make_shared<const layouts::LayoutDefinition>(*std::move(read));
    article(kWords);
  }
};

TEST_F(ProfileContrast, ItsColoursCount) {
  profile("<style for=\"p\" color=\"#aaaaaa\"/>");
  EXPECT_THAT(warnings_of_layout(), ElementsAre((folder_ / "profiles/pale.xml").string() + ":2:23 text #aaaaaa on #ffffff has a contrast of 2.32, at least 4.5 was expected"));
  profile("<style for=\"body\" background=\"#eeeeee\"/><style for=\"title\" background=\"#ffffff\"/>");
  EXPECT_THAT(warnings_of_layout(), ElementsAre((folder_ / "plain.xml").string() + ":2:23 text #767676 on #eeeeee has a contrast of 3.91, at least 4.5 was expected"));
  EXPECT_THAT(hints_, ElementsAre(HasSubstr((folder_ / "profiles/pale.xml").string() + ":2:31;")));
}

TEST_F(ProfileContrast, ItsSizesCount) {
  profile("<style for=\"p\" font-size=\"18pt\" color=\"#949494\"/>");
  EXPECT_THAT(warnings_of_layout(), IsEmpty());
}

}  // namespace
}  // namespace handout::check
