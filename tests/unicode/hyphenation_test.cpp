#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unicode/breaking.h"

namespace handout::unicode {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Locale locale(std::string_view tag) { return *Locale::parse(tag); }

std::string shown(const Hyphenation& hyphenation, std::string word, std::string_view tag, const HyphenLimits& limits = {5, 2, 2}) {
  const std::vector<std::size_t> breaks = hyphenation.hyphenate(word, locale(tag), limits);
  for (auto at = breaks.rbegin(); at != breaks.rend(); ++at) word.insert(*at, "-");
  return word;
}

// A folder with dictionaries of the test's own.
class Dictionaries {
 public:
  Dictionaries() : path_(fs::temp_directory_path() / ("handout-hyphens-" + std::to_string(std::random_device{}()))) { fs::create_directories(path_); }
  ~Dictionaries() { fs::remove_all(path_); }
  Dictionaries(const Dictionaries&) = delete;
  Dictionaries& operator=(const Dictionaries&) = delete;
  void write(const std::string& name, std::string_view bytes) const { std::ofstream(path_ / ("hyph_" + name + ".dic"), std::ios::binary) << bytes; }
  [[nodiscard]] Hyphenation open() const { return Hyphenation({path_}); }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

TEST(Hyphens, StandWhereAnOddDigitIsTheGreatest) {
  const Dictionaries folder;
  folder.write("en_US", "UTF-8\n% a comment longer than the hundred bytes that libhyphen reads at once, whose end would be a pattern: aaaaaaaaaaaaaa a1b\n"
                        "LEFTHYPHENMIN 1\nRIGHTHYPHENMIN 1\na1b\nb1c\nxb2c\nc1d # behind\n");
  const Hyphenation h = folder.open();
  EXPECT_EQ(shown(h, "aabcdd", "en", {}), "aa-b-cdd");  // the limits take c-d
  EXPECT_EQ(shown(h, "aabcdd", "en", {2, 1, 1}), "aa-b-c-dd");
  EXPECT_EQ(shown(h, "AABCDD", "en", {2, 1, 1}), "AA-B-C-DD");
  EXPECT_EQ(shown(h, "aaxbcdd", "en", {2, 1, 1}), "aaxbc-dd");
  EXPECT_EQ(shown(h, "aabcdd", "en", {7, 1, 1}), "aabcdd");
  EXPECT_EQ(shown(h, "aabcdd", "en", {6, 3, 4}), "aabcdd");
  EXPECT_EQ(shown(h, "", "en", {0, 0, 0}), "");
  EXPECT_EQ(h.problem(locale("en")), "");
}

TEST(Hyphens, KeepClustersWholeAndKnowDecomposedLetters) {
  const Dictionaries folder;
  folder.write("en_US", "ISO8859-1\nLEFTHYPHENMIN 1\nRIGHTHYPHENMIN 1\n\xE9" "1b\na1b\n");
  const Hyphenation h = folder.open();
  EXPECT_EQ(shown(h, "aéb", "en", {1, 1, 1}), "aé-b");
  EXPECT_EQ(shown(h, "AÉB", "en", {1, 1, 1}), "AÉ-B");
  EXPECT_EQ(shown(h, "ae\u0301b", "en", {1, 1, 1}), "ae\u0301-b");
  EXPECT_EQ(shown(h, "ae\u0301b", "en", {4, 1, 1}), "ae\u0301b");  // three characters
  EXPECT_EQ(shown(h, "xa\u0302b", "en", {1, 1, 1}), "xa\u0302b");  // another letter than a
}

TEST(Hyphens, ThatChangeLettersAreLeftOut) {
  const Dictionaries folder;
  folder.write("hu_HU", "UTF-8\nLEFTHYPHENMIN 1\nRIGHTHYPHENMIN 1\ns1s\ns3sz/sz=,1,3\nz1o\n");
  EXPECT_EQ(shown(folder.open(), "asszony", "hu"), "assz-ony");
  EXPECT_EQ(shown(folder.open(), "passon", "hu"), "pas-son");
}

TEST(Hyphens, AShorterPatternHoldsInsideALongerOne) {
  const Dictionaries folder;
  folder.write("ru_RU", "UTF-8\nа1б\nвабг4\n");
  EXPECT_EQ(shown(folder.open(), "ввабгг", "ru"), "вва-бгг");
}

TEST(Hyphens, OfCompoundsHaveTheirOwnLevel) {
  const Dictionaries folder;
  folder.write("de_DE", "UTF-8\nCOMPOUNDLEFTHYPHENMIN 1\nCOMPOUNDRIGHTHYPHENMIN 1\nbb1cc\nNEXTLEVEL\nb1b\nc1c\nd1d\n");
  EXPECT_EQ(shown(folder.open(), "abbcca", "de", {1, 1, 1}), "abb-c-ca");  // the parts by the second level
  EXPECT_EQ(shown(folder.open(), "xabba", "de", {1, 1, 1}), "xab-ba");
}

TEST(Hyphens, ComeFromTheDictionaryOfTheRegion) {
  const Dictionaries folder;
  for (const char* name : {"en_US", "en_GB", "pt_BR", "pt_PT", "sr_RS", "sr-Latn_RS", "nb_NO", "bn_IN", "fr", "es_ES", "es_MX"}) {
    folder.write(name, std::string("no-such-encoding\n") + name);  // the problem tells which was taken
  }
  const Hyphenation h = folder.open();
  const auto taken = [&](std::string_view tag) {
    const std::string problem = h.problem(locale(tag));
    const std::size_t at = problem.find("hyph_");
    return at == std::string::npos ? problem : problem.substr(at + 5, problem.find(".dic") - at - 5);
  };
  EXPECT_EQ(taken("en"), "en_US");
  EXPECT_EQ(taken("en-CA"), "en_US");
  EXPECT_EQ(taken("en-GB"), "en_GB");
  EXPECT_EQ(taken("en-AU"), "en_GB");
  EXPECT_EQ(taken("pt"), "pt_BR");
  EXPECT_EQ(taken("pt-AO"), "pt_PT");
  EXPECT_EQ(taken("sr"), "sr_RS");
  EXPECT_EQ(taken("sr-Latn"), "sr-Latn_RS");
  EXPECT_EQ(taken("sr-ME"), "sr-Latn_RS");  // CLDR: Latin is usual in Montenegro
  EXPECT_EQ(taken("no"), "nb_NO");
  EXPECT_EQ(taken("bn"), "bn_IN");  // of another region than the likely one
  EXPECT_EQ(taken("fr-CA"), "fr");
  EXPECT_EQ(taken("es-MX-u-nu-latn"), "es_MX");
  EXPECT_EQ(taken("es-PE"), "es_ES");
  EXPECT_EQ(taken("ru-Latn"), "there are no hyphenation patterns for 'ru-Latn'");
  EXPECT_EQ(taken("fi"), "there are no hyphenation patterns for 'fi'");
  EXPECT_EQ(taken("nn"), "there are no hyphenation patterns for 'nn'");
}

TEST(Hyphens, TheFirstFolderThatHasTheLanguageWins) {
  const Dictionaries first, second;
  second.write("en_US", "UTF-8\na1b\n");
  EXPECT_EQ(shown(Hyphenation({first.path(), second.path()}), "aabb", "en", {1, 1, 1}), "aa-bb");
  first.write("en", "UTF-8\nb1b\nLEFTHYPHENMIN 1\nRIGHTHYPHENMIN 1\n");
  EXPECT_EQ(shown(Hyphenation({first.path(), second.path()}), "aabb", "en", {1, 1, 1}), "aab-b");
  EXPECT_THAT(Hyphenation({"/no/such/folder"}).problem(Locale()), HasSubstr("there are no hyphenation patterns for 'en'"));
}

std::string problem_of(std::string_view bytes) {
  const Dictionaries folder;
  folder.write("en_US", bytes);
  const Hyphenation h = folder.open();
  EXPECT_TRUE(h.hyphenate("hyphenation", Locale(), {1, 1, 1}).empty());
  const std::string problem = h.problem(Locale());
  return problem.substr(std::min(problem.find("' ") + 2, problem.size()));
}

TEST(Hyphens, ADamagedDictionaryIsNamedAndUnused) {
  EXPECT_EQ(problem_of(""), "is damaged: its first line names no known encoding");
  EXPECT_EQ(problem_of("UTF-16\na1b\n"), "is damaged: its first line names no known encoding");
  EXPECT_EQ(problem_of("<!DOCTYPE html>\n<p>404</p>"), "is damaged: its first line names no known encoding");
  EXPECT_EQ(problem_of("UTF-8"), "is damaged: there is no pattern in it");
  EXPECT_EQ(problem_of("UTF-8\n% nothing\n\n12\n"), "is damaged: there is no pattern in it");
  EXPECT_EQ(problem_of("UTF-8\na1b\nNEXTLEVEL\n"), "is damaged: there is no pattern in it");
  EXPECT_EQ(problem_of("UTF-8\na1b\nNEXTLEVEL\na1b\nNEXTLEVEL\na1b\n"), "is damaged: line 5 begins a third level");
  EXPECT_EQ(problem_of("UTF-8\na1b\nh\xC3\n"), "is damaged: line 3 has what is no text of its encoding");
  EXPECT_EQ(problem_of(std::string_view("UTF-8\na1\0b\n", 11)), "is damaged: line 2 has what is no text of its encoding");
  EXPECT_EQ(problem_of("UTF-8\n" + std::string(99, 'a') + "\n"), "is damaged: line 2 is too long");
  EXPECT_EQ(problem_of(std::string((4U << 20U) + 1, 'a')), "has more than 4194304 bytes");
  const Dictionaries folder;
  fs::create_directory(folder.path() / "hyph_en_US.dic");
  EXPECT_THAT(folder.open().problem(Locale()), HasSubstr("is not a file"));
}

TEST(Hyphens, WhatLibhyphenWouldNotSurviveIsHarmless) {
  const Dictionaries folder;
  // Digits beyond a word's ends, empty items, minima that no char holds, positions outside the pattern.
  folder.write("en_US", "UTF-8\nNOHYPHEN\nNOHYPHEN ,\nNOHYPHEN ,,b,\nLEFTHYPHENMIN 99999999999\nRIGHTHYPHENMIN -4\n"
                        "9.a\na9.\n9.9\na1b/x=y,100,-100\n1/\n1a1\nNEXTLEVEL\n9.a9.\na1a\n.a1/=,9,9\n");
  const Hyphenation h = folder.open();
  EXPECT_EQ(h.problem(Locale()), "");
  for (const std::string word : {"a", "aa", "ab", "aaaaaaaa", "bababab", "."}) (void)h.hyphenate(word, Locale(), {0, 0, 0});
  EXPECT_TRUE(h.hyphenate(std::string(100000, 'a'), Locale(), {}).empty());
}

TEST(Hyphens, RandomDamageNeverCrashes) {
  std::mt19937 random(7);
  const std::string sound = "ISO8859-2\nLEFTHYPHENMIN 2\nNOHYPHEN ',-\n.ab1c\n1d\xB1" "2e\nf3g/f=g,1,2\nNEXTLEVEL\nh1i\n.j2k3l.\n";
  for (int round = 0; round < 300; ++round) {
    std::string bytes = sound.substr(0, random() % sound.size());
    for (auto i = random() % 6; i-- > 0 && !bytes.empty();) bytes[random() % bytes.size()] = static_cast<char>(random());
    const Dictionaries folder;
    folder.write("en_US", bytes);
    const Hyphenation h = folder.open();
    for (const std::string word : {"abcdefghijkl", "jkl", "ffggff", "hihihi", "d\u0105e"}) {
      for (const std::size_t at : h.hyphenate(word, Locale(), {1, 1, 1})) EXPECT_LT(at, word.size());
    }
  }
}

TEST(Hyphens, ThreadsShareOne) {
  const Dictionaries folder;
  folder.write("en_US", "UTF-8\na1b\n");
  const Hyphenation h = folder.open();
  std::vector<std::size_t> found(4);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&, i] {
      for (int round = 0; round < 200; ++round) found[i] += h.hyphenate("aaabbb", Locale(), {}).size();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(found, std::vector<std::size_t>(4, 200));
}

TEST(Hyphens, LanguagesOfLongWordsNeedThem) {
  for (const char* tag : {"de", "de-CH", "fi", "hu", "nl", "sv", "nb"}) EXPECT_TRUE(Hyphenation::needs_hyphens(locale(tag))) << tag;
  for (const char* tag : {"en", "es", "fr", "ar", "zh-Hans", "th", "vi"}) EXPECT_FALSE(Hyphenation::needs_hyphens(locale(tag))) << tag;
}

struct Word {
  const char *tag, *shown;
};

// Debian's dictionaries: their encodings, levels and settings.
TEST(Hyphens, AreThoseOfDebiansDictionaries) {
  const Hyphenation h(Hyphenation::usual_folders());
  constexpr Word kWords[] = {{"en", "re-ha-bil-i-ta-tion"}, {"en-GB", "an-ti-bi-ot-ics"}, {"de", "Band-schei-ben-vor-fall"}, {"hu", "gyógy-sze-rész"}, {"hu", "asszonnyal"},
                             {"ca", "col·lec-ció"}, {"ru", "обез-бо-ли-ва-ю-щее"}, {"uk", "зне-бо-лю-валь-не"}, {"be", "гра-ма-дзянст-ва"}, {"sr", "по-ди-за-ње"}, {"sr-Latn", "po-di-za-nje"},
                             {"nb", "smerte-stil-len-de"}, {"pt", "me-di-ca-men-to"}, {"fr", "l’hô-pi-tal"}, {"el", "παυ-σί-πο-νο"}, {"lt", "vais-ti-nin-kas"}, {"cs", "lé-kař-ství"},
                             {"pl", "znie-czu-le-nie"}, {"nl", "pijn-stil-ler"}, {"et", "va-lu-vai-gis-ti"}, {"ta", "மருத்-து-வ-மனை"}};
  int tested = 0;
  for (const Word& word : kWords) {
    if (h.problem(locale(word.tag)).starts_with("there are no")) continue;  // not installed
    std::string plain = word.shown;
    std::erase(plain, '-');
    EXPECT_EQ(shown(h, plain, word.tag), word.shown) << word.tag;
    ++tested;
  }
  if (tested == 0) GTEST_SKIP() << "no hyphen-* package is installed";
}

}  // namespace
}  // namespace handout::unicode
