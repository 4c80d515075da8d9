#include "batch/file_group.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace handout::batch {

namespace {

Diagnostics::Added failed(Diagnostics& diags, const std::filesystem::path& path, std::string_view what) { return diags.machine_error(Span::of_file(path.string()), fmt::format("could not be {}: {}", what, std::strerror(errno))); }

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

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
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return failed(diags, path, "made");
  files_.push_back({path, name});
  const bool good = write_all(descriptor, bytes);
  const int error = errno;
  const bool closed = ::close(descriptor) == 0;
  if (!good) errno = error;
  if (!good || !closed) return failed(diags, path, "written");
  return std::monostate{};
}

Result<std::monostate> FileGroup::commit(Diagnostics& diags) {
  if (files_.empty()) return std::monostate{};
  const int descriptor = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return failed(diags, folder_, "opened");
  // One call for all of them: a sync for each would cost more than making them.
  bool good = ::syncfs(descriptor) == 0;
  while (good && !files_.empty()) {
    good = ::rename(files_.back().temporary.c_str(), (folder_ / files_.back().name).c_str()) == 0;
    if (good) files_.pop_back();
  }
  good = good && ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  errno = error;
  if (!good) return failed(diags, folder_, "synced");
  return std::monostate{};
}

}  // namespace handout::batch
