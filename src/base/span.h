#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace handout {

// Where something stands in what a person wrote. Lines and columns count from 1; columns are in code points. Line 0: the file as a
// whole; no file: the command line. The name is shared by all spans of a file.
struct Span {
  std::shared_ptr<const std::string> file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;

  [[nodiscard]] static Span of_file(std::string_view name) { return {std::make_shared<const std::string>(name), 0, 0}; }
  [[nodiscard]] Span at(std::uint32_t at_line, std::uint32_t at_column) const { return {file, at_line, at_column}; }
};

// "content/knee/en.xml:12:18", "content/knee/en.xml" or "" without a file.
std::string to_text(const Span& span);

}  // namespace handout
