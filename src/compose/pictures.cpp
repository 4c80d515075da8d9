#include "compose/pictures.h"

namespace handout::compose {

std::shared_ptr<const images::Picture> Pictures::load(const std::filesystem::path& path, const Span& reference, Diagnostics& diags) {
  auto& entry = pictures_[path.lexically_normal()];
  if (!entry) {
    if (auto picture = images::load_picture(path, reference, diags)) entry = std::make_shared<const images::Picture>(std::move(*picture));
  }
  return entry;
}

}  // namespace handout::compose
