#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/diagnostics.h"

namespace handout::batch {

// Files that come into being together: written beside their names, synced at once, then renamed. Without a commit nothing is left of them.
class FileGroup {
 public:
  explicit FileGroup(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~FileGroup();
  FileGroup(const FileGroup&) = delete;
  FileGroup& operator=(const FileGroup&) = delete;

  Result<std::monostate> add(const std::string& name, std::string_view bytes, Diagnostics& diags);
  Result<std::monostate> commit(Diagnostics& diags);
  [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
  [[nodiscard]] std::filesystem::path temporary(const std::string& name) const { return folder_ / ("." + name + ".part"); }

  std::filesystem::path folder_;
  std::vector<std::string> names_;
};

}  // namespace handout::batch
