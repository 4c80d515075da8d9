#include <gtest/gtest.h>

#include "request/request.h"

namespace handout::request {
namespace {

std::string shown(PersonName name, std::string_view locale, std::string_view reader = "en") {
  if (!locale.empty()) name.locale = Locale::parse(locale);
  return display_name(name, *Locale::parse(reader));
}

const PersonName kAna{"Ana", "Ruiz", "Dr", "MD", "", {}};
const PersonName kYamada{"太郎", "山田", "", "様", "", {}};
const PersonName kKim{"민준", "김", "", "", "", {}};
const PersonName kWang{"Xiaoming", "Wang", "", "", "", {}};
const PersonName kNguyen{"Văn An", "Nguyễn", "Ông", "", "", {}};
const PersonName kNagy{"Péter", "Nagy", "Dr.", "", "", {}};

TEST(Names, GivenFirst) {
  EXPECT_EQ(shown(kAna, ""), "Dr Ana Ruiz MD");
  EXPECT_EQ(shown(kAna, "es", "ja"), "Dr Ana Ruiz MD");
  EXPECT_EQ(shown({"", "Ruiz", "", "", "", {}}, ""), "Ruiz");
  EXPECT_EQ(shown({"Иван", "Петров", "", "", "", {}}, "", "en"), "Иван Петров");
  EXPECT_EQ(shown({}, ""), "");
}

TEST(Names, FamilyFirstWithoutSpacesWhereTheScriptHasNone) {
  EXPECT_EQ(shown(kYamada, "ja"), "山田太郎様");
  EXPECT_EQ(shown(kYamada, "", "en"), "山田太郎様");  // the script tells
  EXPECT_EQ(shown(kYamada, "", "ja"), "山田太郎様");
  EXPECT_EQ(shown(kKim, "ko"), "김민준");
  EXPECT_EQ(shown(kKim, "", "de"), "김민준");
  EXPECT_EQ(shown({"小明", "王", "", "", "", {}}, "zh-Hant"), "王小明");
}

TEST(Names, FamilyFirstWithSpaces) {
  EXPECT_EQ(shown(kNguyen, "vi"), "Ông Nguyễn Văn An");
  EXPECT_EQ(shown(kNagy, "hu", "en"), "Dr. Nagy Péter");
  EXPECT_EQ(shown(kNagy, "", "hu"), "Dr. Nagy Péter");  // the reader's language, as the letters are the reader's
  EXPECT_EQ(shown(kNagy, "", "de"), "Dr. Péter Nagy");
  EXPECT_EQ(shown(kNagy, "", "ja"), "Dr. Péter Nagy");
}

TEST(Names, EastAsianNamesInLatinLettersAreGivenFirst) {
  EXPECT_EQ(shown(kWang, "zh"), "Xiaoming Wang");
  EXPECT_EQ(shown(kWang, "", "zh"), "Xiaoming Wang");
}

TEST(Names, AsWrittenWins) {
  PersonName name = kAna;
  name.display = "Señora Ruiz";
  EXPECT_EQ(shown(name, "hu"), "Señora Ruiz");
}

}  // namespace
}  // namespace handout::request
