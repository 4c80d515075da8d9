#include <gtest/gtest.h>

#include <string>

#include "unicode/country_names.h"
#include "unicode/matching.h"

namespace handout::unicode {
namespace {

// Keys and values of lists.
TEST(Comparable, WhatShowsNothingSaysNothing) {
  EXPECT_EQ(comparable("  k \t 1\n"), "k 1");
  for (const char* const same : {"k 1", "k\u20031", "k\u00A01\u2009", "k\u3000 1", "\uFEFFk 1", "k\u00AD 1\u200B", "k\u2060 1", "k\u200D \u200C1", "k \u180E1\u3164"}) EXPECT_EQ(comparable(same), "k 1") << same;
  EXPECT_EQ(comparable("Zoe\u0308"), "Zo\u00EB");
  EXPECT_EQ(comparable("e\u200D\u0308"), "\u00EB");
  for (const char* const other : {"K 1", "k1", "\uFF4B 1", "k-1"}) EXPECT_NE(comparable(other), "k 1") << other;
  EXPECT_EQ(comparable("\u200B \u00AD"), "");
}

TEST(Matching, FoldsWhatPeopleWriteInSeveralWays) {
  EXPECT_EQ(fold_for_matching("First Name"), "firstname");
  EXPECT_EQ(fold_for_matching("FIRST_NAME-"), "firstname");
  EXPECT_EQ(fold_for_matching("Prénom"), fold_for_matching("prenom"));
  EXPECT_EQ(fold_for_matching("Pre\u0301nom"), "prenom");
  EXPECT_EQ(fold_for_matching("STRASSE"), fold_for_matching("Straße"));
  EXPECT_EQ(fold_for_matching("ＡＢＣ\u3000１"), "abc1");
  EXPECT_EQ(fold_for_matching("Почтовый"), "почтовыи");
  EXPECT_EQ(fold_for_matching("이름"), "이름");
  EXPECT_EQ(fold_for_matching("बच्चा"), "बच्चा");
  EXPECT_EQ(fold_for_matching(" -_.,'’()/:?*\t"), "");
}

struct Country {
  const char* text;
  const char* code;
};

class Countries : public testing::TestWithParam<Country> {};

TEST_P(Countries, AreFoundByCodeAndName) {
  CountryNames names;
  EXPECT_EQ(names.find(GetParam().text).value_or("none"), GetParam().code) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Names, Countries,
                         testing::Values(Country{"US", "US"}, Country{"us", "US"}, Country{"USA", "US"}, Country{"U.S.A.", "US"}, Country{"United States", "US"}, Country{"Deutschland", "DE"}, Country{"Germany", "DE"}, Country{"DEU", "DE"}, Country{"日本", "JP"}, Country{"Россия", "RU"}, Country{"مصر", "EG"},
                                         Country{"España", "ES"}, Country{"Espana", "ES"}, Country{"UK", "GB"}, Country{"United Kingdom", "GB"}, Country{"England", "GB"}, Country{"Côte d'Ivoire", "CI"}, Country{"Cote d’Ivoire", "CI"}, Country{"Suisse", "CH"}, Country{"Schweiz", "CH"}, Country{"Holland", "NL"},
                                         Country{"भारत", "IN"}, Country{"대한민국", "KR"}, Country{"Türkiye", "TR"}, Country{"Turkey", "TR"}, Country{"", "none"}, Country{"Atlantis", "none"}, Country{"QQ", "none"}, Country{"ZZ", "none"}, Country{"US UK", "none"}));

}  // namespace
}  // namespace handout::unicode
