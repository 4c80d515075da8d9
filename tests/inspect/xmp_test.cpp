#include "inspect/xmp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/protection.h"
#include "inspect/printable.h"

namespace handout::inspect {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

constexpr std::string_view kXmp = R"(<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:a="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" a:conformance="A" pdf:Producer="x &amp; y">
<!-- <a:part>9</a:part> --><a:part>2</a:part><pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Knee &lt;1&gt;</rdf:li></rdf:Alt></dc:title>
<dc:subject><rdf:Bag><rdf:li>knee</rdf:li><rdf:li>pain</rdf:li></rdf:Bag></dc:subject>
<pdfaExtension:schemas><rdf:Bag><rdf:li>hidden</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>)";

TEST(Xmp, PropertiesAreElementsAndAttributes) {
  EXPECT_THAT(xmp_properties(kXmp), ElementsAre(Pair("a:conformance", "A"), Pair("pdf:Producer", "x & y"), Pair("a:part", "2"), Pair("pdfuaid:part", "1"), Pair("dc:title", "Knee <1>"),
                                                Pair("dc:subject", "knee; pain")));
}

TEST(Xmp, ClaimsGoByNamespace) {
  EXPECT_THAT(claims(kXmp), ElementsAre("PDF/UA-1", "PDF/A-2a"));
  EXPECT_THAT(claims("<rdf:Description><pdfaid:part>2</pdfaid:part></rdf:Description>"), IsEmpty());
}

TEST(Xmp, OnlyTheArchiveClaimIsDropped) {
  const std::string left = without_archive_claim(kXmp);
  EXPECT_THAT(claims(left), ElementsAre("PDF/UA-1"));
  EXPECT_THAT(left, Not(HasSubstr("a:conformance")));
  EXPECT_THAT(left, Not(HasSubstr("<a:part>2")));
  EXPECT_THAT(left, HasSubstr("pdf:Producer=\"x &amp; y\""));
  EXPECT_EQ(xmp_properties(left).size(), xmp_properties(kXmp).size() - 2);
  EXPECT_EQ(without_archive_claim("no packet"), "no packet");
}

TEST(Xmp, AnyBytesEnd) {
  std::uint32_t state = 3;
  const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 16; };
  for (int i = 0; i < 5000; ++i) {
    std::string text(kXmp.substr(0, next() % kXmp.size()));
    for (int k = 0; k < 10 && !text.empty(); ++k) text[next() % text.size()] = "<>/\"'= !-?:x"[next() % 12];
    EXPECT_LE(without_archive_claim(text).size(), text.size());
    claims(text);
  }
}

TEST(Printable, ControlsAndWrongBytesAreShown) {
  EXPECT_EQ(printable("a\x1B[2J\n膝\x7F"), "a\\u{1B}[2J\\u{A}膝\\u{7F}");
  EXPECT_EQ(printable("\xFF\xC0\xAF\xED\xA0\x80\xC2\x9B"), "\\x{FF}\\x{C0}\\x{AF}\\x{ED}\\x{A0}\\x{80}\\u{9B}");
  EXPECT_EQ(printable_lines("a\nb\r"), "a\nb\\u{D}");
}

TEST(Protection, TravelsWhole) {
  Protection protection{"us er\n", "own+er 7", Permission::Denied, Permission::Allowed, Permission::Allowed, Permission::Denied};
  const std::string bytes = to_bytes(protection, "%PDF 1 2\n");
  const auto request = protection_request(bytes);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->protection.user_password, "us er\n");
  EXPECT_EQ(request->protection.owner_password, "own+er 7");
  EXPECT_EQ(request->protection.print, Permission::Denied);
  EXPECT_EQ(request->protection.copy, Permission::Allowed);
  EXPECT_EQ(request->protection.modify, Permission::Allowed);
  EXPECT_EQ(request->protection.annotate, Permission::Denied);
  EXPECT_EQ(request->pdf, "%PDF 1 2\n");
  const std::size_t head = bytes.size() - request->pdf.size();
  for (std::size_t i = 0; i < head; ++i) EXPECT_FALSE(protection_request(bytes.substr(0, i))) << i;
  EXPECT_FALSE(protection_request("handout-protect-1 ++++ 99999999999999999999999 1\n"));
  EXPECT_FALSE(protection_request("handout-protect-1 ++++ 18446744073709551615 1\nab"));
}

}  // namespace
}  // namespace handout::inspect
