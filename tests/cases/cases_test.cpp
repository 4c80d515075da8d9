// Each folder tests/cases/<topic>/<case>/ holds an article.xml, perhaps a layout.xml and a request.json, and what must come of them:
// display.txt (the display station) and tags.txt (read back from the finished file by another reader), or faults written where they are:
// <!-- error: 4:15 part of the message --> (or warning) in article.xml or layout.xml.
//   test_cases --update=topic/case[,topic/case]     writes the goldens of these cases anew
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <regex>
#include <set>
#include <sstream>

#include "inspect/inspect.h"
#include "pdf/pdf.h"
#include "pipeline.h"

namespace fs = std::filesystem;
using namespace handout;

namespace {

const fs::path kSource = HANDOUT_SOURCE_DIR;

std::set<std::string>& updates() {
  static std::set<std::string> names;
  return names;
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Fault { std::string severity, place, words; };

std::vector<Fault> expected_faults(const fs::path& file) {
  std::vector<Fault> faults;
  const std::string text = read(file);
  static const std::regex pattern("<!-- (error|warning): ([0-9]+:[0-9]+) (.*?) -->");
  for (std::sregex_iterator each(text.begin(), text.end(), pattern), end; each != end; ++each) {
    faults.push_back({(*each)[1], file.filename().string() + ":" + (*each)[2].str(), (*each)[3]});
  }
  return faults;
}

request::Request request_of(const fs::path& folder, Diagnostics& diags) {
  if (fs::exists(folder / "request.json")) {
    if (auto request = request::parse_request(read(folder / "request.json"), "request.json", diags)) return *request;
  }
  request::Request request;
  static const std::regex language("xml:lang=\"([^\"]+)\"");
  const std::string text = read(folder / "article.xml");
  std::smatch match;
  std::regex_search(text, match, language);
  request.editions.push_back({"article.xml", unicode::Locale::parse(match[1].str()).value_or(unicode::Locale()), request::ArticleLevel::Full});
  return request;
}

class Case : public testing::TestWithParam<std::string> {};

TEST_P(Case, comes_out_as_written) {
  const fs::path folder = kSource / "tests" / "cases" / GetParam();
  fs::current_path(folder);
  Diagnostics diags;
  request::Request request = request_of(folder, diags);
  if (fs::exists("layout.xml")) request.layout = "layout.xml";
  Pipeline pipeline(*find_installation(kSource, diags));
  const auto stations = pipeline.prepare(request, diags);

  std::vector<Fault> expected = expected_faults(folder / "article.xml");
  for (const Fault& fault : expected_faults(folder / "layout.xml")) expected.push_back(fault);
  for (const Fault& fault : expected) {
    const bool told = std::any_of(diags.all().begin(), diags.all().end(), [&](const Diagnostic& each) {
      return to_text(each.at) == fault.place && (each.severity == Severity::Error) == (fault.severity == "error") && each.message.find(fault.words) != std::string::npos;
    });
    EXPECT_TRUE(told) << fault.place << ": " << fault.severity << ": " << fault.words << "\nnot among\n" << to_text(diags);
  }
  // Cases are set small, so that a few words are enough for a page.
  const auto is_fault = [](const Diagnostic& each) { return each.severity != Severity::Note && each.message.find("below the profile's minimum") == std::string::npos; };
  const auto faults = static_cast<std::size_t>(std::count_if(diags.all().begin(), diags.all().end(), is_fault));
  EXPECT_EQ(faults, expected.size()) << to_text(diags);
  if (!stations) {
    EXPECT_FALSE(expected.empty());
    return;
  }

  const auto fonts = pipeline.fonts(nullptr, diags);
  const std::string profile = read(pipeline.installation().srgb_profile);
  const auto bytes = pdf::write_pdf(stations->display, {**fonts, profile}, diags);
  ASSERT_TRUE(bytes) << to_text(diags);
  EXPECT_EQ(inspect::check_tags(*bytes), std::vector<std::string>{});
  const auto report = inspect::read_pdf(*bytes);
  ASSERT_TRUE(report) << report.error();
  // The edition's hash changes with every phrase of the language.
  static const std::regex hash("( edition=\"[^\"]*) [0-9a-f]{8}\"");
  const std::string display = std::regex_replace(display::dump(stations->display, **fonts), hash, "$1 ........\"");
  const std::pair<const char*, std::string> goldens[] = {{"display.txt", display}, {"tags.txt", inspect::dump(report->tree)}};
  for (const auto& [name, text] : goldens) {
    if (updates().contains(GetParam())) std::ofstream(folder / name, std::ios::binary) << text;
    EXPECT_EQ(read(folder / name), text) << "if this is right: test_cases --update=" << GetParam();
  }
}

std::vector<std::string> all_cases() {
  std::vector<std::string> names;
  for (const auto& topic : fs::directory_iterator(kSource / "tests" / "cases")) {
    if (!topic.is_directory()) continue;
    for (const auto& each : fs::directory_iterator(topic)) {
      if (fs::exists(each.path() / "article.xml")) names.push_back(topic.path().filename().string() + "/" + each.path().filename().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

INSTANTIATE_TEST_SUITE_P(Cases, Case, testing::ValuesIn(all_cases()), [](const auto& info) {
  std::string name = info.param;
  std::replace_if(name.begin(), name.end(), [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
});

}  // namespace

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (!argument.starts_with("--update=")) continue;
    std::stringstream names(argument.substr(9));
    for (std::string name; std::getline(names, name, ',');) updates().insert(name);
  }
  return RUN_ALL_TESTS();
}
