#include <CLI/CLI.hpp>

#include "batch/batch.h"
#include "cli/author_arguments.h"
#include "cli/cli.h"
#include "cli/batch_arguments.h"
#include "cli/recipients_arguments.h"
#include "cli/ledger_arguments.h"
#include "cli/requests.h"
#include "cli/wrong_usage.h"

namespace handout::cli {
namespace {

constexpr const char* kRenderExamples = R"(Examples:
  handout render knee-stem-cell-treatment                        the English handout, into the current folder
  handout render knee-stem-cell-treatment --locale es-MX -o -    Spanish (the nearest there is), to standard output
  handout render knee-stem-cell-treatment --all-locales -d out   every language there is
  handout render knee-stem-cell-treatment --locale ar --profile large --clinic content/clinics/example.xml \
      --field patient.name="Amal Haddad" --date 2026-11-22 -o handout.pdf
  handout render --request request.json -o handout.pdf           everything from one file)";

void add_request_options(CLI::App& command, RenderOptions& render) {
  auto* article = command.add_option("ARTICLE", render.article, "a name in content/ (see handout list), or the path of a folder or file");
  auto* request = command.add_option("--request", render.request_file, "a request as JSON: everything that the handout depends on")->option_text("FILE.json");
  article->excludes(request);
  const auto add = [&](const char* name, auto& value, const char* text, const char* shape) { command.add_option(name, value, text)->option_text(shape)->excludes(request); };
  add("--locale", render.locales, "language of the handout, any BCP 47 tag; the nearest that exists is taken (repeatable; default en)", "TAG ...");
  command.add_flag("--all-locales", render.all_locales, "every locale that the article has")->excludes(request);
  add("--beside", render.beside, "a second language beside it, block by block (as layouts with <parallel> have it)", "TAG");
  add("--layout", render.layout, "layout definition: a name in layouts/ or a path (default standard; with --beside bilingual)", "NAME");
  add("--profile", render.profile, "standard, large (18 pt) or giant (24 pt)", "NAME");
  add("--clinic", render.clinic, "the clinic's file: name, phone, logo, region", "FILE.xml");
  add("--region", render.region, "decides paper and units: the locale's, else the clinic's, else US", "CC");
  command.add_option("--impose", render.impose, "put pages on sheets: booklet (folded and stitched), two-up (side by side), or none, whatever the layout says")->option_text("HOW")->excludes(request)->check(CLI::IsMember({"booklet", "two-up", "none"}));
  add("--fit", render.fit, "make room, type and margins smaller until it takes so many pages or sheets: pages:2, sheets:1; in place of what the layout says", "WHAT:N");
  add("--field", render.fields, "value of a field (repeatable)", "NAME=VALUE ...");
  add("--patient", render.patient, "the recipient: name, birth date, languages, address", "FILE.json");
  add("--include", render.include, "only this section (repeatable)", "ID ...");
  add("--exclude", render.exclude, "all but this section (repeatable)", "ID ...");
  add("--mark", render.marked, "a main point that the clinician marks for this patient (repeatable)", "ID ...");
  add("--level", render.level, "full, or short: sections of level short only; as the layout says when left out", "LEVEL");
  add("--note", render.note, "a note from the clinic, printed near the top", "TEXT");
  add("--date", render.date, "the day that is printed on the handout", "YYYY-MM-DD");
  for (auto* option : command.get_options()) {
    if (option->get_expected_max() > 1) option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  }
}

void add_writing_options(CLI::App& command, RenderOptions& render) {
  command.add_option("--for", render.purpose, "screen: tagged, PDF/UA-1 and PDF/A-2a (default); print: untagged and compact, PDF/A-2b, for print streams")->option_text("PURPOSE")->check(CLI::IsMember({"screen", "print"}));
  command.add_flag("--debug-boxes", render.debug_boxes, "draw the boxes of the layout over the pages: regions, blocks with their names and keeps, baselines");
  command.add_flag("--attach-source", render.attach_source, "put the article's XML into the file, which then is PDF/A-3");
  command.add_option("--compression", render.compression, "1 (fastest) to 12 (smallest); default 6")->option_text("LEVEL")->check(CLI::Range(1, 12));
  auto* password = command.add_option("--password-file", render.password_file, "encrypt with AES-256: the file's first line is the password that opens, a second one lifts the limits; drops the claim to be PDF/A")->option_text("FILE");
  command.add_option("--allow", render.allowed, "what an encrypted file allows: print, copy, modify, annotate (default print,copy)")->option_text("LIST")->needs(password);
}

void add_render_options(CLI::App& command, RenderOptions& render) {
  add_request_options(command, render);
  auto* file = command.add_option("-o,--output", render.output, "the file to write; - is standard output")->option_text("FILE");
  command.add_option("-d,--folder", render.folder, "the folder to write to, as ARTICLE-LOCALE.pdf")->option_text("DIR")->excludes(file);
  add_writing_options(command, render);
}

constexpr const char* kDiffNotes = R"(Changed words are shown as [-removed-] {+added+}. Exit code: 0 no difference, 1 the files differ, 2 wrong usage, 3 the machine failed.)";

CLI::App* add_inspect(CLI::App& app, Options& options) {
  auto* inspect = app.add_subcommand("inspect", "what a PDF holds: pages, claims, metadata, fonts, pictures, sizes, and whether its tags hold");
  inspect->add_option("FILE", options.inspect.files, "the PDF")->required()->expected(1);
  inspect->add_flag("--tags", options.inspect.tags, "the structure tree with its text");
  inspect->add_flag("--text", options.inspect.text, "the text in reading order");
  inspect->add_flag("--sizes", options.inspect.sizes, "the share of the file that each kind of object takes");
  inspect->add_flag("--json", options.json, "as JSON");
  inspect->add_option("--password-file", options.inspect.password_file, "a file whose first line is the password")->option_text("FILE");
  return inspect;
}

CLI::App* add_diff(CLI::App& app, Options& options) {
  auto* diff = app.add_subcommand("diff", "what differs between two PDFs: words by page, tags, metadata, fonts, and the look of pages");
  diff->add_option("FILES", options.inspect.files, "the two PDFs, the earlier first")->option_text("A B")->required()->expected(2);
  diff->add_option("--pictures", options.inspect.pictures, "write page-N.png there for each page that looks different: before, after, changes in red (needs pdftoppm)")->option_text("DIR");
  diff->add_option("--password-file", options.inspect.password_file, "a file whose first line is the password of both")->option_text("FILE");
  diff->footer(kDiffNotes);
  return diff;
}

}  // namespace

Parsed parse_arguments(int argc, char** argv) {
  Options options;
  CLI::App app("handout: printable, localized patient handouts as tagged PDF");
  app.require_subcommand(1);
  app.set_version_flag("--version", std::string(batch::kEngine));
  std::string data;
  app.add_option("--data", data, "folder with content/, layouts/ and fonts/ (default: beside the program)")->option_text("FOLDER");
  app.fallthrough();

  auto* render = app.add_subcommand("render", "compose handouts and write them as PDF");
  add_render_options(*render, options.render);
  render->footer(kRenderExamples);

  auto* watch = app.add_subcommand("watch", "render, and again whenever a file that was read is saved; Ctrl-C ends it");
  add_render_options(*watch, options.render);

  auto* list = app.add_subcommand("list", "what there is: articles with locales, version and review state; layouts");
  list->add_flag("--json", options.json, "as JSON");

  auto* fonts = app.add_subcommand("fonts", "families and faces, what they cover, what is missing");
  fonts->add_option("--text", options.font_text, "say of a file of UTF-8 text which font takes each run, and which characters no font has (exit code 1)")->option_text("FILE");
  fonts->add_option("--locale", options.font_locales, "look at this locale only (repeatable); with --text the language of the text (default en)")->option_text("TAG ...")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);

  auto* dump = app.add_subcommand("dump", "a station of the pipeline as text");
  dump->add_option("--station", options.station, "article, styled, lines or display")->option_text("NAME")->required()->check(CLI::IsMember({"article", "styled", "lines", "display"}));
  add_request_options(*dump, options.render);

  auto* check = app.add_subcommand("check", "make every handout that a layout is for and tell what its author should know: faults, what does not fit, styles and slots that are never used");
  check->add_option("LAYOUT", options.checked_layout, "a name in layouts/ or a path")->required();
  check->add_option("--article", options.checked_articles, "with this article only (repeatable; default all in content/)")->option_text("NAME ...")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);

  auto* inspect = add_inspect(app, options);
  auto* diff = add_diff(app, options);
  auto* recipients = add_recipients_command(app, options.recipients);
  auto* batch = add_batch_command(app, options.batch);
  auto* reprint = add_reprint_command(app, options.reprint);
  auto* ledger = add_ledger_command(app, options.ledger);
  const AuthorCommands author = add_author_commands(app, options.author);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    Diagnostics diags;
    if (error.get_exit_code() != 0 && tell_unknown_words(app, error, diags)) {
      print(diags);
      return {std::nullopt, diags.exit_code()};
    }
    const int code = app.exit(error);
    return {std::nullopt, code == 0 ? 0 : 2};
  }
  options.data = data;
  if (const auto command = parsed_command(author)) {
    options.command = *command;
    return {options, 0};
  }
  using enum Options::Command;
  const std::pair<const CLI::App*, Options::Command> commands[] = {{render, Render}, {watch, Watch}, {list, List}, {fonts, Fonts}, {dump, Dump}, {check, Check}, {inspect, Inspect}, {diff, Diff}, {recipients, Recipients}, {batch, Batch}, {reprint, Reprint}, {ledger, Ledger}};
  for (const auto& [command, which] : commands) {
    if (command->parsed()) options.command = which;
  }
  return {options, 0};
}

}  // namespace handout::cli
