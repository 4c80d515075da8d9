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

FontFiles::FontFiles(std::span<const stdfs::path> roots, std::span<const stdfs::path> search) {
  const auto add = [](std::vector<stdfs::path>& list, const stdfs::path& folder) {
    std::error_code error;
    if (stdfs::is_directory(folder, error) && std::find(list.begin(), list.end(), folder) == list.end()) list.push_back(folder);
  };
  for (const stdfs::path& path : search) {
    if (path.is_absolute()) add(roots_, path);
  }
  for (const stdfs::path& root : roots) add(roots_, root);
  for (const stdfs::path& root : roots_) {
    add(folders_, root);
    for (const stdfs::path& path : search) {
      if (path.is_relative()) add(folders_, root / path);
    }
  }
}

std::optional<stdfs::path> FontFiles::find(std::string_view file) const {
  for (const stdfs::path& folder : folders_) {
    stdfs::path path = folder / file;
    std::error_code error;
    if (stdfs::is_regular_file(path, error)) return path;
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
