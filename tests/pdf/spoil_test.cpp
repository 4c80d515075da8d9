// A good file is damaged in one place; the checks must name that damage by its number in src/pdf/conformance.md.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "inspect/check_parts.h"
#include "inspect/check_xml.h"
#include "inspect/inspect.h"
#include "pdf/maker.h"
#include "pdf/spoil.h"

#include <qpdf/QPDFWriter.hh>

namespace handout::test {

void PrintTo(const Damage& damage, std::ostream* out) { *out << damage.name; }

namespace {

std::vector<Damage> damages() {
  std::vector<Damage> all;
  for (const auto make : {content_damages, element_damages, annotation_damages, font_damages, metadata_damages, object_damages, file_damages}) {
    const std::vector<Damage> some = make();
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::set<std::string> split(const std::string& numbers) {
  std::set<std::string> result;
  std::stringstream words(numbers);
  for (std::string number; std::getline(words, number, ',');) result.insert(number.substr(number.find_first_not_of(' ')));
  return result;
}

std::set<std::string> numbers_of(const std::vector<std::string>& faults) {
  std::set<std::string> result;
  for (const std::string& fault : faults) result.merge(split(fault.substr(0, fault.find(": "))));
  return result;
}

std::string spoiled(const Damage& damage) {
  std::string bytes = damage.change ? rewrite(good_file(), damage.change) : good_file();
  if (damage.change_bytes) damage.change_bytes(bytes);
  return bytes;
}

class Spoiled : public testing::TestWithParam<Damage> {};

TEST_P(Spoiled, IsRefused) {
  const std::vector<std::string> faults = inspect::check_tags(spoiled(GetParam()));
  const std::set<std::string> told = numbers_of(faults);
  for (const std::string& number : split(GetParam().numbers)) EXPECT_TRUE(told.contains(number)) << number << " is not among\n" << testing::PrintToString(faults);
}

// What holds for every file is told without asking for tags. Structure (6.7) and Unicode (6.2.11.7) are those of levels A and U.
TEST_P(Spoiled, IsRefusedAsPrintFile) {
  const std::set<std::string> told = numbers_of(inspect::check_archive(spoiled(GetParam())));
  for (const std::string& number : split(GetParam().numbers)) {
    const bool of_tags = !number.starts_with("A ") || number.starts_with("A 6.7") || number.starts_with("A 6.2.11.7");
    if (!of_tags) EXPECT_TRUE(told.contains(number)) << number;
    if (number.starts_with("A 6.7")) EXPECT_FALSE(told.contains(number)) << number;
  }
}

INSTANTIATE_TEST_SUITE_P(Damages, Spoiled, testing::ValuesIn(damages()), [](const auto& info) { return info.param.name; });

TEST(Unspoiled, RewrittenByAnotherWriterStaysGood) {
  const std::string bytes = rewrite(good_file(), [](QPDF&) {});
  EXPECT_THAT(inspect::check_tags(bytes), testing::IsEmpty());
  EXPECT_THAT(inspect::check_archive(bytes), testing::IsEmpty());
}

// A print file: no structure, no claim of tags, level B.
TEST(Unspoiled, UntaggedFileIsArchiveOnly) {
  const std::string bytes = rewrite(good_file(), [](QPDF& pdf) {
    pdf.getRoot().removeKey("/StructTreeRoot");
    pdf.getRoot().removeKey("/MarkInfo");
    replace_in_stream(pdf.getRoot().getKey("/Metadata"), "<pdfaid:conformance>A", "<pdfaid:conformance>B");
  });
  EXPECT_THAT(inspect::check_archive(bytes), testing::IsEmpty());
  EXPECT_THAT(numbers_of(inspect::check_tags(bytes)), testing::IsSupersetOf({"01-005", "UA 7.1-11", "A 6.6.4-3"}));
}

QPDFObjectHandle integer(long long number) { return QPDFObjectHandle::newInteger(number); }

// The element's content on that page, beside what it has.
void add_content(QPDFObjectHandle element, QPDFObjectHandle page, long long mcid) {
  QPDFObjectHandle kids = element.getKey("/K");
  QPDFObjectHandle list = kids.isArray() ? kids : QPDFObjectHandle::newArray({kids});
  list.appendItem(QPDFObjectHandle::newDictionary({{"/Type", QPDFObjectHandle::newName("/MCR")}, {"/Pg", page}, {"/MCID", integer(mcid)}}));
  element.replaceKey("/K", list);
}

// Both pages begin with one stream that holds an MCID; keys of the ParentTree are neither 0 nor in the order of pages, and it has Kids.
void share_content(QPDF& pdf) {
  QPDFObjectHandle entries[] = {parent_entries(pdf, 0), parent_entries(pdf, 1)};
  QPDFObjectHandle paragraph = find_element(pdf, "/P");
  const long long mcid = std::max(entries[0].getArrayNItems(), entries[1].getArrayNItems());
  const QPDFObjectHandle shared = new_stream(pdf, "/P<</MCID " + std::to_string(mcid) + ">>BDC EMC /Artifact BMC 9 9 9 9 re f EMC", "<<>>");
  for (std::size_t i : {0u, 1u}) {
    page(pdf, i).coalesceContentStreams();
    page(pdf, i).replaceKey("/Contents", QPDFObjectHandle::newArray({shared, page(pdf, i).getKey("/Contents")}));
    while (entries[i].getArrayNItems() < mcid) entries[i].appendItem(QPDFObjectHandle::newNull());
    entries[i].appendItem(paragraph);
    add_content(paragraph, page(pdf, i), mcid);
  }
  page(pdf, 0).replaceKey("/StructParents", integer(40));
  page(pdf, 1).replaceKey("/StructParents", integer(7));
  link(pdf).replaceKey("/StructParent", integer(12));
  const auto leaf = [&](const std::vector<QPDFObjectHandle>& numbers, const char* limits) {
    return pdf.makeIndirectObject(QPDFObjectHandle::newDictionary({{"/Nums", QPDFObjectHandle::newArray(numbers)}, {"/Limits", parsed(limits)}}));
  };
  const QPDFObjectHandle leaves[] = {leaf({integer(7), entries[1], integer(12), find_element(pdf, "/Link")}, "[7 12]"), leaf({integer(40), entries[0]}, "[40 40]")};
  structure_root(pdf).replaceKey("/ParentTree", QPDFObjectHandle::newDictionary({{"/Kids", QPDFObjectHandle::newArray({leaves[0], leaves[1]})}}));
  structure_root(pdf).replaceKey("/ParentTreeNextKey", integer(41));
}

TEST(Unspoiled, SharedContentAndParentTreeWithKids) {
  EXPECT_THAT(inspect::check_tags(rewrite(good_file(), share_content)), testing::IsEmpty());
  for (const char* limits : {"[7 11]", "[8 12]", "null"}) {
    const auto wrong = [&](QPDF& pdf) {
      share_content(pdf);
      structure_root(pdf).getKey("/ParentTree").getKey("/Kids").getArrayItem(0).replaceKey("/Limits", parsed(limits));
    };
    EXPECT_THAT(numbers_of(inspect::check_tags(rewrite(good_file(), wrong))), testing::Contains("PDF 7.9.7")) << limits;
  }
}

TEST(Unspoiled, TruncatedFileIsRefused) {
  EXPECT_THAT(inspect::check_tags(good_file().substr(0, good_file().size() / 2)), testing::Contains(testing::StartsWith("the file is damaged")));
  EXPECT_FALSE(inspect::read_pdf(good_file().substr(0, good_file().size() / 2)));
  EXPECT_FALSE(inspect::read_pdf(""));
}

// RFC 5646, 2.1 and its appendix A.
TEST(LanguageTag, WellFormed) {
  for (const char* tag : {"en", "EN-us", "zh-Hans", "sr-Latn-RS", "es-419", "sl-rozaj-biske", "de-CH-1901", "zh-yue-Hant", "en-u-ca-islamic-x-own", "x-whatever"}) {
    EXPECT_TRUE(inspect::is_language_tag(tag)) << tag;
  }
  for (const char* tag : {"", "e", "en_US", "en-", "-en", "en--US", "english language", "a-DE", "de-419-DE", "ar-a-aaa-b-bbb-a-ccc", "en-x", "en-u", "123", "de-1901-1901"}) {
    EXPECT_FALSE(inspect::is_language_tag(tag)) << tag;
  }
}

// Namespaces in XML 1.0, as far as a packet goes.
TEST(PacketXml, WellFormed) {
  const auto root = inspect::read_xml("<?x y?><!-- c --><a:b xmlns:a='u' a:k=\"1 &lt; &#x20AC;\"><c xmlns='v'/>t<![CDATA[<]]>&amp;</a:b>\n");
  ASSERT_TRUE(root) << root.error();
  EXPECT_TRUE(root->is("u", "b"));
  EXPECT_EQ(root->text, "t<&");
  ASSERT_EQ(root->attributes.size(), 1u);
  EXPECT_EQ(root->attributes[0].value, "1 < \xE2\x82\xAC");
  ASSERT_EQ(root->kids.size(), 1u);
  EXPECT_TRUE(root->kids[0].is("v", "c"));
  for (const char* bad : {"", "text", "<a>", "<a></b>", "<a/><b/>", "<a b='1' b='2'/>", "<a b=1/>", "<a b='<'/>", "<p:a/>", "<a>&x;</a>", "<a>&#0;</a>", "<a>\x01</a>",
                          "<a>\xFF</a>", "<!DOCTYPE a><a/>", "<a b='1'c='2'/>", "<!-- -- --><a/>"}) {
    EXPECT_FALSE(inspect::read_xml(bad)) << bad;
  }
}

// Any bytes give faults or none; the sanitizers watch the rest. Uncompressed, so that changes reach objects, content, CMaps and programs.
TEST(Unspoiled, ChangedBytesNeverCrashTheReader) {
  QPDF pdf;
  pdf.processMemoryFile("good", good_file().data(), good_file().size());
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setStaticID(true);
  writer.setCompressStreams(false);
  writer.setDecodeLevel(qpdf_dl_all);
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.setNewlineBeforeEndstream(true);
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
