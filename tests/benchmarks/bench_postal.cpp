// Addresses as lines: what a mailing takes for each of its recipients.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "postal/format_address.h"

namespace handout {
namespace {

const std::filesystem::path kCountries = std::filesystem::path(HANDOUT_SOURCE_DIR) / "content/postal/countries.xml";

void BM_format_address(benchmark::State& state) {
  Diagnostics diags;
  const auto countries = postal::read_countries(kCountries, diags);
  const postal::Sender sender(*countries, "US");
  const std::vector<request::PostalAddress> addresses = {
      {{"475 Lenfant Plz SW", "Apt 2"}, "Washington", "", "DC", "202600001", "US"}, {{"Lindenstraße 8"}, "Gießen", "", "", "35390", "DE"},
      {{"神宮前1-2-3"}, "渋谷区", "", "東京都", "1500001", "JP"},                  {{"١٢ شارع طلعت حرب"}, "القاهرة", "", "", "11511", "EG"}};
  const std::vector<std::string> names{"Ada Weiß"};
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(postal::format_address(addresses[i++ % addresses.size()], names, sender, *countries));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_format_address);

void BM_read_countries(benchmark::State& state) {
  for (auto _ : state) {
    Diagnostics diags;
    benchmark::DoNotOptimize(postal::read_countries(kCountries, diags));
  }
}
BENCHMARK(BM_read_countries)->Unit(benchmark::kMillisecond);

void BM_sender(benchmark::State& state) {
  Diagnostics diags;
  const auto countries = postal::read_countries(kCountries, diags);
  for (auto _ : state) benchmark::DoNotOptimize(postal::Sender(*countries, "US"));
}
BENCHMARK(BM_sender)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace handout
