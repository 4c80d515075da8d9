#include "postal/envelopes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace handout::postal {
namespace {

class ReadEnvelopes : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-envelopes-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string faults(const std::string& inside) {
    std::ofstream(folder_ / "e.xml") << "<envelopes>" << inside << "</envelopes>";
    Diagnostics diags;
    const auto read = read_envelopes(folder_ / "e.xml", diags);
    EXPECT_EQ(read.has_value(), !diags.has_errors());
    if (read) read_ = *read;
    std::string text;
    for (const Diagnostic& each : diags.all()) text += to_text(each.at).substr(folder_.string().size() + 7) + " " + each.message + "\n";
    return text;
  }

  std::filesystem::path folder_;
  Envelopes read_;
};

TEST_F(ReadEnvelopes, WhatIsWritten) {
  EXPECT_EQ(faults("<envelope id='a' width='220mm' height='110mm' inner-width='216mm'><window name='one' shows='both' left='20mm' bottom='15mm' width='90mm' height='45mm' clear='2mm' tolerance='1mm'/>"
                   "<window name='two' shows='return' left='5in' bottom='36pt' width='1in' height='1in'/></envelope>"), "");
  const Envelope& envelope = read_.at("a");
  EXPECT_EQ(envelope.room, (Size{216_mm, 110_mm}));
  ASSERT_EQ(envelope.windows.size(), 2u);
  const Window &one = envelope.windows[0], &two = envelope.windows[1];
  EXPECT_TRUE(one.shows.address && one.shows.return_address && two.shows.return_address && !two.shows.address);
  EXPECT_EQ(one.left, 20_mm);
  EXPECT_EQ(one.bottom, 15_mm);
  EXPECT_EQ(one.width, 90_mm);
  EXPECT_EQ(one.height, 45_mm);
  EXPECT_EQ(one.clear, 2_mm);
  EXPECT_EQ(one.tolerance, 1_mm);
  EXPECT_EQ(two.bottom, 0.5_in);
  EXPECT_EQ(two.clear, 0_mm);
}

TEST_F(ReadEnvelopes, FaultsAreToldWhereTheyStand) {
  const std::string window = "<window name='w' shows='address' left='20mm' bottom='15mm' width='90mm' height='45mm'/>";
  EXPECT_EQ(faults("<envelope id='a' width='220' height='110mm'>" + window + "</envelope>"), "1:36 width is '220'; expected a length above 0\n");
  EXPECT_EQ(faults("<envelope id='a' width='100mm' height='110mm'>" + window + "</envelope>"), "1:58 window 'w' reaches beyond the envelope\n");
  EXPECT_EQ(faults("<envelope id='a' width='220mm' height='110mm' inner-height='111mm'>" + window + "</envelope>"), "1:12 the envelope is larger inside than outside\n");
  EXPECT_EQ(faults("<envelope id='a' width='220mm' height='110mm'><window name='w' shows='address' left='20mm' bottom='15mm' width='90mm' height='45mm' clear='23mm'/></envelope>"), "1:58 clear and tolerance leave nothing of window 'w'\n");
  EXPECT_EQ(faults("<envelope id='a' width='22em' height='110mm'/>"), "1:12 <window> is missing in <envelope>\n1:36 width is '22em'; expected a length above 0\n");
}

}  // namespace
}  // namespace handout::postal
