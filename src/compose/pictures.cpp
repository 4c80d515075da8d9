#include "compose/pictures.h"

#include <system_error>

namespace handout::compose {

std::shared_ptr<const images::Picture> Pictures::load(const std::filesystem::path& path, const Span& reference, Diagnostics& diags) {
  auto& entry = pictures_[path.lexically_normal()];
  if (!entry) {
    if (auto picture = images::load_picture(path, reference, diags)) entry = std::make_shared<const images::Picture>(std::move(*picture));
  }
  return entry;
}

void Pictures::forget(const std::filesystem::path& path) {
  // A figure may name it from another folder or by a link.
  std::erase_if(pictures_, [&path](const auto& each) {
    std::error_code failure;
    return std::filesystem::equivalent(each.first, path, failure) || each.first == path.lexically_normal();
  });
}

}  // namespace handout::compose
