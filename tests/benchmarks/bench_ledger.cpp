// A job's ledger: pieces a second, with plain and with hashed keys, and what a run that goes on, a find and a check cost at a million.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "ledger/ledger.h"

namespace {

using namespace handout;
using namespace handout::ledger;
namespace fs = std::filesystem;

constexpr std::uint64_t kGroup = 10'000;

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "handout-bench-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path_); }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Ledger begin(const fs::path& folder, KeyStyle keys, Diagnostics& diags) {
  Job job;
  job.id = job.mailing = "bench";
  job.engine = "handout";
  job.keys = keys;
  return *Ledger::create(folder, job, keys == KeyStyle::Hashed ? "a secret" : "", diags);
}

// Groups of ten thousand, each one file.
void fill(Ledger& ledger, std::uint64_t count, Diagnostics& diags) {
  std::vector<std::string> keys(kGroup);
  std::vector<Piece> pieces(kGroup);
  for (std::uint64_t first = 1; first <= count; first += kGroup) {
    static_cast<void>(ledger.begin_group(diags));
    const auto kind = ledger.add_kind({{{"knee-stem-cell-treatment", "1.0"}}, "en", "standard", "standard"}, diags);
    const auto file = ledger.add_file({std::to_string(first) + ".pdf", "standard/Letter/en/1", kGroup, 2 * kGroup, kGroup, 1, {}}, diags);
    for (std::uint64_t i = 0; i < kGroup; ++i) {
      keys[i] = "MRN-" + std::to_string((first + i) * 7919);
      pieces[i] = {first + i, first + i, keys[i], *kind, 2, 1, *file, static_cast<std::uint32_t>(2 * i + 1), {}, {}};
      pieces[i].digest[i % 32] = static_cast<std::uint8_t>(i);
    }
    static_cast<void>(ledger.add_pieces(pieces, diags));
    static_cast<void>(ledger.commit_group(diags));
  }
  if (diags.has_errors()) std::abort();
}

void add_pieces(benchmark::State& state, KeyStyle keys) {
  const auto count = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) {
    state.PauseTiming();
    const Folder folder;
    Diagnostics diags;
    {
      Ledger ledger = begin(folder.path(), keys, diags);
      state.ResumeTiming();
      fill(ledger, count, diags);
      state.PauseTiming();
    }
    state.counters["bytes/piece"] = static_cast<double>(fs::file_size(folder.path() / kFileName)) / static_cast<double>(count);
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK_CAPTURE(add_pieces, plain, KeyStyle::Plain)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(add_pieces, hashed, KeyStyle::Hashed)->Arg(1'000'000)->Unit(benchmark::kMillisecond)->UseRealTime();

// Begun, one group of 500 and closed: what the ledger adds to a small job.
void small_job(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    const Folder folder;
    state.ResumeTiming();
    Diagnostics diags;
    Ledger ledger = begin(folder.path(), KeyStyle::Plain, diags);
    static_cast<void>(ledger.begin_group(diags));
    const auto kind = ledger.add_kind({{{"letter", "1.0"}}, "en", "letter", "standard"}, diags);
    const auto file = ledger.add_file({"1.pdf", "", 500, 500, 500, 1, {}}, diags);
    std::vector<Piece> pieces;
    for (std::uint32_t i = 1; i <= 500; ++i) pieces.push_back({i, i, "MRN", *kind, 1, 1, *file, i, {}, {}});
    static_cast<void>(ledger.add_pieces(pieces, diags));
    static_cast<void>(ledger.finish(500, diags));
  }
}
BENCHMARK(small_job)->Unit(benchmark::kMillisecond)->UseRealTime();

// A ledger of a million pieces, whose one file is not there: the folder's files are not what is measured.
void of_a_million(benchmark::State& state, const std::function<void(const fs::path&, Diagnostics&)>& work) {
  const Folder folder;
  Diagnostics diags;
  {
    Ledger ledger = begin(folder.path(), KeyStyle::Plain, diags);
    fill(ledger, 1'000'000, diags);
  }
  for (auto _ : state) work(folder.path(), diags);
}
void open_again(benchmark::State& state) {
  of_a_million(state, [](const fs::path& folder, Diagnostics& diags) { benchmark::DoNotOptimize(Ledger::open(folder, "", diags)->is_done(77)); });
}
void find_key(benchmark::State& state) {
  of_a_million(state, [](const fs::path& folder, Diagnostics& diags) { benchmark::DoNotOptimize(Ledger::open_read_only(folder, "", diags)->find_key("MRN-7919", diags)); });
}
void verify(benchmark::State& state) {
  of_a_million(state, [](const fs::path& folder, Diagnostics& diags) { benchmark::DoNotOptimize(Ledger::open_read_only(folder, "", diags)->verify({}, diags)); });
}
BENCHMARK(open_again)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(find_key)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(verify)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
