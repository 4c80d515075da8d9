// Files of many pieces: what recurs is written once, and no text of a field is in what is shared.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "inspect/inspect.h"
#include "inspect/qpdf.h"
#include "pdf/pdf.h"
#include "pdf/sample.h"

namespace handout::test {

namespace {

using display::DisplayDocument;

// The sample with a line of one recipient's on each page. Fixed fragments are the same objects in all pieces, as a batch's are.
DisplayDocument piece(const DisplayDocument& fixed, std::string_view name) {
  DisplayDocument result = fixed;
  display::GlyphRun run = shape(name, kLatin, {0_pt, 14_pt});
  run.source = display::TextSource::Field;
  display::ElementInfo paragraph;
  paragraph.role = display::Role::P;
  auto fragment = std::make_shared<display::Fragment>(one_line({{paragraph, {}, {}, {}}}, {{run, display::LocalElement(0)}}));
  result.structure.push_back({paragraph, display::StructureId(0)});
  display::Placement own{fragment, 0, 1, {300_pt, 40_pt}, display::StructureId(result.structure.size() - 1)};
  // In the middle of what is shared, so that the page has three streams.
  auto& placements = result.pages[0].placements;
  placements.insert(placements.begin() + 3, own);
  return result;
}

std::string write_pieces(const std::vector<DisplayDocument>& pieces, pdf::Options options) {
  const std::string profile = srgb_profile();
  Diagnostics diags;
  StringSink sink;
  options.pieces = pdf::Pieces::Many;
  pdf::Writer writer(sink, pdf::file_info(pieces.front()), {noto(), profile}, std::move(options));
  for (const DisplayDocument& one : pieces) EXPECT_TRUE(writer.add(one, diags)) << to_text(diags);
  EXPECT_TRUE(writer.finish(diags)) << to_text(diags);
  return sink.take();
}

std::vector<DisplayDocument> pieces_of(std::initializer_list<std::string_view> names) {
  const DisplayDocument fixed = sample();
  std::vector<DisplayDocument> pieces;
  for (const std::string_view name : names) pieces.push_back(piece(fixed, name));
  return pieces;
}

pdf::Options shared() {
  pdf::Options options;
  options.sharing = pdf::Sharing::Yes;
  return options;
}

pdf::Options print() {
  pdf::Options options = shared();
  options.purpose = pdf::Purpose::Print;
  return options;
}

// The streams of each page.
std::vector<std::vector<int>> streams(const std::string& bytes) {
  QPDF pdf;
  pdf.processMemoryFile("file", bytes.data(), bytes.size());
  std::vector<std::vector<int>> result;
  for (QPDFObjectHandle page : pdf.getAllPages()) {
    std::vector<int>& ids = result.emplace_back();
    QPDFObjectHandle contents = page.getKey("/Contents");
    if (contents.isStream()) ids.push_back(contents.getObjectID());
    else for (const QPDFObjectHandle& stream : contents.getArrayAsVector()) ids.push_back(stream.getObjectID());
  }
  return result;
}

std::string all_text(const inspect::ElementNode& tree) { return inspect::structure_text(tree); }

}  // namespace

TEST(Sharing, PiecesNameTheSameStreamsAroundTheirOwn) {
  const auto found = streams(write_pieces(pieces_of({"Ada", "Grace"}), shared()));
  ASSERT_EQ(found.size(), 4u);
  ASSERT_EQ(found[0].size(), 3u);
  EXPECT_EQ(found[0][0], found[2][0]);
  EXPECT_NE(found[0][1], found[2][1]);
  EXPECT_EQ(found[0][2], found[2][2]);
  EXPECT_EQ(found[1], found[3]);
}

TEST(Sharing, WithoutItPagesStandAlone) {
  pdf::Options options;
  const auto found = streams(write_pieces(pieces_of({"Ada", "Grace"}), options));
  std::set<int> all;
  for (const auto& page : found) all.insert(page.begin(), page.end());
  EXPECT_EQ(all.size(), 4u);
}

// What stands for the break of a line has a glyph of its own where the words before it are a field's.
TEST(Sharing, BlanksAtTheEndsOfLinesAreInTaggedFilesOnly) {
  display::GlyphRun name = shape("Ada", kLatin, {0_pt, 14_pt});
  name.source = display::TextSource::Field;
  const display::GlyphRun between = shape(" ", kLatin, {30_pt, 14_pt}), last = shape("Ely", kLatin, {40_pt, 14_pt}), end = shape(" ", kLatin, {70_pt, 14_pt});
  display::ElementInfo paragraph;
  paragraph.role = display::Role::P;
  const display::LocalElement element(0);
  const display::StrokedLine drawn{{70_pt, 15_pt}, {90_pt, 15_pt}, 1_pt, {}, {}};
  Maker maker;
  maker.place(one_line({{paragraph, {}, {}, {}}}, {{name, element}, {between, element}, {last, element}, {end, element}, {drawn, element}}), maker.root);
  const auto content = [&](const pdf::Options& options) {
    const std::string bytes = write_pieces({maker.document}, options);
    QPDF pdf;
    pdf.processMemoryFile("file", bytes.data(), bytes.size());
    std::string all;
    for (QPDFObjectHandle stream : QPDFObjectHandle(pdf.getAllPages().at(0)).getPageContents()) {
      const auto data = stream.getStreamData();
      all.append(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
    }
    return all;
  };
  const auto count = [](const std::string& text, std::string_view what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
  };
  EXPECT_EQ(count(content(shared()), "TJ"), 4u);
  EXPECT_EQ(count(content(print()), "TJ"), 3u) << "the blank between stays";
  EXPECT_EQ(count(content(print()), " S\n") + count(content(print()), "\nS\n"), 1u) << "and so does the line that is drawn";
}

TEST(Sharing, TaggedPiecesKeepEveryRule) {
  const std::string bytes = write_pieces(pieces_of({"Ada", "Grace", "Ada"}), shared());
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
}

TEST(Sharing, EachPieceReadsAsItDoesAlone) {
  const auto pieces = pieces_of({"Ada", "Grace"});
  const auto report = inspect::read_pdf(write_pieces(pieces, shared()));
  ASSERT_TRUE(report) << report.error();
  std::string expected;
  for (const DisplayDocument& one : pieces) {
    const auto alone = inspect::read_pdf(write(one));
    ASSERT_TRUE(alone);
    expected += (expected.empty() ? "" : "\n") + all_text(alone->tree);
  }
  EXPECT_EQ(all_text(report->tree), expected);
}

TEST(Sharing, FragmentsMadeAnewShareByWhatTheyHold) {
  std::vector<DisplayDocument> pieces;
  for (const char* name : {"Ada", "Grace"}) pieces.push_back(piece(sample(), name));
  const auto found = streams(write_pieces(pieces, shared()));
  EXPECT_EQ(found[0][0], found[2][0]);
  EXPECT_EQ(found[0][2], found[2][2]);
}

// The greatest mistake there could be: one patient's name on another's page.
TEST(Sharing, NoFieldsTextIsInASharedStream) {
  for (const pdf::Options& options : {shared(), print()}) {
    const std::string bytes = write_pieces(pieces_of({"Ada", "Grace", "Ada", "Edith"}), options);
    const auto found = streams(bytes);
    std::map<int, std::size_t> uses;
    for (const auto& page : found) {
      for (const int id : page) ++uses[id];
    }
    QPDF pdf;
    pdf.processMemoryFile("file", bytes.data(), bytes.size());
    std::set<std::string> field_fonts;  // those that the recipients' own streams name
    const auto fonts_in = [&](int id) {
      std::set<std::string> fonts;
      const auto data = pdf.getObjectByID(id, 0).getStreamData();
      const std::string text(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
      for (std::size_t at = text.find("/F"); at != std::string::npos; at = text.find("/F", at + 1)) fonts.insert(text.substr(at, text.find(' ', at) - at));
      return fonts;
    };
    for (std::size_t page = 0; page < found.size(); page += 2) {
      EXPECT_EQ(uses[found[page][1]], 1u);
      field_fonts.merge(fonts_in(found[page][1]));
    }
    ASSERT_EQ(field_fonts.size(), 1u);
    for (const auto& [id, count] : uses) {
      if (count > 1) EXPECT_FALSE(fonts_in(id).contains(*field_fonts.begin())) << id;
    }
  }
}

TEST(Sharing, APieceOfAnotherStructureIsNotTakenForTheSame) {
  const DisplayDocument fixed = sample();
  DisplayDocument other = fixed;
  // The same fragments at the same places, but the paragraph is now a heading of the file.
  other.structure[2].info.role = display::Role::H2;
  const std::string bytes = write_pieces({fixed, other}, shared());
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
  const auto found = streams(bytes);
  EXPECT_NE(found[0], found[2]);
  EXPECT_EQ(found[1], found[3]);
}

TEST(Sharing, AFurtherCopyOfATaggedPageIsSmall) {
  const DisplayDocument fixed = sample();
  const auto size_of = [&](std::size_t copies) { return write_pieces(std::vector<DisplayDocument>(copies, fixed), shared()).size(); };
  const std::size_t pages = 2 * 200;
  EXPECT_LT((size_of(201) - size_of(1)) / pages, 1000u);
}

TEST(Print, HasNoTagsAndNoLinksAndTheClaimOfLevelB) {
  const std::string bytes = write_pieces(pieces_of({"Ada", "Grace"}), print());
  const auto report = inspect::read_pdf(bytes);
  ASSERT_TRUE(report) << report.error();
  EXPECT_EQ(report->tree.role, "");
  EXPECT_THAT(report->links, testing::IsEmpty());
  EXPECT_THAT(report->xmp, testing::HasSubstr("<pdfaid:conformance>B<"));
  EXPECT_THAT(report->xmp, testing::Not(testing::HasSubstr("pdfuaid:part>")));
  EXPECT_EQ(report->pages, 4u);
  EXPECT_THAT(report->outline, testing::SizeIs(4));
}

TEST(Pieces, BookmarksLabelsAndLinksStayWithTheirPiece) {
  auto pieces = pieces_of({"Ada", "Grace"});
  const std::string bytes = write_pieces(pieces, shared());
  QPDF pdf;
  pdf.processMemoryFile("file", bytes.data(), bytes.size());
  QPDFObjectHandle outlines = pdf.getRoot().getKey("/Outlines");
  EXPECT_EQ(outlines.getKey("/Count").getIntValue(), 2);
  const auto pages = pdf.getAllPages();
  QPDFObjectHandle first = outlines.getKey("/First"), second = first.getKey("/Next");
  EXPECT_TRUE(first.getKey("/Dest").getArrayItem(0).isSameObjectAs(pages[0]));
  EXPECT_TRUE(second.getKey("/Dest").getArrayItem(0).isSameObjectAs(pages[2]));
  EXPECT_TRUE(outlines.getKey("/Last").isSameObjectAs(second));
  EXPECT_TRUE(second.getKey("/Prev").isSameObjectAs(first));
  EXPECT_EQ(first.getKey("/Count").getIntValue(), -1);
}

TEST(Pieces, AFileIsTheSameWhateverWasWrittenBefore) {
  const auto pieces = pieces_of({"Ada", "Grace"});
  const std::string first = write_pieces(pieces, shared());
  write_pieces(pieces_of({"Zoë", "Ada"}), shared());
  EXPECT_EQ(write_pieces(pieces, shared()), first);
}

// Of one piece each: what was made before changes nothing, whether it was like this one or not.
TEST(FilesOfOnePiece, AreWhatEachIsAlone) {
  const std::string profile = srgb_profile();
  const pdf::Resources resources{noto(), profile};
  const DisplayDocument fixed = sample();
  DisplayDocument other = fixed;
  other.pages[0].placements.erase(other.pages[0].placements.begin());
  pdf::FileMaker maker({});
  for (const DisplayDocument& document : {piece(fixed, "Ada"), piece(fixed, "Bartholomew"), piece(other, "Ada"), piece(fixed, "Ada"), fixed}) {
    Diagnostics diags;
    const auto file = maker.write(document, resources, diags);
    const auto alone = pdf::write_pdf(document, resources, diags, shared());
    ASSERT_TRUE(file && alone) << to_text(diags);
    EXPECT_EQ(*file, *alone);
  }
}

// The codes of fixed text, and so its fonts, are the same whatever a field holds.
TEST(FilesOfOnePiece, HaveTheSameFixedFonts) {
  const std::string profile = srgb_profile();
  const DisplayDocument fixed = sample();
  pdf::FileMaker maker({});
  std::vector<std::set<std::string>> names;
  for (const std::string_view name : {"Ada", "Bartholomew"}) {
    Diagnostics diags;
    const auto file = maker.write(piece(fixed, name), {noto(), profile}, diags);
    ASSERT_TRUE(file) << to_text(diags);
    QPDF pdf;
    pdf.processMemoryFile("file", file->data(), file->size());
    std::set<std::string>& found = names.emplace_back();
    for (QPDFObjectHandle object : pdf.getAllObjects()) {
      if (object.isDictionaryOfType("/Font", "/Type0")) found.insert(object.getKey("/BaseFont").getName());
    }
  }
  std::vector<std::string> both;
  std::ranges::set_intersection(names[0], names[1], std::back_inserter(both));
  EXPECT_EQ(both.size(), names[0].size() - 1) << "all but the field's own";
  EXPECT_EQ(names[0].size(), names[1].size());
}

}  // namespace handout::test
