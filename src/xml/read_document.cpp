#include "xml/read_document.h"

#include <algorithm>

#include "base/digest.h"
#include "base/files.h"

namespace handout::xml {

Result<Document> read_document(const std::filesystem::path& path, const Vocabulary& vocabulary, std::uintmax_t largest, Diagnostics& diags) {
  const std::string shown = path.generic_string();
  const auto bytes = read_file(path, Span::of_file(shown), largest, diags);
  if (!bytes) return tl::unexpected(Failure{});
  auto root = parse(*bytes, shown, diags);
  if (!root) return tl::unexpected(Failure{});
  const bool valid = validate(*root, vocabulary, diags);
  if (std::find(vocabulary.roots.begin(), vocabulary.roots.end(), root->name) == vocabulary.roots.end()) return tl::unexpected(Failure{});
  return Document{std::move(*root), valid, sha256_hex(*bytes)};
}

}  // namespace handout::xml
