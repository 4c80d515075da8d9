#include "cli/recipients_arguments.h"

#include <CLI/CLI.hpp>

#include <cstdint>
#include <limits>

namespace handout::cli {
namespace {

constexpr std::int64_t kMostPeople = 10'000'000'000;

constexpr const char* kExamples = R"(Examples:
  handout recipients --sample 1000 --seed 7 -o people.csv     invented people to try a mailing with
  handout recipients --check people.csv                       what a list has, and which rows cannot be used
  handout recipients --check list.csv --column name.given="First" --column field:dose=Dose --ignore Notes
  handout recipients --check Patient.ndjson                   a FHIR bulk export as of today; a Bundle (.json) is read as well
A column can be: key, name.given, name.family, name.prefix, name.suffix, name.display, name.locale, birth-date, language, address,
address.line1 to address.line6, city, district, state, postcode, country, large-print, field:NAME.
Usual headers ("First Name", "DOB", "PLZ") are known. No message has a person's data in it, only rows and columns.
Exit code: 0 every row can be used, 4 some rows cannot, 1 the list cannot be read, 2 wrong usage, 3 the machine failed.)";

}  // namespace

CLI::App* add_recipients_command(CLI::App& app, RecipientsOptions& options) {
  auto* command = app.add_subcommand("recipients", "lists of people for mailings: check one, or write invented people to try with");
  auto* sample = command->add_option("--sample", options.sample, "write so many invented people as CSV")->option_text("N")->check(CLI::Range(std::int64_t{0}, kMostPeople));
  auto* check = command->add_option("--check", options.check, "read a list and tell counts, columns, languages and what cannot be used; - is standard input")->option_text("FILE")->excludes(sample);
  command->add_option("--seed", options.seed, "the same seed makes the same people (default 1)")->option_text("S")->check(CLI::Range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()))->needs(sample);
  command->add_option("--columns", options.columns, "the columns of the sample, parted by commas")->option_text("LIST")->delimiter(',')->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->needs(sample);
  auto* output = command->add_option("-o,--output", options.output, "the file for the sample (default: standard output); one that is there stays as it is")->option_text("FILE")->needs(sample);
  command->add_flag("--force", options.force, "write the sample over a file that is there")->needs(output);
  command->add_option("--format", options.format, "of the list: csv, jsonl or fhir (default: by its name and first bytes)")->option_text("NAME")->check(CLI::IsMember({"csv", "jsonl", "fhir"}))->needs(check);
  command->add_option("--separator", options.separator, "of CSV: comma, semicolon or tab (default: by its header)")->option_text("NAME")->check(CLI::IsMember({"comma", "semicolon", "tab"}))->needs(check);
  command->add_option("--identifier-system", options.identifier_system, "FHIR: the key is the identifier of this system (default: the medical record's number, else the official identifier, else the first; never a Social Security number)")->option_text("URI")->needs(check);
  command->add_option("--column", options.map, "what a column is, where its header does not say it (repeatable)")->option_text("TARGET=COLUMN ...")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->needs(check);
  command->add_option("--ignore", options.ignored, "a column that is of no use (repeatable)")->option_text("COLUMN ...")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->needs(check);
  command->footer(kExamples);
  return command;
}

}  // namespace handout::cli
