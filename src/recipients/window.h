#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "recipients/reader_options.h"

namespace handout::recipients {

// A file as a stretch of bytes that moves along it: from the record being read to what has been read so far. Memory is that of the longest stretch held.
class Window {
 public:
  // "-" is standard input. Of the options, the name that messages use and how much is read at once. A missing file or a folder is the input's fault, one that can't be read the machine's.
  static Result<Window> open(const std::string& path, const ReaderOptions& options, Diagnostics& diags);
  Window(Window&& other) noexcept;
  Window& operator=(Window&&) = delete;
  Window(const Window&) = delete;
  ~Window();

  [[nodiscard]] std::string_view held() const { return {bytes_.data() + begin_, end_ - begin_}; }
  // Reads on, at least as much as is held, so that looking at the held bytes again stays linear. Views of what was held end. False at the end of the file or when reading failed.
  bool more();
  // The first `count` bytes are done with.
  void drop(std::size_t count) { begin_ += count; }
  // All is read: nothing follows what is held.
  [[nodiscard]] bool at_end() const { return at_end_; }
  [[nodiscard]] bool failed() const { return error_ != 0; }
  Diagnostics::Added report(Diagnostics& diags) const;
  [[nodiscard]] const Span& file() const { return file_; }

 private:
  Window(int descriptor, Span file, std::size_t chunk) : descriptor_(descriptor), file_(std::move(file)), chunk_(chunk) {}

  int descriptor_;
  Span file_;
  std::size_t chunk_;
  std::vector<char> bytes_;
  std::size_t begin_ = 0, end_ = 0;
  bool at_end_ = false;
  int error_ = 0;
};

}  // namespace handout::recipients
