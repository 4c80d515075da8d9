#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "xml/element.h"

namespace handout::layouts {

// One file of a layout, parsed; prepare() validates it.
struct SourceFile {
  std::filesystem::path path, folder;
  std::string digest;  // SHA-256
  xml::Element root;
};

// Reads each file once and tells its faults once, however often it is asked for.
class SourceFiles {
 public:
  SourceFiles(std::filesystem::path layouts, Diagnostics& diags) : layouts_(std::move(layouts)), diags_(diags) {}

  // Null when the file is not there or not a layout at all; one with other faults is given, so that the rest of it is read as well.
  const SourceFile* read(const std::filesystem::path& path);
  // From a text; not kept.
  [[nodiscard]] std::optional<SourceFile> parse(std::string_view xml, std::string_view shown, const std::filesystem::path& path);

  // The file and what it extends, base first. Empty when something of it is not there.
  std::vector<const SourceFile*> chain(const SourceFile& file);

  // The file of the layout that a person names, by its name or a path; null when there is none.
  const SourceFile* find(std::string_view name);
  const SourceFile* find_profile(std::string_view name);
  // A file whose root is <part>, which `href` names; null when it is none.
  const SourceFile* read_part(const std::filesystem::path& path, const xml::Attribute& href);

 private:
  std::optional<SourceFile> parse_root(std::string_view xml, std::string_view shown, const std::filesystem::path& path, std::string_view root);
  const SourceFile* base_of(const SourceFile& file);
  void check_id(const SourceFile& file);

  std::filesystem::path layouts_;
  Diagnostics& diags_;
  std::map<std::filesystem::path, std::unique_ptr<const SourceFile>> files_, parts_;  // null: could not be read
};

// Names of the .xml files of a folder, sorted; none when it cannot be listed.
std::vector<std::string> list_names(const std::filesystem::path& folder);

}  // namespace handout::layouts
