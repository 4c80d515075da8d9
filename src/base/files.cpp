#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/expects.h"

namespace handout {
namespace {

std::string error_text(int code) { return std::generic_category().message(code); }

class Descriptor {
 public:
  explicit Descriptor(int descriptor) : descriptor_(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }
  // The error number of close(2), 0 when all is well.
  [[nodiscard]] int close() {
    const int result = ::close(std::exchange(descriptor_, -1));
    return result == 0 ? 0 : errno;
  }

 private:
  int descriptor_;
};

// 0 or the error number.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

// Removes the temporary file unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string path) : path_(std::move(path)) {}
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  [[nodiscard]] const std::string& path() const { return path_; }
  void release() { path_.clear(); }

 private:
  std::string path_;
};

int sync_folder(const std::filesystem::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0) return 0;  // a folder we may write but not read: the rename itself still holds
  return ::fsync(opened.get()) == 0 || errno == EINVAL || errno == EROFS ? 0 : errno;
}

// A new file beside `path`, in the mode that the process's mask leaves (open(2) applies it; asking for the mask would race with other threads). O_EXCL makes the
// name unique; one that a killed process left is passed over. -1 and errno when no file can be made.
int open_temporary(const std::filesystem::path& path, std::string& name) {
  constexpr int kMostAttempts = 1000;
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    name = fmt::format("{}.{}-{}.part", path.string(), ::getpid(), attempt);
    const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

// A device, pipe or socket takes the bytes itself: a file renamed over it would replace it. 0 or the error number.
int write_into(const std::filesystem::path& path, std::string_view bytes) {
  Descriptor opened(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (opened.get() < 0) return errno;
  if (const int code = write_all(opened.get(), bytes)) return code;
  return opened.close();
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, const Span& shown, std::uintmax_t limit, Diagnostics& diags) {
  // Opening must not wait for somebody to write into a pipe; reading from one that is written to must.
  const Descriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (opened.get() < 0) {
    const int code = errno;
    if (code == ENOENT || code == ENOTDIR || code == ENAMETOOLONG) return diags.error(shown, "no such file");
    return diags.machine_error(shown, fmt::format("cannot be read: {}", error_text(code)));
  }
  struct stat info {};
  if (::fstat(opened.get(), &info) != 0) return diags.machine_error(shown, fmt::format("cannot be read: {}", error_text(errno)));
  if (S_ISDIR(info.st_mode)) return diags.error(shown, "is a folder, a file was expected");
  if (S_ISFIFO(info.st_mode) && ::fcntl(opened.get(), F_SETFL, 0) != 0) return diags.machine_error(shown, fmt::format("cannot be read: {}", error_text(errno)));
  std::string bytes;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t got = ::read(opened.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return diags.machine_error(shown, fmt::format("cannot be read: {}", error_text(errno)));
    if (got == 0) return bytes;
    bytes.append(buffer.data(), static_cast<std::size_t>(got));
    if (bytes.size() > limit) return diags.error(shown, fmt::format("has more than {} MB, the most that is read", limit >> 20));
  }
}

Result<std::monostate> write_file(const std::filesystem::path& path, std::string_view bytes, Diagnostics& diags) {
  const Span shown = Span::of_file(path.string());
  const auto fail = [&](const char* what, int code) {
    auto added = diags.machine_error(shown, fmt::format("{}: {}", what, error_text(code)));
    std::error_code ignored;
    if (code == ENOENT && !std::filesystem::exists(path.parent_path(), ignored)) added.hint(fmt::format("the folder '{}' does not exist; create it first", path.parent_path().string()));
    return added;
  };
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0) {
    if (S_ISDIR(info.st_mode)) return diags.machine_error(shown, "is a folder, cannot be written as a file").hint("use -d for a folder");
    if (!S_ISREG(info.st_mode)) {
      if (const int code = write_into(path, bytes)) return fail("cannot be written", code);
      return std::monostate{};
    }
  }
  std::string name;
  Descriptor opened(open_temporary(path, name));
  if (opened.get() < 0) return fail("cannot be written", errno);
  TemporaryFile temporary(name);
  if (const int code = write_all(opened.get(), bytes)) return fail("cannot be written", code);
  if (::fsync(opened.get()) != 0 && errno != EINVAL) return fail("cannot be synced", errno);
  if (const int code = opened.close()) return fail("cannot be closed", code);
  if (::rename(temporary.path().c_str(), path.c_str()) != 0) return fail("cannot be renamed into place", errno);
  temporary.release();
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  if (const int code = sync_folder(folder)) return fail("its folder cannot be synced", code);
  return std::monostate{};
}

Result<std::monostate> write_standard_output(std::string_view bytes, Diagnostics& diags) {
  if (const int code = write_all(STDOUT_FILENO, bytes)) return diags.machine_error(Span::of_file("-"), fmt::format("standard output cannot be written: {}", error_text(code)));
  return std::monostate{};
}

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EXPECTS(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

}  // namespace handout
