// The same request gives the same bytes wherever and however the program is run.
#include "program.h"

namespace handout::test {
namespace {

class SameBytes : public Program {
 protected:
  // What a clinic prints: dates, digits and order of letters could come from the machine's locale and clock.
  Outcome print(const std::string& shell, const std::string& locale, const std::string& output) const {
    const std::vector<std::string> words{"-c", shell + " \"$@\"", "sh", kProgram.string(), "--data", kSource.string(), "render", "knee-stem-cell-treatment", "--locale", locale, "--clinic",
                                         (kSource / "content/clinics/example.xml").string(), "--date", "2026-11-22", "--field", "patient.name=Ida Iversen", "--field", "patient.birth-date=1960-02-03", "-o",
                                         (folder_ / output).string()};
    return run_program("/bin/sh", words, {folder_, {}, {}});
  }
  void expect_same(const std::string& shell) const {
    for (const char* locale : {"en", "ar"}) {
      const std::string whole = std::string(locale) + ".pdf";
      if (!fs::exists(folder_ / whole)) ASSERT_EQ(print("unset LANG LC_ALL TZ; exec", locale, whole).code, 0);
      const Outcome outcome = print(shell, locale, "out.pdf");
      ASSERT_EQ(outcome.code, 0) << shell << ": " << outcome.err;
      EXPECT_EQ(read("out.pdf") == read(whole), true) << shell << ' ' << locale;
    }
  }
};

TEST_F(SameBytes, InEveryTimeZone) {
  // One of the two is always in another day than the other for two hours a day, and in another hour always.
  for (const char* zone : {"Pacific/Auckland", "America/Los_Angeles", "nonsense"}) expect_same(std::string("TZ=") + zone + " exec");
}

TEST_F(SameBytes, InEveryLocale) {
  // Those that the machine doesn't have count as C to it, but ICU reads the names as well.
  for (const char* locale : {"C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8", "th_TH"}) {
    expect_same(std::string("LANG=") + locale + " LC_ALL=" + locale + " LANGUAGE=" + locale + " exec");
  }
}

TEST_F(SameBytes, InEveryPlace) {
  fs::create_directories(folder_ / "elsewhere/tmp");
  expect_same("cd elsewhere && HOME=/none exec");
  expect_same("cd / && TMPDIR=" + (folder_ / "elsewhere/tmp").string() + " HOME=" + (folder_ / "elsewhere").string() + " exec");
  expect_same("exec env -i");
}

TEST_F(SameBytes, UnderEveryMask) {
  for (const char* mask : {"000", "077"}) expect_same(std::string("umask ") + mask + " && exec");
}

// Addresses decide nothing, and no byte is written that was not set: malloc fills what it gives and what it takes back.
TEST_F(SameBytes, WhateverIsInMemory) {
  for (const char* filling : {"1", "90", "165", "255"}) expect_same(std::string("MALLOC_PERTURB_=") + filling + " exec");
  const std::string fixed = "exec setarch -R";
  if (run_program("/bin/sh", {"-c", fixed + " true"}, {folder_, {}, {}}).code == 0) expect_same(fixed);
}

}  // namespace
}  // namespace handout::test
