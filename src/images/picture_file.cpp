#include "images/picture_file.h"

#include <fmt/format.h>

namespace handout::images {

Diagnostics::Added PictureFile::fault(std::string_view what) const {
  return diags.error(reference, fmt::format("picture '{}' {}", name, what));
}

Diagnostics::Added PictureFile::damaged(std::string_view why) const {
  return fault(fmt::format("is damaged: {}", why)).hint("export it again from the program that made it");
}

Diagnostics::Added PictureFile::out_of_memory() const {
  return diags.machine_error(reference, fmt::format("picture '{}' cannot be decoded: out of memory", name));
}

Diagnostics::Added PictureFile::too_many_pixels(std::uint64_t width, std::uint64_t height) const {
  return fault(fmt::format("has {} x {} pixels, more than the {} megapixels that are read", width, height, kMaximumPixels / 1'000'000))
      .hint("scale it down: 300 pixels an inch of paper are enough");
}

}  // namespace handout::images
