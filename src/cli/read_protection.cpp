#include "cli/read_protection.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/files.h"

namespace handout::cli {

namespace {

constexpr std::uintmax_t kPasswordFileLimit = 1u << 20;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(std::move(line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

void read_permissions(std::string_view list, Protection& protection, Diagnostics& diags) {
  protection.print = protection.copy = protection.modify = protection.annotate = Permission::Denied;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    const std::string_view name = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    if (name == "print") protection.print = Permission::Allowed;
    else if (name == "copy") protection.copy = Permission::Allowed;
    else if (name == "modify") protection.modify = Permission::Allowed;
    else if (name == "annotate") protection.annotate = Permission::Allowed;
    else if (name != "none") diags.usage_error(fmt::format("--allow does not know '{}'", name)).hint("it takes print, copy, modify and annotate with commas between, or none");
  }
}

}  // namespace

Result<Protection> read_protection(const RenderOptions& options, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
  Protection protection;
  read_permissions(options.allowed, protection, diags);
  const Span shown = Span::of_file(options.password_file);
  const auto text = read_file(options.password_file, shown, kPasswordFileLimit, diags);
  if (text) {
    const std::vector<std::string> lines = lines_of(*text);
    if (lines.empty() || (lines.size() == 1 && lines[0].empty())) diags.error(shown, "holds no password").hint("the first line opens the file; a second line, if there is one, lifts the limits");
    else if (lines.size() > 2) diags.error(shown, fmt::format("has {} lines, one or two were expected", lines.size())).hint("the first line opens the file, the second lifts the limits");
    if (!lines.empty()) protection.user_password = lines[0];
    if (lines.size() > 1) protection.owner_password = lines[1];
  }
  if (diags.error_count() > errors) return tl::unexpected<Failure>(Failure{});
  return protection;
}

}  // namespace handout::cli
