// A clinic's folder may hold any bytes: they are refused by the name of the file, or used, and then the subset is what was shaped and measured.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>
#include <chrono>
#include <optional>

#include "fonts/damage.h"
#include "fonts/support.h"

namespace handout::fonts {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string& latin() {
  static const std::string bytes = bytes_of(std::string(kNoto) + "NotoSans-Regular.ttf");
  return bytes;
}

class BrokenFonts : public testing::Test {
 protected:
  // What a handout asks of a font. The faults, "" when there are none.
  std::string use(const std::string& name) {
    diags_ = {};
    const std::vector<std::filesystem::path> clinic = {folder_.path() / "clinic"};
    const auto fonts = Fonts::open(kShipped, clinic, diags_);
    if (!fonts) return to_text(diags_);
    for (std::size_t i = open_shipped_count(); i < fonts->face_count(); ++i) use_face(*fonts, FaceId{i}, name);
    return to_text(diags_);
  }

  std::string use_bytes(std::string_view bytes, const std::string& name = "House.ttf") {
    folder_.write("clinic/" + name, bytes);
    return use(name);
  }

  const Folder folder_;
  Diagnostics diags_;

 private:
  static std::size_t open_shipped_count() {
    static const std::size_t count = open_shipped().face_count();
    return count;
  }

  void use_face(const Fonts& fonts, FaceId face, const std::string& name) {
    const std::string text = "Words fi ffl 12 Ärger e\u0301 किताब ສະບາຍດີ";
    std::vector<GlyphId> glyphs;
    for (const ShapedGlyph& glyph : fonts.shape(face, {.text = text, .begin = 0, .end = text.size(), .script = "Latn", .language = "en", .features = {}})) glyphs.push_back(glyph.glyph);
    const std::size_t before = diags_.error_count();
    const auto subset = fonts.subset(face, glyphs, diags_);
    EXPECT_EQ(subset.has_value(), diags_.error_count() == before) << name;
    if (!subset) return;
    // pdf/embed_font.cpp relies on both.
    for (const GlyphId glyph : glyphs) {
      const auto found = std::find_if(subset->glyphs.begin(), subset->glyphs.end(), [&](const SubsetGlyph& each) { return each.original == glyph; });
      ASSERT_NE(found, subset->glyphs.end());
      EXPECT_EQ(found->advance, fonts.advance(face, glyph));
    }
  }
};

TEST_F(BrokenFonts, SoundFontIsUsed) { EXPECT_EQ(use_bytes(latin()), ""); }

TEST_F(BrokenFonts, WhatIsNoFontIsRefusedByName) {
  for (const std::string& bytes : {std::string(), std::string("\0\1\0\0", 4), std::string("this is a letter to the clinic, not a font"), std::string(100'000, '\xFF'), std::string("OTTO"), std::string("ttcf")}) {
    EXPECT_THAT(use_bytes(bytes), HasSubstr("House.ttf: error: this font can't be used: ")) << bytes.substr(0, 10);
  }
}

// Nothing waits for somebody to write into a pipe.
TEST_F(BrokenFonts, WhatIsNoFileIsRefusedByName) {
  std::filesystem::create_directories(folder_.path() / "clinic/Folder.ttf");
  EXPECT_THAT(use("Folder.ttf"), HasSubstr("Folder.ttf: error: this font can't be used: it is no file"));
  std::filesystem::remove(folder_.path() / "clinic/Folder.ttf");
  std::filesystem::create_symlink("none", folder_.path() / "clinic/Link.ttf");
  EXPECT_THAT(use("Link.ttf"), HasSubstr("Link.ttf: error: this font can't be used: it is no file"));
  std::filesystem::remove(folder_.path() / "clinic/Link.ttf");
  ASSERT_EQ(::mkfifo((folder_.path() / "clinic/Pipe.ttf").c_str(), 0600), 0);
  EXPECT_THAT(use("Pipe.ttf"), HasSubstr("Pipe.ttf: error: this font can't be used: it is no file"));
}

TEST_F(BrokenFonts, FileCutShortIsRefusedByName) {
  for (std::size_t i = 0; i < 40; ++i) EXPECT_THAT(use_bytes(std::string_view(latin()).substr(0, latin().size() * i / 40)), HasSubstr("House.ttf: error: ")) << i;
  EXPECT_THAT(use_bytes(std::string_view(latin()).substr(0, latin().size() - 1)), HasSubstr("House.ttf: error: "));
}

TEST_F(BrokenFonts, FontWithoutATableItNeedsIsRefusedByName) {
  for (const char* tag : {"head", "hhea", "hmtx", "maxp", "cmap", "glyf", "loca", "name"}) {
    EXPECT_THAT(use_bytes(without_table(latin(), tag)), HasSubstr("House.ttf: error: this font can't be used: ")) << tag;
  }
  for (const char* tag : {"GSUB", "GPOS", "GDEF", "OS/2", "post"}) EXPECT_EQ(use_bytes(without_table(latin(), tag)), "") << tag;
}

TEST_F(BrokenFonts, CollectionIsUsedOrRefusedByName) {
  // One face: the header of a collection before the file, whose tables then lie behind it.
  constexpr std::size_t kHeader = 16;
  std::string collection = std::string("ttcf\0\1\0\0\0\0\0\1\0\0\0\x10", kHeader) + latin();
  for (const TableRecord& table : tables_of(latin())) set_u32(collection, kHeader + table.record + 8, static_cast<std::uint32_t>(table.offset + kHeader));
  EXPECT_EQ(use_bytes(collection, "House.ttc"), "");
  for (const std::uint32_t offset : {0u, 4u, 0x7FFFFFFFu, 0xFFFFFFFFu, static_cast<std::uint32_t>(collection.size())}) {
    std::string broken = collection;
    set_u32(broken, 12, offset);
    EXPECT_THAT(use_bytes(broken, "House.ttc"), HasSubstr("House.ttc: error: ")) << offset;
  }
  std::string many = collection;
  set_u32(many, 8, 0xFFFFFFFF);  // faces
  EXPECT_THAT(use_bytes(many, "House.ttc"), HasSubstr("House.ttc: error: "));
}

// A font of whose 'hhea' HarfBuzz knows no version has one advance for all glyphs; the subset that it makes of it has those of 'hmtx'.
TEST_F(BrokenFonts, AdvancesThatTheSubsetWouldChangeAreRefusedByName) {
  const TableRecord hhea = table_of(latin(), "hhea");
  for (const std::uint32_t version : {0u, 2u, 0xFFFFu}) {
    std::string broken = latin();
    set_u16(broken, hhea.offset, version);
    EXPECT_THAT(use_bytes(broken), HasSubstr("House.ttf' can't be embedded: its 'hhea' and 'hmtx' tables contradict each other")) << version;
  }
}

TEST_F(BrokenFonts, MoreMetricsThanTheFileHoldsAreRefusedByName) {
  const TableRecord hhea = table_of(latin(), "hhea");
  const std::uint32_t glyphs = u16(latin(), table_of(latin(), "maxp").offset + 4);
  for (const std::uint32_t count : {0u, 1u, 2u, 100u, glyphs - 1, glyphs, glyphs + 1, glyphs * 2, 0xFFFFu}) {
    std::string broken = latin();
    set_u16(broken, hhea.offset + 34, count);
    const std::string said = use_bytes(broken);
    const bool may_hold = count > 0 && count <= glyphs;
    EXPECT_TRUE(said.find("House.ttf") != std::string::npos || (may_hold && said.empty())) << count << ": " << said;
  }
}

// A character whose glyph the font does not have is not its character: another font has it.
TEST_F(BrokenFonts, GlyphsBeyondTheLastAreNotShaped) {
  std::string broken = latin();
  const TableRecord maxp = table_of(broken, "maxp");
  for (const std::uint32_t count : {2u, 20u, 40u, 80u}) {
    set_u16(broken, maxp.offset + 4, count);
    folder_.write("clinic/House.ttf", broken);
    Diagnostics diags;
    const std::vector<std::filesystem::path> clinic = {folder_.path() / "clinic"};
    const auto fonts = Fonts::open(kShipped, clinic, diags);
    if (!fonts) {
      EXPECT_THAT(to_text(diags), HasSubstr("House.ttf"));
      continue;
    }
    std::vector<Uncovered> uncovered;
    for (const FaceRun& run : fonts->choose_faces("Wordz 12 z", 0, 10, "Latn", request_for("en"), uncovered)) {
      for (const ShapedGlyph& glyph : fonts->shape(run.face, {.text = "Wordz 12 z", .begin = run.begin, .end = run.end, .script = "Latn", .language = "en", .features = {}})) {
        EXPECT_TRUE(run.face.value() + 1 < fonts->face_count() || glyph.glyph < count) << count;
      }
    }
    EXPECT_THAT(uncovered, IsEmpty());
  }
}

// A substitute that the font does not have, and one that is .notdef, where the character itself is there.
TEST_F(BrokenFonts, SubstitutesThatAreNotThereAreRefusedByName) {
  const Fonts fonts = open_shipped();
  const auto shaped = fonts.shape(face_for(fonts, "f", "Latn", request_for("en")), {.text = "ffl", .begin = 0, .end = 3, .script = "Latn", .language = "en", .features = {}});
  ASSERT_EQ(shaped.size(), 1U);  // a ligature
  const TableRecord gsub = table_of(latin(), "GSUB");
  for (const std::uint32_t substitute : {0xFFFFu, 0xFFF0u, u16(latin(), table_of(latin(), "maxp").offset + 4), 0u}) {
    std::string broken = latin();
    for (std::size_t at = gsub.offset; at + 2 <= gsub.offset + gsub.length; at += 2) {
      if (u16(broken, at) == shaped[0].glyph) set_u16(broken, at, substitute);
    }
    EXPECT_THAT(use_bytes(broken), HasSubstr("House.ttf' can't be embedded: its tables name glyphs that it doesn't have")) << substitute;
  }
}

// Some damage is without harm, most of it is not; none of it takes a second.
TEST_F(BrokenFonts, DamagedAnyhowIsUsedOrRefusedByName) {
  int used = 0, refused = 0;
  for (std::uint32_t seed = 0; seed < 250; ++seed) {
    const auto start = std::chrono::steady_clock::now();
    const std::string said = use_bytes(Damage(seed)(latin()));
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10)) << seed;  // a machine that is busy, or a sanitizer, takes its time
    EXPECT_THAT(said, AnyOf(IsEmpty(), HasSubstr("House.ttf"))) << seed;
    ++(said.empty() ? used : refused);
  }
  EXPECT_GT(used, 20);
  EXPECT_GT(refused, 20);
}

}  // namespace
}  // namespace handout::fonts
