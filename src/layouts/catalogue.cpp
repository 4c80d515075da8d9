#include <algorithm>
#include <set>

#include "layouts/layout.h"
#include "layouts/prepare.h"

namespace handout::layouts {

std::vector<LayoutEntry> list_layouts(const std::filesystem::path& layouts, Diagnostics& diags) {
  std::vector<LayoutEntry> entries;
  std::error_code failure;
  if (!std::filesystem::is_directory(layouts, failure)) {
    diags.error(Span::of_file(layouts.generic_string()), "no such folder");
    return entries;
  }
  SourceFiles files(layouts, diags);
  std::set<std::string> told;
  for (const std::string& name : list_names(layouts)) {
    const SourceFile* file = files.read(layouts / (name + ".xml"));
    if (file == nullptr) continue;
    const auto chain = files.chain(*file);
    if (chain.empty()) continue;
    // A base is prepared with each layout that extends it: its faults are told once.
    Diagnostics own, fresh;
    const Prepared prepared = prepare(chain, nullptr, files, own);
    hand_over(own, prepared.substitutions, fresh);
    for (const Diagnostic& each : fresh.all()) {
      if (told.insert(to_text(each)).second) hand_over(each, diags);
    }
    if (std::none_of(prepared.roots.begin(), prepared.roots.end(), [](const xml::Element& root) { return !children(root, "body").empty(); })) continue;
    entries.push_back({name, std::string(file->root.value("title")), file->path});
  }
  return entries;
}

std::vector<std::string> list_profiles(const std::filesystem::path& layouts) { return list_names(layouts / "profiles"); }

}  // namespace handout::layouts
