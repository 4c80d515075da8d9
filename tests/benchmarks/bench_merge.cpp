// What one more recipient costs: from a request to pages, and from pages to a file.
#include <benchmark/benchmark.h>

#include <fmt/format.h>

#include <array>
#include <filesystem>

#include "base/files.h"
#include "benchmarks/counting_sink.h"
#include "merge/merge.h"
#include "pdf/pdf.h"

namespace handout::merge {
namespace {

constexpr std::array<std::array<std::string_view, 2>, 10> kNames = {{{"Amal", "Haddad"}, {"Zoë", "Müller-Łukasik"}, {"أمل", "حداد"}, {"小明", "王"}, {"आरती", "शर्मा"}, {"Дмитрий", "Иванов"}, {"Ελένη", "Παπαδοπούλου"}, {"דוד", "כהן"}, {"สมชาย", "ใจดี"}, {"민수", "김"}}};

request::Request two_page(std::size_t number) {
  request::Request request;
  request.editions.push_back({(std::filesystem::path(HANDOUT_SOURCE_DIR) / "tests/benchmarks/two-page/en.xml").string(), *unicode::Locale::parse("en"), request::ArticleLevel::Full});
  request.layout = "compact";
  request.clinic = (std::filesystem::path(HANDOUT_SOURCE_DIR) / "content/clinics/example.xml").string();
  request.date = unicode::parse_date("2026-11-30");
  request.recipient.emplace();
  const auto& name = kNames[number % kNames.size()];
  // Nobody has another's name.
  request.recipient->name.given = fmt::format("{} {:c}{:c}.", name[0], 'A' + static_cast<char>(number / 10 % 26), 'a' + static_cast<char>(number / 260 % 26));
  request.recipient->name.family = name[1];
  request.fields.emplace("next-visit", fmt::format("2027-{:02}-{:02}", 1 + number % 12, 1 + number % 28));
  return request;
}

struct Shipped {
  Shipped() : pipeline(installation()), merger(pipeline), hands(pipeline) {}
  static Installation installation() {
    Diagnostics diags;
    auto found = find_installation(HANDOUT_SOURCE_DIR, diags);
    EXPECTS(found.has_value());
    return *std::move(found);
  }
  Pipeline pipeline;
  Merger merger;
  Hands hands;
};

void BM_merge(benchmark::State& state) {
  Shipped shipped;
  std::size_t number = 0;
  for (auto _ : state) {
    Diagnostics diags;
    request::Request wanted = two_page(number++);
    auto made = shipped.merger.merge(wanted, shipped.hands, diags);
    EXPECTS(made.has_value());
    benchmark::DoNotOptimize(made);
  }
  state.SetItemsProcessed(state.iterations());
  state.counters["made"] = static_cast<double>(shipped.merger.counts().made);
}

void merge_and_write(benchmark::State& state, pdf::Purpose purpose) {
  Shipped shipped;
  Diagnostics diags;
  const auto& path = shipped.pipeline.installation().srgb_profile;
  const std::string profile = *read_file(path, Span::of_file(path.string()), 4u << 20, diags);
  const std::size_t count = narrow<std::size_t>(state.range(0));
  std::size_t bytes = 0;
  for (auto _ : state) {
    CountingSink sink;
    request::Request wanted = two_page(0);
    auto first = shipped.merger.merge(wanted, shipped.hands, diags);
    pdf::Options options;
    options.pieces = pdf::Pieces::Many;
    options.purpose = purpose;
    options.sharing = pdf::Sharing::Yes;
    pdf::Writer writer(sink, pdf::file_info(first->display), {**shipped.pipeline.fonts(nullptr, diags), profile}, options);
    for (std::size_t i = 0; i < count; ++i) {
      wanted = two_page(i);
      const auto made = shipped.merger.merge(wanted, shipped.hands, diags);
      EXPECTS(made && writer.add(made->display, diags));
    }
    EXPECTS(writer.finish(diags).has_value());
    bytes = sink.count();
  }
  state.SetItemsProcessed(state.iterations() * narrow<std::int64_t>(count));
  state.counters["bytes/page"] = static_cast<double>(bytes) / static_cast<double>(2 * count);
}

void BM_merge_print(benchmark::State& state) { merge_and_write(state, pdf::Purpose::Print); }
void BM_merge_screen(benchmark::State& state) { merge_and_write(state, pdf::Purpose::Screen); }

BENCHMARK(BM_merge)->Iterations(5000);
BENCHMARK(BM_merge_print)->Arg(5000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(BM_merge_screen)->Arg(1000)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace handout::merge
