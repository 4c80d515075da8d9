// What a file of many pieces says of each: document parts, labels, bookmarks, printing hints.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inspect/inspect.h"
#include "inspect/qpdf.h"
#include "pdf/pdf.h"
#include "pdf/sample.h"

namespace handout::test {

namespace {

using pdf::PieceEntry;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

pdf::Options with_parts(pdf::Purpose purpose) {
  pdf::Options options;
  options.purpose = purpose;
  options.pieces = pdf::Pieces::Many;
  options.sharing = pdf::Sharing::Yes;
  options.parts = pdf::Parts::Yes;
  return options;
}

// The sample again and again, under these names.
std::string write_entries(const display::DisplayDocument& piece, const std::vector<PieceEntry>& entries, const pdf::Options& options) {
  const std::string profile = srgb_profile();
  Diagnostics diags;
  StringSink sink;
  pdf::Writer writer(sink, pdf::file_info(piece), {noto(), profile}, options);
  for (const PieceEntry& entry : entries) EXPECT_TRUE(writer.add(piece, entry, diags)) << to_text(diags);
  EXPECT_TRUE(writer.finish(diags)) << to_text(diags);
  return sink.take();
}

const std::vector<PieceEntry> kThree{{"A17", "", 1}, {"A18", "For room 4", 1}, {"A19", "", 1}};

class Opened {
 public:
  explicit Opened(std::string bytes) : bytes_(std::move(bytes)) { file_.processMemoryFile("file", bytes_.data(), bytes_.size()); }
  QPDFObjectHandle root() { return file_.getRoot(); }
  std::vector<QPDFObjectHandle> pages() { return file_.getAllPages(); }

 private:
  std::string bytes_;
  QPDF file_;
};

// The leaves in their order, whichever list they stand in.
std::vector<QPDFObjectHandle> leaves_of(QPDFObjectHandle node) {
  std::vector<QPDFObjectHandle> leaves;
  for (QPDFObjectHandle list : node.getKey("/DParts").getArrayAsVector()) {
    for (const QPDFObjectHandle& leaf : list.getArrayAsVector()) leaves.push_back(leaf);
  }
  return leaves;
}

// Nums of a small number tree.
std::map<long long, QPDFObjectHandle> labels_of(Opened& file) {
  std::map<long long, QPDFObjectHandle> labels;
  const auto add = [&](QPDFObjectHandle node) {
    auto nums = node.getKey("/Nums").getArrayAsVector();
    for (std::size_t i = 0; i + 1 < nums.size(); i += 2) labels.emplace(nums[i].getIntValue(), nums[i + 1]);
  };
  QPDFObjectHandle tree = file.root().getKey("/PageLabels");
  if (tree.hasKey("/Nums")) add(tree);
  if (tree.hasKey("/Kids")) {
    for (const QPDFObjectHandle& kid : tree.getKey("/Kids").getArrayAsVector()) add(kid);
  }
  return labels;
}

}  // namespace

TEST(DocumentParts, HaveALeafForEachPieceWithItsPages) {
  for (const pdf::Purpose purpose : {pdf::Purpose::Screen, pdf::Purpose::Print}) {
    Opened file(write_entries(sample(), kThree, with_parts(purpose)));
    QPDFObjectHandle root = file.root().getKey("/DPartRoot");
    EXPECT_EQ(root.getKey("/Type").getName(), "/DPartRoot");
    EXPECT_EQ(root.getKey("/RecordLevel").getIntValue(), 1);
    std::vector<std::string> names;
    for (QPDFObjectHandle name : root.getKey("/NodeNameList").getArrayAsVector()) names.push_back(name.getName());
    EXPECT_THAT(names, ElementsAre("/File", "/Piece"));
    QPDFObjectHandle node = root.getKey("/DPartRootNode");
    EXPECT_TRUE(node.isIndirect());
    EXPECT_EQ(node.getKey("/Type").getName(), "/DPart");
    EXPECT_TRUE(node.getKey("/Parent").isSameObjectAs(root));
    const auto leaves = leaves_of(node);
    const auto pages = file.pages();
    ASSERT_EQ(leaves.size(), 3u);
    ASSERT_EQ(pages.size(), 6u);
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      QPDFObjectHandle leaf = leaves[i];
      EXPECT_TRUE(leaf.isIndirect());
      EXPECT_EQ(leaf.getKey("/Type").getName(), "/DPart");
      EXPECT_TRUE(leaf.getKey("/Parent").isSameObjectAs(node));
      EXPECT_TRUE(leaf.getKey("/Start").isSameObjectAs(pages[2 * i]));
      EXPECT_TRUE(leaf.getKey("/End").isSameObjectAs(pages[2 * i + 1]));
      EXPECT_FALSE(leaf.hasKey("/DParts"));
      EXPECT_EQ(leaf.getKey("/DPM").getKey("/PieceID").getUTF8Value(), kThree[i].id);
      EXPECT_EQ(leaf.getKey("/DPM").getKey("/Sheets").getIntValue(), 1);
      EXPECT_EQ(leaf.getKey("/DPM").getKey("/Pages").getIntValue(), 2);
      for (std::size_t page = 2 * i; page < 2 * i + 2; ++page) EXPECT_TRUE(QPDFObjectHandle(pages[page]).getKey("/DPart").isSameObjectAs(leaf));
    }
  }
}

TEST(DocumentParts, AreInListsThatStaySmall) {
  std::vector<PieceEntry> entries;
  for (int i = 0; i < 600; ++i) entries.push_back({"P" + std::to_string(i), "", 1});
  Opened file(write_entries(sample(), entries, with_parts(pdf::Purpose::Print)));
  QPDFObjectHandle node = file.root().getKey("/DPartRoot").getKey("/DPartRootNode");
  std::vector<int> sizes;
  for (QPDFObjectHandle list : node.getKey("/DParts").getArrayAsVector()) sizes.push_back(list.getArrayNItems());
  EXPECT_THAT(sizes, ElementsAre(256, 256, 88));
  const auto leaves = leaves_of(node);
  const auto pages = file.pages();
  for (std::size_t i = 0; i < leaves.size(); ++i) {
    EXPECT_EQ(QPDFObjectHandle(leaves[i]).getKey("/DPM").getKey("/PieceID").getUTF8Value(), entries[i].id);
    EXPECT_TRUE(QPDFObjectHandle(leaves[i]).getKey("/Start").isSameObjectAs(pages[2 * i]));
  }
}

TEST(DocumentParts, AreThereOnlyWhereTheyAreAskedFor) {
  pdf::Options options = with_parts(pdf::Purpose::Print);
  options.parts = pdf::Parts::No;
  Opened file(write_entries(sample(), kThree, options));
  EXPECT_FALSE(file.root().hasKey("/DPartRoot"));
  for (QPDFObjectHandle page : file.pages()) EXPECT_FALSE(page.hasKey("/DPart"));
}

// Every rule that a file claims to keep holds with them.
TEST(DocumentParts, BreakNoClaim) {
  EXPECT_THAT(inspect::check_tags(write_entries(sample(), kThree, with_parts(pdf::Purpose::Screen))), IsEmpty());
  EXPECT_THAT(inspect::check_archive(write_entries(sample(), kThree, with_parts(pdf::Purpose::Print))), IsEmpty());
}

TEST(DocumentParts, AreTheSameBytesAgain) {
  EXPECT_EQ(write_entries(sample(), kThree, with_parts(pdf::Purpose::Print)), write_entries(sample(), kThree, with_parts(pdf::Purpose::Print)));
}

TEST(PieceEntries, LabelsHaveTheIdBeforeThem) {
  display::DisplayDocument piece = sample();
  for (const bool labelled : {false, true}) {
    if (labelled) {
      for (std::size_t i = 0; i < piece.pages.size(); ++i) piece.pages[i].label = std::to_string(i + 1);
    }
    Opened file(write_entries(piece, kThree, with_parts(pdf::Purpose::Print)));
    auto labels = labels_of(file);
    ASSERT_EQ(labels.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
      QPDFObjectHandle range = labels.at(static_cast<long long>(2 * i));
      EXPECT_EQ(range.getKey("/P").getUTF8Value(), kThree[i].id + "-");
      EXPECT_EQ(range.getKey("/S").getName(), "/D");
      EXPECT_EQ(range.getKey("/St").getIntValue(), 1);
    }
  }
}

TEST(PieceEntries, LabelsThatDoNotCountStandBehindTheId) {
  display::DisplayDocument piece = sample();
  piece.pages[0].label = "cover";
  piece.pages[1].label = "1";
  Opened file(write_entries(piece, {{"A1", "", 1}, {"", "", 0}}, with_parts(pdf::Purpose::Print)));
  auto labels = labels_of(file);
  EXPECT_EQ(labels.at(0).getKey("/P").getUTF8Value(), "A1-cover");
  EXPECT_EQ(labels.at(1).getKey("/P").getUTF8Value(), "A1-");
  EXPECT_EQ(labels.at(2).getKey("/P").getUTF8Value(), "cover");
  EXPECT_FALSE(labels.at(3).hasKey("/P"));
  EXPECT_EQ(labels.size(), 4u);
}

// A label that counts on from the piece before is still another piece's.
TEST(PieceEntries, LabelsDoNotRunIntoTheNextPiece) {
  display::DisplayDocument piece = sample();
  piece.pages[0].label = "2";
  piece.pages[1].label = "1";
  Opened file(write_entries(piece, {{"A1", "", 1}, {"A2", "", 1}, {"", "", 0}}, with_parts(pdf::Purpose::Print)));
  EXPECT_EQ(labels_of(file).size(), 6u);
  EXPECT_FALSE(labels_of(file).at(4).hasKey("/P"));
}

TEST(PieceEntries, BookmarksNameThePieceAndHoldItsOwn) {
  for (const pdf::Purpose purpose : {pdf::Purpose::Screen, pdf::Purpose::Print}) {
    Opened file(write_entries(sample(), kThree, with_parts(purpose)));
    QPDFObjectHandle outlines = file.root().getKey("/Outlines");
    EXPECT_EQ(outlines.getKey("/Count").getIntValue(), 3);
    const auto pages = file.pages();
    QPDFObjectHandle mark = outlines.getKey("/First");
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(mark.getKey("/Title").getUTF8Value(), i == 1 ? "For room 4" : kThree[i].id);
      EXPECT_TRUE(mark.getKey("/Dest").getArrayItem(0).isSameObjectAs(pages[2 * i]));
      EXPECT_EQ(mark.getKey("/Count").getIntValue(), -2);
      EXPECT_EQ(mark.getKey("/First").getKey("/Title").getUTF8Value(), sample().outline.front().title);
      EXPECT_EQ(mark.hasKey("/SE"), purpose == pdf::Purpose::Screen);
      mark = mark.getKey("/Next");
    }
  }
}

TEST(PieceEntries, BookmarksOfPiecesOnly) {
  pdf::Options options = with_parts(pdf::Purpose::Print);
  options.bookmarks = pdf::Bookmarks::Pieces;
  Opened file(write_entries(sample(), kThree, options));
  QPDFObjectHandle outlines = file.root().getKey("/Outlines");
  EXPECT_EQ(outlines.getKey("/Count").getIntValue(), 3);
  EXPECT_FALSE(outlines.getKey("/First").hasKey("/First"));
}

// Whose piece it is must not be guessed from the file: nothing but what the entry says goes in.
TEST(PieceEntries, SayNothingThatIsNotGiven) {
  Opened file(write_entries(sample(), {{"", "", 0}}, with_parts(pdf::Purpose::Print)));
  QPDFObjectHandle leaf = leaves_of(file.root().getKey("/DPartRoot").getKey("/DPartRootNode")).front();
  EXPECT_EQ(leaf.getKey("/DPM").getKeys(), std::set<std::string>{"/Pages"});
  EXPECT_EQ(file.root().getKey("/Outlines").getKey("/First").getKey("/Title").getUTF8Value(), sample().outline.front().title);
}

TEST(PieceEntries, SidesAreHintedAt) {
  display::DisplayDocument piece = sample();
  const auto hint = [&](pdf::Pieces pieces) {
    pdf::Options options = with_parts(pdf::Purpose::Print);
    options.pieces = pieces;
    Opened file(write_entries(piece, {{"A1", "", 1}}, options));
    QPDFObjectHandle preferences = file.root().getKey("/ViewerPreferences");
    return preferences.hasKey("/Duplex") ? preferences.getKey("/Duplex").getName() : std::string();
  };
  piece.duplex = display::Duplex::No;
  EXPECT_EQ(hint(pdf::Pieces::Many), "/Simplex");
  EXPECT_EQ(hint(pdf::Pieces::One), "");
  piece.duplex = display::Duplex::LongEdge;
  EXPECT_EQ(hint(pdf::Pieces::Many), "/DuplexFlipLongEdge");
  piece.duplex = display::Duplex::ShortEdge;
  EXPECT_EQ(hint(pdf::Pieces::Many), "/DuplexFlipShortEdge");
}

// A code that only one recipient has stands in that recipient's own stream and stays no object that all later pieces keep.
TEST(PieceEntries, PicturesOfAFieldAreInNoSharedStream) {
  display::DisplayDocument piece = sample();
  images::Drawing drawing{10, 10, {}, {}};
  images::DrawnPath path;
  path.fill = Color{};
  using images::SegmentKind;
  for (const auto& [kind, x, y] : {std::tuple{SegmentKind::Move, 1.0, 2.0}, {SegmentKind::Line, 4.0, 2.0}, {SegmentKind::Line, 4.0, 3.0}, {SegmentKind::Line, 1.0, 3.0}, {SegmentKind::Close, 1.0, 2.0}}) path.segments.push_back({kind, 0, 0, 0, 0, x, y});
  drawing.paths.push_back(path);
  const auto picture = std::make_shared<const images::Picture>(images::Picture{"code", std::move(drawing), {10_pt, 10_pt}});
  const auto objects_with = [&](display::TextSource source) {
    display::DisplayDocument with = piece;
    with.pages[0].placements.push_back({std::make_shared<display::Fragment>(one_line({}, {{display::PlacedPicture{picture, {0_pt, 0_pt, 10_pt, 10_pt}, source}, std::nullopt}})), 0, 1, {300_pt, 500_pt}, display::ArtifactKind::Layout});
    Opened file(write_entries(with, {{"A1", "", 1}, {"A2", "", 1}}, with_parts(pdf::Purpose::Print)));
    const auto pages = file.pages();
    QPDFObjectHandle last = QPDFObjectHandle(pages[0]).getKey("/Contents");
    if (last.isArray()) last = last.getArrayItem(last.getArrayNItems() - 1);
    const auto data = last.getStreamData();
    return std::pair{QPDFObjectHandle(pages[0]).getKey("/Resources").getKey("/XObject").getKeys().size(), std::string(reinterpret_cast<const char*>(data->getBuffer()), data->getSize())};
  };
  const auto [fixed_objects, fixed_text] = objects_with(display::TextSource::Fixed);
  const auto [own_objects, own_text] = objects_with(display::TextSource::Field);
  EXPECT_EQ(fixed_objects, own_objects + 1);
  EXPECT_THAT(own_text, HasSubstr("1 2 3 1 re\nf\n"));
  EXPECT_THAT(fixed_text, testing::Not(HasSubstr("1 2 3 1 re")));
}

}  // namespace handout::test
