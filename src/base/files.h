#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>

#include "base/diagnostics.h"

namespace handout {

// The whole file. A missing file, a folder or a file beyond `limit` bytes is the input's fault; an unreadable one the machine's.
// `shown` is the name that messages use.
Result<std::string> read_file(const std::filesystem::path& path, const Span& shown, std::uintmax_t limit, Diagnostics& diags);

// All or nothing: written beside its name (same folder, unique name), flushed, synced, closed, renamed; every step checked. On failure
// nothing is left behind. A device, pipe or socket of that name is written into.
Result<std::monostate> write_file(const std::filesystem::path& path, std::string_view bytes, Diagnostics& diags);

// To standard output, every write checked.
Result<std::monostate> write_standard_output(std::string_view bytes, Diagnostics& diags);

// Lower-case hexadecimal SHA-256.
std::string sha256_hex(std::string_view bytes);

}  // namespace handout
