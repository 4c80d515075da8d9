// Addresses as lines: what a mailing takes for each of its recipients.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "check/tap_test.h"
#include "pipeline.h"
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

// The first page of a letter in its envelope.
void BM_tap_test(benchmark::State& state) {
  Diagnostics diags;
  Pipeline pipeline(*find_installation(HANDOUT_SOURCE_DIR, diags));
  request::Request request;
  request.editions.push_back({"knee-stem-cell-treatment", *unicode::Locale::parse("en"), request::ArticleLevel::Full});
  request.layout = "letter";
  request.clinic = std::string(HANDOUT_SOURCE_DIR) + "/content/clinics/example.xml";
  request.recipient.emplace();
  request.recipient->name.display = "Ada Weiß";
  request.recipient->address = {"475 Lenfant Plz SW", "Washington DC 20260"};
  const auto made = pipeline.prepare(request, diags);
  const auto envelopes = postal::read_envelopes(kCountries.parent_path() / "envelopes.xml", diags);
  const auto& rule = *made->sources.layout->envelope;
  const check::Mailing mailing{&envelopes->at(rule.name), rule.folds, check::FoldedAs::Z, rule.address, rule.return_address, rule.code, rule.at};
  const fonts::Fonts& fonts = **pipeline.fonts(made->sources.clinic.get(), diags);
  for (auto _ : state) check::tap_test(made->display, mailing, fonts, diags);
}
BENCHMARK(BM_tap_test)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace handout
