#include "mailings/mailing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/expects.h"
#include "xml/characters.h"

namespace handout::mailings {

namespace fs = std::filesystem;

const std::vector<std::string_view>& recipient_names() {
  static const std::vector<std::string_view> names = {"key",           "name.given",    "name.family",   "name.prefix",   "name.suffix",   "name.display",  "name.locale", "birth-date", "language", "address",  "address.line1",
                                                      "address.line2", "address.line3", "address.line4", "address.line5", "address.line6", "city",          "district",    "state",      "postcode", "country",  "large-print"};
  return names;
}

const std::vector<std::string_view>& file_name_fields() {
  static const std::vector<std::string_view> names = {"mailing", "locale", "layout", "profile", "number"};
  return names;
}

const std::vector<std::string_view>& stream_name_fields() {
  static const std::vector<std::string_view> names = {"mailing", "class", "number", "layout", "paper", "locale", "sheets", "weight"};
  return names;
}

std::string_view name(SplitBy by) {
  switch (by) {
    case SplitBy::Layout: return "layout";
    case SplitBy::Paper: return "paper";
    case SplitBy::Locale: return "locale";
    case SplitBy::Sheets: return "sheets";
    case SplitBy::Weight: break;
  }
  return "weight";
}

std::filesystem::path resolve(const FileRef& file, const std::filesystem::path& root) {
  EXPECTS(!file.written.empty());
  const std::filesystem::path path(file.written);
  if (path.is_absolute()) return path;
  std::error_code ignored;
  const std::filesystem::path beside = (file.folder / path).lexically_normal();
  return std::filesystem::exists(beside, ignored) || root.empty() ? beside : (root / path).lexically_normal();
}

Result<fs::path> find_file(const FileRef& file, const fs::path& root, Diagnostics& diags) {
  fs::path found = resolve(file, root);
  std::error_code ignored;
  if (fs::is_directory(found, ignored)) return diags.error(file.at, fmt::format("'{}' is a folder, a file was expected", xml::excerpt(file.written))).meaning();
  if (fs::exists(found, ignored)) return found;
  std::vector<fs::path> places{(file.folder / file.written).lexically_normal()};
  if (!fs::path(file.written).is_absolute() && !root.empty()) places.push_back((root / file.written).lexically_normal());
  std::set<std::string> names;
  for (const fs::path& place : places) {
    std::error_code failed;
    const fs::path folder = place.has_parent_path() ? place.parent_path() : fs::path(".");
    for (fs::directory_iterator each(folder, failed), end; !failed && each != end; each.increment(failed)) names.insert(each->path().filename().string());
  }
  const fs::path written(file.written);
  const std::string near = nearest_word(written.filename().string(), {names.begin(), names.end()});
  auto fault = diags.error(file.at, fmt::format("no file '{}'{}", xml::excerpt(file.written), near.empty() ? "" : fmt::format("; did you mean '{}'?", (written.parent_path() / near).generic_string())));
  fault.meaning();
  fault.hint(places.size() == 1 ? fmt::format("looked for {}", places[0].generic_string()) : fmt::format("looked for {} and for {}", places[0].generic_string(), places[1].generic_string()));
  return fault;
}

}  // namespace handout::mailings
