// Addresses in parts, as they come to stand in letters.
#include "rendering.h"

namespace handout {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class PostalAddresses : public testing::Test {
 protected:
  // The lines of the address region on page 1.
  std::vector<std::string> lines(const request::Request& request) {
    Pipeline pipeline = shipped();
    const auto stations = pipeline.prepare(request, diags_);
    std::vector<std::string> found;
    if (!stations) return found;
    for (const display::Placement& placement : stations->display.pages.front().placements) {
      for (std::uint32_t l = placement.first_line; l < placement.first_line + placement.line_count; ++l) {
        const display::FragmentLine& line = placement.fragment->lines[l];
        std::string text;
        bool field = false;
        for (std::uint32_t c = line.first_command; c < line.first_command + line.command_count; ++c) {
          const auto* run = std::get_if<display::GlyphRun>(&placement.fragment->commands[c].what);
          if (run == nullptr) continue;
          text += run->text;
          field = field || run->source == display::TextSource::Field;
        }
        const bool in_window = placement.position.y > 2_in && placement.position.y < 3.5_in && placement.position.x < 3_in;
        // A line that another one follows ends with what <br/> stands for.
        if (field && in_window) found.push_back(text.substr(0, text.find_last_not_of(' ') + 1));
      }
    }
    return found;
  }

  static request::Request letter(request::PostalAddress postal) {
    request::Request request = knee("en");
    request.layout = "letter";
    request.recipient->postal = std::move(postal);
    return request;
  }

  Diagnostics diags_;
};

TEST_F(PostalAddresses, AreWrittenByTheirCountry) {
  EXPECT_THAT(lines(letter({{"1600 Elm St", "Apt 4B"}, "New York", "", "NY", "100011234", "US"})), ElementsAre("Amal Haddad", "1600 ELM ST", "APT 4B", "NEW YORK NY 10001-1234")) << to_text(diags_);
  EXPECT_THAT(lines(letter({{"Lindenstraße 8"}, "Gießen", "", "", "35390", "DE"})), ElementsAre("Amal Haddad", "LINDENSTRASSE 8", "35390 GIESSEN", "GERMANY")) << to_text(diags_);
  // Canada Post wants two spaces.
  EXPECT_THAT(lines(letter({{"1010 Clear Street"}, "Ottawa", "", "ON", "k1a0b1", "CA"})), ElementsAre("Amal Haddad", "1010 CLEAR STREET", "OTTAWA ON  K1A 0B1", "CANADA")) << to_text(diags_);
  EXPECT_EQ(to_text(diags_), "");
}

TEST_F(PostalAddresses, PlainLinesStayAsTheyAreAndGetTheirCountry) {
  request::Request request = knee("en");
  request.layout = "letter";
  request.recipient->address = {"1600 Elm St", "New York, NY 10001"};
  for (const char* const domestic : {"", "US", "PR"}) {
    request.recipient->country = domestic;
    EXPECT_THAT(lines(request), ElementsAre("Amal Haddad", "1600 Elm St", "New York, NY 10001"));
  }
  request.recipient->address = {"1 rue de la Paix", "75002 Paris"};
  request.recipient->country = "FR";
  EXPECT_THAT(lines(request), ElementsAre("Amal Haddad", "1 rue de la Paix", "75002 Paris", "FRANCE"));
  request.recipient->address.push_back("France");
  EXPECT_THAT(lines(request), ElementsAre("Amal Haddad", "1 rue de la Paix", "75002 Paris", "France"));
  EXPECT_EQ(to_text(diags_), "");
}

TEST_F(PostalAddresses, WhatPostsDontLikeIsAWarningAndWhatCannotBeWrittenAnError) {
  EXPECT_EQ(lines(letter({{"1600 Elm St"}, "Dover", "", "", "SECRET", "US"})).size(), 3u);
  EXPECT_THAT(to_text(diags_), HasSubstr("warning: the recipient's postal address: the postcode is not of the form of US: #####|#####-####"));
  EXPECT_THAT(to_text(diags_), HasSubstr("warning: the recipient's postal address: state is missing, which addresses of US have"));
  EXPECT_THAT(to_text(diags_), Not(HasSubstr("SECRET")));
  diags_ = {};
  EXPECT_TRUE(lines(letter({{}, "", "", "", "", "US"})).empty());
  EXPECT_THAT(to_text(diags_), HasSubstr("error: the recipient's postal address: the address is empty"));
}

// In a mailing whose layout has a window, or where it says so.
TEST_F(PostalAddresses, WhatCannotBeDeliveredIsRefusedWhereThatIsAsked) {
  request::Request request = letter({{"1600 Elm St"}, "Dover", "", "DE", "SECRET", "US"});
  request.faulty_address = request::FaultyAddress::RefuseInWindow;
  request.layout = "standard";
  EXPECT_TRUE(shipped().prepare(request, diags_)) << to_text(diags_);
  request.layout = "letter-10-single";
  EXPECT_TRUE(lines(request).empty());
  ASSERT_TRUE(diags_.has_errors());
  EXPECT_EQ(diags_.all().back().message, "the recipient's postal address: the postcode is not of the form of US: #####|#####-####");
  EXPECT_EQ(diags_.all().back().about, "postcode");
  diags_ = {};
  request = letter({{"1600 Elm St"}, "Dover", "", "", "19901", "US"});
  request.faulty_address = request::FaultyAddress::Refuse;
  EXPECT_TRUE(lines(request).empty());
  ASSERT_TRUE(diags_.has_errors());
  EXPECT_EQ(diags_.all().back().about, "state");
}

// The country stands in the postal address, else with the recipient; else it is the clinic's.
TEST_F(PostalAddresses, TheCountryMayStandWithTheRecipient) {
  request::Request request = letter({{"Meir 3"}, "Antwerpen", "", "", "2000", ""});
  request.recipient->country = "BE";
  EXPECT_THAT(lines(request), ElementsAre("Amal Haddad", "MEIR 3", "2000 ANTWERPEN", "BELGIUM"));
}

}  // namespace
}  // namespace handout
