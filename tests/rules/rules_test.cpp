// Rules of the house, run as tests: arrows, doors, no globals, every shipped file valid.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "pipeline.h"
#include "rules/sources.h"

namespace fs = std::filesystem;

namespace {

using handout::test::kSource;
using handout::test::read;

// Folder -> the folders that it may include, from the handout_library() calls of src/CMakeLists.txt.
std::map<std::string, std::set<std::string>> arrows() {
  std::map<std::string, std::set<std::string>> result;
  std::stringstream lines(read(kSource / "src" / "CMakeLists.txt"));
  for (std::string line; std::getline(lines, line);) {
    static const std::regex call("^handout_library\\((\\w+)\\s+(.*)\\)");
    std::smatch match;
    if (!std::regex_match(line, match, call)) continue;
    auto& uses = result[match[1]];
    std::stringstream words(match[2]);
    bool in_uses = false;
    for (std::string word; words >> word;) {
      if (word == "USES" || word == "DOOR" || word == "REEXPORT") in_uses = word == "USES";
      else if (in_uses) uses.insert(word);
    }
  }
  return result;
}

std::vector<fs::path> sources(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".cpp" || entry.path().extension() == ".h") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> includes(const fs::path& file, const char* pattern) {
  std::vector<std::string> found;
  const std::string text = read(file);
  const std::regex include(pattern);
  for (std::sregex_iterator each(text.begin(), text.end(), include), end; each != end; ++each) found.push_back((*each)[1]);
  return found;
}

TEST(Rules, folders_include_only_along_the_arrows) {
  const auto allowed = arrows();
  ASSERT_GT(allowed.size(), 10u);
  for (const auto& [folder, uses] : allowed) {
    for (const fs::path& file : sources(kSource / "src" / folder)) {
      for (const std::string& path : includes(file, "#include \"([^\"]+)\"")) {
        const std::size_t slash = path.find('/');
        // What stands beside the folders is the pipeline.
        const std::string target = slash == std::string::npos ? "pipeline" : path.substr(0, slash);
        EXPECT_TRUE(target == folder || uses.contains(target)) << file << " includes " << path << ", which src/CMakeLists.txt does not allow";
      }
    }
  }
}

TEST(Rules, each_library_is_included_in_its_door_only) {
  const std::map<std::string, std::set<std::string>> doors = {
      {"tinyxml2\\.h", {"xml"}}, {"unicode/\\w+\\.h", {"unicode"}}, {"hyphen\\.h", {"unicode"}}, {"hb[-.].*", {"fonts"}}, {"hpdf.*", {"pdf"}}, {"zlib\\.h", {"pdf"}}, {"libdeflate\\.h", {"pdf"}}, {"png\\.h", {"images"}}, {"jpeglib\\.h", {"images"}},
      {"jerror\\.h", {"images"}}, {"lcms2\\.h", {"images"}}, {"zint\\.h", {"codes"}}, {"qpdf/.*", {"inspect"}}, {"CLI/.*", {"cli"}}, {"nlohmann/.*", {"request", "recipients", "cli", "marks", "batch"}}, {"nettle/.*", {"base"}}, {"sqlite3\\.h", {"ledger"}}};
  for (const fs::path& file : sources(kSource / "src")) {
    const std::string folder = fs::relative(file, kSource / "src").begin()->string();
    for (const std::string& header : includes(file, "#include <([^>]+)>")) {
      for (const auto& [pattern, folders] : doors) {
        if (!std::regex_match(header, std::regex(pattern))) continue;
        EXPECT_TRUE(folders.contains(folder)) << file << " includes <" << header << ">";
        EXPECT_TRUE(file.extension() == ".cpp" || file.filename() == "haru.h" || file.filename() == "qpdf.h" || file.filename() == "icu_status.h" || file.filename() == "hyphen_automaton.h" || file.filename() == "ledger_text.h" || folder == file.stem()) << file << ": a header shows <" << header << "> to others";
      }
    }
  }
}

TEST(Rules, headers_say_pragma_once_and_sources_include_their_own_first) {
  for (const fs::path& file : sources(kSource / "src")) {
    const std::string text = read(file);
    if (file.extension() == ".h") {
      EXPECT_TRUE(text.starts_with("#pragma once")) << file;
      continue;
    }
    fs::path header = file;
    header.replace_extension(".h");
    if (!fs::exists(header)) continue;
    const auto all = includes(file, "#include [\"<]([^\">]+)[\">]");
    ASSERT_FALSE(all.empty()) << file;
    EXPECT_EQ(all.front(), fs::relative(header, kSource / "src").string()) << file;
  }
}

// Mutable state outside objects: thread_local, and static or namespace-scope variables that are not constant.
TEST(Rules, no_mutable_globals) {
  for (const fs::path& file : sources(kSource / "src")) {
    std::stringstream lines(read(file));
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
      ++number;
      static const std::regex suspicious("^\\s*(static|inline|extern)\\s+(?!const|constexpr|inline constexpr|const |_assert|cast)[A-Za-z_:<>,\\s\\*&]+\\s+[A-Za-z_]\\w*\\s*(=.*|\\{.*\\})?;\\s*$");
      EXPECT_FALSE(line.find("thread_local") != std::string::npos && line.find("//") == std::string::npos) << file << ":" << number;
      EXPECT_FALSE(std::regex_match(line, suspicious)) << file << ":" << number << ": " << line;
    }
  }
}

TEST(Rules, no_todo_and_no_machine_paths) {
  for (const char* folder : {"src", "layouts", "content", "fonts", "tests"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kSource / folder)) {
      if (!entry.is_regular_file() || entry.path().filename() == "rules_test.cpp" || entry.path().string().find("/seeds/") != std::string::npos || entry.path().string().find("/node_modules/") != std::string::npos) continue;
      const std::string text = read(entry.path());
      static const std::regex unfinished("\\b(TODO|FIXME|XXX)\\b");
      EXPECT_FALSE(std::regex_search(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(text.size(), 200000)), unfinished)) << entry.path();
      EXPECT_EQ(text.find(kSource.string() + "/"), std::string::npos) << entry.path();
    }
  }
}

TEST(Rules, every_shipped_layout_profile_article_and_clinic_is_valid) {
  using namespace handout;
  Diagnostics diags;
  const auto installation = find_installation(kSource, diags);
  ASSERT_TRUE(installation) << to_text(diags);
  Pipeline pipeline(*installation);
  for (const auto& layout : layouts::list_layouts(installation->layouts, diags)) {
    const auto alone = layouts::read_layout(installation->layouts, layout.id, "", diags);
    ASSERT_TRUE(alone) << layout.id;
    const std::vector<std::string> all = layouts::list_profiles(installation->layouts);
    for (const std::string& profile : alone->profiles) EXPECT_NE(std::find(all.begin(), all.end(), profile), all.end()) << layout.id << ": there is no profile " << profile;
    for (const std::string& profile : alone->profiles.empty() ? all : alone->profiles) EXPECT_TRUE(layouts::read_layout(installation->layouts, layout.id, profile, diags)) << layout.id << " " << profile;
  }
  for (const auto& entry : content::list_articles(installation->content, diags)) {
    for (const auto& file : entry.files) EXPECT_TRUE(pipeline.article(file.path, diags)) << file.path;
  }
  for (const auto& clinic : fs::directory_iterator(installation->content / "clinics")) {
    if (clinic.path().extension() == ".xml") EXPECT_TRUE(request::read_clinic(clinic.path(), diags)) << clinic.path();
  }
  EXPECT_EQ(to_text(diags), "");
}

// Every translation has the blocks of its source, none stale, and every phrase that English has.
TEST(Rules, translations_and_phrases_are_complete) {
  using namespace handout;
  Diagnostics diags;
  const auto installation = find_installation(kSource, diags);
  ASSERT_TRUE(installation);
  for (const auto& entry : content::list_articles(installation->content, diags)) {
    const auto english = std::find_if(entry.files.begin(), entry.files.end(), [](const auto& file) { return file.locale.tag() == "en"; });
    if (english == entry.files.end()) continue;
    const auto source = content::read_article(english->path, diags);
    for (const auto& file : entry.files) {
      if (file.locale.tag() == "en") continue;
      const auto translation = content::read_article(file.path, diags);
      if (translation) content::compare_translation(*source, *translation, diags);
    }
  }
  const auto english = content::read_phrases(installation->content / "phrases" / "en.xml", diags);
  ASSERT_TRUE(english);
  for (const auto& file : fs::directory_iterator(installation->content / "phrases")) {
    if (file.path().extension() != ".xml") continue;
    const auto phrases = content::read_phrases(file.path(), diags);
    if (!phrases) continue;
    for (const auto& [id, pattern] : english->patterns) EXPECT_TRUE(phrases->patterns.contains(id)) << file.path() << " lacks " << id;
  }
  EXPECT_EQ(to_text(diags), "");
}

}  // namespace
