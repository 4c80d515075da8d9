#include "cli/ledger_arguments.h"

#include <CLI/CLI.hpp>

namespace handout::cli {
namespace {

constexpr const char* kNotes = R"(Examples:
  handout ledger job                            totals of the job that wrote into the folder
  handout ledger job --find MRN-17              the pieces of a recipient; --find '#1204': piece 1204
  handout ledger job --verify                   holds every file against the ledger
  handout ledger job --purge --today 2027-03-01 removes recipients' data when their time is over
  handout ledger job --shred-rejects            removes the original text of refused rows
  handout ledger merge job job/shard-1 job/shard-2
Exit code: 0 all is well, 1 something is wrong (a file altered or missing, rows that were not printed, nothing found), 2 wrong usage, 3 the machine failed.)";

}  // namespace

CLI::App* add_ledger_command(CLI::App& app, LedgerOptions& options) {
  auto* command = app.add_subcommand("ledger", "what a job has printed: totals, one recipient's pieces, whether files are as they were written; or joins the ledgers of shards");
  command->add_option("DIR", options.folder, "the folder that the job wrote to");
  auto* files = command->add_flag("--files", options.files, "each file with its pieces, pages and sheets");
  auto* find = command->add_option("--find", options.find, "the pieces of the recipient with this key, or one piece by its number; where '#5' is somebody's key, '##5' is piece 5")->option_text("KEY|#NUMBER");
  auto* verify = command->add_flag("--verify", options.verify, "read every file and tell which is missing, altered or not known; not while a run is writing");
  command->add_option("--known", options.known, "a further file or folder that belongs into the job's folder (repeatable)")->option_text("NAME ...")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->needs(verify);
  auto* unprinted = command->add_flag("--unprinted", options.unprinted, "the rows of the list that were neither printed nor left out nor rejected; of a shard that has ended, none");
  command->add_option("--rows", options.rows, "how many rows the list has, where the job has not ended; a number that the ledger contradicts is a fault")->option_text("N")->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}))->needs(unprinted);
  auto* purge = command->add_flag("--purge", options.purge, "remove recipients' keys, also from names of files, and lists, when the mailing's time for them is over; in the ledgers of joined shards too; and what a run that did not end left of them");
  command->add_option("--today", options.today, "the day that counts as today (default: the machine's, in UTC)")->option_text("YYYY-MM-DD");
  command->add_option("--keep", options.keep_days, "days that data may stay, in place of the mailing's")->option_text("DAYS")->check(CLI::Range(0, 36'500))->needs(purge);
  command->add_flag("--with-files", options.with_files, "remove the files of pieces as well")->needs(purge);
  auto* shred = command->add_flag("--shred-rejects", options.shred_rejects, "of a job that has ended: overwrite, sync and remove the original text of refused rows. Journals of file systems and flash storage may keep copies all the same; rejects.csv stays");
  command->add_option("--key-file", options.key_file, "the secret that hashed the keys")->option_text("FILE");
  command->add_flag("--json", options.json, "as JSON");
  const std::vector<CLI::Option*> modes{files, find, verify, unprinted, purge, shred};
  for (CLI::Option* mode : modes) {
    for (CLI::Option* other : modes) {
      if (mode != other) mode->excludes(other);
    }
  }
  auto* merge = command->add_subcommand("merge", "one ledger of a job's shards, when they are disjoint and complete; those of FHIR patients must be of one day");
  merge->add_option("OUT", options.merged, "the folder that holds those of the shards; its ledger is made")->required();
  merge->add_option("SHARDS", options.shards, "the folders of all shards")->option_text("DIR ...")->required();
  command->footer(kNotes);
  return command;
}

}  // namespace handout::cli
