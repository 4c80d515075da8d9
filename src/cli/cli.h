#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace handout {
class Pipeline;
struct Installation;
}

// The command line.
namespace handout::cli {

// What `render` and `dump` were told.
struct RenderOptions {
  std::string article, request_file;
  std::vector<std::string> locales;
  bool all_locales = false;
  std::string beside;  // a language beside each of them
  std::string layout, profile = "standard", clinic, region, impose, fit, patient, note, date;
  std::vector<std::string> fields, include, exclude, marked;
  std::string level;  // empty: the layout's
  std::string output, folder;
  // How it is written.
  std::string purpose = "screen";
  bool debug_boxes = false;
  bool attach_source = false;
  int compression = 0;  // 0: the writer's own choice
  std::string password_file, allowed = "print,copy";
};

// What `inspect` and `diff` were told.
struct InspectOptions {
  std::vector<std::string> files;
  bool tags = false, text = false, sizes = false;
  std::string password_file, pictures;
};

// What `schema`, `explain` and `new` were told.
struct AuthorOptions {
  std::string kind;             // of document
  std::string name;             // what is explained or begun
  std::string layout, profile;  // where it is set
  std::string folder;
};

// What `recipients` was told.
struct RecipientsOptions {
  std::optional<std::int64_t> sample;
  std::int64_t seed = 1;
  std::vector<std::string> columns;  // of the sample
  std::string output;
  bool force = false;                // over a file that is there
  std::string check;  // a list, or "-"
  std::string format, separator, identifier_system;
  std::vector<std::string> map, ignored;  // "TARGET=COLUMN"; columns
};

// What `batch` was told.
struct BatchOptions {
  std::string mailing, recipients, folder, as;
  std::optional<std::string> shard, day;  // an empty one was given all the same
  // In place of what the mailing says, as the options are called.
  std::optional<std::string> layout, profile, clinic, date, locale, fallback, purpose, pieces_per_file, rejects, addresses;
  std::vector<std::string> fields;
  bool dry_run = false, resume = false, array = false, shred_rejects = false;
  std::size_t threads = 0, proof = 0;
  unsigned long shards = 0;
};

// What `reprint` was told.
struct ReprintOptions {
  std::string folder, reason;
  std::optional<std::string> range, day, key_file;
  std::vector<std::uint64_t> pieces;
  std::vector<std::string> damaged;  // "FILE:PAGE"
  std::vector<std::string> files, restored;
  bool despite_changes = false;
};

// What `ledger` was told.
struct LedgerOptions {
  std::string folder;
  std::optional<std::string> find, today, key_file;
  bool files = false, verify = false, unprinted = false, purge = false, with_files = false, shred_rejects = false, json = false;
  std::vector<std::string> known;
  std::optional<std::uint64_t> rows;
  std::optional<std::uint32_t> keep_days;
  std::string merged;               // of `ledger merge`
  std::vector<std::string> shards;
};

struct Options {
  enum class Command { Render, Watch, List, Fonts, Dump, Inspect, Diff, Check, Schema, Explain, New, Recipients, Batch, Reprint, Ledger };
  Command command = Command::Render;
  std::filesystem::path data;
  RenderOptions render;
  BatchOptions batch;
  ReprintOptions reprint;
  InspectOptions inspect;
  AuthorOptions author;
  RecipientsOptions recipients;
  LedgerOptions ledger;
  std::string checked_layout;
  std::vector<std::string> checked_articles;  // empty: all there are
  std::string station;
  bool json = false;
  std::vector<std::string> font_locales;
  std::string font_text;  // a file
};

// Options, or the exit code when there is nothing to do (help, version) or the usage was wrong.
struct Parsed {
  std::optional<Options> options;
  int exit_code = 0;
};
Parsed parse_arguments(int argc, char** argv);

int run_render(const Options& options, Pipeline& pipeline);
// Renders, and again whenever a file that it read is saved, until it is interrupted.
int run_watch(const Options& options, Pipeline& pipeline);
int run_dump(const Options& options, Pipeline& pipeline);
int run_check(const Options& options, Pipeline& pipeline);
int run_list(const Options& options, Pipeline& pipeline);
int run_fonts(const Options& options, Pipeline& pipeline);
int run_font_text(const Options& options, Pipeline& pipeline);
int run_schema(const Options& options, Pipeline& pipeline);
int run_explain(const Options& options, Pipeline& pipeline);
int run_new(const Options& options, Pipeline& pipeline);
int run_batch(const Options& options, const Installation& installation);
int run_reprint(const ReprintOptions& options, const Installation& installation);
// These need no installation, only finished files.
int run_inspect(const Options& options);
int run_diff(const Options& options);
int run_recipients(const Options& options);
int run_ledger(const LedgerOptions& options, const Installation& installation);

// Exit codes: 0 done; 1 faults in the input, nothing written (of `diff`: the files differ); 2 wrong usage; 3 the machine failed; 4 done, but some locales were refused.
int run(int argc, char** argv);

}  // namespace handout::cli
