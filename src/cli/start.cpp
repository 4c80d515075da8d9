#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "base/files.h"
#include "cli/requests.h"

// `handout new`.
namespace handout::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kLargestTemplate = 1u << 20;

// What is begun: its template and schema in the installation, and where it goes.
struct Starter {
  std::string_view template_file, schema;  // from the installation's root
  std::string_view picture;                // "": none; goes beside it
  fs::path base;                           // the folder that must be there
  fs::path folder, file;                   // where it is written: `base` or a folder in it
  std::string next;                        // what to do with it
};

bool is_name(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && is_letter(text[0]) && std::all_of(text.begin(), text.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

Starter starter_of(const AuthorOptions& author, const Installation& installation) {
  const auto folder = [&author](const fs::path& usual) { return author.folder.empty() ? usual : fs::path(author.folder); };
  // Found by its name only where the program looks.
  const auto called = [&author](const fs::path& path) { return author.folder.empty() ? author.name : path.generic_string(); };
  if (author.kind == "layout") {
    const fs::path to = folder(installation.layouts);
    return {"layouts/templates/layout.xml", "layouts/layout.rng", "", to, to, to / (author.name + ".xml"), fmt::format("handout watch ARTICLE --layout {}", called(to / (author.name + ".xml")))};
  }
  if (author.kind == "article") {
    const fs::path base = folder(installation.content), to = base / author.name;
    return {"content/templates/article.xml", "content/article.rng", "content/templates/example.svg", base, to, to / "en.xml", fmt::format("handout watch {}", called(to))};
  }
  if (author.kind == "mailing") {
    const fs::path to = folder(installation.content / "mailings"), base = author.folder.empty() ? installation.content : to, file = to / (author.name + ".xml");
    return {"content/templates/mailing.xml", "content/mailing.rng", "", base, to, file, fmt::format("handout batch {} --recipients people.csv --out job --dry-run", file.generic_string())};
  }
  const fs::path to = folder(installation.content / "clinics"), base = author.folder.empty() ? installation.content : to;
  return {"content/templates/clinic.xml", "content/clinic.rng", "", base, to, to / (author.name + ".xml"), fmt::format("handout render ARTICLE --clinic {}", (to / (author.name + ".xml")).generic_string())};
}

// From the file's folder where both lie in the installation, so that it may move; else the whole path.
std::string path_of_schema(const Starter& starter, const fs::path& root) {
  const fs::path schema = root / starter.schema, folder = fs::weakly_canonical(starter.folder);
  const fs::path inside = folder.lexically_relative(root);
  const bool apart = inside.empty() || *inside.begin() == "..";
  return (apart ? schema : schema.lexically_relative(folder)).generic_string();
}

// Changes the value between `before` and the next quotation mark, where the template has it first.
void replace_value(std::string& text, std::string_view before, std::string_view value) {
  const std::size_t found = text.find(before);
  if (found == std::string::npos) return;
  const std::size_t begin = found + before.size(), end = text.find('"', begin);
  if (end != std::string::npos) text.replace(begin, end - begin, value);
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '"' ? "&quot;" : std::string(1, c);
  return result;
}

bool is_free(const Starter& starter, Diagnostics& diags) {
  std::error_code ignored;
  for (const fs::path& path : {starter.file, starter.picture.empty() ? fs::path() : starter.folder / fs::path(starter.picture).filename()}) {
    if (path.empty() || !fs::exists(fs::symlink_status(path, ignored))) continue;
    diags.error(Span::of_file(path.generic_string()), "is there already").hint("choose another name, or remove it first");
    return false;
  }
  return true;
}

bool make_folder(const Starter& starter, Diagnostics& diags) {
  std::error_code failure, ignored;
  if (!fs::is_directory(starter.base, ignored)) {
    diags.machine_error(Span::of_file(starter.base.generic_string()), "is no folder").hint("create it first");
    return false;
  }
  fs::create_directory(starter.folder, failure);
  if (fs::is_directory(starter.folder, ignored)) return true;
  diags.machine_error(Span::of_file(starter.folder.generic_string()), fmt::format("cannot be made: {}", failure.message()));
  return false;
}

bool write_starter(const AuthorOptions& author, const Starter& starter, const fs::path& root, Diagnostics& diags) {
  const auto read = [&](std::string_view file) { return read_file(root / file, Span::of_file((root / file).generic_string()), kLargestTemplate, diags); };
  auto text = read(starter.template_file);
  if (!text || !is_free(starter, diags) || !make_folder(starter, diags)) return false;
  replace_value(*text, "<?xml-model href=\"", escaped(path_of_schema(starter, root)));
  replace_value(*text, fmt::format("<{} id=\"", author.kind), author.name);
  if (!starter.picture.empty()) {
    const auto picture = read(starter.picture);
    if (!picture || !write_file(starter.folder / fs::path(starter.picture).filename(), *picture, diags)) return false;
  }
  return write_file(starter.file, *text, diags).has_value();
}

}  // namespace

int run_new(const Options& options, Pipeline& pipeline) {
  Diagnostics diags;
  if (!is_name(options.author.name)) {
    diags.usage_error(fmt::format("'{}' cannot be the name of a file that the program finds", options.author.name)).hint("use letters, digits and '-', with a letter first");
  } else {
    const Starter starter = starter_of(options.author, pipeline.installation());
    if (write_starter(options.author, starter, pipeline.installation().layouts.parent_path(), diags)) {
      std::fputs(fmt::format("{}\nnext: change it in an editor, and look at it with\n  {}\n", starter.file.generic_string(), starter.next).c_str(), stdout);
    }
  }
  print(diags);
  return diags.exit_code();
}

}  // namespace handout::cli
