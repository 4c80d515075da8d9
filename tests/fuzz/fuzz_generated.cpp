// Any bytes choose an article (tests/stress), a layout, a profile and a paper; it becomes a document that keeps every promise of tests/stress/promises.h, within a second, without a leak.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/expects.h"
#include "paginate/paginate.h"
#include "pipeline.h"
#include "stress/generated_article.h"
#include "stress/promises.h"

namespace {

using namespace handout;

// What is read once.
struct Shipped {
  Installation installation;
  Pipeline pipeline;
  std::vector<std::string> layouts, profiles;
  std::map<std::string, compose::Sources> sources;  // by layout, profile and language; the article is replaced
  compose::Pictures pictures;
  unicode::Breaker breaker;
  unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};

  explicit Shipped(Installation found) : installation(found), pipeline(found) {
    Diagnostics diags;
    for (const layouts::LayoutEntry& entry : layouts::list_layouts(installation.layouts, diags)) {
      // Of the program's own reports.
      if (entry.id != "job-report") layouts.push_back(entry.id);
    }
    profiles = layouts::list_profiles(installation.layouts);
  }

  // Layout, phrases and notices as the pipeline reads them for the shipped article.
  const compose::Sources& sources_for(const request::Request& request, std::string_view language) {
    compose::Sources& entry = sources[request.layout + " " + request.profile + " " + std::string(language)];
    if (entry.articles.empty()) {
      request::Request any = request;
      any.editions.front().article = "knee-stem-cell-treatment";
      Diagnostics diags;
      auto prepared = pipeline.prepare(any, diags);
      EXPECTS(prepared.has_value());
      entry = std::move(prepared->sources);
    }
    return entry;
  }
};

Shipped& shipped() {
  static Shipped all = [] {
    Diagnostics diags;
    auto found = find_installation(HANDOUT_SOURCE_DIR, diags);
    EXPECTS(found.has_value());
    return Shipped(*std::move(found));
  }();
  return all;
}

void require_none(const stress::Faults& faults, const std::string& xml) {
  if (faults.empty()) return;
  std::fprintf(stderr, "%s\n%s\n", faults.front().c_str(), xml.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Shipped& all = shipped();
  stress::Draws draws(std::span(data, size));
  const std::string_view language = stress::kLanguages[draws.below(std::size(stress::kLanguages))];
  request::Request request;
  request.editions.push_back({"", *unicode::Locale::parse(std::string(language)), request::ArticleLevel::Full});
  request.layout = all.layouts[draws.below(all.layouts.size())];
  request.profile = all.profiles[draws.below(all.profiles.size())];
  request.region = draws.one_in(2) ? "DE" : "US";
  compose::Sources sources = all.sources_for(request, language);

  const std::string xml = stress::generated_article(draws, {language, 1 + draws.below(24), true});
  Diagnostics diags;
  auto article = content::parse_article(xml, "generated.xml", all.installation.content / "knee-stem-cell-treatment", diags);
  if (!article) require_none({to_text(diags)}, xml);
  sources.articles = {std::make_shared<const content::Article>(*std::move(article))};
  const auto styled = compose::compose(request, sources, {all.pictures}, diags);
  if (!styled) require_none({to_text(diags)}, xml);
  const auto fonts = all.pipeline.fonts(nullptr, diags);
  EXPECTS(fonts.has_value());
  typeset::Memo memo;
  const auto display = paginate::paginate(*styled, {**fonts, all.breaker, all.hyphenation}, memo, diags);
  // A column can be too narrow for any text: that is told, and nothing is made.
  if (!display) return 0;
  require_none(stress::lost_words(*sources.articles.front(), stress::words_of(*display, display::Role::Toc)), xml);
  require_none(stress::lines_not_once(*display), xml);
  require_none(stress::pages_without_progress(*display), xml);
  // A block taller than its page was told, and has to go somewhere.
  if (to_text(diags).find("taller than the page") != std::string::npos) return 0;
  require_none(stress::overlaps(*display, **fonts), xml);
  require_none(stress::outside(*styled, *display, **fonts), xml);
  return 0;
}
