#include "base/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/expects.h"

namespace handout {
namespace {

std::string error_text(int code) { return std::generic_category().message(code); }

// A file in memory. Its descriptor is above those of the standard streams, so that none of the child's three replaces another.
class MemoryFile {
 public:
  explicit MemoryFile(const char* name) {
    const int made = ::memfd_create(name, MFD_CLOEXEC);
    if (made < 0) return;
    descriptor_ = ::fcntl(made, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ::close(made);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int get() const { return descriptor_; }

  // 0 or the error number; the next reader begins at the first byte.
  [[nodiscard]] int fill(std::string_view bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t written = ::pwrite(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
      if (written < 0 && errno != EINTR) return errno;
      if (written > 0) done += static_cast<std::size_t>(written);
    }
    return 0;
  }

  // 0 or the error number.
  [[nodiscard]] int read_all(std::string& bytes) const {
    struct stat info {};
    if (::fstat(descriptor_, &info) != 0) return errno;
    bytes.resize(static_cast<std::size_t>(info.st_size));
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t got = ::pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
      if (got < 0 && errno != EINTR) return errno;
      if (got == 0) bytes.resize(done);
      if (got > 0) done += static_cast<std::size_t>(got);
    }
    return 0;
  }

 private:
  int descriptor_ = -1;
};

class FileActions {
 public:
  FileActions() { EXPECTS(::posix_spawn_file_actions_init(&actions_) == 0); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  // 0 or the error number.
  [[nodiscard]] int connect(const MemoryFile& file, int stream) { return ::posix_spawn_file_actions_adddup2(&actions_, file.get(), stream); }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

// 0 or the error number.
int start(const ProgramCall& call, const FileActions& actions, pid_t& child) {
  std::vector<std::string> words = call.arguments;
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  if (const int code = ::posix_spawnp(&child, pointers.front(), actions.get(), nullptr, pointers.data(), environ)) return code;
  if (call.processor_time) {
    // The limit counts from the program's start, so it does not matter that it comes a moment later. A program that is done already has none to set.
    const auto seconds = static_cast<rlim_t>(call.processor_time->count());
    const struct rlimit limit { seconds, seconds + 1 };
    static_cast<void>(::prlimit(child, RLIMIT_CPU, &limit, nullptr));
  }
  return 0;
}

// 0 or the error number.
int wait_for(pid_t child, int& exit_code) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return errno;
  }
  exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return 0;
}

}  // namespace

Result<ProgramOutput> run_program(const ProgramCall& call, Diagnostics& diags) {
  EXPECTS(!call.arguments.empty());
  const std::string& name = call.arguments.front();
  const auto fail = [&](std::string_view what, int code) { return diags.machine_error({}, fmt::format("the program '{}' {}: {}", name, what, error_text(code))); };
  MemoryFile in("in"), out("out"), err("err");
  if (in.get() < 0 || out.get() < 0 || err.get() < 0) return fail("cannot be given its input", errno);
  if (const int code = in.fill(call.input)) return fail("cannot be given its input", code);
  FileActions actions;
  for (const auto& [file, stream] : {std::pair{&in, STDIN_FILENO}, std::pair{&out, STDOUT_FILENO}, std::pair{&err, STDERR_FILENO}}) {
    if (const int code = actions.connect(*file, stream)) return fail("cannot be run", code);
  }
  pid_t child = -1;
  if (const int code = start(call, actions, child)) {
    auto added = code == ENOENT ? diags.machine_error({}, fmt::format("there is no program '{}'", name)) : fail("cannot be run", code);
    if (!call.missing_hint.empty()) added.hint(std::string(call.missing_hint));
    return added;
  }
  ProgramOutput output;
  if (const int code = wait_for(child, output.exit_code)) return fail("cannot be waited for", code);
  if (const int code = out.read_all(output.out)) return fail("said what cannot be read", code);
  if (const int code = err.read_all(output.err)) return fail("said what cannot be read", code);
  return output;
}

}  // namespace handout
