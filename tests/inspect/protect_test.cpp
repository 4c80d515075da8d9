#include "inspect/protect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/process.h"
#include "inspect/small_pdf.h"
#include "inspect/summary.h"

namespace handout::test {
namespace {

using inspect::protect;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kXmp = R"(<x:xmpmeta><rdf:RDF><rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta>)";

std::string good() {
  SmallPdf pdf{{{{"Rest the knee."}, "Page 1", ""}}};
  pdf.xmp = kXmp;
  return tagged(pdf);
}

std::string protected_by(const Protection& protection) {
  auto bytes = protect(good(), protection);
  EXPECT_TRUE(bytes) << bytes.error();
  return bytes.value_or("");
}

TEST(Protect, OpensWithEitherPasswordAndNoOther) {
  const std::string bytes = protected_by({"user", "owner"});
  EXPECT_EQ(bytes.find("Rest the knee"), std::string::npos);
  for (const char* wrong : {"", "User", "user ", "ownerx"}) {
    const auto refused = inspect::summarize(bytes, wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().cause, inspect::Unreadable::Cause::Protected);
  }
  for (const char* right : {"user", "owner"}) {
    const auto summary = inspect::summarize(bytes, right);
    ASSERT_TRUE(summary) << summary.error().text;
    EXPECT_THAT(summary->texts, ElementsAre("Rest the knee.\n"));
    ASSERT_TRUE(summary->encryption);
    EXPECT_EQ(summary->encryption->method, "AES-256");
    EXPECT_EQ(summary->encryption->revision, 6);
  }
}

TEST(Protect, WithoutAUserPasswordEverybodyReadsWithinTheLimits) {
  const std::string bytes = protected_by({});
  const auto summary = inspect::summarize(bytes, "");
  ASSERT_TRUE(summary);
  EXPECT_THAT(summary->encryption->allowed, ElementsAre("print", "copy", "read aloud"));
}

TEST(Protect, PermissionsAreThoseAsked) {
  constexpr Permission kYes = Permission::Allowed, kNo = Permission::Denied;
  const auto allowed = [](const Protection& protection) { return inspect::summarize(protected_by(protection), "u")->encryption->allowed; };
  EXPECT_THAT(allowed({"u", "", kNo, kNo, kNo, kNo}), ElementsAre("read aloud"));
  EXPECT_THAT(allowed({"u", "", kYes, kNo, kNo, kNo}), ElementsAre("print", "read aloud"));
  EXPECT_THAT(allowed({"u", "", kNo, kYes, kNo, kNo}), ElementsAre("copy", "read aloud"));
  EXPECT_THAT(allowed({"u", "", kNo, kNo, kYes, kNo}), ElementsAre("read aloud", "modify", "assemble"));
  EXPECT_THAT(allowed({"u", "", kNo, kNo, kNo, kYes}), ElementsAre("read aloud", "annotate", "fill in"));
}

TEST(Protect, ClaimsPdfUaButNoLongerPdfA) {
  ASSERT_THAT(inspect::summarize(good(), "")->claims, ElementsAre("PDF/UA-1", "PDF/A-2a"));
  EXPECT_THAT(inspect::summarize(protected_by({"u", ""}), "u")->claims, ElementsAre("PDF/UA-1"));
}

// ISO 32000-2, 7.6.4.3.3: of a longer password only the beginning counts, so that a wrong one would open the file.
TEST(Protect, PasswordsThatWouldNotDoWhatTheySayAreRefused) {
  const auto fault = [](const Protection& protection) { return protect(good(), protection).error(); };
  EXPECT_THAT(fault({std::string(128, 'x'), ""}), HasSubstr("has 128 bytes, at most 127 count"));
  EXPECT_THAT(fault({std::string("a\0b", 3), ""}), HasSubstr("control character"));
  EXPECT_THAT(fault({"same", "same"}), HasSubstr("the same"));
  EXPECT_TRUE(protect(good(), {std::string(127, 'x'), ""}));
}

TEST(Protect, WhatIsProtectedOrBrokenIsRefused) {
  EXPECT_THAT(protect(protected_by({}), {"u", ""}).error(), HasSubstr("protected already"));
  EXPECT_FALSE(protect("no PDF", {"u", ""}));
}

TEST(Protect, AnotherReaderFindsTheFileWhole) {
  Diagnostics diags;
  const std::string bytes = protected_by({"", "owner"});
  const auto checked = run_program({{"qpdf", "--check", "/dev/stdin"}, bytes, {}, {}}, diags);
  if (!checked) GTEST_SKIP() << "no qpdf";
  EXPECT_EQ(checked->exit_code, 0) << checked->out << checked->err;
}

TEST(Protect, UnprotectedGivesTheContentBack) {
  const auto plain = inspect::unprotected(protected_by({"user", "owner"}), "user");
  ASSERT_TRUE(plain);
  const auto summary = inspect::summarize(*plain, "");
  ASSERT_TRUE(summary);
  EXPECT_FALSE(summary->encryption);
  EXPECT_THAT(summary->texts, ElementsAre("Rest the knee.\n"));
  EXPECT_EQ(inspect::unprotected(good(), "").value_or(""), good());
}

}  // namespace
}  // namespace handout::test
