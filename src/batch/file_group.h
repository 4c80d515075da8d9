#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/descriptor.h"
#include "base/diagnostics.h"

namespace handout::batch {

// Files that come into being together: written beside their places, synced at once, then renamed. Without a commit nothing is left of them. A name may say who a file is for: until the commit, and in messages, files are numbered.
class FileGroup {
 public:
  explicit FileGroup(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~FileGroup();
  FileGroup(const FileGroup&) = delete;
  FileGroup& operator=(const FileGroup&) = delete;

  Result<std::monostate> add(const std::string& name, std::string_view bytes, Diagnostics& diags);
  Result<std::monostate> commit(Diagnostics& diags);
  [[nodiscard]] std::size_t size() const { return files_.size(); }

 private:
  struct File { std::filesystem::path temporary; std::string name; };
  [[nodiscard]] bool sync_files(const Descriptor& folder) const;

  std::filesystem::path folder_;
  std::vector<File> files_;
  std::uint64_t made_ = 0;  // so many, committed ones too
};

}  // namespace handout::batch
