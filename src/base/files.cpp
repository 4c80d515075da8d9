#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <new>
#include <span>
#include <system_error>
#include <utility>

#include "base/descriptor.h"

namespace handout {
namespace {

std::string error_text(int code) { return std::generic_category().message(code); }

// 0 or the error number.
int sync_folder(const std::filesystem::path& folder) {
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.get() < 0) return 0;  // a folder we may write but not read: the rename itself still holds
  return ::fsync(opened.get()) == 0 || errno == EINVAL || errno == EROFS ? 0 : errno;
}

// A new file beside `path`, in the mode that the process's mask leaves (open(2) applies it; asking for the mask would race with other threads). O_EXCL makes the
// name unique; one that a killed process left is passed over. -1 and errno when no file can be made.
int open_temporary(const std::filesystem::path& path, std::string& name) {
  constexpr int kMostAttempts = 1000;
  constexpr std::size_t kMostOfName = 200;  // names have 255 bytes in the usual file systems: a long one leaves no room for what is added
  const std::size_t own = path.filename().string().size();
  const std::string beside = own > kMostOfName && own <= NAME_MAX ? (path.parent_path() / "handout").string() : path.string();
  for (int attempt = 0; attempt < kMostAttempts; ++attempt) {
    name = fmt::format("{}.{}-{}.part", beside, ::getpid(), attempt);
    const int descriptor = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0 || errno != EEXIST) return descriptor;
  }
  return -1;
}

// The file that a symbolic link at `path` leads to, else `path`: a file renamed over a link would replace the link and leave what it leads to as it was. The system
// says whether the link may be followed (fs.protected_symlinks), so one that leads nowhere isn't: the file would have to be made to ask. False and errno.
bool follow_link(const std::filesystem::path& path, std::filesystem::path& target) {
  target = path;
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0 || !S_ISLNK(info.st_mode)) return true;
  const Descriptor opened(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (opened.get() < 0) return false;
  std::error_code failed;
  target = std::filesystem::canonical(path, failed);
  errno = failed.value();
  return !failed;
}

}  // namespace

int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

bool is_path(std::string_view written) { return written.find('/') != std::string_view::npos || written.ends_with(".xml"); }

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

struct OutputFile::State {
  std::filesystem::path path;
  std::filesystem::path target;  // what a link at `path` leads to, else `path`
  std::string beside;   // the name until the commit; "" when the bytes go into a device, pipe or socket
  Descriptor descriptor{-1};
  std::string buffer;
  const char* failed = nullptr;  // what could not be done
  int code = 0;                  // the error number of it
  bool refused = false;          // the constructor has said why
};

namespace {

// Many small writes become few.
constexpr std::size_t kBuffer = 256 * 1024;

}  // namespace

OutputFile::OutputFile(std::filesystem::path path, Diagnostics& diags) : state_(std::make_unique<State>()) {
  state_->path = std::move(path);
  struct stat info {};
  const bool exists = ::stat(state_->path.c_str(), &info) == 0;
  if (exists && S_ISDIR(info.st_mode)) {
    state_->refused = true;
    diags.machine_error(Span::of_file(state_->path.string()), "is a folder, cannot be written as a file").hint("use -d for a folder");
    return;
  }
  // A file renamed over a device, pipe or socket would replace it.
  int descriptor = -1;
  if (exists && !S_ISREG(info.st_mode)) descriptor = ::open(state_->path.c_str(), O_WRONLY | O_CLOEXEC);
  else if (follow_link(state_->path, state_->target)) descriptor = open_temporary(state_->target, state_->beside);
  if (descriptor < 0) {
    state_->failed = "cannot be written";
    state_->code = errno;
    state_->beside.clear();
    report(diags);
    state_->refused = true;
    return;
  }
  state_->descriptor.reset(descriptor);
}

OutputFile::~OutputFile() {
  if (state_ && !state_->beside.empty()) ::unlink(state_->beside.c_str());
}

bool OutputFile::write(std::string_view bytes) {
  State& state = *state_;
  if (state.refused || state.failed != nullptr) return false;
  state.buffer += bytes;
  if (state.buffer.size() < kBuffer) return true;
  if (const int code = write_all(state.descriptor.get(), state.buffer)) {
    state.failed = "cannot be written";
    state.code = code;
  }
  state.buffer.clear();
  return state.failed == nullptr;
}

Diagnostics::Added OutputFile::report(Diagnostics& diags) const {
  const State& state = *state_;
  auto added = diags.machine_error(Span::of_file(state.path.string()), fmt::format("{}: {}", state.failed != nullptr ? state.failed : "cannot be written", error_text(state.code)));
  std::error_code ignored;
  const std::filesystem::path folder = state.path.parent_path();
  if (state.code == ENOENT && !folder.empty() && !std::filesystem::exists(folder, ignored)) added.hint(fmt::format("the folder '{}' does not exist; create it first", folder.string()));
  else if (state.code == ENOENT && std::filesystem::is_symlink(state.path, ignored)) added.hint("it is a link to a file that does not exist; remove the link or create the file");
  return added;
}

Result<std::monostate> OutputFile::commit(Diagnostics& diags, Synced synced) {
  State& state = *state_;
  if (state.refused) return tl::unexpected<Failure>(Failure{});
  const auto step = [&](const char* what, int code) {
    if (state.failed != nullptr || code == 0) return;
    state.failed = what;
    state.code = code;
  };
  if (state.failed == nullptr) step("cannot be written", write_all(state.descriptor.get(), state.buffer));
  state.buffer.clear();
  const bool is_file = !state.beside.empty();
  if (is_file && state.failed == nullptr && synced != Synced::Nothing && ::fsync(state.descriptor.get()) != 0 && errno != EINVAL) step("cannot be synced", errno);
  step("cannot be closed", state.descriptor.close());
  if (is_file && state.failed == nullptr) {
    if (::rename(state.beside.c_str(), state.target.c_str()) != 0) step("cannot be renamed into place", errno);
    else state.beside.clear();
    if (state.failed == nullptr && synced == Synced::All) step("its folder cannot be synced", sync_folder(state.target.has_parent_path() ? state.target.parent_path() : std::filesystem::path(".")));
  }
  if (state.failed != nullptr) return report(diags);
  return std::monostate{};
}

Result<std::monostate> write_file(const std::filesystem::path& path, std::string_view bytes, Diagnostics& diags, Synced synced) {
  OutputFile file(path, diags);
  // A failed write is reported by the commit.
  static_cast<void>(file.write(bytes));
  return file.commit(diags, synced);
}

Result<std::monostate> write_standard_output(std::string_view bytes, Diagnostics& diags) {
  if (const int code = write_all(STDOUT_FILENO, bytes)) return diags.machine_error(Span::of_file("-"), fmt::format("standard output cannot be written: {}", error_text(code)));
  return std::monostate{};
}

}  // namespace handout
