#include "pdf/pdf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "base/files.h"
#include "inspect/inspect.h"
#include "inspect/qpdf.h"
#include "pdf/sample.h"

namespace handout::test {

using namespace display;

namespace {

inspect::Report read(const std::string& bytes) {
  auto report = inspect::read_pdf(bytes);
  EXPECT_TRUE(report) << report.error();
  return report.value_or(inspect::Report{});
}

ElementInfo info(Role role) {
  ElementInfo result;
  result.role = role;
  return result;
}

std::string tags(const DisplayDocument& document) { return inspect::dump(read(write(document)).tree); }

std::string faults_of(const DisplayDocument& document) {
  Diagnostics diags;
  const std::string profile = srgb_profile();
  EXPECT_FALSE(pdf::write_pdf(document, {noto(), profile}, diags));
  return to_text(diags);
}

Command picture_command(std::shared_ptr<const images::Picture> picture) { return {PlacedPicture{std::move(picture), {0_pt, 0_pt, 40_pt, 30_pt}}, LocalElement(0)}; }

std::shared_ptr<images::Picture> raster(std::string alpha) {
  auto picture = std::make_shared<images::Picture>();
  picture->file = "a.png";
  std::string pixels;
  for (int i = 0; i < 4 * 3; ++i) pixels += {static_cast<char>(i), static_cast<char>(2 * i), static_cast<char>(200 - i)};
  picture->content = images::Raster{4, 3, images::PixelFormat::Rgb8, pixels, std::move(alpha)};
  return picture;
}

// A file with one thing to look at through libqpdf.
struct Opened {
  explicit Opened(std::string text) : bytes(std::move(text)) { pdf.processMemoryFile("written", bytes.data(), bytes.size()); }
  std::vector<QPDFObjectHandle> images() {
    std::vector<QPDFObjectHandle> found;
    for (QPDFObjectHandle& object : pdf.getAllObjects()) {
      if (object.isStream() && object.getDict().getKey("/Subtype").isNameAndEquals("/Image")) found.push_back(object);
    }
    return found;
  }
  QPDFObjectHandle page(std::size_t i) { return pdf.getAllPages().at(i); }
  std::string bytes;
  QPDF pdf;
};

}  // namespace

TEST(WritePdf, TagsOfTheSampleAreExact) {
  const std::string bytes = write(sample());
  const inspect::Report report = read(bytes);
  EXPECT_EQ(inspect::dump(report.tree), R"(Document
  H1 "Knee"
  P "Résumé: take 5 µg daily."
  P Lang="ar" "مرحبا بكم في العيادة"
  P Lang="hi" "किताब और क्षेत्र"
  P Lang="zh-Hans" "膝关节练习"
  H2 "Exercises"
  L ListNumbering="Decimal"
    LI
      Lbl "1."
      LBody
        P "Bend the knee."
    LI
      Lbl "2."
      LBody
        P "Stretch it."
  Table
    THead
      TR
        TH Scope="Column" "Day"
        TH Scope="Column" "Dose"
    TBody
      TR
        TD "Monday"
        TD RowSpan="2" "1 tablet"
      TR
        TD
  P
    "See "
    Link "our page"
    " for more."
  Figure Alt="A bent knee"
    Caption "The knee"
  P "The first half and the second."
)");
}

TEST(WritePdf, SampleHoldsAllThatIsChecked) {
  const std::vector<std::string> faults = inspect::check_tags(write(sample()));
  EXPECT_TRUE(faults.empty()) << faults.front() << " and " << faults.size() - 1 << " more";
}

TEST(WritePdf, SameDocumentSameBytes) { EXPECT_EQ(write(sample()), write(sample())); }


TEST(WritePdf, QpdfFindsNothingToCorrect) {
  if (std::system("qpdf --version > /dev/null 2>&1") != 0) GTEST_SKIP() << "qpdf is not installed";
  const std::string path = testing::TempDir() + "handout_write_test.pdf";
  Diagnostics diags;
  ASSERT_TRUE(write_file(path, write(sample()), diags)) << to_text(diags);
  EXPECT_EQ(std::system(("qpdf --check '" + path + "' > /dev/null").c_str()), 0);
  std::filesystem::remove(path);
}

TEST(WritePdf, SaysWhatTheDocumentIs) {
  DisplayDocument document = sample();
  document.metadata.author = "Dr. Ögren";
  document.metadata.subject = "Exercises";
  document.metadata.keywords = {"knee", "hip"};
  document.metadata.creator = "handout 0.1";
  document.metadata.edition = "knee/en/3";
  document.right_to_left = true;
  document.duplex = Duplex::LongEdge;
  const std::string bytes = write(document);
  inspect::Report report = read(bytes);
  EXPECT_EQ(report.version, "1.7");
  EXPECT_EQ(report.title, "Knee & hip <exercises>");
  EXPECT_EQ(report.language, "en");
  EXPECT_EQ(report.pages, 2u);
  EXPECT_EQ(report.page_sizes.at(1), std::pair(595.0, 842.0));
  EXPECT_EQ(report.info["Author"], "Dr. Ögren");
  EXPECT_EQ(report.info["Keywords"], "knee, hip");
  EXPECT_EQ(report.info["Edition"], "knee/en/3");
  EXPECT_EQ(report.info["CreationDate"], "D:20261122000000Z");
  EXPECT_EQ(report.outline, (std::vector<std::string>{"Knee", "  Exercises — 练习"}));
  EXPECT_EQ(report.links, std::vector<std::string>{"https://example.org/knee"});
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
  Opened opened(bytes);
  QPDFObjectHandle catalog = opened.pdf.getRoot();
  EXPECT_EQ(catalog.getKey("/ViewerPreferences").getKey("/Direction").getName(), "/R2L");
  EXPECT_EQ(catalog.getKey("/ViewerPreferences").getKey("/Duplex").getName(), "/DuplexFlipLongEdge");
  EXPECT_EQ(catalog.getKey("/ViewerPreferences").getKey("/PrintScaling").getName(), "/None");
  EXPECT_TRUE(catalog.getKey("/ViewerPreferences").getKey("/PickTrayByPDFSize").getBoolValue());
  EXPECT_EQ(catalog.getKey("/PageMode").getName(), "/UseOutlines");
  document.duplex = Duplex::ShortEdge;
  Opened turned(write(document));
  EXPECT_EQ(turned.pdf.getRoot().getKey("/ViewerPreferences").getKey("/Duplex").getName(), "/DuplexFlipShortEdge");
  EXPECT_EQ(catalog.getKey("/PageLabels").getKey("/Nums").getArrayNItems(), 2);  // "1" and "2" count: one range
  EXPECT_EQ(catalog.getKey("/OutputIntents").getArrayItem(0).getKey("/DestOutputProfile").getDict().getKey("/N").getIntValue(), 3);
}

TEST(WritePdf, DocumentThatNobodyCouldClaimIsAFault) {
  DisplayDocument document = sample();
  document.metadata.title.clear();
  document.metadata.language.clear();
  document.metadata.date = "yesterday";
  EXPECT_THAT(faults_of(document), testing::AllOf(testing::HasSubstr("no title"), testing::HasSubstr("no language"), testing::HasSubstr("'yesterday'")));
}

TEST(WritePdf, FontsAreEmbeddedOncePerSource) {
  Maker maker;
  maker.block(Role::P, "Dear ", maker.root);
  Command name = text_command("Zoë", kLatin, {0_pt, 14_pt});
  std::get<GlyphRun>(name.what).source = TextSource::Field;
  maker.place(one_line({{info(Role::P), {}, {}, {}}}, {name}), maker.root);
  const std::string bytes = write(maker.document);
  const inspect::Report report = read(bytes);
  ASSERT_EQ(report.fonts.size(), 2u);
  EXPECT_NE(report.fonts[0].name, report.fonts[1].name);
  for (const inspect::FontReport& font : report.fonts) {
    EXPECT_EQ(font.name.substr(6), "+NotoSans-Regular");
    EXPECT_EQ(font.type, "Type0/CIDFontType2");
    EXPECT_TRUE(font.embedded && font.to_unicode);
  }
  // The fixed subset is the same whoever the recipient is.
  std::get<GlyphRun>(name.what) = shape("Ann", kLatin, {0_pt, 14_pt});
  std::get<GlyphRun>(name.what).source = TextSource::Field;
  maker.document.pages[0].placements.pop_back();
  maker.document.structure.pop_back();
  maker.place(one_line({{info(Role::P), {}, {}, {}}}, {name}), maker.root);
  EXPECT_EQ(read(write(maker.document)).fonts[0].name, report.fonts[0].name);
}

TEST(WritePdf, GlyphsWithoutTextLeaveTheTextExact) {
  Maker maker;
  ElementInfo thai = info(Role::P);
  thai.language = "th";
  maker.block(thai, "น้ำดื่มที่นี่", maker.root, kThai);
  const std::string bytes = write(maker.document);
  EXPECT_EQ(inspect::structure_text(read(bytes).tree), "น้ำดื่มที่นี่");
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
}

TEST(WritePdf, ContentOfNoElementGoesToTheParent) {
  Maker maker;
  const StructureId div = maker.element(info(Role::Div), maker.root);
  const StructureId none = maker.element(info(Role::None), div);
  maker.block(Role::P, "inside", none);
  const FragmentElement part{info(Role::None), LocalElement(0), {}, {}};
  maker.place(one_line({{info(Role::P), {}, {}, {}}, part}, {text_command("one ", kLatin, {0_pt, 14_pt}), text_command("two", kLatin, {30_pt, 14_pt}, 1)}), none);
  EXPECT_EQ(tags(maker.document), "Document\n  Div\n    P \"inside\"\n    P \"one two\"\n");
}

TEST(WritePdf, EmptyInlineElementsGoAndEmptyBlocksStay) {
  Maker maker;
  const FragmentElement span{info(Role::Span), LocalElement(0), {}, {}};
  const FragmentElement inner{info(Role::Quote), LocalElement(1), {}, {}};
  maker.place(one_line({{info(Role::P), {}, {}, {}}, span, inner}, {text_command("text", kLatin, {0_pt, 14_pt})}), maker.root);
  maker.element(info(Role::Sect), maker.root);
  EXPECT_EQ(tags(maker.document), "Document\n  P \"text\"\n  Sect\n");
}

TEST(WritePdf, KidsFollowTheReadingOrderNotThePainting) {
  Maker maker;
  const StructureId first = maker.block(Role::P, "first", maker.root);
  maker.block(Role::P, "second", maker.root);
  EXPECT_EQ(first.value(), 1u);
  std::swap(maker.document.pages[0].placements[0], maker.document.pages[0].placements[1]);
  EXPECT_EQ(tags(maker.document), "Document\n  P \"first\"\n  P \"second\"\n");
}

TEST(WritePdf, LocalElementsStandWhereTheyArePainted) {
  Maker maker;
  const FragmentElement late{info(Role::Span), LocalElement(0), {}, {}};
  const FragmentElement early{info(Role::Quote), LocalElement(0), {}, {}};
  maker.place(one_line({{info(Role::P), {}, {}, {}}, late, early}, {text_command("a", kLatin, {0_pt, 14_pt}), text_command("b", kLatin, {10_pt, 14_pt}, 2),
                                                                    text_command("c", kLatin, {20_pt, 14_pt}), text_command("d", kLatin, {30_pt, 14_pt}, 1)}),
              maker.root);
  EXPECT_EQ(tags(maker.document), "Document\n  P\n    \"a\"\n    Quote \"b\"\n    \"c\"\n    Span \"d\"\n");
}

TEST(WritePdf, LinkOverTwoLinesHasTwoAnnotations) {
  Maker maker;
  const FragmentElement link{info(Role::Link), LocalElement(0), DestinationTarget{"end"}, "To the end"};
  maker.place(one_line({{info(Role::P), {}, {}, {}}, link}, {text_command("the ", kLatin, {0_pt, 14_pt}, 1), {LinkArea{{0_pt, 0_pt, 30_pt, 20_pt}}, LocalElement(1)},
                                                             text_command("end", kLatin, {0_pt, 34_pt}, 1), {LinkArea{{0_pt, 20_pt, 30_pt, 20_pt}}, LocalElement(1)}}),
              maker.root);
  maker.place(one_line({{info(Role::P), {}, {}, {}}}, {{DestinationMark{"end", {0_pt, 0_pt}}, LocalElement(0)}, text_command("End", kLatin, {0_pt, 14_pt})}), maker.root);
  const std::string bytes = write(maker.document);
  EXPECT_EQ(read(bytes).links, (std::vector<std::string>{"#end", "#end"}));
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
  Opened opened(bytes);
  QPDFObjectHandle names = opened.pdf.getRoot().getKey("/Names").getKey("/Dests").getKey("/Names");
  ASSERT_EQ(names.getArrayNItems(), 2);
  EXPECT_EQ(names.getArrayItem(1).getArrayItem(3).getNumericValue(), 842 - 84);  // the top of the second block
}

TEST(WritePdf, LinkToNowhereIsAFault) {
  Maker maker;
  const FragmentElement link{info(Role::Link), LocalElement(0), DestinationTarget{"gone"}, "Gone"};
  maker.place(one_line({{info(Role::P), {}, {}, {}}, link}, {text_command("x", kLatin, {0_pt, 14_pt}, 1), {LinkArea{{0_pt, 0_pt, 30_pt, 20_pt}}, LocalElement(1)}}), maker.root);
  EXPECT_THAT(faults_of(maker.document), testing::HasSubstr("'gone'"));
}

TEST(WritePdf, LinksInAnArtifactAreDropped) {
  Maker maker;
  const FragmentElement link{info(Role::Link), LocalElement(0), UriTarget{"https://example.org/"}, "x"};
  maker.place(one_line({{info(Role::P), {}, {}, {}}, link}, {text_command("x", kLatin, {0_pt, 14_pt}, 1), {LinkArea{{0_pt, 0_pt, 30_pt, 20_pt}}, LocalElement(1)}}), maker.root);
  maker.add_page();
  Placement again = maker.document.pages[0].placements[0];
  again.occurrence = ArtifactKind::Header;
  maker.document.pages[1].placements.push_back(again);
  const std::string bytes = write(maker.document);
  EXPECT_EQ(read(bytes).links.size(), 1u);
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
}

TEST(WritePdf, AddressesAreWrittenAsUris) {
  Maker maker;
  const FragmentElement link{info(Role::Link), LocalElement(0), UriTarget{"https://example.org/knie übung?a=(b)"}, "x"};
  maker.place(one_line({{info(Role::P), {}, {}, {}}, link}, {text_command("x", kLatin, {0_pt, 14_pt}, 1), {LinkArea{{0_pt, 0_pt, 30_pt, 20_pt}}, LocalElement(1)}}), maker.root);
  EXPECT_EQ(read(write(maker.document)).links, std::vector<std::string>{"https://example.org/knie%20%C3%BCbung?a=(b)"});
}

TEST(WritePdf, PictureUsedTwiceIsEmbeddedOnce) {
  Maker maker;
  ElementInfo figure = info(Role::Figure);
  figure.alt = "pixels";
  const auto picture = raster(std::string(12, '\x80'));
  for (int i = 0; i < 2; ++i) maker.place(one_line({{figure, {}, {}, {}}}, {picture_command(picture)}), maker.root);
  const std::string bytes = write(maker.document);
  Opened opened(bytes);
  std::vector<QPDFObjectHandle> images = opened.images();
  ASSERT_EQ(images.size(), 2u);  // the picture and its soft mask
  auto image = std::ranges::find_if(images, [](QPDFObjectHandle i) { return i.getDict().hasKey("/SMask"); });
  ASSERT_NE(image, images.end());
  const auto data = QPDFObjectHandle(*image).getStreamData();
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(data->getBuffer()), data->getSize()), std::get<images::Raster>(picture->content).pixels);
  EXPECT_EQ(opened.page(0).getKey("/Group").getKey("/CS").getName(), "/DeviceRGB");
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
}

TEST(WritePdf, DrawingUsedTwiceIsOneForm) {
  Maker maker;
  auto picture = std::make_shared<images::Picture>();
  images::DrawnPath path;
  path.segments = {{images::SegmentKind::Move, 0, 0, 0, 0, 0, 0}, {images::SegmentKind::Line, 0, 0, 0, 0, 9, 9}};
  path.stroke = images::Stroke{};
  picture->content = images::Drawing{10, 10, {path}, {}};
  ElementInfo figure = info(Role::Figure);
  figure.alt = "a line";
  for (int i = 0; i < 2; ++i) maker.place(one_line({{figure, {}, {}, {}}}, {picture_command(picture)}), maker.root);
  const std::string bytes = write(maker.document);
  Opened opened(bytes);
  EXPECT_EQ(opened.page(0).getKey("/Resources").getKey("/XObject").getDictAsMap().size(), 1u);
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
  const auto attributes = std::get<inspect::ElementNode>(read(bytes).tree.kids.front()).attributes;
  EXPECT_EQ(attributes.at("BBox"), "60 752 100 782");
}

TEST(WritePdf, JpegIsPassedThrough) {
  Maker maker;
  ElementInfo figure = info(Role::Figure);
  figure.alt = "photograph";
  auto picture = std::make_shared<images::Picture>();
  picture->file = "photo.jpg";
  picture->content = images::Jpeg{8, 8, 3, "not looked at here"};
  maker.place(one_line({{figure, {}, {}, {}}}, {picture_command(picture)}), maker.root);
  Opened opened(write(maker.document));
  ASSERT_EQ(opened.images().size(), 1u);
  const auto raw = opened.images()[0].getRawStreamData();
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize()), "not looked at here");
  EXPECT_EQ(opened.images()[0].getDict().getKey("/Filter").getName(), "/DCTDecode");
}

TEST(WritePdf, AttachmentsMakeItPdfA3) {
  Maker maker;
  maker.block(Role::P, "Words.", maker.root);
  const std::string profile = srgb_profile();
  pdf::Options options;
  options.attachments = {{"b.xml", "second", "application/xml", "<b/>"}, {"a.xml", "first", "application/xml", "<a/>"}};
  Diagnostics diags;
  const std::string bytes = pdf::write_pdf(maker.document, {noto(), profile}, diags, options).value_or("");
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
  EXPECT_THAT(read(bytes).xmp, testing::HasSubstr("<pdfaid:part>3<"));
  Opened opened(bytes);
  QPDFObjectHandle names = opened.pdf.getRoot().getKey("/Names").getKey("/EmbeddedFiles").getKey("/Names");
  ASSERT_EQ(names.getArrayNItems(), 4);
  EXPECT_EQ(names.getArrayItem(0).getUTF8Value(), "a.xml");
  QPDFObjectHandle file = names.getArrayItem(1);
  EXPECT_EQ(file.getKey("/AFRelationship").getName(), "/Source");
  const auto data = file.getKey("/EF").getKey("/F").getStreamData();
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(data->getBuffer()), data->getSize()), "<a/>");
  EXPECT_EQ(opened.pdf.getRoot().getKey("/AF").getArrayNItems(), 2);
}

namespace {

DisplayDocument with_picture(images::Drawing drawing) {
  Maker maker;
  ElementInfo figure = info(Role::Figure);
  figure.alt = "A square";
  auto picture = std::make_shared<images::Picture>();
  picture->file = "square.svg";
  picture->content = std::move(drawing);
  maker.place(one_line({{figure, {}, {}, {}}}, {{PlacedPicture{picture, {0_pt, 0_pt, 50_pt, 50_pt}}, LocalElement(0)}}), maker.root);
  return maker.document;
}

QPDFObjectHandle first_form(Opened& opened) {
  QPDFObjectHandle page = opened.pdf.getAllPages()[0];
  return page.getKey("/Resources").getKey("/XObject").getKey("/X1");
}

images::Drawing square_filled_with(const images::Gradient& gradient) {
  images::DrawnPath square;
  square.segments = {{images::SegmentKind::Move, 0, 0, 0, 0, 0, 0}, {images::SegmentKind::Line, 0, 0, 0, 0, 10, 0}, {images::SegmentKind::Line, 0, 0, 0, 0, 10, 10}, {images::SegmentKind::Close}};
  square.fill = std::make_shared<const images::Gradient>(gradient);
  square.stroke = images::Stroke{};
  return {10, 10, {square}, {}};
}

// libharu's own arrays end at 32,767 entries; ISO 32000-1 knows no such limit. Here the root has that many children, and the page that many pieces of content.
TEST(Writer, ArraysAreAsLongAsTheyMustBe) {
  constexpr int kMany = 33000;
  Maker maker;
  for (int i = 0; i < kMany; ++i) {
    maker.y = 60_pt;
    maker.block(Role::P, "a", maker.root);
  }
  Opened opened(write(maker.document));
  QPDFObjectHandle tree = opened.pdf.getRoot().getKey("/StructTreeRoot");
  QPDFObjectHandle root = tree.getKey("/K");
  if (root.isArray()) root = root.getArrayItem(0);
  ASSERT_EQ(root.getKey("/K").getArrayNItems(), kMany);
  EXPECT_TRUE(root.getKey("/K").getArrayItem(kMany - 1).getKey("/S").isNameAndEquals("/P"));
  QPDFObjectHandle owners = tree.getKey("/ParentTree").getKey("/Nums").getArrayItem(1);
  ASSERT_EQ(owners.getArrayNItems(), kMany);
  EXPECT_EQ(owners.getArrayItem(kMany - 1).getObjGen(), root.getKey("/K").getArrayItem(kMany - 1).getObjGen());
}

}  // namespace

TEST(WritePdf, GradientsAreShadings) {
  images::Gradient gradient{images::LinearGradient{0, 0, 1, 0}, {{0.2, {255, 0, 0}}, {0.5, {0, 255, 0}}, {0.5, {0, 0, 255}}}, {10, 0, 0, 10, 0, 0}};
  const std::string bytes = write(with_picture(square_filled_with(gradient)));
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
  Opened opened(bytes);
  QPDFObjectHandle form = first_form(opened);
  QPDFObjectHandle shading = form.getDict().getKey("/Resources").getKey("/Shading").getKey("/S1");
  EXPECT_EQ(shading.getKey("/ShadingType").getIntValue(), 2);
  EXPECT_EQ(shading.getKey("/Coords").unparse(), "[ 0 0 1 0 ]");
  // Red up to 0.2, to green at 0.5, and from there blue: three functions, as nothing lies between the stops at 0.5.
  EXPECT_EQ(shading.getKey("/Function").getKey("/Functions").getArrayNItems(), 3);
  EXPECT_EQ(shading.getKey("/Function").getKey("/Bounds").unparse(), "[ 0.2 0.5 ]");
  const auto data = form.getStreamData();
  EXPECT_THAT(std::string(reinterpret_cast<const char*>(data->getBuffer()), data->getSize()), testing::StartsWith("q\n0 0 m\n10 0 l\n10 10 l\nh\nW\nn\n10 0 0 10 0 0 cm\n/S1 sh\nQ\n"));
}

TEST(WritePdf, RadialGradientsRunFromFocusToCircle) {
  images::Gradient gradient{images::RadialGradient{5, 5, 4, 6, 5}, {{0, {255, 255, 255}}, {1, {0, 0, 0}}}, {}};
  Opened opened(write(with_picture(square_filled_with(gradient))));
  QPDFObjectHandle form = first_form(opened);
  EXPECT_EQ(form.getDict().getKey("/Resources").getKey("/Shading").getKey("/S1").getKey("/Coords").unparse(), "[ 6 5 0 5 5 4 ]");
}

TEST(WritePdf, NotesHaveIdentifiers) {
  Maker maker;
  for (const char* text : {"One.", "Two."}) maker.block(Role::Note, text, maker.root);
  EXPECT_THAT(inspect::check_tags(write(maker.document)), testing::IsEmpty());
}

TEST(WritePdf, ManyPagesKeepTheirTrees) {
  Maker maker;
  const StructureId p = maker.block(Role::P, "again", maker.root);
  const Placement placement = maker.document.pages[0].placements[0];
  for (int i = 1; i < 600; ++i) {
    maker.add_page();
    maker.element(info(Role::P), maker.root);
    Placement next = placement;
    next.occurrence = StructureId(p.value() + static_cast<std::size_t>(i));
    maker.document.pages.back().placements.push_back(next);
  }
  for (std::size_t i = 0; i < 600; ++i) maker.document.pages[i].label = i < 3 ? "i" : std::to_string(i - 2);
  const std::string bytes = write(maker.document);
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
  Opened opened(bytes);
  EXPECT_GT(opened.pdf.getRoot().getKey("/StructTreeRoot").getKey("/ParentTree").getKey("/Kids").getArrayNItems(), 1);
  EXPECT_EQ(opened.pdf.getRoot().getKey("/PageLabels").getKey("/Nums").getArrayNItems(), 8);  // three of their own, then one range
  EXPECT_LT(bytes.size(), 600u * 400u);
}

TEST(DisplayDump, OneLinePerDecision) {
  Maker maker;
  maker.block(Role::H1, "Kn\u00ADee \"x\"", maker.root);
  EXPECT_EQ(display::dump(maker.document, noto()), R"(document title="Knee & hip <exercises>" language="en" date="2026-11-22T00:00:00Z"
element 0 Document
  element 1 H1
page 1 595x842
  placement element 1 at 60,60 lines 0+1 of 1 size 400x20
    local 0 H1
    line top 0 height 20 baseline 14
      [0] text "Kn\u{AD}ee \"x\"" NotoSans-Regular 12 #000000 at 0,14 glyphs 8 last 42.744
)");
}

TEST(DisplayDump, NamesEveryRole) {
  EXPECT_EQ(display::name(Role::List), "L");
  EXPECT_EQ(display::name(Role::TableHeader), "TH");
  EXPECT_EQ(display::name(Role::Form), "Form");
}

}  // namespace handout::test
