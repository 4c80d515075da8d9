#pragma once

#include <filesystem>
#include <future>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/digest.h"
#include "ledger/ledger.h"
#include "mailings/mailing.h"
#include "pipeline.h"

// What a job depends on, copied into its folder: pieces are made from the copies, at first and when they are printed again.
namespace handout::batch {

inline constexpr std::string_view kJobFolder = "job";  // in the output folder

// A file, where it stands in the job's folder ("" for what is only digested), and its digest.
struct InputFile {
  std::filesystem::path from;
  ledger::Input input;
  std::optional<std::string> bytes{};  // what was digested, of a small one
};

// Font files, in the catalogue's order; the catalogue as it was opened for them, with the digest of what was read.
struct FontInputs {
  Diagnostics told;
  std::optional<fonts::Fonts> fonts;  // nothing: it can't be opened
  Sha256Digest list{};
  std::vector<InputFile> files;
};
FontInputs read_font_inputs(const Installation& own, const std::vector<std::filesystem::path>& clinic_folders);

// What the command named.
struct InputsFrom {
  std::filesystem::path mailing, recipients, job;  // job: the output folder, of which nothing is an input
  const mailings::Overrides& overrides;            // each an input of its own, with its value among the copies
};

// All of them, by kind and name: the installation's data, the mailing's own files, the list; how it is written, as an input without a file. Of folders of articles and layouts no list of people is taken, and no job that
// was written into them. Fonts are known by their size and their table directories, which hold a checksum of every table (OpenType, "Organization of an OpenType font").
struct Collected {
  std::vector<InputFile> files;                     // without fonts, until they are added
  std::vector<std::filesystem::path> clinic_fonts;  // folders
  std::optional<fonts::Fonts> fonts;                // once they are added: the installation's own, where their list is the one that is copied
};
Result<Collected> collect_inputs(const InputsFrom& from, const mailings::Mailing& read, const Installation& own, Diagnostics& diags);
// Fonts aren't copied, so that copying needn't wait for them. `ahead`: the installation's own, with no clinic's.
Result<std::monostate> add_fonts(Collected& inputs, const Installation& own, std::future<FontInputs> ahead, Diagnostics& diags);

// What was said in place of the mailing when the job was begun, from the copies.
Result<mailings::Overrides> read_overrides(const std::filesystem::path& folder, const std::vector<ledger::Input>& inputs, Diagnostics& diags);

// Fonts that are not what they were, and copies that are not what was copied.
Result<std::vector<ledger::InputDifference>> compare_snapshot(const std::filesystem::path& folder, const std::vector<ledger::Input>& inputs, Diagnostics& diags);

// A layout or article of a mailing that is named by its path: from the folder of the mailing, else as it is. Names stay as they are.
[[nodiscard]] std::filesystem::path path_of(const mailings::Mailing& mailing, const std::string& name);

// Copies what has a place in the job's folder. What a run that was killed copied goes first; a folder "job" that is none of its making is a fault.
Result<std::monostate> copy_inputs(const std::vector<InputFile>& files, const std::filesystem::path& folder, Diagnostics& diags);
// They are on the disk then.
Result<std::monostate> sync_copies(const std::filesystem::path& folder, Diagnostics& diags);

// What was told of the copies in this job's folder is told of what was copied.
void tell_of_originals(const std::filesystem::path& folder, const Installation& own, Diagnostics& diags);

// Whether the folder has copies of a job that was begun and has no ledger.
[[nodiscard]] bool is_unfinished(const std::filesystem::path& folder);

// The ledger is to go: who finds the copies may remove them.
void mark_unfinished(const std::filesystem::path& folder);

// The ledger is there: the copies are whole. Nothing happens when that was said before.
void mark_whole(const std::filesystem::path& folder);

// Where the copies are. Of a job that was joined from shards they are the first shard's.
class Snapshot {
 public:
  Snapshot(std::filesystem::path folder, const std::vector<ledger::Input>& inputs);
  // Of a file that was copied; others stay as they are.
  [[nodiscard]] std::filesystem::path locate(const std::filesystem::path& original) const;
  // The first input of a kind; "" where there is none.
  [[nodiscard]] std::filesystem::path first(std::string_view kind) const;
  // Where a file or folder of the copies was copied from; others as they are.
  [[nodiscard]] std::filesystem::path original_of(const std::filesystem::path& copy) const;
  // The copy of an input of this kind whose name ends so ("articles/knee.xml"), or of the folder that it names; "" for none.
  [[nodiscard]] std::filesystem::path ending_with(std::string_view kind, const std::filesystem::path& name) const;
  // content/, layouts/ and fonts/ of the copies.
  [[nodiscard]] Installation installation(const Installation& own) const;

 private:
  std::filesystem::path folder_, job_;  // job_: the folder of the copies
  std::vector<ledger::Input> inputs_;
  std::map<std::filesystem::path, std::filesystem::path> copies_;
  std::map<std::string, std::filesystem::path, std::less<>> first_;
};

}  // namespace handout::batch
