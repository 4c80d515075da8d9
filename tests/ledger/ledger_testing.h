#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "ledger/ledger.h"

// Ledgers of small jobs, each in a folder of its own.
namespace handout::ledger {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

inline Digest digest_from(std::string_view text) { return Sha256().of(text); }

inline std::string read_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline void write_bytes(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

inline Job sample_job() {
  Job job;
  job.id = "knee-2026-11";
  job.mailing = "knee";
  job.mailing_digest = digest_from("mailing");
  job.engine = "handout 0.1.0";
  job.day = Day(2026y / 11 / 22);
  job.keep_days = 90;
  job.inputs = {{"article", "knee/en", digest_from("article"), 7, "", Personal::No}, {"layout", "standard", digest_from("layout"), 6, "", Personal::No}, {"recipients", "list.csv", digest_from("recipients"), 10, "inputs/list.csv", Personal::Yes}};
  return job;
}

inline Kind kind_in(std::string locale) { return {{{"knee", "1.0"}}, std::move(locale), "standard", "standard"}; }

// Pieces of two pages for some rows, all in one file; numbers are the rows.
struct GroupOfPieces {
  std::string file_name;
  Row first = 1, last = 1;
  std::string locale = "en";
};

// Writes the file too, whose bytes are its name.
inline Result<std::monostate> write_group(Ledger& ledger, const fs::path& folder, const GroupOfPieces& group, Diagnostics& diags) {
  write_bytes(folder / group.file_name, group.file_name);
  if (!ledger.begin_group(diags)) return tl::unexpected(Failure{});
  const std::uint64_t count = group.last - group.first + 1;
  const auto kind = ledger.add_kind(kind_in(group.locale), diags);
  const auto file = ledger.add_file({group.file_name, "standard/A4/" + group.locale, count, 2 * count, count, group.file_name.size(), digest_from(group.file_name)}, diags);
  std::vector<Piece> pieces;
  std::vector<std::string> keys;
  for (Row row = group.first; row <= group.last; ++row) keys.push_back("MRN-" + std::to_string(row));
  for (Row row = group.first; row <= group.last && kind && file; ++row) {
    const auto index = static_cast<std::uint32_t>(row - group.first);
    pieces.push_back({row, row, keys[index], *kind, 2, 1, *file, 2 * index + 1, {}, digest_from("piece " + std::to_string(row))});
  }
  if (!ledger.add_pieces(pieces, diags)) return ledger.drop_group(), tl::unexpected(Failure{});
  return ledger.commit_group(diags);
}

class Ledgers : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "handout-ledger-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path file() const { return folder_ / kFileName; }
  std::string said() {
    std::string text = to_text(diags_);
    for (std::size_t at; (at = text.find(folder_.string())) != std::string::npos;) text.replace(at, folder_.string().size(), "DIR");
    return text;
  }
  // What is wrong with the ledger and its folder, a line each.
  std::string findings(const Ledger& ledger, const std::vector<std::string>& known = {}) {
    const auto found = ledger.verify(known, diags_);
    if (!found) return "FAILED " + said();
    std::string text;
    for (const Finding& each : *found) text += std::to_string(static_cast<int>(each.what)) + " " + each.file + ": " + each.detail + "\n";
    return text;
  }

  // A job of ten rows: 1-4 and 5-8 in two files, 9 filtered out, 10 rejected.
  Ledger made(Job job = sample_job(), std::string_view secret = {}) {
    write_bytes(folder_ / "inputs/list.csv", "recipients");
    auto ledger = Ledger::create(folder_, job, secret, diags_);
    EXPECT_TRUE(ledger) << said();
    EXPECT_TRUE(write_group(*ledger, folder_, {"a.pdf", 1, 4, "en"}, diags_)) << said();
    EXPECT_TRUE(write_group(*ledger, folder_, {"b.pdf", 5, 8, "es"}, diags_)) << said();
    const LeftOut out{9, LeftOutBecause::Filtered};
    const Reject reject{10, "birth-date", "is not a date"};
    EXPECT_TRUE(ledger->begin_group(diags_) && ledger->add_left_out(std::span(&out, 1), diags_) && ledger->add_rejects(std::span(&reject, 1), diags_) && ledger->add_count("fallback", "ht -> en", 2, diags_) && ledger->commit_group(diags_)) << said();
    EXPECT_TRUE(ledger->finish(10, diags_)) << said();
    return *std::move(ledger);
  }

  fs::path folder_;
  Diagnostics diags_;
};

}  // namespace handout::ledger
