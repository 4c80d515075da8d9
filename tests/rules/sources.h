#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace handout::test {

inline const std::filesystem::path kSource = HANDOUT_SOURCE_DIR;

inline std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace handout::test
