#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "batch/batch.h"

// Jobs in a folder of their own, over a small article in two languages and a small layout.
namespace handout::batch {

namespace fs = std::filesystem;

Installation shipped();
std::string read_text(const fs::path& file);
void write_text(const fs::path& file, std::string_view text);
// So many invented people as CSV.
std::string sample(std::uint64_t count, std::uint64_t seed = 1);

// Stops the job when so many pieces are made.
class StopAfter final : public Watcher {
 public:
  StopAfter(std::uint64_t pieces, std::atomic<bool>& stop) : pieces_(pieces), stop_(stop) {}
  void see(const Tally& tally) override { stop_ = stop_ || tally.pieces >= pieces_; }

 private:
  std::uint64_t pieces_;
  std::atomic<bool>& stop_;
};
inline constexpr std::uint64_t kNever = ~std::uint64_t{0};

class Batch : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, std::string_view text) const { write_text(folder_ / name, text); }
  [[nodiscard]] std::string read(const std::string& name) const { return read_text(folder_ / name); }
  // small.xml: the small article and layout, and `more`. Elements have an order; see content/mailing.rng.
  void write_mailing(std::string_view more, std::string_view layout = "<layout name=\"layout.xml\" large-print=\"ignore\"/>") const;
  // Of small.xml and people.csv.
  [[nodiscard]] Order order(const std::string& out) const;
  Result<Outcome> run(const Order& order, std::uint64_t stop_after = kNever);
  // To its end; there must be one.
  Outcome run_whole(const Order& order);
  // Every file of a job but the ledger and the copies: its bytes by its name.
  [[nodiscard]] std::map<std::string, std::string> outputs(const std::string& out) const;
  ledger::Ledger open(const std::string& out);
  // What verify() finds, a line each.
  std::vector<std::string> findings(const std::string& out);
  [[nodiscard]] std::string said() const { return to_text(diags_); }

  fs::path folder_;
  Diagnostics diags_;
};

}  // namespace handout::batch
