// What the marks of a sheet cost: drawn and checked, and in the print file.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "base/files.h"
#include "marks/marks.h"
#include "pdf/pdf.h"
#include "pipeline.h"

namespace handout {
namespace {

struct Letter {
  Pipeline pipeline;
  display::DisplayDocument document;
  styled::Marks marks;
  const fonts::Fonts* fonts = nullptr;
  std::string profile;
};

// The English knee handout as a letter for mailings.
std::unique_ptr<Letter> knee_letter() {
  Diagnostics diags;
  auto installation = find_installation(HANDOUT_SOURCE_DIR, diags);
  EXPECTS(installation.has_value());
  auto letter = std::make_unique<Letter>(Letter{Pipeline(std::move(*installation)), {}, {}, nullptr, {}});
  request::Request request;
  request.editions.push_back({"knee-stem-cell-treatment", *unicode::Locale::parse("en"), request::ArticleLevel::Full});
  request.layout = "mailing-letter";
  request.clinic = (std::filesystem::path(HANDOUT_SOURCE_DIR) / "content/clinics/example.xml").string();
  request.fields.insert_or_assign("patient.name", "Amal Haddad");
  auto stations = letter->pipeline.prepare(request, diags);
  EXPECTS(stations.has_value());
  letter->document = std::move(stations->display);
  letter->marks = stations->styled.marks;
  letter->fonts = *letter->pipeline.fonts(stations->sources.clinic.get(), diags);
  const auto& path = letter->pipeline.installation().srgb_profile;
  letter->profile = *read_file(path, Span::of_file(path.string()), 4u << 20, diags);
  return letter;
}

// A sheet is an item.
void mark_sheets(benchmark::State& state, bool bars, bool code, bool text) {
  const auto letter = knee_letter();
  styled::Marks wanted = letter->marks;
  if (!bars) wanted.omr.reset();
  if (!code) wanted.code.reset();
  if (!text) wanted.text.reset();
  marks::Marker marker(wanted, *letter->fonts);
  const std::size_t sheets = marks::sheet_count(letter->document);
  std::uint64_t number = 0;
  for (auto _ : state) {
    Diagnostics diags;
    auto marked = marker.mark(letter->document, {"JOB7", std::to_string(number), number, number * sheets}, diags);
    EXPECTS(marked.has_value());
    benchmark::DoNotOptimize(marked);
    ++number;
  }
  state.SetItemsProcessed(state.iterations() * narrow<std::int64_t>(sheets));
}

void BM_marks_none(benchmark::State& state) { mark_sheets(state, false, false, false); }
void BM_marks_bars(benchmark::State& state) { mark_sheets(state, true, false, false); }
void BM_marks_code(benchmark::State& state) { mark_sheets(state, false, true, false); }
void BM_marks_all(benchmark::State& state) { mark_sheets(state, true, true, true); }

// Print files with marks and without: bytes a page.
void write_letters(benchmark::State& state, bool with_marks, pdf::Parts parts) {
  const auto letter = knee_letter();
  std::size_t size = 0;
  const auto pieces = narrow<std::size_t>(state.range(0));
  for (auto _ : state) {
    Diagnostics diags;
    StringSink sink;
    pdf::Options options;
    options.pieces = pdf::Pieces::Many;
    options.purpose = pdf::Purpose::Print;
    options.sharing = pdf::Sharing::Yes;
    options.parts = parts;
    options.bookmarks = pdf::Bookmarks::Pieces;
    pdf::Writer writer(sink, pdf::file_info(letter->document), {*letter->fonts, letter->profile}, options);
    marks::Marker marker(with_marks ? letter->marks : styled::Marks{}, *letter->fonts);
    for (std::size_t i = 0; i < pieces; ++i) {
      const std::string id = std::to_string(i);
      auto marked = marker.mark(letter->document, {"JOB7", id, i, i * 3}, diags);
      EXPECTS(marked && writer.add(*marked, {parts == pdf::Parts::Yes ? id : "", "", 3}, diags).has_value());
    }
    EXPECTS(writer.finish(diags).has_value());
    size = sink.take().size();
  }
  const std::size_t pages = pieces * letter->document.pages.size();
  state.SetItemsProcessed(state.iterations() * narrow<std::int64_t>(pages));
  state.counters["bytes/page"] = static_cast<double>(size) / static_cast<double>(pages);
}
void BM_letters_plain(benchmark::State& state) { write_letters(state, false, pdf::Parts::No); }
void BM_letters_parts(benchmark::State& state) { write_letters(state, false, pdf::Parts::Yes); }
void BM_letters_marked(benchmark::State& state) { write_letters(state, true, pdf::Parts::Yes); }

BENCHMARK(BM_marks_none)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_marks_bars)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_marks_code)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_marks_all)->Unit(benchmark::kMicrosecond);
BENCHMARK(BM_letters_plain)->Arg(2000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_letters_parts)->Arg(2000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_letters_marked)->Arg(2000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace handout
