#include "cli/batch_arguments.h"

#include <CLI/CLI.hpp>

#include "cli/shards.h"

namespace handout::cli {
namespace {

constexpr const char* kExamples = R"(Examples:
  handout recipients --sample 1000 -o people.csv
  handout batch content/mailings/knee.xml --recipients people.csv --out out/knee
  handout batch content/mailings/knee.xml --recipients people.csv --out out/knee --as files
  handout batch content/mailings/knee.xml --recipients people.csv --dry-run
  handout batch content/mailings/knee.xml --recipients people.csv --out out/es --locale es --date 2026-11-30 --field ward="3 West"
  handout batch content/mailings/knee.xml --recipients people.csv --out out/proof --proof 12
The folder holds the print files, ledger.sqlite, which says what is in them (see handout ledger), job/ with copies of all that the job was made from, and rejects.csv with the rows
that were refused. A run that was stopped or killed goes on when the same command is given again: no piece is lost and none is there twice. When an input has changed since, the
command says which one and does nothing. A folder takes a whole job or its shards, never both.
Exit code: 0 done, 4 done and some rows were refused, 1 faults or too many refused rows, 2 wrong usage, 3 the machine failed or it was stopped.)";

constexpr const char* kReprintNotes = R"(Examples:
  handout reprint out/knee --piece 1204 --reason "lost in the post"
  handout reprint out/knee --range 1200-1210 --reason "jam in the folder" --day 2026-11-30
  handout reprint out/knee --sheet-damaged knee-Letter-0001.pdf:17 --reason "torn by the printer"
  handout reprint out/knee --restore knee-Letter-0003.pdf --reason "the file was lost"
The pieces go into new files, DIR/reprints/NNNN-CLASS.pdf: one for each class of pieces that the mailing's split-by keeps apart, with its job ticket. They are made from the copies in DIR/job. They are what was printed
first, by the ledger's digests, or nothing is written.
Exit code: 0 done, 1 no such piece, or something has changed since, 2 wrong usage, 3 the machine failed.)";

}  // namespace

// Each stands for an attribute of the mailing and is checked as that is (src/mailings/overrides.cpp).
void add_overrides(CLI::App& command, BatchOptions& options) {
  const auto add = [&](const char* name, auto& value, const char* text, const char* shape) { command.add_option(name, value, text)->option_text(shape)->group("In place of what the mailing says"); };
  add("--layout", options.layout, "a name in layouts/, or a path", "NAME");
  add("--profile", options.profile, "the size of type for most people: standard, large, giant", "NAME");
  add("--clinic", options.clinic, "who hands it out: the clinic's file", "FILE");
  add("--date", options.date, "the day that is printed, for everybody", "YYYY-MM-DD");
  add("--locale", options.locale, "the language of everybody", "TAG");
  add("--fallback", options.fallback, "the language of whom there is nothing for in their own, or reject", "TAG");
  command.add_option("--field", options.fields, "a field's value, for everybody (repeatable)")->option_text("NAME=VALUE ...")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->group("In place of what the mailing says");
  add("--purpose", options.purpose, "what files are for: print or screen", "NAME");
  add("--pieces-per-file", options.pieces_per_file, "pieces of a print file at most", "N");
  add("--rejects", options.rejects, "the job stops at more rejected rows than this: 100, or a share of them, 5%", "LIMIT");
  add("--addresses", options.addresses, "addresses without a city, state, postcode or street that their country's have, or with another country's postcode: refuse or print (default: refuse where the layout shows them in an envelope's window)", "NAME");
}

CLI::App* add_batch_command(CLI::App& app, BatchOptions& options) {
  auto* command = app.add_subcommand("batch", "handouts for a list of people: print files, a file for each, or both, and a ledger");
  command->add_option("MAILING", options.mailing, "the mailing's file (see content/mailings/knee.xml)")->required();
  command->add_option("--recipients", options.recipients, "the list: CSV, JSON Lines or FHIR patients")->option_text("FILE")->required();
  command->add_option("--out", options.folder, "the job's folder; made when it is not there")->option_text("DIR");
  command->add_option("--as", options.as, "files, stream or both")->option_text("NAME")->check(CLI::IsMember({"files", "stream", "both"}))->group("In place of what the mailing says");
  add_overrides(*command, options);
  command->add_flag("--dry-run", options.dry_run, "make and count everything, write nothing");
  command->add_flag("--resume", options.resume, "go on with a job; one that is not there is a fault (without it, it is begun)");
  command->add_option("--threads", options.threads, "threads that make handouts (default: one for each processor); the files are the same")->option_text("N")->check(CLI::Range(1, 1024));
  auto* shard = command->add_option("--shard", options.shard, "make this share of the recipients, chosen by their keys; in a folder of its own inside DIR")->option_text("K/N");
  auto* array = command->add_flag("--array", options.array, "the shard is that of the job array (Slurm, Kubernetes, AWS Batch) that runs this")->excludes(shard);
  command->add_option("--shards", options.shards, "with --array, where the system doesn't say how many tasks there are")->option_text("N")->check(CLI::Range(1UL, kMostShards))->needs(array);
  command->add_option("--proof", options.proof, "a job of its own with N recipients at most, who together show every language, layout and profile, the longest name, the most lines of an address and each answer to each condition; no piece of it is to be sent")
      ->option_text("N")
      ->check(CLI::Range(1, 1000))
      ->excludes(shard)
      ->excludes(array);
  command->add_option("--day", options.day, "the day on which the job is made, from which handout ledger --purge counts, and on which names, addresses and identifiers of FHIR patients must be in use (default: today, in UTC; shards of FHIR patients need one); a job that goes on keeps its day")->option_text("YYYY-MM-DD");
  command->add_flag("--shred-rejects", options.shred_rejects, "keep no copy of refused rows when the job ends: rejected-rows.csv is not written, and one that is there is overwritten, synced and removed. Journals of file systems and flash storage may keep copies all the same; job/ keeps the list until the purge");
  command->footer(kExamples);
  return command;
}

CLI::App* add_reprint_command(CLI::App& app, ReprintOptions& options) {
  auto* command = app.add_subcommand("reprint", "pieces of a job once more, exactly as they were printed, and noted in its ledger");
  command->add_option("DIR", options.folder, "the job's folder")->required();
  command->add_option("--piece", options.pieces, "the piece of this row of the list (repeatable); of one that was printed again, the row's number too")->option_text("N ...")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->check(CLI::Range(std::uint64_t{1}, std::uint64_t{4'000'000'000}));
  command->add_option("--range", options.range, "all pieces of these rows")->option_text("A-B");
  command->add_option("--sheet-damaged", options.damaged, "the piece on this page of a file of the job; the ledger notes the damage (repeatable)")->option_text("FILE:PAGE ...")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--file", options.files, "all pieces of a file of the job, as handout ledger --files names it (repeatable)")->option_text("FILE ...")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--restore", options.restored, "a file of the job, the job ticket of one, a report or a list of refused rows that is lost or altered: it is written again in its place, byte for byte, and no piece is printed again (repeatable)")->option_text("FILE ...")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--reason", options.reason, "why; the ledger keeps it, so write nobody's name or key into it")->option_text("TEXT")->required();
  command->add_option("--day", options.day, "the day, for the ledger (default: today, in UTC)")->option_text("YYYY-MM-DD");
  command->add_flag("--despite-changes", options.despite_changes, "also when the engine, a font, a copied input or an entry of the ledger is not what it was; the ledger notes that");
  command->add_option("--key-file", options.key_file, "the secret that hashed the keys, in place of the mailing's")->option_text("FILE");
  command->footer(kReprintNotes);
  return command;
}

}  // namespace handout::cli
