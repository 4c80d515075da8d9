#include "compose/pictures.h"

namespace handout::compose {

std::shared_ptr<const images::Picture> Pictures::load(const std::filesystem::path& path, const Span& reference, Diagnostics& diags) {
  const auto [entry, is_new] = pictures_.try_emplace(path.lexically_normal());
  if (is_new) {
    if (auto picture = images::load_picture(path, reference, diags)) entry->second = std::make_shared<const images::Picture>(std::move(*picture));
  }
  return entry->second;
}

}  // namespace handout::compose
