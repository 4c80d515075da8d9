#include "compose/edition.h"

#include <algorithm>

#include "compose/pages.h"

namespace handout::compose {

using content::Article;
using content::Block;

namespace {

// The requested part of the article: sections left out, short level.
class Selection {
 public:
  Selection(const request::Request& request, const request::Edition& edition, const Article& article, Diagnostics& diags) : request_(request), short_(edition.level == request::ArticleLevel::Short) {
    std::vector<std::string_view> ids;
    collect_ids(article.body, ids);
    for (const auto* list : {&request.include, &request.exclude}) {
      for (const std::string& id : *list) {
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) diags.error(request.at, fmt::format("no section '{}' in {}{}", id, *article.at.file, did_you_mean(id, ids))).hint("sections are named by their ids; see handout dump --station article");
      }
    }
    std::vector<std::string_view> points;
    for (const content::TextBlock& point : article.points) points.push_back(point.id);
    for (const std::string& id : request.marked) {
      if (std::find(points.begin(), points.end(), id) == points.end()) diags.error(request.at, fmt::format("no point '{}' in {}{}", id, *article.at.file, did_you_mean(id, points)));
    }
  }

  [[nodiscard]] Article apply(const Article& article) const {
    Article chosen = article;
    chosen.body = filter(article.body, request_.include.empty());
    return chosen;
  }

 private:
  static void collect_ids(const content::Blocks& blocks, std::vector<std::string_view>& ids) {
    for (const Block& block : blocks) {
      ids.push_back(block.id);
      if (const auto* section = std::get_if<content::Section>(&block.what)) collect_ids(section->blocks, ids);
    }
  }
  [[nodiscard]] static bool lists(const std::vector<std::string>& ids, const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

  [[nodiscard]] content::Blocks filter(const content::Blocks& blocks, bool included) const {
    content::Blocks kept;
    for (const Block& block : blocks) {
      if (lists(request_.exclude, block.id)) continue;
      const bool named = included || lists(request_.include, block.id);
      const auto* section = std::get_if<content::Section>(&block.what);
      if (section == nullptr) {
        // What to do in an emergency is never left out by a choice of sections.
        const auto* callout = std::get_if<content::Callout>(&block.what);
        if (named || (callout != nullptr && callout->kind == content::CalloutKind::Urgent)) kept.push_back(block);
        continue;
      }
      if (short_ && section->level == content::Level::Full) continue;
      Block copy = block;
      auto& inside = std::get<content::Section>(copy.what);
      inside.blocks = filter(section->blocks, named);
      if (named || !inside.blocks.empty()) kept.push_back(std::move(copy));
    }
    return kept;
  }

  const request::Request& request_;
  bool short_;
};

std::string region_of(const request::Request& request, const Sources& sources, const Article& article) {
  if (!request.region.empty()) return request.region;
  if (!article.locale.region().empty()) return article.locale.region();
  const auto& wanted = request.editions.front().locale;
  if (!wanted.region().empty()) return wanted.region();
  if (sources.clinic && !sources.clinic->region.empty()) return sources.clinic->region;
  return "US";
}

// Where pounds and inches are what people know (CLDR measurementSystem US).
bool uses_us_units(std::string_view region) { return region == "US" || region == "LR" || region == "MM"; }

const std::vector<std::string> kNoClasses;

}  // namespace

Composer::Slots slots_of(const Article& article) {
  static const std::vector<std::string> kNoClasses;
  Composer::Slots slots;
  slots.pieces.push_back({"title", article.title.id, &kNoClasses, nullptr, false});
  if (article.summary) slots.pieces.push_back({"summary", article.summary->id, &kNoClasses, nullptr, false});
  if (!article.points.empty()) slots.pieces.push_back({"points", "points", &kNoClasses, nullptr, false});
  for (const Block& block : article.body) {
    slots.pieces.push_back({std::string(name_of(block)), block.id, &block.classes, &block, false});
  }
  if (!article.references.empty()) slots.pieces.push_back({"references", "references", &kNoClasses, nullptr, false});
  return slots;
}


Edition::Edition(const request::Request& request, const Sources& sources, const Resources& resources, const Which& which, Diagnostics& diags)
    : article(Selection(request, request.editions[which.index], *sources.articles[which.index], diags).apply(*sources.articles[which.index])),
      fields(request, sources, article, {edition_id(request, sources), request.editions[which.index].level.value_or(request::ArticleLevel::Full), which.index}, diags),
      cascade(*sources.layout, which.scale, resources.usage),
      document("handout", article.id, &kNoClasses),
      root{{&document.context()}, cascade.root(document.context(), article.locale), article.locale},
      noting(fields, resources.dependence),
      composer{request, sources, which.index, article, resources, diags, cascade, fields, {}, {}, false, printed_targets(article, *sources.layout, fields), {}, {}, {}},
      slots(slots_of(article)) {
  fields.check_layout(*sources.layout, article, diags);
  const std::string region = region_of(request, sources, article);
  composer.us_units = uses_us_units(region);
  int number = 1;
  for (const content::Reference& reference : article.references) composer.reference_numbers[reference.text.id] = number++;
  paper = paper_of(request, *sources.layout, cascade, root.style, region);
  composer.side = paper.side;
  composer.text_width = paper.text_width;
  composer.notes = &notes;
}

}  // namespace handout::compose
