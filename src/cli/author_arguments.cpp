#include "cli/author_arguments.h"

#include <CLI/CLI.hpp>

#include "cli/kinds.h"

namespace handout::cli {
namespace {

constexpr const char* kSchemaNotes = R"(An editor completes and checks what you type when a file names its schema before the root element:
  <?xml-model href="../layouts/layout.rng" schematypens="http://relaxng.org/ns/structure/1.0"?>
The program itself passes over that line. VS Code reads it with Red Hat's extension XML, oXygen as it is.
  Emacs nxml-mode   C-c C-s C-f, then the schema in compact syntax (trang layout.rng layout.rnc)
  Vim               :set makeprg=jing\ layouts/layout.rng\ %   then :make
layouts/editors.md says more.)";

constexpr const char* kExplainExamples = R"(Examples:
  handout explain callout                             an element
  handout explain keep-together                       a property of styles
  handout explain space-after --layout standard       and where that layout sets it, in the order of the cascade)";

constexpr const char* kNewExamples = R"(Examples:
  handout new layout my-clinic            layouts/my-clinic.xml, which extends standard
  handout new article ankle-sprain        content/ankle-sprain/en.xml with every kind of block
  handout new clinic north -d ~/clinics   north.xml there
  handout new mailing november            content/mailings/november.xml with everything that a mailing may say)";

std::vector<std::string> kind_names() {
  std::vector<std::string> names;
  for (const Kind& kind : kinds()) names.emplace_back(kind.name);
  return names;
}

}  // namespace

AuthorCommands add_author_commands(CLI::App& app, AuthorOptions& options) {
  AuthorCommands commands;
  commands.schema = app.add_subcommand("schema", "write the RELAX NG schemas with which editors complete and check what you type");
  commands.schema->add_option("KIND", options.kind, "one kind of file only: layout, article, phrases, notice, clinic, mailing or fonts")->check(CLI::IsMember(kind_names()));
  commands.schema->add_option("-d,--folder", options.folder, "the folder to write to (default: beside the files that they are for)")->option_text("DIR");
  commands.schema->footer(kSchemaNotes);

  commands.explain = app.add_subcommand("explain", "what an element, an attribute or a property means, its values, and where a layout sets it");
  commands.explain->add_option("NAME", options.name, "its name")->required();
  auto* layout = commands.explain->add_option("--layout", options.layout, "say where this layout sets the property: a name in layouts/ or a path")->option_text("NAME");
  commands.explain->add_option("--profile", options.profile, "with this profile over it")->option_text("NAME")->needs(layout);
  commands.explain->footer(kExplainExamples);

  commands.start = app.add_subcommand("new", "begin a layout, an article, a clinic's file or a mailing from a documented template");
  commands.start->add_option("KIND", options.kind, "layout, article, clinic or mailing")->required()->check(CLI::IsMember({"layout", "article", "clinic", "mailing"}));
  commands.start->add_option("NAME", options.name, "its name: letters, digits and '-', a letter first")->required();
  commands.start->add_option("-d,--folder", options.folder, "the folder to write to (default: where the program looks for such files)")->option_text("DIR");
  commands.start->footer(kNewExamples);
  return commands;
}

std::optional<Options::Command> parsed_command(const AuthorCommands& commands) {
  if (commands.schema->parsed()) return Options::Command::Schema;
  if (commands.explain->parsed()) return Options::Command::Explain;
  if (commands.start->parsed()) return Options::Command::New;
  return std::nullopt;
}

}  // namespace handout::cli
