// handout-inspect: what `handout` needs libqpdf for. A program of its own, since loading that library would cost every `handout render` 3 ms. `handout` runs it with
// arguments that it has checked:
//   handout-inspect inspect FILE PASSWORD-FILE [overview|sizes|text|tags|json]...
//   handout-inspect diff A B PASSWORD-FILE PICTURES-FOLDER
//   handout-inspect protect          (base/protection.h on standard input, the protected file on standard output)
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "base/files.h"
#include "inspect/diff.h"
#include "inspect/pictures.h"
#include "inspect/protect.h"
#include "inspect/summary.h"

namespace handout::inspect {
namespace {

constexpr std::uintmax_t kMostBytes = std::uintmax_t{1} << 30;

// Some kilobytes can ask libqpdf for all the memory of a machine: beyond 4 GB more than the program itself takes (a sanitizer's shadow counts in that) it gets none, which
// ends in a message.
void limit_memory() {
  constexpr rlim_t kAllowance = rlim_t{4} << 30;
  rlim_t pages = 0;
  if (!(std::ifstream("/proc/self/statm") >> pages)) return;
  const rlim_t most = pages * static_cast<rlim_t>(::sysconf(_SC_PAGESIZE)) + kAllowance;
  const struct rlimit limit { most, most };
  static_cast<void>(::setrlimit(RLIMIT_AS, &limit));
}

// The first line of the file; "" without a file.
Result<std::string> read_password(const std::string& path, Diagnostics& diags) {
  constexpr std::uintmax_t kMostPasswordBytes = 4096;
  if (path.empty()) return std::string();
  auto text = read_file(path, Span::of_file(path), kMostPasswordBytes, diags);
  if (text) text->resize(std::min(text->find_first_of("\r\n"), text->size()));
  return text;
}

void report(const Unreadable& why, std::string_view file, Diagnostics& diags) {
  if (why.cause == Unreadable::Cause::Protected) diags.error(Span::of_file(file), "is protected, and the password does not open it").hint("give the password with --password-file FILE; its first line counts");
  else diags.error(Span::of_file(file), "is no PDF that can be read: " + why.text);
}

void run_inspect(const std::vector<std::string>& words, Diagnostics& diags) {
  const auto password = read_password(words[1], diags);
  const auto bytes = read_file(words[0], Span::of_file(words[0]), kMostBytes, diags);
  if (!password || !bytes) return;
  const auto summary = summarize(*bytes, *password);
  if (!summary) return report(summary.error(), words[0], diags);
  std::vector<Part> parts;
  bool json = false;
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (words[i] == "json") json = true;
    else parts.push_back(words[i] == "sizes" ? Part::Sizes : words[i] == "text" ? Part::Text : words[i] == "tags" ? Part::Tags : Part::Overview);
  }
  static_cast<void>(write_standard_output(json ? describe_json(*summary, parts) : describe(*summary, parts), diags));
}

// 1 when the files differ, as diff(1) says it.
int run_diff(const std::vector<std::string>& words, Diagnostics& diags) {
  const auto password = read_password(words[2], diags);
  const auto first = read_file(words[0], Span::of_file(words[0]), kMostBytes, diags), second = read_file(words[1], Span::of_file(words[1]), kMostBytes, diags);
  if (!password || !first || !second) return 0;
  const ComparedFile a{words[0], *first}, b{words[1], *second};
  auto comparison = compare(a, b, *password);
  if (!comparison) {
    report(comparison.error().why, comparison.error().name, diags);
    return 0;
  }
  if (!words[3].empty() && !draw_differences(*comparison, {a, b, *password, words[3]}, diags)) return 0;
  static_cast<void>(write_standard_output(describe(*comparison), diags));
  return differs(*comparison) ? 1 : 0;
}

void run_protect(Diagnostics& diags) {
  const auto bytes = read_file("/dev/stdin", {}, kMostBytes + 4096, diags);
  if (!bytes) return;
  const auto request = protection_request(*bytes);
  if (!request) {
    diags.usage_error("standard input holds no file to protect").hint("this program is run by handout");
    return;
  }
  const auto result = protect(request->pdf, request->protection);
  if (result) static_cast<void>(write_standard_output(*result, diags));
  else diags.error({}, result.error());
}

int run(const std::vector<std::string>& words) {
  Diagnostics diags;
  int code = 0;
  const std::string command = words.empty() ? "" : words.front();
  const std::vector<std::string> rest(words.begin() + (words.empty() ? 0 : 1), words.end());
  if (command == "inspect" && rest.size() >= 2) run_inspect(rest, diags);
  else if (command == "diff" && rest.size() == 4) code = run_diff(rest, diags);
  else if (command == "protect" && rest.empty()) run_protect(diags);
  else diags.usage_error("handout-inspect is run by handout").hint("see handout inspect --help and handout diff --help");
  std::fputs(to_text(diags).c_str(), stderr);
  return std::max(code, diags.exit_code());
}

}  // namespace
}  // namespace handout::inspect

int main(int argc, char** argv) {
  handout::inspect::limit_memory();
  return handout::inspect::run({argv + 1, argv + argc});
}
