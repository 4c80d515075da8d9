#include "cli/wrong_usage.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace handout::cli {
namespace {

bool is_option(std::string_view word) { return word.size() > 1 && word[0] == '-' && word != "--" && (word[1] < '0' || word[1] > '9'); }

// "--out" of "--out=x", "-o" of "-ox": what stands behind it is a value.
std::string option_name(std::string_view word) { return std::string(word.starts_with("--") ? word.substr(0, word.find('=')) : word.substr(0, 2)); }

// The command and those within it that were given, the innermost last.
std::vector<const CLI::App*> given_commands(const CLI::App& app) {
  std::vector<const CLI::App*> chain{&app};
  for (auto inner = app.get_subcommands(); !inner.empty(); inner = inner.front()->get_subcommands()) chain.push_back(inner.front());
  return chain;
}

std::vector<std::string> options_of(const std::vector<const CLI::App*>& commands) {
  std::vector<std::string> names;
  for (const CLI::App* command : commands) {
    for (const CLI::Option* option : command->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

void tell_option(const std::string& name, const std::vector<const CLI::App*>& commands, const std::string& help, Diagnostics& diags) {
  const std::vector<std::string> names = options_of(commands);
  if (std::find(names.begin(), names.end(), name) != names.end()) {
    diags.usage_error(fmt::format("option '{}' stands before the command that it belongs to", name)).hint("give the command first, then its options");
    return;
  }
  diags.usage_error(fmt::format("unknown option '{}'{}", name, name.starts_with("--") ? did_you_mean(name, {names.begin(), names.end()}) : "")).hint(help);
}

void tell_command(const CLI::App& app, const std::string& word, Diagnostics& diags) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) names.push_back(command->get_name());
  const std::string near = nearest_word(word, {names.begin(), names.end()});
  diags.usage_error(near.empty() ? "unknown command" : fmt::format("unknown command '{}'; did you mean '{}'?", word, near)).hint("handout --help lists the commands");
}

}  // namespace

bool tell_unknown_words(const CLI::App& app, const CLI::ParseError& error, Diagnostics& diags) {
  const std::vector<std::string> words = app.remaining(true);
  if (words.empty()) return false;
  const std::vector<const CLI::App*> commands = given_commands(app);
  std::string called = "handout";
  for (std::size_t i = 1; i < commands.size(); ++i) called += " " + commands[i]->get_name();
  const std::string help = fmt::format("{} --help lists the options", called);
  std::size_t unknown = 0;
  for (const std::string& word : words) {
    if (!is_option(word)) continue;
    tell_option(option_name(word), commands, help, diags);
    ++unknown;
  }
  if (unknown > 0) return true;
  if (commands.size() == 1) {
    tell_command(app, words.front(), diags);
    return true;
  }
  // Another fault may be the reason that words are left over.
  if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::ExtrasError)) return false;
  diags.usage_error(fmt::format("{} {} more than {} takes", words.size(), words.size() == 1 ? "word" : "words", called)).hint(fmt::format("put values with spaces between quotes; {} --help says what it takes", called));
  return true;
}

}  // namespace handout::cli
