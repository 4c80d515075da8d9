#include "cli/saved_files.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <map>
#include <system_error>

#include "base/descriptor.h"

namespace handout::cli {

namespace fs = std::filesystem;

namespace {

constexpr int kQuiet = 15;         // ms
constexpr int kLongestBatch = 60;  // ms; a program that never stops saving must not hold back every rendering

sigset_t interruptions() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

// What a handout is made of; editors' backups and what the program itself writes are not.
bool counts(const fs::path& name) {
  static constexpr const char* kSuffixes[] = {".xml", ".svg", ".png", ".jpg", ".jpeg", ".json", ".ttf", ".otf", ".ttc"};
  return !name.empty() && !name.string().starts_with('.') && std::any_of(std::begin(kSuffixes), std::end(kSuffixes), [&name](const char* each) { return name.extension() == each; });
}

enum class Ready { Files, Interrupted, Nothing, Failed };

}  // namespace

struct SavedFiles::State {
  Descriptor files{::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
  sigset_t before{};
  Descriptor signals;  // after `before`, which block() fills
  std::map<int, fs::path> folders;  // by watch

  State() : signals(block()) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { ::sigprocmask(SIG_SETMASK, &before, nullptr); }

  int block() {
    const sigset_t set = interruptions();
    ::sigprocmask(SIG_BLOCK, &set, &before);
    return ::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  }

  // `timeout` in ms; negative: for ever.
  [[nodiscard]] Ready poll(int timeout) const {
    std::array<pollfd, 2> waited{{{files.get(), POLLIN, 0}, {signals.get(), POLLIN, 0}}};
    int count = 0;
    do {
      count = ::poll(waited.data(), waited.size(), timeout);
    } while (count < 0 && errno == EINTR);
    if (count < 0) return Ready::Failed;
    if (waited[1].revents != 0) {
      // Taken, lest it end the program as soon as signals are let through again.
      signalfd_siginfo taken{};
      return ::read(signals.get(), &taken, sizeof taken) > 0 ? Ready::Interrupted : Ready::Failed;
    }
    return waited[0].revents != 0 ? Ready::Files : Ready::Nothing;
  }

  // Reads the events that are there; whether one of them counts.
  bool read(Saved& saved) {
    bool any = false;
    alignas(inotify_event) std::array<char, 16384> buffer{};
    for (ssize_t size = 0; (size = ::read(files.get(), buffer.data(), buffer.size())) > 0;) {
      for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
        inotify_event event{};
        std::memcpy(&event, buffer.data() + at, sizeof event);
        const char* const name = buffer.data() + at + sizeof event;
        at += sizeof event + event.len;
        if ((event.mask & IN_Q_OVERFLOW) != 0) {
          saved.lost_count = any = true;
          continue;
        }
        const auto folder = folders.find(event.wd);
        if (event.len == 0 || folder == folders.end() || !counts(name)) continue;
        saved.files.insert(folder->second / name);
        any = true;
      }
    }
    return any;
  }
};

SavedFiles::SavedFiles(std::unique_ptr<State> state) : state_(std::move(state)) {}
SavedFiles::SavedFiles(SavedFiles&&) noexcept = default;
SavedFiles::~SavedFiles() = default;

Result<SavedFiles> SavedFiles::open(Diagnostics& diags) {
  auto state = std::make_unique<State>();
  if (state->files.get() < 0 || state->signals.get() < 0) {
    return diags.machine_error({}, fmt::format("files cannot be watched: {}", std::generic_category().message(errno))).hint("the system's limit of watchers may be reached: /proc/sys/fs/inotify");
  }
  return SavedFiles(std::move(state));
}

bool SavedFiles::watch(const std::set<fs::path>& folders, Diagnostics& diags) {
  for (const fs::path& folder : folders) {
    const int watch = ::inotify_add_watch(state_->files.get(), folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR);
    if (watch < 0) {
      diags.machine_error(Span::of_file(folder.generic_string()), fmt::format("cannot be watched: {}", std::generic_category().message(errno)));
      return false;
    }
    state_->folders.insert_or_assign(watch, folder);
  }
  return true;
}

std::optional<SavedFiles::Saved> SavedFiles::wait(Diagnostics& diags) {
  using Clock = std::chrono::steady_clock;
  Saved saved;
  bool any = false;
  for (;;) {
    const Ready ready = state_->poll(any ? kQuiet : -1);
    if (ready == Ready::Interrupted) return std::nullopt;
    if (ready == Ready::Failed) {
      diags.machine_error({}, fmt::format("waiting for saved files failed: {}", std::generic_category().message(errno)));
      return std::nullopt;
    }
    if (ready == Ready::Nothing) return saved;
    const Clock::time_point now = Clock::now();
    if (!state_->read(saved)) {
      if (any && now - saved.at > std::chrono::milliseconds(kLongestBatch)) return saved;
      continue;
    }
    if (!any) saved.at = now;
    any = true;
    if (now - saved.at > std::chrono::milliseconds(kLongestBatch)) return saved;
  }
}

}  // namespace handout::cli
