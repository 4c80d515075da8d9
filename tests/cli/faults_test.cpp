// What people write wrong: exit code 1, the place and what is wrong, and no file.
#include "program.h"

namespace handout::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class Faults : public Program {
 protected:
  // The run must be refused, for the input's sake if not said otherwise, say `words`, and leave nothing behind.
  void expect_refused(const Outcome& outcome, const std::string& words, int code = 1) const {
    EXPECT_EQ(outcome.code, code) << outcome.err;
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("error: "), HasSubstr(words)));
    EXPECT_EQ(outcome.out, "");
    for (const std::string& file : files()) EXPECT_THAT(file, AllOf(Not(HasSubstr(".pdf")), Not(HasSubstr(".part"))));
  }
};

TEST_F(Faults, NoSuchArticle) {
  const Outcome outcome = run({"render", "knee-stem-cell-treatmen", "-o", "out.pdf"});
  expect_refused(outcome, "no article 'knee-stem-cell-treatmen'; did you mean 'knee-stem-cell-treatment'?");
}

TEST_F(Faults, NoSuchArticleFile) { expect_refused(run({"render", "./none.xml", "-o", "out.pdf"}), "none.xml: error: no such file"); }

TEST_F(Faults, FolderWithoutArticle) {
  fs::create_directory(folder_ / "empty");
  expect_refused(run({"render", "./empty", "-o", "out.pdf"}), "holds no article");
}

TEST_F(Faults, NoSuchLayout) { expect_refused(render({"--layout", "standart"}), "standart"); }

TEST_F(Faults, NoSuchProfile) { expect_refused(render({"--profile", "larger"}), "larger"); }

TEST_F(Faults, NoSuchLocale) { expect_refused(run({"render", "knee-stem-cell-treatment", "--locale", "fr", "-o", "out.pdf"}), "not there in 'fr'"); }

TEST_F(Faults, NoLanguageTag) {
  const Outcome outcome = render({"--locale", "english, please"});
  EXPECT_NE(outcome.code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("'english, please' is no language tag"));
  EXPECT_THAT(files(), ElementsAre("article.xml", "layout.xml"));
}

TEST_F(Faults, NoSuchClinic) { expect_refused(render({"--clinic", "none.xml"}), "none.xml: error: no such file"); }

TEST_F(Faults, NoSuchPatient) { expect_refused(render({"--patient", "none.json"}), "none.json: error: no such file"); }

TEST_F(Faults, NoSuchRequest) { expect_refused(run({"render", "--request", "none.json", "-o", "out.pdf"}), "none.json: error: no such file"); }

TEST_F(Faults, PagesForAnEnvelopeAreNotPutOnOtherSheets) {
  for (const char* how : {"two-up", "booklet"}) expect_refused(render({"--layout", "letter", "--impose", how}), std::string("layout 'letter' is for envelope 'us-10-double', and its pages are put on sheets as ") + how + ": nobody knows what shows in the window");
  write("folded.xml", "<layout id=\"folded\" title=\"x\" extends=\"letter\"><sheet fold=\"two-up\"/></layout>");
  expect_refused(render({"--layout", "folded.xml"}), "letter.xml:28:3: error: layout 'folded' is for envelope 'us-10-double'");
}

TEST_F(Faults, NoSuchSectionOrPoint) {
  expect_refused(render({"--include", "q"}), "no section 'q'");
  expect_refused(render({"--exclude", "q"}), "no section 'q'");
  expect_refused(render({"--mark", "q"}), "no point 'q'");
}

// ---- fields and the patient ----

TEST_F(Faults, UnknownField) { expect_refused(render({"--field", "patient.nam=x"}), "unknown field 'patient.nam'; did you mean 'patient.name'?"); }

TEST_F(Faults, RequiredFieldWithoutValue) {
  write("article.xml", article("<p id=\"p\"><field name=\"dose\"/></p>", "<field-def name=\"dose\" type=\"number\" required=\"yes\"/>"));
  expect_refused(render(), "article.xml:2:1: error: field 'dose' is required and has no value");
  expect_refused(render({"--field", "dose="}), "required");
}

TEST_F(Faults, FieldsOfTheWrongType) {
  write("article.xml", article("<p id=\"p\"><field name=\"dose\"/></p>", "<field-def name=\"dose\" type=\"number\"/><field-def name=\"side\" type=\"choice\" choices=\"left|right\"/>"));
  expect_refused(render({"--field", "dose=SECRET"}), "field 'dose' has a value that is not a number");
  expect_refused(render({"--field", "side=SECRET"}), "field 'side' has a value that is not one of left, right");
  expect_refused(render({"--field", "date=SECRET"}), "field 'date' has a value that is not a date");
  expect_refused(render({"--field", "patient.birth-date=31/12/1960"}), "field 'patient.birth-date'");
}

// Whatever is wrong with a patient's file or fields, no value of theirs is repeated.
TEST_F(Faults, PatientsDataIsNeverInMessages) {
  write("article.xml", article("<p id=\"p\"><field name=\"dose\"/></p>", "<field-def name=\"dose\" type=\"number\"/>"));
  const char* const files_of_patients[] = {
      R"({"name": "SECRET", "birth-date": "SECRET"})", R"({"name": {"given": "SECRET", "nickname": "SECRET"}})", R"({"name": "SECRET")", R"({"name": "SECRET", "SECRET": 1})",
      R"({"name": ["SECRET"], "languages": ["SECRET"], "country": "SECRET", "large-print": "SECRET"})", R"(SECRET)"};
  for (const char* text : files_of_patients) {
    write("patient.json", text);
    const Outcome outcome = render({"--patient", "patient.json"});
    expect_refused(outcome, "patient.json");
    EXPECT_THAT(outcome.err, Not(HasSubstr("SECRET"))) << text;
  }
  for (const char* field : {"dose=SECRET", "date=SECRET"}) EXPECT_THAT(render({"--field", field}).err, Not(HasSubstr("SECRET")));
  write("request.json", R"({"editions": [{"article": "article.xml", "locale": "en"}], "layout": "layout.xml", "recipient": {"name": "SECRET", "birth-date": "SECRET"}, "fields": {"dose": "SECRET"}})");
  const Outcome outcome = run({"render", "--request", "request.json", "-o", "out.pdf"});
  expect_refused(outcome, "request.json");
  EXPECT_THAT(outcome.err, Not(HasSubstr("SECRET")));
}

// A character that no font has is a fault that names the field, and nothing of its words: who has a rare character may be known by it.
TEST_F(Faults, UncoveredCharacterInAField) {
  const Outcome outcome = render({"--field", "note=SECRET \xF3\xB0\x80\x80", "--layout", "noted.xml"});
  write("noted.xml", "<layout id=\"noted\" title=\"N\"><body><slot select=\"*\"/><text><field name=\"note\"/></text></body></layout>");
  const Outcome noted = render({"--field", "note=SECRET \xF3\xB0\x80\x80", "--layout", "noted.xml"});
  expect_refused(noted, "a character that no font has (field 'note')");
  EXPECT_THAT(noted.err + outcome.err, Not(AnyOf(HasSubstr("SECRET"), HasSubstr("U+"))));
}

// A shell passes any bytes.
TEST_F(Faults, ValuesThatAreNotUtf8) {
  for (const char* value : {"SECRET\xFF", "SECRET\xED\xA0\x80", "SECRET\xC3"}) {
    expect_refused(render({"--field", std::string("note=") + value}), "the value of field 'note' is not UTF-8 at its byte 7", 2);
    expect_refused(render({"--note", value}), "--note is not UTF-8 at its byte 7", 2);
    expect_refused(render({"--field", std::string(value) + "=1"}), "the name in --field is not UTF-8 at its byte 7", 2);
    EXPECT_THAT(render({"--field", std::string("note=") + value}).err, Not(HasSubstr("SECRET")));
  }
}

// One of two values would be lost without a word.
TEST_F(Faults, FieldsThatAreGivenTwice) {
  write("patient.json", R"({"name": "Amal Haddad", "key": "K1"})");
  expect_refused(render({"--field", "dose=1", "--field", "dose=2"}), "field 'dose' is given twice", 2);
  expect_refused(render({"--date", "2026-12-05", "--field", "date=2020-01-01"}), "field 'date' is given twice: with --field and with --date", 2);
  expect_refused(render({"--note", "A", "--field", "note=B"}), "field 'note' is given twice: with --field and with --note", 2);
  for (const char* field : {"patient.name=Zed", "patient.id=K2"}) expect_refused(render({"--patient", "patient.json", "--field", field}), "is given twice: with --field and with --patient", 2);
  EXPECT_EQ(render({"--patient", "patient.json", "--field", "patient.birth-date=1961-04-01"}).code, 0) << "which the file doesn't say";
}

// ---- fonts ----

class FontFaults : public Faults {
 protected:
  // A data folder with this catalogue; the layouts and phrases are the shipped ones.
  void make_data(std::string_view fonts_xml) {
    fs::create_directories(folder_ / "data/content");
    fs::copy(kSource / "layouts", folder_ / "data/layouts", fs::copy_options::recursive);
    fs::copy(kSource / "content/phrases", folder_ / "data/content/phrases", fs::copy_options::recursive);
    write("data/fonts/fonts.xml", fonts_xml);
  }
  Outcome render_with_data() { return run_program(kProgram, {"--data", "data", "render", "article.xml", "--layout", "layout.xml", "-o", "out.pdf"}, {folder_, {}, {}}); }
};

constexpr const char* kOneMissing = R"(<fonts default="House"><family name="House" license="OFL-1.1" scripts="Latn"><face file="House-Regular.ttf" weight="400" slant="upright"/></family></fonts>)";

TEST_F(FontFaults, DeclaredFontThatIsNotInstalled) {
  make_data(kOneMissing);
  const Outcome outcome = render_with_data();
  expect_refused(outcome, "House-Regular.ttf", 3);
  EXPECT_THAT(outcome.err, Not(HasSubstr("U+")));
}

TEST_F(FontFaults, DeclaredFontThatIsNoFont) {
  make_data(kOneMissing);
  write("data/fonts/House-Regular.ttf", std::string(2000, 'x'));
  const Outcome outcome = render_with_data();
  expect_refused(outcome, "House-Regular.ttf", 3);
  EXPECT_THAT(outcome.err, Not(HasSubstr("U+")));
}

TEST_F(FontFaults, DataFolderWithoutFonts) {
  fs::create_directories(folder_ / "data/content");
  fs::create_directories(folder_ / "data/layouts");
  expect_refused(render_with_data(), "holds no content/, layouts/ and fonts/fonts.xml");
}

TEST_F(FontFaults, BrokenFontOfTheClinic) {
  write("fonts/House.ttf", std::string(2000, 'x'));
  write("clinic.xml", R"(<clinic id="c" name="C" fonts="fonts"/>)");
  expect_refused(render({"--clinic", "clinic.xml"}), "House.ttf");
}

TEST_F(FontFaults, FontFolderOfTheClinicIsNotThere) {
  write("clinic.xml", R"(<clinic id="c" name="C" fonts="fonts"/>)");
  expect_refused(render({"--clinic", "clinic.xml"}), "clinic.xml:1:");
}

// ---- pictures ----

constexpr const char* kFigure = R"(<figure id="f" src="knee.svg" alt="A knee"/>)";

TEST_F(Faults, PictureThatIsNotThere) {
  write("article.xml", article(kFigure));
  expect_refused(render(), "article.xml:3:");
}

TEST_F(Faults, PictureThatIsNone) {
  write("article.xml", article(kFigure));
  write("knee.svg", "not a picture");
  expect_refused(render(), "knee.svg");
}

TEST_F(Faults, PictureCutShort) {
  write("article.xml", article(R"(<figure id="f" src="knee.png" alt="A knee"/>)"));
  write("knee.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0", 19));
  expect_refused(render(), "knee.png");
}

TEST_F(Faults, LabelWithoutPlaceAndPlaceWithoutLabel) {
  write("article.xml", article(R"(<figure id="f" src="knee.svg" alt="A knee"><label for="bon" id="l">Bone</label></figure>)"));
  write("knee.svg", R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><text id="bone" x="0" y="20" font-size="12">Bone</text></svg>)");
  const Outcome outcome = render();
  expect_refused(outcome, "no text place 'bon'; did you mean 'bone'?");
  EXPECT_THAT(outcome.err, HasSubstr("text place 'bone' without a <label>"));
}

// ---- XML ----

TEST_F(Faults, XmlCutShort) {
  const std::string whole = article("<p id=\"p\">Words.</p>");
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, whole.size() / 2, whole.size() - 3}) {
    write("article.xml", whole.substr(0, length));
    expect_refused(render(), "article.xml");
  }
}

TEST_F(Faults, FiftyMegabytes) {
  write("article.xml", article("<p id=\"p\">" + std::string(50'000'000, 'x') + "</p>"));
  expect_refused(render(), "article.xml: error: has more than");
}

TEST_F(Faults, TenThousandDeep) {
  std::string deep;
  for (int i = 0; i < 10'000; ++i) deep += "<strong>";
  for (int i = 0; i < 10'000; ++i) deep += "</strong>";
  write("article.xml", article("<p id=\"p\">" + deep + "</p>"));
  expect_refused(render(), "article.xml:3:");
}

TEST_F(Faults, IdUsedTwice) {
  write("article.xml", article("<p id=\"p\">One.</p>\n<p id=\"p\">Two.</p>"));
  expect_refused(render(), "article.xml:4:");
}

TEST_F(Faults, AllFaultsAreToldAtOnce) {
  write("article.xml", article("<p id=\"p\"><field name=\"none\"/></p>\n<para id=\"q\">Two.</para>\n<p id=\"p\">Three.</p>"));
  const Outcome outcome = render();
  expect_refused(outcome, "article.xml:3:");
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("article.xml:4:"), HasSubstr("article.xml:5:")));
}

TEST_F(Faults, LayoutThatIsWrong) {
  write("layout.xml", layout("<style for=\"p\" font-size=\"12pts\"/>\n<page margins=\"1mm\"/>"));
  const Outcome outcome = render();
  expect_refused(outcome, "layout.xml:2:");
  EXPECT_THAT(outcome.err, HasSubstr("layout.xml:3:"));
}

// A word wider than its room is cut, and said.
TEST_F(Faults, RegionTooNarrowForAWordIsAWarning) {
  write("layout.xml", "<layout id=\"layout\" title=\"Narrow\"><body><row><cell width=\"10mm\"><text>Otorhinolaryngology</text></cell><cell width=\"1fr\"><slot select=\"*\"/></cell></row></body></layout>");
  const Outcome outcome = render();
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("layout.xml:1:"));
  EXPECT_THAT(outcome.err, HasSubstr("warning: "));
}

TEST_F(Faults, ContentThatNoSlotTakesIsAWarning) {
  write("layout.xml", "<layout id=\"layout\" title=\"T\"><body><slot select=\"title\"/></body></layout>");
  const Outcome outcome = render();
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("warning: no slot of layout 'layout' takes <p> 'p'"));
}

}  // namespace
}  // namespace handout::test
