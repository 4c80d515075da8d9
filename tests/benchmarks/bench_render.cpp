// What a handout costs: pages from styled content, bytes from pages, and a whole render with everything already read.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "base/files.h"
#include "paginate/paginate.h"
#include "pdf/pdf.h"
#include "pipeline.h"

namespace handout {
namespace {

constexpr const char* kLocales[] = {"en", "ar", "zh-Hans"};

request::Request request_of(const benchmark::State& state) {
  request::Request request;
  request.editions.push_back({"knee-stem-cell-treatment", *unicode::Locale::parse(kLocales[state.range(0)]), request::ArticleLevel::Full});
  request.clinic = (std::filesystem::path(HANDOUT_SOURCE_DIR) / "content/clinics/example.xml").string();
  return request;
}

Installation shipped() {
  Diagnostics diags;
  auto found = find_installation(HANDOUT_SOURCE_DIR, diags);
  EXPECTS(found.has_value());
  return *std::move(found);
}

void count_pages(benchmark::State& state, std::size_t pages) {
  state.SetItemsProcessed(state.iterations() * narrow<std::int64_t>(pages));
  state.SetLabel(kLocales[state.range(0)]);
}

// With an empty memo each time: nothing is set beforehand.
void BM_paginate(benchmark::State& state) {
  Pipeline pipeline(shipped());
  Diagnostics diags;
  const auto stations = pipeline.prepare(request_of(state), diags);
  EXPECTS(stations.has_value());
  const auto fonts = pipeline.fonts(stations->sources.clinic.get(), diags);
  unicode::Breaker breaker;
  const unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  for (auto _ : state) {
    typeset::Memo memo;
    benchmark::DoNotOptimize(paginate::paginate(stations->styled, {**fonts, breaker, hyphenation}, memo, diags));
  }
  count_pages(state, stations->display.pages.size());
}

void BM_write(benchmark::State& state) {
  Pipeline pipeline(shipped());
  Diagnostics diags;
  const auto stations = pipeline.prepare(request_of(state), diags);
  EXPECTS(stations.has_value());
  const auto fonts = pipeline.fonts(stations->sources.clinic.get(), diags);
  const auto& path = pipeline.installation().srgb_profile;
  const auto profile = read_file(path, Span::of_file(path.string()), 4u << 20, diags);
  EXPECTS(profile.has_value());
  for (auto _ : state) benchmark::DoNotOptimize(pdf::write_pdf(stations->display, {**fonts, *profile}, diags));
  count_pages(state, stations->display.pages.size());
}

void BM_render(benchmark::State& state) {
  Pipeline pipeline(shipped());
  const request::Request request = request_of(state);
  Diagnostics diags;
  const auto first = pipeline.render(request, diags);
  EXPECTS(first.has_value());
  for (auto _ : state) benchmark::DoNotOptimize(pipeline.render(request, diags));
  count_pages(state, first->pages);
}

// What a single handout costs: files, fonts and all are read anew.
void BM_render_once(benchmark::State& state) {
  const request::Request request = request_of(state);
  for (auto _ : state) {
    Pipeline pipeline(shipped());
    Diagnostics diags;
    benchmark::DoNotOptimize(pipeline.render(request, diags));
  }
  count_pages(state, 1);
}

BENCHMARK(BM_paginate)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_write)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_render)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_render_once)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace handout
