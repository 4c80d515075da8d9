#pragma once

#include <filesystem>
#include <map>
#include <memory>

#include "base/diagnostics.h"
#include "images/picture.h"

namespace handout::compose {

// Pictures by path, read once.
class Pictures {
 public:
  // Null when the file is no good; the fault is told at every reference, so that every handout with it is refused.
  std::shared_ptr<const images::Picture> load(const std::filesystem::path& path, const Span& reference, Diagnostics& diags);

  // The file has changed.
  void forget(const std::filesystem::path& path);

 private:
  std::map<std::filesystem::path, std::shared_ptr<const images::Picture>> pictures_;
};

}  // namespace handout::compose
