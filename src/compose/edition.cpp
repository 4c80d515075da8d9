#include "compose/edition.h"

#include <algorithm>

#include "compose/pages.h"

namespace handout::compose {

using content::Article;
using content::Block;

namespace {

bool has(const std::vector<std::string_view>& ids, std::string_view id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

// Tells which of the ids that are named for an edition there are none of.
class Names {
 public:
  Names(const request::Request& request, const Sources& sources, std::size_t index, Diagnostics& diags) : request_(request), sources_(sources), index_(index), diags_(diags) {
    for (const auto& article : sources.articles) ids_.push_back(content::ids_of(*article));
  }

  void check() const {
    const request::Edition& own = request_.editions[index_];
    for (const auto* list : {&own.include, &own.exclude}) check(*list, &content::Ids::sections, "section", Of::Edition);
    check(own.marked, &content::Ids::points, "point", Of::Edition);
    for (const auto* list : {&request_.include, &request_.exclude}) check(*list, &content::Ids::sections, "section", Of::Request);
    check(request_.marked, &content::Ids::points, "point", Of::Request);
  }

 private:
  enum class Of : std::uint8_t { Edition, Request };
  using Which = std::vector<std::string_view> content::Ids::*;

  void check(const std::vector<std::string>& named, Which which, std::string_view what, Of of) const {
    for (const std::string& id : named) {
      if (has(ids_[index_].*which, id)) continue;
      const auto is_there = [&](std::size_t edition) { return has(ids_[edition].*which, id); };
      std::vector<std::size_t> all, others;  // all; those of this article in other languages
      for (std::size_t i = 0; i < ids_.size(); ++i) {
        all.push_back(i);
        if (sources_.articles[i]->id == sources_.articles[index_]->id) others.push_back(i);
      }
      const bool somewhere = std::any_of(all.begin(), all.end(), is_there);
      if (of == Of::Edition || std::any_of(others.begin(), others.end(), is_there)) tell(what, id, which, {index_});
      // Said once of all of them.
      else if (!somewhere && index_ == 0) tell(what, id, which, all);
    }
  }

  void tell(std::string_view what, const std::string& id, Which which, const std::vector<std::size_t>& editions) const {
    std::vector<std::string_view> files, known;
    for (const std::size_t each : editions) {
      files.push_back(*sources_.articles[each]->at.file);
      known.insert(known.end(), (ids_[each].*which).begin(), (ids_[each].*which).end());
    }
    diags_.error(request_.at, fmt::format("no {} '{}' in {}{}", what, id, fmt::join(files, " or "), did_you_mean(id, known))).hint(fmt::format("{}s are named by their ids; see handout dump --station article", what));
  }

  const request::Request& request_;
  const Sources& sources_;
  std::size_t index_;
  Diagnostics& diags_;
  std::vector<content::Ids> ids_;
};

// The requested part of the article: sections left out, short level.
class Selection {
 public:
  Selection(const request::Request& request, const request::Edition& edition) : choice_(request::choice_of(request, edition)), short_(edition.level == request::ArticleLevel::Short) {}

  [[nodiscard]] Article apply(const Article& article) const {
    Article chosen = article;
    chosen.body = filter(article.body, choice_.include.empty());
    return chosen;
  }

 private:
  [[nodiscard]] static bool lists(const std::vector<std::string>& ids, const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

  [[nodiscard]] content::Blocks filter(const content::Blocks& blocks, bool included) const {
    content::Blocks kept;
    for (const Block& block : blocks) {
      if (lists(choice_.exclude, block.id)) continue;
      const bool named = included || lists(choice_.include, block.id);
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

  request::Choice choice_;
  bool short_;
};

Article selected(const request::Request& request, const Sources& sources, std::size_t index, Diagnostics& diags) {
  const request::Choice choice = request::choice_of(request, request.editions[index]);
  if (!choice.include.empty() || !choice.exclude.empty() || !choice.marked.empty()) Names(request, sources, index, diags).check();
  return Selection(request, request.editions[index]).apply(*sources.articles[index]);
}

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
    : article(selected(request, sources, which.index, diags)),
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
