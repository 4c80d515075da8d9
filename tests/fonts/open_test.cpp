#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "fonts/files.h"
#include "fonts/support.h"
#include "unicode/exemplars.h"

namespace handout::fonts {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string list_of(std::string_view families) { return "<fonts default=\"A\"><search path=\"truetype/noto\"/>" + std::string(families) + "</fonts>"; }

std::string family(std::string_view name, std::string_view file, std::string_view rest = "") {
  return "<family name=\"" + std::string(name) + "\" license=\"OFL-1.1\"><face file=\"" + std::string(file) + "\" weight=\"400\" slant=\"upright\" " +
         std::string(rest) + "/></family>";
}

TEST(OpenFonts, TellsAMissingOrWrongList) {
  Diagnostics diags;
  EXPECT_FALSE(Fonts::open("/nowhere/fonts.xml", {}, diags));
  EXPECT_EQ(diags.exit_code(), 1);
  const Folder folder;
  Diagnostics more;
  EXPECT_FALSE(Fonts::open(folder.write("fonts.xml", "<fonts"), {}, more));
  EXPECT_THAT(to_text(more), HasSubstr("fonts.xml:1"));
}

TEST(OpenFonts, AMissingFileIsAFaultWhenItIsAskedFor) {
  const Folder folder;
  Diagnostics diags;
  const auto fonts = Fonts::open(folder.write("fonts.xml", list_of(family("A", "no-such-font.ttf"))), {}, diags);
  ASSERT_TRUE(fonts) << to_text(diags);
  const FaceId face{0};
  EXPECT_FALSE(fonts->available(face));
  EXPECT_EQ(fonts->problem(face), "font file 'no-such-font.ttf' is not installed");
  EXPECT_EQ(fonts->info(face).family, "A");
  EXPECT_EQ(fonts->info(face).file, "no-such-font.ttf");
  EXPECT_TRUE(fonts->shape(face, {.text = "x", .begin = 0, .end = 1, .script = "Latn", .language = "en", .features = {}}).empty());
  EXPECT_FALSE(fonts->covers(face, 'x'));
  EXPECT_EQ(fonts->nominal_glyph(face, 'x'), 0);
  EXPECT_EQ(fonts->advance(face, 1), 0);
  const Choice choice = choose(*fonts, "xy", "Latn", request_for("en"));
  ASSERT_EQ(choice.uncovered.size(), 2U);
  EXPECT_EQ(choice.uncovered[1].offset, 1U);
  EXPECT_EQ(choice.uncovered[1].character, U'y');
  EXPECT_FALSE(diags.has_errors());
  EXPECT_FALSE(fonts->subset(face, std::vector<GlyphId>{1}, diags));
  EXPECT_THAT(to_text(diags), HasSubstr("fonts.xml:1:85: error: font file 'no-such-font.ttf' is not installed"));
}

TEST(OpenFonts, CoverageNamesTheLettersThatNoFaceHas) {
  const Folder folder;
  Diagnostics diags;
  const auto fonts = Fonts::open(folder.write("fonts.xml", list_of(family("A", "NotoSans-Regular.ttf") +
                                                                   "<fallback script=\"Latn\" families=\"A\"/>")),
                                 {}, diags);
  ASSERT_TRUE(fonts) << to_text(diags);
  EXPECT_TRUE(fonts->coverage(*unicode::Locale::parse("pl")).covered);
  const LocaleCoverage thai = fonts->coverage(*unicode::Locale::parse("th"));
  EXPECT_FALSE(thai.covered);
  EXPECT_THAT(thai.missing, Contains(U'ก'));
  // Noto Sans has Russian letters, but no line says that it serves the script.
  const LocaleCoverage russian = fonts->coverage(*unicode::Locale::parse("ru"));
  EXPECT_TRUE(russian.missing.empty());
  EXPECT_FALSE(russian.covered);
}

TEST(Exemplars, AreTheLettersOfTheLanguageInBothCases) {
  const auto of = [](std::string_view tag) { return unicode::exemplar_characters(*unicode::Locale::parse(tag)); };
  const std::vector<char32_t> spanish = of("es");
  EXPECT_TRUE(std::is_sorted(spanish.begin(), spanish.end()));
  EXPECT_THAT(spanish, Contains(U'ñ'));
  EXPECT_THAT(spanish, Contains(U'Ñ'));
  EXPECT_THAT(spanish, Not(Contains(U'ł')));
  // Some Yoruba vowels are a letter and a combining mark.
  EXPECT_THAT(of("yo"), Contains(U'\u0301'));
}

TEST(OpenFonts, FindsFilesBesideTheListFirstAndBelowTheFoldersOfTheMachine) {
  const Folder folder;
  const auto own = folder.write("NotoSans-Italic.ttf", bytes_of(std::string(kNoto) + "NotoSans-Italic.ttf"));
  Diagnostics diags;
  const auto fonts = Fonts::open(folder.write("fonts.xml", list_of(family("A", "NotoSans-Italic.ttf") + family("B", "NotoSans-Bold.ttf") +
                                                                   family("C", "Symbola_hint.ttf"))),
                                 {}, diags);
  ASSERT_TRUE(fonts) << to_text(diags);
  EXPECT_EQ(fonts->info(FaceId{0}).file, own);
  EXPECT_EQ(fonts->info(FaceId{1}).file, std::string(kNoto) + "NotoSans-Bold.ttf");
  EXPECT_EQ(fonts->info(FaceId{2}).file, "/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf");  // by listing
}

TEST(OpenFonts, RefusesBrokenDeclaredFilesByName) {
  const Folder folder;
  folder.write("text.ttf", "this is no font");
  const std::string whole = bytes_of(std::string(kNoto) + "NotoSans-Regular.ttf");
  folder.write("cut.ttf", whole.substr(0, 3000));
  Diagnostics diags;
  const auto fonts = Fonts::open(folder.write("fonts.xml", list_of(family("A", "text.ttf") + family("B", "cut.ttf") +
                                                                   family("C", "NotoSans-Regular.ttf", "index=\"3\""))),
                                 {}, diags);
  ASSERT_TRUE(fonts) << to_text(diags);
  EXPECT_THAT(fonts->problem(FaceId{0}), HasSubstr("text.ttf' can't be used: it is no TrueType or OpenType font"));
  EXPECT_THAT(fonts->problem(FaceId{1}), HasSubstr("cut.ttf' can't be used: "));
  EXPECT_THAT(fonts->problem(FaceId{2}), HasSubstr("it has 1 faces, none of number 3"));
}

// A cut or scribbled file is refused or used, and whatever it is then asked for does no harm.
TEST(OpenFonts, SurvivesDamagedFiles) {
  const std::string whole = bytes_of(std::string(kNoto) + "NotoSansLao-Regular.ttf");
  ASSERT_GT(whole.size(), 10000U);
  int cut = 0, refused = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    const Folder folder;
    std::string damaged = whole;
    if (i % 2 == 0) {
      damaged.resize(whole.size() * i / 60);
      ++cut;
    } else {
      for (std::size_t at = i * 7; at < damaged.size(); at += 997 + i * 31) damaged[at] = static_cast<char>(damaged[at] ^ 0x5A);
    }
    folder.write("d.ttf", damaged);
    Diagnostics diags;
    const auto fonts = Fonts::open(folder.write("fonts.xml", list_of(family("A", "d.ttf"))), {}, diags);
    ASSERT_TRUE(fonts);
    const FaceId face{0};
    if (!fonts->available(face) && i % 2 == 0) ++refused;
    const std::string text = "ສະບາຍດີ";
    std::vector<GlyphId> glyphs;
    for (const ShapedGlyph& glyph :
         fonts->shape(face, {.text = text, .begin = 0, .end = text.size(), .script = "Laoo", .language = "lo", .features = {}})) {
      glyphs.push_back(glyph.glyph);
    }
    const auto subset = fonts->subset(face, glyphs, diags);
    EXPECT_EQ(subset.has_value(), !diags.has_errors());
  }
  EXPECT_EQ(refused, cut);
}

TEST(OpenFonts, ClinicFontsJoinAndComeFirst) {
  const Folder folder;
  folder.write("clinic/deep/Regular.TTF", bytes_of(std::string(kNoto) + "NotoSans-Regular.ttf"));
  folder.write("clinic/Arm.ttf", bytes_of(std::string(kNoto) + "NotoSerifArmenian-Bold.ttf"));
  folder.write("clinic/LICENSE.txt", "not a font");
  folder.write("clinic/logo.woff2", "wOF2");
  const std::vector<std::filesystem::path> clinics = {folder.path() / "clinic"};
  Diagnostics diags;
  const auto fonts = Fonts::open(kShipped, clinics, diags);
  ASSERT_TRUE(fonts) << to_text(diags);
  EXPECT_THAT(to_text(diags), HasSubstr("logo.woff2: warning: a web font is not used"));
  EXPECT_EQ(fonts->face_count(), open_shipped().face_count() + 2);
  EXPECT_EQ(fonts->info(face_for(*fonts, "Hello", "Latn", request_for("en"))).file, (folder.path() / "clinic/deep/Regular.TTF").string());
  EXPECT_TRUE(fonts->has_family("Noto Serif Armenian"));
  EXPECT_FALSE(open_shipped().has_family("Noto Serif Armenian"));
  EXPECT_THAT(fonts->families(), Contains("Noto Serif Armenian"));
  const FaceInfo& armenian = fonts->info(FaceId{fonts->face_count() - 2});  // "Arm.ttf" < "deep"
  EXPECT_EQ(armenian.family, "Noto Serif Armenian");
  EXPECT_EQ(armenian.weight, 700);
  EXPECT_EQ(armenian.license, "OFL-1.1");
  // The bold text of the family still gets the declared bold face.
  EXPECT_THAT(choose(*fonts, "Hello", "Latn", request_for("en", "Noto Sans", 700)).runs, ElementsAre("NotoSans-Bold:Hello"));
}

TEST(OpenFonts, RefusesBrokenClinicFontsAndFolders) {
  const Folder folder;
  folder.write("clinic/bad.otf", "OTTO");
  const std::string whole = bytes_of(std::string(kNoto) + "NotoSansLao-Regular.ttf");
  // fsType 2, "restricted": the second byte of the OS/2 table's field at 8.
  std::string restricted = whole;
  std::size_t entry = restricted.find("OS/2");
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(restricted[at])); };
  const std::size_t table = byte(entry + 8) << 24 | byte(entry + 9) << 16 | byte(entry + 10) << 8 | byte(entry + 11);
  restricted[table + 9] = 2;
  folder.write("clinic/restricted.ttf", restricted);
  const std::vector<std::filesystem::path> clinics = {folder.path() / "clinic", folder.path() / "none"};
  Diagnostics diags;
  EXPECT_FALSE(Fonts::open(kShipped, clinics, diags));
  const std::string text = to_text(diags);
  EXPECT_THAT(text, HasSubstr("bad.otf: error: this font can't be used: "));
  EXPECT_THAT(text, HasSubstr("restricted.ttf: error: this font can't be used: its licence bits (OS/2 fsType) forbid"));
  EXPECT_THAT(text, HasSubstr("none: error: can't list the folder of fonts: "));
  EXPECT_EQ(diags.error_count(), 3U);
}

TEST(FontFiles, LooksInFoldersBeforeListingWhatIsBelow) {
  const Folder folder;
  const auto direct = folder.write("sub/font.ttf", "1");
  folder.write("a/deep/font.ttf", "2");
  const auto hidden = folder.write("a/deep/other.ttf", "3");
  folder.write("b/other.ttf", "4");
  const std::vector<std::filesystem::path> roots = {folder.path(), folder.path() / "missing"};
  const std::vector<std::filesystem::path> search = {"sub"};
  const FontFiles files(roots, search);
  EXPECT_EQ(files.find("font.ttf"), direct);
  EXPECT_EQ(files.find("other.ttf"), hidden);  // the first by path
  EXPECT_EQ(files.find("none.ttf"), std::nullopt);
  EXPECT_EQ(files.find("deep"), std::nullopt);
  folder.write("c/late.ttf", "5");
  EXPECT_EQ(files.find("late.ttf"), std::nullopt);  // listed once
}

// A folder of many files is looked into for each name, one of few is read once.
TEST(FontFiles, FindsInFoldersOfManyFilesAndOfFew) {
  const Folder folder;
  for (int i = 0; i < 100; ++i) folder.write("many/f" + std::to_string(i) + ".ttf", "1");
  const auto few = folder.write("few/f7.ttf", "2");
  const auto deeper = folder.write("few/deep/font.ttf", "3");
  std::filesystem::create_directory(folder.path() / "few/f8.ttf");
  const std::vector<std::filesystem::path> roots = {folder.path()};
  const std::vector<std::filesystem::path> search = {"few", "many"};
  const FontFiles files(roots, search);
  EXPECT_EQ(files.find("f7.ttf"), few);
  EXPECT_EQ(files.find("f8.ttf"), folder.path() / "many/f8.ttf");  // not the folder of that name
  EXPECT_EQ(files.find("f99.ttf"), folder.path() / "many/f99.ttf");
  EXPECT_EQ(files.find("deep/font.ttf"), deeper);
  EXPECT_EQ(files.find("f100.ttf"), std::nullopt);
}

TEST(FontFiles, PrefersAbsoluteSearchFolders) {
  const Folder folder;
  folder.write("usual/font.ttf", "1");
  const auto named = folder.write("named/font.ttf", "2");
  const std::vector<std::filesystem::path> roots = {folder.path() / "usual"};
  const std::vector<std::filesystem::path> search = {folder.path() / "named"};
  EXPECT_EQ(FontFiles(roots, search).find("font.ttf"), named);
}

TEST(FontFiles, KnowsTheUsualFolders) {
  const char* const before = std::getenv("XDG_DATA_HOME");
  const std::string kept = before ? before : "";
  setenv("XDG_DATA_HOME", "/data/home", 1);
  EXPECT_THAT(usual_font_folders(), ElementsAre("/data/home/fonts", "/usr/local/share/fonts", "/usr/share/fonts"));
  setenv("XDG_DATA_HOME", "relative", 1);
  EXPECT_THAT(usual_font_folders(), Not(Contains("relative/fonts")));
  if (before) {
    setenv("XDG_DATA_HOME", kept.c_str(), 1);
  } else {
    unsetenv("XDG_DATA_HOME");
  }
}

}  // namespace
}  // namespace handout::fonts
