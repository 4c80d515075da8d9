// Schemas and readers say the same: every shipped file and seeded mutations of them go through both.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "cli/kinds.h"
#include "content/article.h"
#include "fonts/catalogue.h"
#include "layouts/layout.h"
#include "postal/countries.h"
#include "postal/envelopes.h"
#include "mailings/mailing.h"
#include "request/request.h"
#include "schema/jing.h"
#include "schema/mutate.h"

namespace handout::test {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = HANDOUT_SOURCE_DIR;

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// ---- what the readers say ----

using Read = void (*)(const fs::path& file, const std::string& text, const fs::path& folder, Diagnostics& diags);

struct Shelf {
  const char* kind;
  std::vector<const char*> folders;  // in the checkout; the last has files that use more of the vocabulary than handouts do
  std::size_t mutations;
  Read read;
};

const std::vector<Shelf>& shelves() {
  static const std::vector<Shelf> all = {
      {"layout", {"layouts", "layouts/profiles", "layouts/templates", "tests/fuzz/seeds/layout"}, 160,
       [](const fs::path& file, const std::string& text, const fs::path&, Diagnostics& diags) { static_cast<void>(layouts::parse_layout(text, file.string(), kSource / "layouts", diags)); }},
      {"article", {"content/knee-stem-cell-treatment", "content/templates", "tests/fuzz/seeds/article"}, 120,
       [](const fs::path& file, const std::string& text, const fs::path& folder, Diagnostics& diags) { static_cast<void>(content::parse_article(text, file.string(), folder, diags)); }},
      {"phrases", {"content/phrases", "tests/fuzz/seeds/phrases"}, 25, [](const fs::path& file, const std::string&, const fs::path&, Diagnostics& diags) { static_cast<void>(content::read_phrases(file, diags)); }},
      {"notice", {"content/notices", "tests/fuzz/seeds/notice"}, 30, [](const fs::path& file, const std::string&, const fs::path&, Diagnostics& diags) { static_cast<void>(content::read_notice(file, diags)); }},
      {"clinic", {"content/clinics", "content/templates", "tests/fuzz/seeds/clinic"}, 25, [](const fs::path& file, const std::string&, const fs::path&, Diagnostics& diags) { static_cast<void>(request::read_clinic(file, diags)); }},
      {"countries", {"content/postal", "tests/fuzz/seeds/countries"}, 60, [](const fs::path& file, const std::string&, const fs::path&, Diagnostics& diags) { static_cast<void>(postal::read_countries(file, diags)); }},
      {"envelopes", {"content/postal", "tests/fuzz/seeds/envelopes"}, 40, [](const fs::path& file, const std::string&, const fs::path&, Diagnostics& diags) { static_cast<void>(postal::read_envelopes(file, diags)); }},
      {"mailing", {"content/mailings", "content/templates", "tests/fuzz/seeds/mailing"}, 120,
       [](const fs::path& file, const std::string& text, const fs::path& folder, Diagnostics& diags) { static_cast<void>(mailings::parse_mailing(text, file.string(), folder, diags)); }},
      {"fonts", {"fonts", "tests/fuzz/seeds/fonts"}, 40,
       [](const fs::path& file, const std::string& text, const fs::path&, Diagnostics& diags) { static_cast<void>(fonts::read_catalogue(text, file.string(), diags)); }},
  };
  return all;
}

struct Document {
  fs::path file;
  std::string what;     // which file and which mutation
  std::string faults;   // of form, told by the reader
  bool meaning = false; // it was refused for its meaning
};

class Agreement : public Jing, public testing::WithParamInterface<std::size_t> {
 protected:
  void add(const Shelf& shelf, const fs::path& origin, const std::string& what, const std::string& text) {
    Document document{folder_ / ("d" + std::to_string(documents_.size()) + ".xml"), origin.filename().string() + ": " + what, {}, false};
    std::ofstream(document.file, std::ios::binary) << text;
    Diagnostics diags;
    shelf.read(document.file, text, origin.parent_path(), diags);
    for (const Diagnostic& each : diags.all()) {
      if (each.severity != Severity::Error) continue;
      if (each.aspect == Aspect::Meaning) document.meaning = true;
      else document.faults += to_text(each);
    }
    documents_.push_back(std::move(document));
    texts_.push_back(text);
  }

  std::vector<Document> documents_;
  std::vector<std::string> texts_;
};

std::vector<fs::path> files_of(const Shelf& shelf) {
  std::vector<fs::path> files;
  for (const char* folder : shelf.folders) {
    if (!fs::is_directory(kSource / folder)) continue;
    for (const auto& entry : fs::directory_iterator(kSource / folder)) {
      if (entry.path().extension() != ".xml") continue;
      const bool seed = folder == shelf.folders.back();
      // By their root, which stands at a line's start.
      if (seed ? entry.path().stem() == "whole" : read_text(entry.path()).find("\n<" + std::string(shelf.kind)) != std::string::npos) files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

Mutator mutator_of(const xml::Vocabulary& vocabulary, std::uint64_t seed) {
  std::vector<std::string> elements, attributes;
  for (const xml::ElementRule& rule : vocabulary.elements) {
    elements.emplace_back(rule.name);
    for (const xml::AttributeRule& attribute : rule.attributes) attributes.emplace_back(attribute.name);
  }
  return {seed, std::move(elements), std::move(attributes)};
}

// HANDOUT_MUTATIONS=20 makes twenty times as many.
std::size_t factor() {
  const char* const given = std::getenv("HANDOUT_MUTATIONS");
  return given == nullptr ? 1 : static_cast<std::size_t>(std::max(1, std::atoi(given)));
}

TEST_P(Agreement, OfReaderAndSchema) {
  const Shelf& shelf = shelves()[GetParam()];
  const cli::Kind& kind = cli::kinds()[GetParam()];
  ASSERT_EQ(kind.name, shelf.kind);
  const xml::Vocabulary vocabulary = kind.vocabulary();
  std::vector<std::pair<fs::path, xml::Element>> shipped;
  for (const fs::path& file : files_of(shelf)) {
    Diagnostics diags;
    const std::string text = read_text(file);
    auto root = xml::parse(text, file.string(), diags);
    ASSERT_TRUE(root) << to_text(diags);
    // A clinic's logo is looked for beside its file.
    for (const auto& entry : fs::directory_iterator(file.parent_path())) {
      if (entry.path().extension() == ".svg") fs::copy_file(entry.path(), folder_ / entry.path().filename(), fs::copy_options::skip_existing);
    }
    add(shelf, file, "as it is", text);
    EXPECT_EQ(documents_.back().faults, "");
    shipped.emplace_back(file, *std::move(root));
  }
  ASSERT_FALSE(shipped.empty());
  Mutator mutator = mutator_of(vocabulary, 20261122);
  const std::size_t mutations = shelf.mutations * factor();
  for (std::size_t i = 0; i < mutations; ++i) {
    const auto& [file, root] = shipped[i % shipped.size()];
    const Mutator::Mutation mutation = mutator.mutate(root);
    add(shelf, file, mutation.what, to_xml(mutation.root));
  }
  const auto said = judge(xml::to_rng(vocabulary), texts_);
  std::size_t accepted = 0, refused = 0, meaning = 0;
  for (std::size_t i = 0; i < documents_.size(); ++i) {
    const Document& each = documents_[i];
    const bool by_schema = !said[i].empty();
    if (by_schema && each.faults.empty()) ADD_FAILURE() << each.what << "\nonly the schema refuses its form: " << said[i].begin()->second;
    if (!by_schema && !each.faults.empty()) ADD_FAILURE() << each.what << "\nonly the reader refuses its form: " << each.faults;
    if (!by_schema && each.faults.empty()) ++(each.meaning ? meaning : accepted);
    if (by_schema) ++refused;
  }
  std::printf("%s: %zu documents, %zu accepted by both, %zu refused by both, %zu refused for their meaning by the reader\n", shelf.kind, documents_.size(), accepted, refused, meaning);
  EXPECT_GT(refused, mutations / 4);
  EXPECT_GT(accepted + meaning, 0u);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Agreement, testing::Range(std::size_t{0}, shelves().size()), [](const auto& info) { return std::string(shelves()[info.param].kind); });

// ---- the schemas that are shipped ----

TEST(ShippedSchemas, AreWhatTheProgramWrites) {
  for (const cli::Kind& kind : cli::kinds()) {
    EXPECT_EQ(read_text(kSource / kind.schema), xml::to_rng(kind.vocabulary())) << kind.schema << " is old: run `handout schema`";
  }
}

TEST(ShippedSchemas, DocumentEverything) {
  for (const cli::Kind& kind : cli::kinds()) {
    const xml::Vocabulary vocabulary = kind.vocabulary();
    for (const xml::ElementRule& rule : vocabulary.elements) {
      EXPECT_NE(rule.doc, "") << kind.name << " " << rule.name;
      for (const xml::AttributeRule& attribute : rule.attributes) {
        EXPECT_NE(attribute.doc, "") << kind.name << " " << rule.name << " " << attribute.name;
        EXPECT_TRUE(attribute.type != xml::ValueType::Custom || !attribute.form.pattern.empty()) << kind.name << " " << rule.name << " " << attribute.name << " takes any text";
      }
    }
  }
}

}  // namespace
}  // namespace handout::test
