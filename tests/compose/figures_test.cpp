// Pictures, their labels and legends.
#include "composing.h"

namespace handout::compose {
namespace {

constexpr const char* kDrawing = R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><rect x="0" y="0" width="90" height="30" fill="#eeeeee"/>
<text id="bone" x="10" y="20" font-size="12" data-width="40">Bone</text><text id="tendon" x="60" y="20" font-size="12" data-width="30">Tendon</text></svg>)";
constexpr const char* kFigure = R"(<figure id="f" src="knee.svg" alt="A knee"><figcaption id="cap">Caption</figcaption><label for="tendon" id="l2">Sehne</label><label for="bone" id="l1">Knochen</label></figure>)";

class Figures : public Composing {
 protected:
  void SetUp() override {
    Composing::SetUp();
    write("knee.svg", kDrawing);
  }
  [[nodiscard]] const styled::Picture& picture() const { return std::get<styled::Picture>(find("picture")->content); }
  // The label's text at each place of the drawing.
  [[nodiscard]] std::map<std::string, std::string> labels() const {
    std::map<std::string, std::string> result;
    const auto& drawing = std::get<images::Drawing>(picture().picture->content);
    for (const auto& label : picture().labels) result[drawing.places.at(label.place).id] = label.paragraph->text;
    return result;
  }
};

TEST_F(Figures, LabelsStandAtTheirPlaces) {
  article(kFigure);
  compose();
  EXPECT_THAT(labels(), ElementsAre(std::pair("bone", "Knochen "), std::pair("tendon", "Sehne ")));
  EXPECT_EQ(find("picture")->element.role, display::Role::Figure);
  EXPECT_EQ(find("picture")->element.alt, "A knee");
  EXPECT_EQ(find("picture")->box.keep_with_next, styled::Keep::Always);
  EXPECT_THAT(texts(), ElementsAre("Title", "Caption"));
}

// Large type does not fit the places: numbers there, the words in a list below.
TEST_F(Figures, LegendHasNumbersAndAList) {
  article(kFigure);
  styles("<style for=\"figure\" labels=\"legend\"/>");
  compose();
  EXPECT_THAT(labels(), ElementsAre(std::pair("bone", "2 "), std::pair("tendon", "1 ")));
  EXPECT_THAT(texts(), ElementsAre("Title", "Caption", "1. ", "Sehne", "2. ", "Knochen"));
  EXPECT_EQ(find("legend")->element.role, display::Role::List);
}

// Numbers before numbers would say two things: letters stand at the places.
TEST_F(Figures, LegendOfNumberedLabelsHasLetters) {
  article(R"(<figure id="f" src="knee.svg" alt="A knee"><label for="bone" id="l1">2. Bone</label><label for="tendon" id="l2">Tendon</label></figure>)");
  styles("<style for=\"figure\" labels=\"legend\"/>");
  compose();
  EXPECT_THAT(labels(), ElementsAre(std::pair("bone", "A "), std::pair("tendon", "B ")));
  EXPECT_THAT(texts(), ElementsAre("Title", "A. ", "2. Bone", "B. ", "Tendon"));
  EXPECT_EQ(find("legend")->element.numbering, display::ListNumbering::UpperAlpha);
}

TEST_F(Figures, DrawingGrowsWithTheType) {
  article(kFigure);
  styles("<style for=\"handout\" font-size=\"18pt\"/>");
  compose();
  EXPECT_EQ(picture().size, (Size{135_pt, 45_pt}));
}

TEST_F(Figures, WidthOfTheStyleKeepsTheShape) {
  article(kFigure);
  styles("<style for=\"figure\" width=\"180pt\"/>");
  compose();
  EXPECT_EQ(picture().size, (Size{180_pt, 60_pt}));
}

TEST_F(Figures, LabelsAndPlacesMustAgree) {
  article(R"(<figure id="f" src="knee.svg" alt="A knee"><label for="bon" id="l1">Bone</label><label for="tendon" id="l2">Tendon</label></figure>)");
  EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("a.xml:3:"), HasSubstr("picture 'knee.svg' has no text place 'bon'; did you mean 'bone'?"), HasSubstr("picture 'knee.svg' has a text place 'bone' without a <label>")));
}

TEST_F(Figures, LogoFitsInWidthAndHeight) {
  article("<p id=\"p\">Words.</p>");
  clinic_ = std::make_shared<request::Clinic>();
  clinic_->logo = folder_ / "logo.svg";
  write("logo.svg", R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"/>)");
  layout("<body><slot select=\"*\"/><picture field=\"clinic.logo\" width=\"30pt\" height=\"30pt\"/></body>");
  compose();
  EXPECT_EQ(picture().size, (Size{30_pt, 15_pt}));
  EXPECT_EQ(find("picture")->element.role, display::Role::None);
}

TEST_F(Figures, PictureOfAFieldWithoutValueIsLeftOut) {
  article("<p id=\"p\">Words.</p>");
  layout("<body><slot select=\"*\"/><picture field=\"clinic.logo\" width=\"30pt\"/></body>");
  compose();
  for (const auto& block : blocks_) EXPECT_FALSE(std::holds_alternative<styled::Picture>(block->content));
}

}  // namespace
}  // namespace handout::compose
