#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/diagnostics.h"
#include "base/sink.h"

namespace handout {

// Whether who wrote this means a file or folder, and not one of the program's own by its name: "texts/knee", "knee.xml".
[[nodiscard]] bool is_path(std::string_view written);

// The whole file. A missing file, a folder or a file beyond `limit` bytes is the input's fault; an unreadable one the machine's.
// `shown` is the name that messages use.
Result<std::string> read_file(const std::filesystem::path& path, const Span& shown, std::uintmax_t limit, Diagnostics& diags);

// What of a file is on the disk for certain when it is committed: its content and its name; its content, where the folder is synced with what is written into it next; or nothing, of what nobody would miss.
enum class Synced : std::uint8_t { All, Content, Nothing };

// A file that is there whole or not at all: written beside its name (same folder, unique name), and on commit flushed, synced, closed and renamed; every
// step is checked. Without a commit nothing is left behind. A device, pipe or socket of that name is written into; a symbolic link stays and the file that it
// leads to is replaced; one that leads nowhere is refused.
class OutputFile final : public Sink {
 public:
  OutputFile(std::filesystem::path path, Diagnostics& diags);
  ~OutputFile() override;
  // Also false when the file could not be made, which the constructor has reported.
  bool write(std::string_view bytes) override;
  Diagnostics::Added report(Diagnostics& diags) const override;
  Result<std::monostate> commit(Diagnostics& diags, Synced synced = Synced::All);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The bytes through an OutputFile.
Result<std::monostate> write_file(const std::filesystem::path& path, std::string_view bytes, Diagnostics& diags, Synced synced = Synced::All);

// To standard output, every write checked.
Result<std::monostate> write_standard_output(std::string_view bytes, Diagnostics& diags);

}  // namespace handout
