#include "recipients/window.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace handout::recipients {
namespace {

std::string error_text(int code) { return std::generic_category().message(code); }

}  // namespace

Result<Window> Window::open(const std::string& path, const ReaderOptions& options, Diagnostics& diags) {
  const Span file = Span::of_file(!options.shown.empty() ? options.shown : path == "-" ? "standard input" : path);
  // Opening must not wait for somebody to write into a pipe; reading from one that is written to must.
  const int descriptor = path == "-" ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) {
    const int code = errno;
    if (code == ENOENT || code == ENOTDIR || code == ENAMETOOLONG) return diags.error(file, "no such file").meaning();
    return diags.machine_error(file, fmt::format("cannot be read: {}", error_text(code)));
  }
  Window window(descriptor, file, options.chunk);
  struct stat info {};
  if (::fstat(descriptor, &info) != 0) return diags.machine_error(file, fmt::format("cannot be read: {}", error_text(errno)));
  if (S_ISDIR(info.st_mode)) return diags.error(file, "is a folder, a file was expected").meaning();
  if (path != "-" && S_ISFIFO(info.st_mode) && ::fcntl(descriptor, F_SETFL, 0) != 0) return diags.machine_error(file, fmt::format("cannot be read: {}", error_text(errno)));
  return window;
}

Window::Window(Window&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), file_(std::move(other.file_)), chunk_(other.chunk_), bytes_(std::move(other.bytes_)), begin_(other.begin_), end_(other.end_), at_end_(other.at_end_), error_(other.error_) {}

Window::~Window() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Window::more() {
  if (at_end_ || error_ != 0) return false;
  const std::size_t size = end_ - begin_, wanted = std::max(chunk_, size);
  if (begin_ > 0 && size > 0) std::memmove(bytes_.data(), bytes_.data() + begin_, size);
  begin_ = 0;
  end_ = size;
  // A buffer that one long record made large is given back.
  if (bytes_.size() < size + wanted || bytes_.size() / 8 > size + wanted) {
    std::vector<char> resized(size + wanted);
    std::copy_n(bytes_.begin(), size, resized.begin());
    bytes_.swap(resized);
  }
  while (end_ < size + wanted) {
    const ssize_t got = ::read(descriptor_, bytes_.data() + end_, size + wanted - end_);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) error_ = errno;
    if (got == 0) at_end_ = true;
    if (got <= 0) break;
    end_ += static_cast<std::size_t>(got);
  }
  return end_ > size;
}

Diagnostics::Added Window::report(Diagnostics& diags) const { return diags.machine_error(file_, fmt::format("cannot be read: {}", error_text(error_))); }

}  // namespace handout::recipients
