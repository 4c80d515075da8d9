// What files of many pieces cost: pages a second, bytes a page in the file, and bytes a page that stay in memory until the file is finished.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <filesystem>

#include "base/files.h"
#include "benchmarks/counting_sink.h"
#include "pdf/pdf.h"
#include "pipeline.h"

namespace handout {
namespace {

// The English knee handout, in full or in its short form, for nobody or for a named patient, whose name stands on every page.
struct Piece {
  Pipeline pipeline;
  display::DisplayDocument document;
  const fonts::Fonts* fonts = nullptr;
  std::string profile;
};

std::unique_ptr<Piece> knee_piece(std::string_view name, request::ArticleLevel level) {
  Diagnostics diags;
  auto installation = find_installation(HANDOUT_SOURCE_DIR, diags);
  EXPECTS(installation.has_value());
  auto piece = std::make_unique<Piece>(Piece{Pipeline(std::move(*installation)), {}, nullptr, {}});
  request::Request request;
  request.editions.push_back({"knee-stem-cell-treatment", *unicode::Locale::parse("en"), level});
  request.clinic = (std::filesystem::path(HANDOUT_SOURCE_DIR) / "content/clinics/example.xml").string();
  if (!name.empty()) request.fields.insert_or_assign("patient.name", std::string(name));
  auto stations = piece->pipeline.prepare(request, diags);
  EXPECTS(stations.has_value());
  piece->document = std::move(stations->display);
  piece->fonts = *piece->pipeline.fonts(stations->sources.clinic.get(), diags);
  const auto& path = piece->pipeline.installation().srgb_profile;
  piece->profile = *read_file(path, Span::of_file(path.string()), 4u << 20, diags);
  return piece;
}

double heap_bytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

// PDF/A allows 8,388,607 objects, about 90,000 pages of the full handout.
void write_pieces(benchmark::State& state, std::string_view name, const pdf::Options& options, request::ArticleLevel level = request::ArticleLevel::Short) {
  const auto piece = knee_piece(name, level);
  const std::size_t pages = narrow<std::size_t>(state.range(0));
  const std::size_t pages_each = piece->document.pages.size();
  double kept = 0, written = 0;
  for (auto _ : state) {
    Diagnostics diags;
    CountingSink sink;
    pdf::Writer writer(sink, pdf::file_info(piece->document), {*piece->fonts, piece->profile}, options);
    std::size_t count = 0;
    // Ids as a batch gives them, where the file says whose piece it is.
    const auto add = [&] { EXPECTS(writer.add(piece->document, {options.parts == pdf::Parts::Yes ? std::to_string(count) : "", "", 1}, diags).has_value()); };
    for (; count < pages / 10; count += pages_each) add();
    const double heap = heap_bytes(), file = static_cast<double>(sink.count());
    const std::size_t before = count;
    for (; count < pages; count += pages_each) add();
    kept = (heap_bytes() - heap) / static_cast<double>(count - before);
    written = (static_cast<double>(sink.count()) - file) / static_cast<double>(count - before);
    EXPECTS(writer.finish(diags).has_value());
  }
  state.SetItemsProcessed(state.iterations() * narrow<std::int64_t>(pages));
  state.counters["elements/page"] = static_cast<double>(piece->document.structure.size()) / static_cast<double>(pages_each);
  state.counters["bytes/page"] = written;
  state.counters["kept/page"] = kept;
}

pdf::Options options_of(pdf::Purpose purpose, pdf::Sharing sharing) {
  pdf::Options options;
  options.pieces = pdf::Pieces::Many;
  options.purpose = purpose;
  options.sharing = sharing;
  return options;
}

void BM_tagged_copies(benchmark::State& state) { write_pieces(state, {}, options_of(pdf::Purpose::Screen, pdf::Sharing::Yes), request::ArticleLevel::Full); }
void BM_tagged_named(benchmark::State& state) { write_pieces(state, "Amal Haddad", options_of(pdf::Purpose::Screen, pdf::Sharing::Yes)); }
void BM_tagged_unshared(benchmark::State& state) { write_pieces(state, "Amal Haddad", options_of(pdf::Purpose::Screen, pdf::Sharing::No)); }
void BM_print_copies(benchmark::State& state) { write_pieces(state, {}, options_of(pdf::Purpose::Print, pdf::Sharing::Yes)); }
void BM_print_named(benchmark::State& state) { write_pieces(state, "Amal Haddad", options_of(pdf::Purpose::Print, pdf::Sharing::Yes)); }
pdf::Options with_parts(pdf::Options options) {
  options.parts = pdf::Parts::Yes;
  options.bookmarks = pdf::Bookmarks::Pieces;
  return options;
}
void BM_tagged_parts(benchmark::State& state) { write_pieces(state, "Amal Haddad", with_parts(options_of(pdf::Purpose::Screen, pdf::Sharing::Yes))); }
void BM_print_parts(benchmark::State& state) { write_pieces(state, "Amal Haddad", with_parts(options_of(pdf::Purpose::Print, pdf::Sharing::Yes))); }

BENCHMARK(BM_tagged_copies)->Arg(4000)->Arg(80000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(BM_tagged_named)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(BM_tagged_unshared)->Arg(4000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(BM_print_copies)->Arg(100000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(BM_tagged_parts)->Arg(100000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(BM_print_parts)->Arg(100000)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(BM_print_named)->Arg(10000)->Arg(100000)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace handout
