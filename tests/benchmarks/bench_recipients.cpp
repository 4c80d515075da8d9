// What reading lists of people costs, by row and byte; the file is in memory.
#include <benchmark/benchmark.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "base/expects.h"
#include "recipients/reader.h"
#include "recipients/sample.h"
#include "recipients/to_recipient.h"

namespace handout::recipients {
namespace {

class MemoryList {
 public:
  explicit MemoryList(std::string_view text) : descriptor_(::memfd_create("list", MFD_CLOEXEC)), size_(text.size()) {
    while (!text.empty()) {
      const ssize_t written = ::write(descriptor_, text.data(), text.size());
      EXPECTS(written > 0);
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  MemoryList(const MemoryList&) = delete;
  MemoryList& operator=(const MemoryList&) = delete;
  ~MemoryList() { ::close(descriptor_); }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  int descriptor_;
  std::size_t size_;
};

std::string csv(std::int64_t rows) {
  StringSink sink;
  const std::vector<Target> ten{Target::Key, Target::Given, Target::Family, Target::BirthDate, Target::Language, Target::Address, Target::City, Target::Postcode, Target::Country, Target::LargePrint};
  ENSURES(write_sample({static_cast<std::uint64_t>(rows), 1, ten}, sink));
  return sink.take();
}

std::string json_lines(std::int64_t rows) {
  std::string text;
  for (std::int64_t i = 0; i < rows; ++i) {
    text += "{\"key\":\"P" + std::to_string(i) + R"(","name":{"given":"José Luis","family":"Núñez"},"birth-date":"1961-03-04","language":"es","address":{"line":["12 Maple Street","Apt 4"],"city":"Marlow Falls","postcode":"44101","country":"US"},"large-print":false})" "\n";
  }
  return text;
}

std::string fhir(std::int64_t rows) {
  std::string text;
  for (std::int64_t i = 0; i < rows; ++i) {
    text += R"({"resourceType":"Patient","id":"p)" + std::to_string(i) + R"(","meta":{"versionId":"1","lastUpdated":"2026-01-01T00:00:00Z"},"identifier":[{"use":"official","system":"urn:mrn","value":"1"}],"active":true,)"
            R"("name":[{"use":"official","family":"Núñez","given":["José","Luis"]}],"telecom":[{"system":"phone","value":"555"}],"gender":"male","birthDate":"1961-03-04","address":[{"use":"home","line":["12 Maple Street"],"city":"Marlow Falls","state":"OH","postalCode":"44101","country":"US"}],)"
            R"("communication":[{"language":{"coding":[{"system":"urn:ietf:bcp:47","code":"es"}]},"preferred":true}]})" "\n";
  }
  return text;
}

enum class Make { Rows, People };

void read(benchmark::State& state, const MemoryList& list, Make make) {
  std::int64_t rows = 0;
  for (auto _ : state) {
    Diagnostics diags;
    auto reader = *Reader::open(list.path(), {}, diags);
    auto map = *ColumnMap::make({}, diags);
    Lookups lookups;
    for (Next next = reader.next(diags); next != Next::End; next = reader.next(diags)) {
      EXPECTS(next == Next::Row);
      ++rows;
      if (make == Make::Rows) continue;
      EXPECTS(map.bind(reader.columns(), Columns::SoFar, reader.file(), diags));
      benchmark::DoNotOptimize(to_recipient(reader.row(), map, lookups));
    }
  }
  state.SetItemsProcessed(rows);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(list.size()));
}

void BM_recipients_csv(benchmark::State& state) { read(state, MemoryList(csv(state.range(0))), Make::Rows); }
void BM_recipients_csv_people(benchmark::State& state) { read(state, MemoryList(csv(state.range(0))), Make::People); }
void BM_recipients_json_lines(benchmark::State& state) { read(state, MemoryList(json_lines(state.range(0))), Make::Rows); }
void BM_recipients_fhir(benchmark::State& state) { read(state, MemoryList(fhir(state.range(0))), Make::Rows); }
void BM_recipients_sample(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(csv(state.range(0)));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK(BM_recipients_csv)->Arg(10'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_recipients_csv_people)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_recipients_json_lines)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_recipients_fhir)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_recipients_sample)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace handout::recipients
