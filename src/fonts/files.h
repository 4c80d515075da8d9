#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace handout::fonts {

// The folders where fonts are kept: the user's own, the machine's, the distribution's. Reads XDG_DATA_HOME and HOME (XDG Base Directory).
[[nodiscard]] std::vector<std::filesystem::path> usual_font_folders();

// Finds font files by name. A file that lies directly in one of the folders is found by one look for each, in a folder of few files by none, since what it holds is read once; only when none has it are the
// folders listed with all that is below them, and that once.
class FontFiles {
 public:
  // `search` as fonts.xml names it: absolute folders come first; relative ones are tried below every folder of `roots`.
  FontFiles(std::span<const std::filesystem::path> roots, std::span<const std::filesystem::path> search);

  [[nodiscard]] std::optional<std::filesystem::path> find(std::string_view file) const;

 private:
  // `few`: all that it holds; nothing: more than that.
  struct Folder { std::filesystem::path path; std::optional<std::vector<std::string>> few; };
  void list() const;
  static bool has(const Folder& folder, std::string_view file);

  std::vector<std::filesystem::path> roots_;
  std::vector<Folder> folders_;
  // As in Face, no std::call_once.
  mutable std::mutex mutex_;
  mutable bool listed_ = false;
  mutable std::map<std::string, std::filesystem::path, std::less<>> by_name_;
};

}  // namespace handout::fonts
