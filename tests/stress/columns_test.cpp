// Generated articles in columns over which tables, pictures and callouts span: a head of columns is told once as content, nothing is lost, the order of reading stays.
#include <fmt/format.h>

#include "stress/generated.h"
#include "stress/promises.h"

namespace handout::stress {
namespace {

constexpr std::size_t kArticles = 48, kShards = 4;

// What spans, and how the columns are filled.
struct Setting { std::string_view spans, fill; int columns; };
constexpr Setting kSettings[] = {
    {"table", "balance", 2}, {"table, figure, callout", "balance", 3}, {"table[columns=2], table[columns=3]", "auto", 2}, {"table, figure, callout", "auto", 3}, {"table, section > title", "balance", 2}, {"table, figure, callout, ul, ol, dl", "balance", 2},
};

class SpanningColumns : public GeneratedHandouts, public testing::WithParamInterface<std::size_t> {
 protected:
  std::string layout_of(std::size_t number) {
    const Setting& setting = kSettings[number % std::size(kSettings)];
    const std::string name = fmt::format("columns-{}.xml", number % std::size(kSettings));
    write(name, fmt::format(R"(<layout id="columns-{}" title="Columns" extends="standard">
<page size="auto" margin="14mm 14mm 12mm 14mm" side="0pt" side-gap="0pt"/>
<style for="{}" column-span="all"/>
<style for="section > title, callout > title, figcaption, box.help > text, box.references > text" column="text"/>
<style for=".short, .across, box.cards, questions, references, notice" column-count="1"/>
<style for="references, box.help" keep-together="auto"/>
<style for="figure" labels="legend" width="100%"/>
<style for="box.flow" column-count="{}" column-gap="6mm" column-fill="{}"/>
<body><box class="flow"><slot select="*"/></box></body>
</layout>)", number % std::size(kSettings), setting.spans, setting.columns, setting.fill));
    return (folder_ / name).string();
  }
};

TEST_P(SpanningColumns, KeepThePromises) {
  Pipeline pipeline = shipped();
  std::size_t pages = 0;
  for (std::size_t number = GetParam(); number < kArticles; number += kShards) {
    request::Request wanted = request_for(number, layout_of(number));
    wanted.profile = "standard";
    SCOPED_TRACE(fmt::format("article {}, setting {}, region {}", number, number % std::size(kSettings), wanted.region));
    pages += expect_all(pipeline, wanted);
    if (number % 8 == 0) {
      Diagnostics diags;
      const auto made = pipeline.prepare(wanted, diags);
      ASSERT_TRUE(made) << to_text(diags);
      check_file(pipeline, wanted, made->styled);
    }
    if (HasFailure()) break;
  }
  fmt::print("{} pages\n", pages);
}

INSTANTIATE_TEST_SUITE_P(Shards, SpanningColumns, testing::Range<std::size_t>(0, kShards));

}  // namespace
}  // namespace handout::stress
