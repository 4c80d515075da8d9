#include "content/article.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace handout::content {
namespace {

bool is_shelf_of_its_own(std::string_view name) { return name == "phrases" || name == "notices" || name == "clinics" || name == "mailings" || name == "templates"; }

// Sorted by name: the order in which a file system lists them differs from machine to machine.
std::vector<std::filesystem::path> sorted_entries(const std::filesystem::path& folder, Diagnostics& diags) {
  std::vector<std::filesystem::path> entries;
  std::error_code failure;
  std::filesystem::directory_iterator each(folder, failure);
  for (; !failure && each != std::filesystem::directory_iterator(); each.increment(failure)) entries.push_back(each->path());
  if (failure == std::errc::no_such_file_or_directory) {
    diags.error(Span::of_file(folder.generic_string()), "no such folder");
  } else if (failure == std::errc::not_a_directory) {
    diags.error(Span::of_file(folder.generic_string()), "is a file, a folder was expected");
  } else if (failure) {
    diags.machine_error(Span::of_file(folder.generic_string()), fmt::format("cannot be listed: {}", std::generic_category().message(failure.value())));
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

ArticleEntry list_files(const std::filesystem::path& folder, Diagnostics& diags) {
  ArticleEntry entry;
  entry.id = folder.filename().string();
  for (const std::filesystem::path& path : sorted_entries(folder, diags)) {
    std::error_code failure;
    if (path.extension() != ".xml" || !std::filesystem::is_regular_file(path, failure)) continue;
    auto locale = Locale::parse(path.stem().string());
    if (!locale) continue;
    const auto same = std::find_if(entry.files.begin(), entry.files.end(), [&](const ArticleFile& file) { return file.locale == *locale; });
    if (same != entry.files.end()) {
      diags.error(Span::of_file(path.generic_string()), fmt::format("a second file for the language '{}'", locale->tag())).hint(fmt::format("the first is {}", same->path.generic_string()));
      continue;
    }
    entry.files.push_back({*std::move(locale), path});
  }
  std::sort(entry.files.begin(), entry.files.end(), [](const ArticleFile& a, const ArticleFile& b) { return a.locale.tag() < b.locale.tag(); });
  return entry;
}

}  // namespace

std::vector<ArticleEntry> list_articles(const std::filesystem::path& content, Diagnostics& diags) {
  std::vector<ArticleEntry> articles;
  for (const std::filesystem::path& path : sorted_entries(content, diags)) {
    std::error_code failure;
    if (!std::filesystem::is_directory(path, failure) || is_shelf_of_its_own(path.filename().string())) continue;
    ArticleEntry entry = list_files(path, diags);
    if (!entry.files.empty()) articles.push_back(std::move(entry));
  }
  return articles;
}

}  // namespace handout::content
