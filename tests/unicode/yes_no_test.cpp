#include "unicode/yes_no.h"

#include <gtest/gtest.h>

namespace handout::unicode {
namespace {

TEST(YesNo, InManyWords) {
  for (const char* yes : {"yes", "Y", "TRUE", "1", "x", "Oui", "sí", "نعم", "はい"}) EXPECT_EQ(yes_or_no(yes), true) << yes;
  for (const char* no : {"no", "N", "False", "0", "Nein", "não", "いいえ"}) EXPECT_EQ(yes_or_no(no), false) << no;
  for (const char* neither : {"", " ", "maybe", "yes no", "2", "ye"}) EXPECT_FALSE(yes_or_no(neither).has_value()) << neither;
}

}  // namespace
}  // namespace handout::unicode
