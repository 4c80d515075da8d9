#include <fmt/format.h>

#include <chrono>
#include <cstdio>

#include "base/files.h"
#include "cli/requests.h"
#include "cli/saved_files.h"

// `handout watch`.
namespace handout::cli {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kMostSubfolders = 50;

// The folders of what a handout is made of. Folders rather than files: editors put a new file in the old one's place, and what is missing today
// may be saved tomorrow.
class Folders {
 public:
  void add(const fs::path& folder) {
    std::error_code ignored;
    const fs::path found = fs::weakly_canonical(folder.empty() ? fs::path(".") : folder, ignored);
    if (fs::is_directory(found, ignored)) folders_.insert(found);
  }
  // Pictures may stand in folders below.
  void add_with_subfolders(const fs::path& folder) {
    add(folder);
    std::error_code failure;
    std::size_t count = 0;
    fs::directory_iterator each(folder.empty() ? fs::path(".") : folder, failure);
    for (; !failure && each != fs::directory_iterator() && count < kMostSubfolders; each.increment(failure)) {
      std::error_code ignored;
      if (!each->is_directory(ignored) || each->path().filename().string().starts_with('.')) continue;
      add(each->path());
      ++count;
    }
  }
  // A file's folder, a folder itself, or a folder in the installation.
  void add_named(const std::string& name, const fs::path& installed) {
    std::error_code ignored;
    if (!is_path(name)) return add_with_subfolders(installed);
    add_with_subfolders(fs::is_directory(name, ignored) ? fs::path(name) : fs::path(name).parent_path());
  }
  [[nodiscard]] std::set<fs::path> take() { return std::move(folders_); }

 private:
  std::set<fs::path> folders_;
};

std::set<fs::path> folders_of(const RenderOptions& options, Pipeline& pipeline) {
  const Installation& installation = pipeline.installation();
  Folders folders;
  folders.add(installation.content / "phrases");
  folders.add(installation.content / "notices");
  folders.add(installation.fonts);
  folders.add_with_subfolders(installation.layouts);
  const auto add_request = [&](const std::string& article, const std::string& layout, const std::string& clinic) {
    if (!article.empty()) folders.add_named(article, installation.content / article);
    if (is_path(layout)) folders.add_with_subfolders(fs::path(layout).parent_path());
    if (!clinic.empty()) folders.add_with_subfolders(fs::path(clinic).parent_path());
  };
  add_request(options.article, options.layout, options.clinic);
  if (!options.patient.empty()) folders.add(fs::path(options.patient).parent_path());
  if (options.request_file.empty()) return folders.take();
  folders.add(fs::path(options.request_file).parent_path());
  Diagnostics told_by_the_rendering;
  for (const request::Request& request : make_requests(options, pipeline, told_by_the_rendering).requests) {
    for (const request::Edition& edition : request.editions) add_request(edition.article, request.layout, request.clinic);
  }
  return folders.take();
}

void say(const std::string& line) {
  std::fputs(line.c_str(), stdout);
  std::fflush(stdout);
}

long long milliseconds_since(Clock::time_point start) { return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count(); }

std::string names_of(const std::set<fs::path>& files) {
  std::string text;
  for (const fs::path& file : files) text += fmt::format("{}{}", text.empty() ? "" : ", ", file.filename().string());
  return text.empty() ? "something" : text;
}

}  // namespace

int run_watch(const Options& options, Pipeline& pipeline) {
  Diagnostics diags;
  auto saved_files = SavedFiles::open(diags);
  // Before the first rendering, so that nothing that is saved meanwhile is missed.
  if (!saved_files || !saved_files->watch(folders_of(options.render, pipeline), diags)) {
    print(diags);
    return diags.exit_code();
  }
  // A fault in a file is what somebody is about to mend; wrong usage and a failing machine are not.
  if (const int code = run_render(options, pipeline); code == 2 || code == 3) return code;
  say("watching; Ctrl-C ends it\n");
  while (const auto saved = saved_files->wait(diags)) {
    saved->lost_count ? pipeline.forget_all() : pipeline.forget(saved->files);
    static_cast<void>(run_render(options, pipeline));
    say(fmt::format("{} saved: done {} ms later\n", names_of(saved->files), milliseconds_since(saved->at)));
    static_cast<void>(saved_files->watch(folders_of(options.render, pipeline), diags));
  }
  print(diags);
  return diags.exit_code();
}

}  // namespace handout::cli
