// Whole pipelines over long articles, file to bytes, with fonts and all read anew: 10 times the content is to take at most 11 times as long, 500 mixed pages at most 2 s.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "pipeline.h"
#include "stress/long_article.h"

namespace handout {
namespace {

using stress::LongContent;

const std::filesystem::path kSource = HANDOUT_SOURCE_DIR;

// A folder with the article and the pictures that it names, gone when it goes.
class Folder {
 public:
  Folder(LongContent content, std::size_t count) {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-scale-XXXXXX").string();
    EXPECTS(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
    for (const char* picture : {"knee-joint.svg", "three-steps.svg"}) std::filesystem::create_symlink(kSource / "content/knee-stem-cell-treatment" / picture, path_ / picture);
    std::filesystem::create_symlink(kSource / "layouts/icons/note.svg", path_ / "picture.svg");
    std::ofstream(article(), std::ios::binary) << stress::long_article(content, count);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] std::filesystem::path article() const { return path_ / "article.xml"; }

 private:
  std::filesystem::path path_;
};

void BM_scale(benchmark::State& state, LongContent content) {
  const Folder folder(content, static_cast<std::size_t>(state.range(0)));
  request::Request request;
  request.editions.push_back({folder.article().string(), *unicode::Locale::parse("en"), request::ArticleLevel::Full});
  std::size_t pages = 0;
  for (auto _ : state) {
    Diagnostics diags;
    auto installation = find_installation(kSource, diags);
    EXPECTS(installation.has_value());
    const auto rendered = Pipeline(*std::move(installation)).render(request, diags);
    EXPECTS(rendered.has_value());
    pages = rendered->pages;
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(pages));
  state.SetLabel(std::to_string(pages) + " pages");
}

// 2180 blocks are 500 pages.
BENCHMARK_CAPTURE(BM_scale, mixed, LongContent::Mixed)->Arg(218)->Arg(2180)->Arg(21800)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_scale, paragraphs, LongContent::Paragraphs)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_scale, sections, LongContent::Sections)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_scale, list, LongContent::List)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_scale, table, LongContent::Table)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_scale, spanned_table, LongContent::SpannedTable)->Arg(1000)->Arg(10000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_scale, figures, LongContent::Figures)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace handout
