#include "program.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace handout::test {

namespace {

// In the child, between fork and exec.
[[noreturn]] void become(const fs::path& program, std::vector<char*>& arguments, const Surroundings& surroundings, const fs::path& out, const fs::path& err) {
  const int output = ::open(out.c_str(), O_WRONLY | O_CREAT, 0600);
  const int errors = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (::chdir(surroundings.folder.c_str()) != 0 || ::dup2(output, STDOUT_FILENO) < 0 || ::dup2(errors, STDERR_FILENO) < 0) ::_exit(125);
  if (surroundings.file_limit) {
    std::signal(SIGXFSZ, SIG_IGN);
    const struct rlimit limit { *surroundings.file_limit, *surroundings.file_limit };
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(125);
  }
  ::execv(program.c_str(), arguments.data());
  ::_exit(126);
}

}  // namespace

Outcome run_program(const fs::path& program, const std::vector<std::string>& arguments, const Surroundings& surroundings) {
  std::string pattern = (fs::temp_directory_path() / "handout-run-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) return {};
  const fs::path scratch = pattern;
  std::vector<std::string> words{program.string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  Outcome outcome;
  const pid_t child = ::fork();
  if (child == 0) become(program, pointers, surroundings, surroundings.output.value_or(scratch / "out"), scratch / "err");
  int status = 0;
  if (child > 0 && ::waitpid(child, &status, 0) == child) outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  outcome.out = read_text(scratch / "out");
  outcome.err = read_text(scratch / "err");
  fs::remove_all(scratch);
  return outcome;
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_text(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

void Program::SetUp() {
  std::string pattern = (fs::temp_directory_path() / "handout-cli-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  folder_ = pattern;
  write("article.xml", article("<p id=\"p\">Words.</p>"));
  write("layout.xml", layout());
}

Outcome Program::run(std::vector<std::string> arguments, const Surroundings& surroundings) {
  arguments.insert(arguments.begin(), {"--data", kSource.string()});
  return run_program(kProgram, arguments, surroundings);
}

Outcome Program::render(const std::vector<std::string>& more) {
  std::vector<std::string> arguments{"render", "article.xml", "-o", "out.pdf"};
  if (std::find(more.begin(), more.end(), "--layout") == more.end()) arguments.insert(arguments.end(), {"--layout", "layout.xml"});
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run(std::move(arguments));
}

std::vector<std::string> Program::files() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    if (!entry.is_directory()) names.push_back(fs::relative(entry.path(), folder_).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string article(std::string_view body, std::string_view head) {
  return "<article id=\"a\" xml:lang=\"en\" version=\"1\" status=\"draft\">\n" + std::string(head) + "<title id=\"t\">Title</title>\n" + std::string(body) + "\n</article>\n";
}

std::string layout(std::string_view head) {
  return "<layout id=\"layout\" title=\"Small\">\n" + std::string(head) + "<body><slot select=\"*\"/></body>\n</layout>\n";
}

}  // namespace handout::test
