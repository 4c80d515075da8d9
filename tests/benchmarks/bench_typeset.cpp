// What setting text costs, in bytes of text per second: shaping, breaking, and the whole.
#include <benchmark/benchmark.h>

#include <array>
#include <filesystem>
#include <string>

#include "typeset/collect.h"
#include "typeset/itemize.h"
#include "typeset/set_lines.h"
#include "typeset/shape.h"
#include "typeset/typeset.h"

namespace handout::typeset {
namespace {

constexpr std::string_view kEnglish = "Take one tablet twice a day with a glass of water. Do not take more than 8 tablets in 24 hours. ";
constexpr std::string_view kArabic = "تناول قرصًا واحدًا مرتين يوميًا مع كوب من الماء (Paracetamol 500 mg) ولا تتجاوز 8 أقراص خلال ٢٤ ساعة. ";
constexpr std::string_view kHindi = "दिन में दो बार एक गिलास पानी के साथ एक गोली लें। 24 घंटे में 8 से अधिक गोलियाँ न लें। ";
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kTexts = {{{"en", kEnglish}, {"ar", kArabic}, {"hi", kHindi}}};

const fonts::Fonts& shipped_fonts() {
  static const fonts::Fonts opened = [] {
    Diagnostics diags;
    auto result = fonts::Fonts::open(std::filesystem::path(HANDOUT_SOURCE_DIR) / "fonts/fonts.xml", {}, diags);
    EXPECTS(result.has_value());
    return *std::move(result);
  }();
  return opened;
}

// Argument 0 chooses the language, argument 1 how often its sentences are said.
std::shared_ptr<const styled::Paragraph> paragraph_of(const benchmark::State& state) {
  const auto& [language, sentences] = kTexts.at(narrow<std::size_t>(state.range(0)));
  auto paragraph = std::make_shared<styled::Paragraph>();
  paragraph->language = *unicode::Locale::parse(language);
  paragraph->direction = paragraph->language.direction();
  paragraph->lines.line_height = 16_pt;
  paragraph->elements.resize(1);
  paragraph->styles.resize(1);
  paragraph->styles[0].size = 12_pt;
  for (std::int64_t i = 0; i < state.range(1); ++i) paragraph->text += sentences;
  styled::TextRun run;
  run.end = paragraph->text.size();
  run.language = paragraph->language;
  paragraph->runs = {run};
  return paragraph;
}

void count_bytes(benchmark::State& state, const styled::Paragraph& paragraph) {
  state.SetBytesProcessed(state.iterations() * narrow<std::int64_t>(paragraph.text.size()));
  state.SetLabel(paragraph.language.tag());
}

ShapedText shaped(const styled::Paragraph& paragraph, const Resources& resources) {
  Diagnostics diags;
  return shape(itemize(paragraph, collect(paragraph, nullptr), {}, resources, diags), resources);
}

void BM_shape(benchmark::State& state) {
  const auto paragraph = paragraph_of(state);
  unicode::Breaker breaker;
  const unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  for (auto _ : state) benchmark::DoNotOptimize(shaped(*paragraph, {shipped_fonts(), breaker, hyphenation}));
  count_bytes(state, *paragraph);
}

void BM_measure_breaks(benchmark::State& state) {
  const auto paragraph = paragraph_of(state);
  unicode::Breaker breaker;
  const unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  const Resources resources{shipped_fonts(), breaker, hyphenation};
  const ShapedText text = shaped(*paragraph, resources);
  for (auto _ : state) benchmark::DoNotOptimize(find_opportunities(text, 400_pt, resources));
  count_bytes(state, *paragraph);
}

void BM_total_fit(benchmark::State& state) {
  const auto paragraph = paragraph_of(state);
  unicode::Breaker breaker;
  const unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  const Resources resources{shipped_fonts(), breaker, hyphenation};
  const auto opportunities = find_opportunities(shaped(*paragraph, resources), 400_pt, resources);
  const LineWidths widths{{}, 400_pt};
  for (auto _ : state) benchmark::DoNotOptimize(break_total_fit({opportunities, widths, {}}));
  count_bytes(state, *paragraph);
}

void BM_typeset(benchmark::State& state) {
  const auto paragraph = paragraph_of(state);
  unicode::Breaker breaker;
  const unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  for (auto _ : state) {
    Memo memo;
    Diagnostics diags;
    benchmark::DoNotOptimize(typeset(paragraph, {{}, 400_pt}, {}, nullptr, {shipped_fonts(), breaker, hyphenation}, memo, diags));
  }
  count_bytes(state, *paragraph);
}

// The same text in a paragraph of its own, as the next handout brings it.
void BM_typeset_again(benchmark::State& state) {
  unicode::Breaker breaker;
  const unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  Memo memo;
  Diagnostics diags;
  const auto first = paragraph_of(state), again = paragraph_of(state);
  const auto kept = typeset(first, {{}, 400_pt}, {}, nullptr, {shipped_fonts(), breaker, hyphenation}, memo, diags);
  for (auto _ : state) benchmark::DoNotOptimize(typeset(again, {{}, 400_pt}, {}, nullptr, {shipped_fonts(), breaker, hyphenation}, memo, diags));
  count_bytes(state, *again);
}

// A usual paragraph, and one of about 100,000 words.
constexpr std::int64_t kUsual = 4, kHuge = 5000;
void each_text(benchmark::internal::Benchmark* benchmark) { benchmark->ArgsProduct({{0, 1, 2}, {kUsual, kHuge}})->Unit(benchmark::kMicrosecond); }

BENCHMARK(BM_shape)->Apply(each_text);
BENCHMARK(BM_measure_breaks)->Apply(each_text);
BENCHMARK(BM_total_fit)->Apply(each_text);
BENCHMARK(BM_typeset)->Apply(each_text);
BENCHMARK(BM_typeset_again)->Apply(each_text);

}  // namespace
}  // namespace handout::typeset
