#include "batch/file_group.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace handout::batch {

namespace {

Diagnostics::Added failed(Diagnostics& diags, const std::filesystem::path& path, std::string_view what) { return diags.machine_error(Span::of_file(path.string()), fmt::format("could not be {}: {}", what, std::strerror(errno))); }

}  // namespace

// Many by one call: a sync for each would cost more than making them. That call waits for whatever else is written on the file system, so few are synced one by one.
bool FileGroup::sync_files(const Descriptor& folder) const {
  constexpr std::size_t kFew = 8;
  if (files_.size() > kFew) return ::syncfs(folder.get()) == 0;
  return std::all_of(files_.begin(), files_.end(), [](const File& file) {
    const Descriptor opened(::open(file.temporary.c_str(), O_RDONLY | O_CLOEXEC));
    return opened.get() >= 0 && ::fsync(opened.get()) == 0;
  });
}

FileGroup::~FileGroup() {
  for (const File& file : files_) ::unlink(file.temporary.c_str());
}

Result<std::monostate> FileGroup::add(const std::string& name, std::string_view bytes, Diagnostics& diags) {
  if (files_.empty()) {
    std::error_code failure;
    std::filesystem::create_directories(folder_, failure);
    if (failure) return diags.machine_error(Span::of_file(folder_.string()), fmt::format("could not be made: {}", failure.message()));
  }
  const std::filesystem::path path = folder_ / fmt::format(".{}.part", ++made_);
  // Readable by its owner only.
  Descriptor out(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (out.get() < 0) return failed(diags, path, "made");
  files_.push_back({path, name});
  const int error = write_all(out.get(), bytes), at_end = out.close();
  errno = error != 0 ? error : at_end;
  if (errno != 0) return failed(diags, path, "written");
  return std::monostate{};
}

Result<std::monostate> FileGroup::commit(Diagnostics& diags) {
  if (files_.empty()) return std::monostate{};
  const Descriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) return failed(diags, folder_, "opened");
  bool good = sync_files(folder);
  while (good && !files_.empty()) {
    good = ::rename(files_.back().temporary.c_str(), (folder_ / files_.back().name).c_str()) == 0;
    if (good) files_.pop_back();
  }
  good = good && ::fsync(folder.get()) == 0;
  if (!good) return failed(diags, folder_, "synced");
  return std::monostate{};
}

}  // namespace handout::batch
