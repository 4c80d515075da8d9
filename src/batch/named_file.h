#pragma once

#include <filesystem>
#include <string>

namespace handout::batch {

// A file, and the name that messages use: that of the one which the person gave, where a copy is read.
struct NamedFile {
  std::filesystem::path file;
  std::string shown;
};

}  // namespace handout::batch
