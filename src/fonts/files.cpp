#include "fonts/files.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

namespace handout::fonts {

namespace stdfs = std::filesystem;

std::vector<stdfs::path> usual_font_folders() {
  std::vector<stdfs::path> folders;
  // XDG Base Directory: a relative path in the variable is invalid and is ignored.
  const char* const data_home = std::getenv("XDG_DATA_HOME");
  const char* const home = std::getenv("HOME");
  if (data_home && *data_home == '/') {
    folders.push_back(stdfs::path(data_home) / "fonts");
  } else if (home && *home == '/') {
    folders.push_back(stdfs::path(home) / ".local/share/fonts");
  }
  folders.emplace_back("/usr/local/share/fonts");
  folders.emplace_back("/usr/share/fonts");
  return folders;
}

namespace {

// The names in a folder, sorted, unless they are many.
std::optional<std::vector<std::string>> few_names(const stdfs::path& folder) {
  constexpr std::size_t kFew = 64;
  std::vector<std::string> names;
  std::error_code error;
  for (stdfs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error)) {
    if (names.size() == kFew) return std::nullopt;
    names.push_back(each->path().filename().string());
  }
  if (error) return std::nullopt;
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

FontFiles::FontFiles(std::span<const stdfs::path> roots, std::span<const stdfs::path> search) {
  const auto add = [](std::vector<stdfs::path>& list, const stdfs::path& folder) {
    std::error_code error;
    if (stdfs::is_directory(folder, error) && std::find(list.begin(), list.end(), folder) == list.end()) list.push_back(folder);
  };
  for (const stdfs::path& path : search) {
    if (path.is_absolute()) add(roots_, path);
  }
  for (const stdfs::path& root : roots) add(roots_, root);
  std::vector<stdfs::path> folders;
  for (const stdfs::path& root : roots_) {
    add(folders, root);
    for (const stdfs::path& path : search) {
      if (path.is_relative()) add(folders, root / path);
    }
  }
  for (stdfs::path& folder : folders) {
    auto names = few_names(folder);
    folders_.push_back({std::move(folder), std::move(names)});
  }
}

bool FontFiles::has(const Folder& folder, std::string_view file) {
  // A name may lead into a folder below: "extra/Name.ttf".
  if (folder.few && !std::binary_search(folder.few->begin(), folder.few->end(), file.substr(0, file.find('/')))) return false;
  std::error_code error;
  return stdfs::is_regular_file(folder.path / file, error);
}

std::optional<stdfs::path> FontFiles::find(std::string_view file) const {
  for (const Folder& folder : folders_) {
    if (has(folder, file)) return folder.path / file;
  }
  const std::lock_guard lock(mutex_);
  if (!listed_) list();
  listed_ = true;
  const auto found = by_name_.find(file);
  if (found == by_name_.end()) return std::nullopt;
  return found->second;
}

// Of files of one name the earlier folder's wins, and in a folder the first by path: the disk's own order says nothing.
void FontFiles::list() const {
  for (const stdfs::path& root : roots_) {
    std::vector<stdfs::path> paths;
    std::error_code error;
    stdfs::recursive_directory_iterator each(root, stdfs::directory_options::skip_permission_denied, error);
    while (!error && each != stdfs::recursive_directory_iterator()) {
      std::error_code unreadable;
      if (each->is_regular_file(unreadable)) paths.push_back(each->path());
      each.increment(error);
    }
    std::sort(paths.begin(), paths.end());
    for (stdfs::path& path : paths) {
      std::string name = path.filename().string();
      by_name_.try_emplace(std::move(name), std::move(path));
    }
  }
}

}  // namespace handout::fonts
