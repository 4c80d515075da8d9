#include "layouts/source_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/digest.h"
#include "base/files.h"
#include "layouts/reader.h"
#include "layouts/vocabulary.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

constexpr std::uintmax_t kLargestFile = 1u << 20, kLargestPart = 1u << 18;
constexpr std::size_t kDeepest = 8;

bool is_file(const std::filesystem::path& path) {
  std::error_code failure;
  return std::filesystem::is_regular_file(path, failure);
}

std::vector<std::string_view> views(const std::vector<std::string>& names) { return {names.begin(), names.end()}; }

std::string there_are(std::string_view what, const std::vector<std::string>& names) {
  return names.empty() ? fmt::format("there are no {}", what) : fmt::format("there are {}", fmt::join(names, ", "));
}

}  // namespace

std::optional<SourceFile> SourceFiles::parse_root(std::string_view xml, std::string_view shown, const std::filesystem::path& path, std::string_view root) {
  auto parsed = xml::parse(xml, shown, diags_);
  if (!parsed) return std::nullopt;
  if (parsed->name != root) {
    const bool other = parsed->name == "part" || parsed->name == "layout";
    if (other || xml::validate(*parsed, layout_vocabulary(), diags_)) diags_.error(parsed->at, fmt::format("root element <{}>; expected <{}>", parsed->name, root));
    return std::nullopt;
  }
  return SourceFile{path, path.has_parent_path() ? path.parent_path() : ".", sha256_hex(xml), *std::move(parsed)};
}

std::optional<SourceFile> SourceFiles::parse(std::string_view xml, std::string_view shown, const std::filesystem::path& path) {
  auto file = parse_root(xml, shown, path, "layout");
  if (file) check_id(*file);
  return file;
}

const SourceFile* SourceFiles::read_part(const std::filesystem::path& path, const xml::Attribute& href) {
  if (const auto known = parts_.find(path); known != parts_.end()) return known->second.get();
  auto& part = parts_[path];
  if (!is_file(path)) {
    diags_.error(href.value_at, fmt::format("no file '{}'", path.generic_string())).meaning();
    return nullptr;
  }
  const std::string shown = path.generic_string();
  const auto bytes = read_file(path, Span::of_file(shown), kLargestPart, diags_);
  if (!bytes) return nullptr;
  auto parsed = parse_root(*bytes, shown, path, "part");
  if (!parsed) return nullptr;
  // Its attributes here; what it holds is validated where it is put.
  xml::Element alone = parsed->root;
  alone.children.clear();
  (void)xml::validate(alone, layout_vocabulary(), diags_);
  part = std::make_unique<const SourceFile>(*std::move(parsed));
  return part.get();
}

void SourceFiles::check_id(const SourceFile& file) {
  const xml::Attribute* id = file.root.find("id");
  if (id == nullptr) return;
  if (!is_name(id->value)) {
    diags_.error(id->value_at, fmt::format("'{}' cannot be the id of a layout", xml::excerpt(id->value))).hint("use letters, digits, '-' and '_', with a letter first");
  } else if (file.path.has_filename() && file.path.stem() != id->value) {
    diags_.error(id->value_at, fmt::format("id is '{}', but the file is named {}", id->value, file.path.filename().generic_string())).hint("layouts are found by the names of their files").meaning();
  }
}

const SourceFile* SourceFiles::read(const std::filesystem::path& path) {
  const std::filesystem::path key = path.lexically_normal();
  if (const auto known = files_.find(key); known != files_.end()) return known->second.get();
  auto& file = files_[key];
  const std::string shown = path.generic_string();
  const auto bytes = read_file(path, Span::of_file(shown), kLargestFile, diags_);
  if (!bytes) return nullptr;
  if (auto parsed = parse(*bytes, shown, path)) file = std::make_unique<const SourceFile>(*std::move(parsed));
  return file.get();
}

const SourceFile* SourceFiles::base_of(const SourceFile& file) {
  const xml::Attribute& extends = *file.root.find("extends");
  const std::string name = extends.value;
  if (!is_name(name)) {
    diags_.error(extends.value_at, fmt::format("'{}' is not the name of a layout", xml::excerpt(name))).hint("write the name of its file, without .xml");
    return nullptr;
  }
  if (file.folder.empty() && layouts_.empty()) {
    diags_.error(extends.value_at, fmt::format("layout '{}' is not there: no folder to look in", name)).meaning();
    return nullptr;
  }
  for (const std::filesystem::path& folder : {file.folder, layouts_}) {
    if (!folder.empty() && is_file(folder / (name + ".xml"))) return read(folder / (name + ".xml"));
  }
  std::vector<std::string> names = list_names(layouts_);
  if (file.folder != layouts_) {
    for (std::string& own : list_names(file.folder)) names.push_back(std::move(own));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
  }
  diags_.error(extends.value_at, fmt::format("unknown layout '{}'{}", name, did_you_mean(name, views(names)))).hint(there_are("layouts", names)).meaning();
  return nullptr;
}

std::vector<const SourceFile*> SourceFiles::chain(const SourceFile& file) {
  std::vector<const SourceFile*> chain{&file};
  while (const xml::Attribute* extends = chain.back()->root.find("extends")) {
    const SourceFile* base = base_of(*chain.back());
    if (base == nullptr) return {};
    const auto same = std::find_if(chain.begin(), chain.end(), [&](const SourceFile* each) { return each->path.lexically_normal() == base->path.lexically_normal(); });
    if (same != chain.end()) {
      std::string circle;
      for (auto each = same; each != chain.end(); ++each) circle += fmt::format("{} -> ", (*each)->root.value("id"));
      diags_.error(extends->value_at, fmt::format("layout '{}' extends itself: {}{}", base->root.value("id"), circle, base->root.value("id"))).meaning();
      return {};
    }
    if (chain.size() == kDeepest) {
      diags_.error(extends->value_at, fmt::format("more than {} layouts extend one another", kDeepest)).meaning();
      return {};
    }
    chain.push_back(base);
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

const SourceFile* SourceFiles::find(std::string_view name) {
  if (is_path(name)) return read(std::filesystem::path(name));
  const std::filesystem::path path = layouts_ / fmt::format("{}.xml", name);
  if (is_name(name) && is_file(path)) return read(path);
  const std::vector<std::string> names = list_names(layouts_);
  diags_.error({}, fmt::format("unknown layout '{}'{}", xml::excerpt(name), did_you_mean(name, views(names)))).hint(there_are("layouts", names)).meaning();
  return nullptr;
}

const SourceFile* SourceFiles::find_profile(std::string_view name) {
  const std::filesystem::path path = layouts_ / "profiles" / fmt::format("{}.xml", name);
  if (is_name(name) && is_file(path)) return read(path);
  const std::vector<std::string> names = list_names(layouts_ / "profiles");
  diags_.error({}, fmt::format("unknown profile '{}'{}", xml::excerpt(name), did_you_mean(name, views(names)))).hint(there_are("profiles", names)).meaning();
  return nullptr;
}

std::vector<std::string> list_names(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code failure;
  std::filesystem::directory_iterator each(folder, failure);
  for (; !failure && each != std::filesystem::directory_iterator(); each.increment(failure)) {
    if (each->path().extension() == ".xml" && is_file(each->path()) && is_name(each->path().stem().string())) names.push_back(each->path().stem().string());
  }
  // A file system lists them in an order of its own.
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace handout::layouts
