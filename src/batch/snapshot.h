#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostics.h"
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
};

// All of them, by kind and name: the installation's data, the mailing's own files, the list. Fonts are known by their size and their table directories, which hold a checksum of every table (OpenType, "Organization of an OpenType font").
Result<std::vector<InputFile>> collect_inputs(const std::filesystem::path& mailing, const mailings::Mailing& read, const std::filesystem::path& recipients, Pipeline& pipeline, Diagnostics& diags);

// A layout or article of a mailing that is named by its path: from the folder of the mailing, else as it is. Names stay as they are.
[[nodiscard]] std::filesystem::path path_of(const mailings::Mailing& mailing, const std::string& name);
[[nodiscard]] bool is_path(std::string_view name);

// Copies what has a place in the job's folder, synced.
Result<std::monostate> copy_inputs(const std::vector<InputFile>& files, const std::filesystem::path& folder, Diagnostics& diags);

// Where the copies are.
class Snapshot {
 public:
  Snapshot(std::filesystem::path folder, const std::vector<ledger::Input>& inputs);
  // Of a file that was copied; others stay as they are.
  [[nodiscard]] std::filesystem::path locate(const std::filesystem::path& original) const;
  // The first input of a kind.
  [[nodiscard]] std::filesystem::path first(std::string_view kind) const;
  // content/, layouts/ and fonts/ of the copies.
  [[nodiscard]] Installation installation(const Installation& own) const;

 private:
  std::filesystem::path folder_;
  std::map<std::filesystem::path, std::filesystem::path> copies_;
  std::map<std::string, std::filesystem::path, std::less<>> first_;
};

}  // namespace handout::batch
