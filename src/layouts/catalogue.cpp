#include <algorithm>

#include "layouts/layout.h"
#include "layouts/source_files.h"

namespace handout::layouts {

std::vector<LayoutEntry> list_layouts(const std::filesystem::path& layouts, Diagnostics& diags) {
  std::vector<LayoutEntry> entries;
  std::error_code failure;
  if (!std::filesystem::is_directory(layouts, failure)) {
    diags.error(Span::of_file(layouts.generic_string()), "no such folder");
    return entries;
  }
  SourceFiles files(layouts, diags);
  for (const std::string& name : list_names(layouts)) {
    const SourceFile* file = files.read(layouts / (name + ".xml"));
    if (file == nullptr) continue;
    const auto chain = files.chain(*file);
    if (std::none_of(chain.begin(), chain.end(), [](const SourceFile* each) { return each->has_body(); })) continue;
    entries.push_back({name, std::string(file->root.value("title")), file->path});
  }
  return entries;
}

std::vector<std::string> list_profiles(const std::filesystem::path& layouts) { return list_names(layouts / "profiles"); }

}  // namespace handout::layouts
