// A good file is damaged in one place through libqpdf; check_tags must name that damage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "inspect/inspect.h"
#include "inspect/qpdf.h"
#include "pdf/sample.h"

#include <qpdf/QPDFWriter.hh>

namespace handout::test {

namespace {

const std::string& good() {
  static const std::string bytes = write(sample());
  return bytes;
}

std::string spoil(const std::function<void(QPDF&)>& change) {
  QPDF pdf;
  pdf.processMemoryFile("good", good().data(), good().size());
  change(pdf);
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setStaticID(true);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

QPDFObjectHandle find_element(QPDF& pdf, const std::string& role, std::size_t which = 0) {
  for (QPDFObjectHandle& object : pdf.getAllObjects()) {
    if (object.isDictionary() && object.getKey("/S").isNameAndEquals(role) && object.hasKey("/P") && which-- == 0) return object;
  }
  throw std::runtime_error("no element " + role);
}

QPDFObjectHandle page(QPDF& pdf, std::size_t i) { return pdf.getAllPages().at(i); }

std::string page_text(QPDF& pdf, std::size_t i) {
  const auto data = page(pdf, i).getKey("/Contents").getStreamData();
  return {reinterpret_cast<const char*>(data->getBuffer()), data->getSize()};
}

void replace_in_page(QPDF& pdf, std::size_t i, const std::string& from, const std::string& to) {
  std::string text = page_text(pdf, i);
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("page does not hold " + from);
  text.replace(at, from.size(), to);
  page(pdf, i).getKey("/Contents").replaceStreamData(text, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
}

QPDFObjectHandle font(QPDF& pdf) { return page(pdf, 1).getKey("/Resources").getKey("/Font").getDictAsMap().begin()->second; }

QPDFObjectHandle link(QPDF& pdf) { return page(pdf, 0).getKey("/Annots").getArrayItem(0); }

QPDFObjectHandle root(QPDF& pdf) { return pdf.getRoot().getKey("/StructTreeRoot"); }

void replace_in_stream(QPDFObjectHandle stream, const std::string& from, const std::string& to) {
  const auto data = stream.getStreamData();
  std::string text(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::runtime_error("stream does not hold " + from);
  stream.replaceStreamData(text.replace(at, from.size(), to), QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
}

struct Damage {
  std::string name, checkpoint;
  std::function<void(QPDF&)> change;
};

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

class Spoiled : public testing::TestWithParam<Damage> {};

TEST_P(Spoiled, IsRefused) {
  const std::vector<std::string> faults = inspect::check_tags(spoil(GetParam().change));
  EXPECT_THAT(faults, testing::Contains(testing::StartsWith(GetParam().checkpoint)));
}

const QPDFObjectHandle kNull = QPDFObjectHandle::newNull();
QPDFObjectHandle name(const char* text) { return QPDFObjectHandle::newName(text); }

std::vector<Damage> damages() {
  return {
      {"artifact_in_tagged", "01-003", [](QPDF& p) { replace_in_page(p, 1, "BT\n", "/Artifact BMC EMC BT\n"); }},
      {"tagged_in_artifact", "01-004", [](QPDF& p) { replace_in_page(p, 1, "/P<</MCID 0>>BDC", "/Artifact BMC /P<</MCID 0>>BDC EMC"); }},
      {"unmarked_text", "01-005", [](QPDF& p) { replace_in_page(p, 1, "/P<</MCID 0>>BDC", "/P BMC"); }},
      {"unmarked_path", "01-005", [](QPDF& p) { replace_in_page(p, 1, "/P<<", "0 0 9 9 re f /P<<"); }},
      {"mcid_changed", "01-005", [](QPDF& p) { replace_in_page(p, 0, "/MCID 2>>", "/MCID 77>>"); }},
      {"mcid_twice", "01-005", [](QPDF& p) { replace_in_page(p, 0, "/MCID 2>>", "/MCID 1>>"); }},
      {"tag_of_another_type", "01-006", [](QPDF& p) { replace_in_page(p, 0, "/H1<<", "/P<<"); }},
      {"unbalanced", "01-005", [](QPDF& p) { replace_in_page(p, 1, "EMC", ""); }},
      {"parent_tree_gone", "01-005", [](QPDF& p) { root(p).removeKey("/ParentTree"); }},
      {"parent_tree_entry_gone", "01-005", [](QPDF& p) { root(p).getKey("/ParentTree").getKey("/Nums").getArrayItem(1).eraseItem(0); }},
      {"parent_tree_entry_wrong",
       "01-005",
       [](QPDF& p) {
         QPDFObjectHandle entries = root(p).getKey("/ParentTree").getKey("/Nums").getArrayItem(1);
         entries.setArrayItem(0, entries.getArrayItem(1));
       }},
      {"struct_parents_gone", "01-005", [](QPDF& p) { page(p, 0).removeKey("/StructParents"); }},
      {"element_lost", "01-005", [](QPDF& p) { find_element(p, "/Document").getKey("/K").eraseItem(1); }},
      {"wrong_parent", "01-006", [](QPDF& p) { find_element(p, "/H2").replaceKey("/P", find_element(p, "/Table")); }},
      {"element_twice", "01-006", [](QPDF& p) { find_element(p, "/Document").getKey("/K").appendItem(find_element(p, "/H1")); }},
      {"untagged", "01-005", [](QPDF& p) { p.getRoot().removeKey("/StructTreeRoot"); }},
      {"not_marked", "01-005", [](QPDF& p) { p.getRoot().removeKey("/MarkInfo"); }},
      {"suspects", "01-007", [](QPDF& p) { p.getRoot().getKey("/MarkInfo").replaceKey("/Suspects", QPDFObjectHandle::newBool(true)); }},
      {"own_type", "02-001", [](QPDF& p) { find_element(p, "/H1").replaceKey("/S", name("/Heading")); }},
      {"circular_roles", "02-003", [](QPDF& p) { root(p).replaceKey("/RoleMap", "<</P /Q /Q /P>>"_qpdf); }},
      {"no_xmp", "06-001", [](QPDF& p) { p.getRoot().removeKey("/Metadata"); }},
      {"no_claim", "06-002", [](QPDF& p) { replace_in_stream(p.getRoot().getKey("/Metadata"), "<pdfuaid:part>1", "<pdfuaid:part>"); }},
      {"no_dc_title", "06-003", [](QPDF& p) { replace_in_stream(p.getRoot().getKey("/Metadata"), "<dc:title>", "<dc:other>"); }},
      {"other_title", "06-003", [](QPDF& p) { p.getTrailer().getKey("/Info").replaceKey("/Title", QPDFObjectHandle::newString("Hip")); }},
      {"other_date", "06-003", [](QPDF& p) { p.getTrailer().getKey("/Info").replaceKey("/ModDate", QPDFObjectHandle::newString("D:19990101000000Z")); }},
      {"no_display_title", "07-001", [](QPDF& p) { p.getRoot().removeKey("/ViewerPreferences"); }},
      {"display_title_false", "07-002", [](QPDF& p) { p.getRoot().getKey("/ViewerPreferences").replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(false)); }},
      {"table_without_rows", "09-004", [](QPDF& p) { find_element(p, "/Table").replaceKey("/K", QPDFObjectHandle::newArray()); }},
      {"paragraph_in_row", "09-004", [](QPDF& p) { find_element(p, "/TD").replaceKey("/S", name("/P")); }},
      {"ragged_table", "09-004", [](QPDF& p) { find_element(p, "/TR", 1).getKey("/K").eraseItem(0); }},
      {"span_lost", "09-004", [](QPDF& p) { find_element(p, "/TD", 1).removeKey("/A"); }},
      {"item_without_body", "09-005", [](QPDF& p) { find_element(p, "/LI").getKey("/K").eraseItem(1); }},
      {"item_outside_list", "09-005", [](QPDF& p) { find_element(p, "/L").replaceKey("/S", name("/Div")); }},
      {"code_without_text", "10-001", [](QPDF& p) { replace_in_stream(font(p).getKey("/ToUnicode"), "beginbfchar", "beginother"); }},
      {"no_language", "11-006", [](QPDF& p) { p.getRoot().removeKey("/Lang"); }},
      {"no_alt", "13-004", [](QPDF& p) { find_element(p, "/Figure").removeKey("/Alt"); }},
      {"first_heading_h2", "14-002", [](QPDF& p) { find_element(p, "/H1").replaceKey("/S", name("/H2")); }},
      {"heading_level_skipped", "14-003", [](QPDF& p) { find_element(p, "/H2").replaceKey("/S", name("/H3")); }},
      {"no_scope", "15-003", [](QPDF& p) { find_element(p, "/TH").removeKey("/A"); }},
      {"no_numbering", "16-001", [](QPDF& p) { find_element(p, "/L").removeKey("/A"); }},
      {"note_without_id", "19-003", [](QPDF& p) { find_element(p, "/P").replaceKey("/S", name("/Note")); }},
      {"no_tabs", "28-008", [](QPDF& p) { page(p, 0).removeKey("/Tabs"); }},
      {"wrong_tabs", "28-009", [](QPDF& p) { page(p, 0).replaceKey("/Tabs", name("/R")); }},
      {"link_untagged", "28-011", [](QPDF& p) { find_element(p, "/Link").replaceKey("/S", name("/Span")); }},
      {"link_without_object", "28-011", [](QPDF& p) { find_element(p, "/Link").getKey("/K").eraseItem(1); }},
      {"link_without_struct_parent", "28-011", [](QPDF& p) { link(p).removeKey("/StructParent"); }},
      {"link_with_other_struct_parent", "28-011", [](QPDF& p) { link(p).replaceKey("/StructParent", QPDFObjectHandle::newInteger(99)); }},
      {"annotation_gone", "28-011", [](QPDF& p) { page(p, 0).removeKey("/Annots"); }},
      {"link_without_contents", "28-012", [](QPDF& p) { link(p).removeKey("/Contents"); }},
      {"tagged_form_twice",
       "30-002",
       [](QPDF& p) {
         QPDFObjectHandle form = QPDFObjectHandle::newStream(&p, "/P<</MCID 0>>BDC EMC");
         form.replaceDict("<</Type /XObject /Subtype /Form /BBox [0 0 1 1] /StructParents 50>>"_qpdf);
         page(p, 1).getKey("/Resources").replaceKey("/XObject", QPDFObjectHandle::newDictionary({{"/Z", p.makeIndirectObject(form)}}));
         replace_in_page(p, 1, "/P<<", "/Z Do /Z Do /P<<");
       }},
      {"other_ordering",
       "31-002",
       [](QPDF& p) {
         for (QPDFObjectHandle& object : p.getAllObjects()) {
           if (object.isDictionary() && object.getKey("/Subtype").isNameAndEquals("/CIDFontType0")) {
             object.getKey("/CIDSystemInfo").replaceKey("/Ordering", QPDFObjectHandle::newString("GB1"));
           }
         }
       }},
      {"no_glyph_map", "31-005", [](QPDF& p) { font(p).getKey("/DescendantFonts").getArrayItem(0).removeKey("/CIDToGIDMap"); }},
      {"unknown_glyph_map", "31-004", [](QPDF& p) { font(p).getKey("/DescendantFonts").getArrayItem(0).replaceKey("/CIDToGIDMap", name("/Other")); }},
      {"unknown_encoding", "31-006", [](QPDF& p) { font(p).replaceKey("/Encoding", name("/Other")); }},
      {"not_embedded", "31-009", [](QPDF& p) { font(p).getKey("/DescendantFonts").getArrayItem(0).getKey("/FontDescriptor").removeKey("/FontFile2"); }},
      {"program_damaged",
       "31-009",
       [](QPDF& p) {
         QPDFObjectHandle program = font(p).getKey("/DescendantFonts").getArrayItem(0).getKey("/FontDescriptor").getKey("/FontFile2");
         program.replaceStreamData(std::string("no font"), kNull, kNull);
       }},
      {"glyph_missing",
       "31-011",
       [](QPDF& p) {
         QPDFObjectHandle map = font(p).getKey("/DescendantFonts").getArrayItem(0).getKey("/CIDToGIDMap");
         map.replaceStreamData(std::string(400, '\x7F'), kNull, kNull);
       }},
      {"wrong_width", "31-016", [](QPDF& p) { font(p).getKey("/DescendantFonts").getArrayItem(0).removeKey("/W"); }},
      {"no_to_unicode", "31-027", [](QPDF& p) { font(p).removeKey("/ToUnicode"); }},
      {"unicode_zero", "31-028", [](QPDF& p) { replace_in_stream(font(p).getKey("/ToUnicode"), "<0001> <0020>", "<0001> <0000>"); }},
      {"unicode_mark", "31-029", [](QPDF& p) { replace_in_stream(font(p).getKey("/ToUnicode"), "<0001> <0020>", "<0001> <FEFF>"); }},
      {"notdef", "31-030", [](QPDF& p) {
         QPDFObjectHandle map = font(p).getKey("/DescendantFonts").getArrayItem(0).getKey("/CIDToGIDMap");
         map.replaceStreamData(std::string(400, '\0'), kNull, kNull);
       }}};
}

INSTANTIATE_TEST_SUITE_P(Damages, Spoiled, testing::ValuesIn(damages()), [](const auto& info) { return info.param.name; });

TEST(Unspoiled, RewrittenByAnotherWriterStaysGood) {
  const std::vector<std::string> faults = inspect::check_tags(spoil([](QPDF&) {}));
  EXPECT_THAT(faults, testing::IsEmpty());
}

TEST(Unspoiled, TruncatedFileIsRefused) {
  EXPECT_THAT(inspect::check_tags(good().substr(0, good().size() / 2)), testing::Contains(testing::StartsWith("the file is damaged")));
  EXPECT_FALSE(inspect::read_pdf(good().substr(0, good().size() / 2)));
  EXPECT_FALSE(inspect::read_pdf(""));
}

// Any bytes give faults or none; the sanitizers watch the rest. Uncompressed, so that changes reach objects, content, CMaps and programs.
TEST(Unspoiled, ChangedBytesNeverCrashTheReader) {
  QPDF pdf;
  pdf.processMemoryFile("good", good().data(), good().size());
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setStaticID(true);
  writer.setCompressStreams(false);
  writer.setDecodeLevel(qpdf_dl_all);
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  const std::string plain(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
  EXPECT_THAT(inspect::check_tags(plain), testing::IsEmpty());
  std::uint32_t state = 1;
  const auto next = [&] { return state = state * 1664525u + 1013904223u; };
  std::size_t refused = 0;
  for (int i = 0; i < 200; ++i) {
    std::string changed = plain;
    for (int k = 0; k < 20; ++k) changed[(next() >> 8) % changed.size()] = static_cast<char>(next() >> 24);
    refused += inspect::check_tags(changed).empty() ? 0 : 1;
    if (const auto report = inspect::read_pdf(changed)) EXPECT_LE(report->pages, 2u);
  }
  EXPECT_GT(refused, 100u);
}

}  // namespace

}  // namespace handout::test
