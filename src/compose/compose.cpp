#include "compose/compose.h"

#include <algorithm>

#include "base/files.h"
#include "base/expects.h"
#include "compose/composer.h"

namespace handout::compose {

using content::Article;
using content::Block;
using display::ElementInfo;
using display::Role;

namespace {

// ---- what points to what ----

void collect_targets(const content::Inlines& content, std::set<std::string>& targets) {
  for (const content::Inline& each : content) {
    struct Visitor {
      std::set<std::string>& targets;
      void operator()(const content::Text&) const {}
      void operator()(const content::Emphasized& emphasized) const { collect_targets(emphasized.content, targets); }
      void operator()(const content::Link& link) const {
        if (link.href.starts_with("#")) targets.insert(link.href.substr(1));
        collect_targets(link.content, targets);
      }
      void operator()(const content::Cite& cite) const { targets.insert(cite.reference); }
      void operator()(const content::FieldRef&) const {}
      void operator()(const content::Choose& choose) const {
        for (const content::When& branch : choose.branches) collect_targets(branch.content, targets);
        collect_targets(choose.otherwise, targets);
      }
      void operator()(const content::Plural& plural) const {
        for (const auto& [category, words] : plural.cases) collect_targets(words, targets);
      }
      void operator()(const content::Measure&) const {}
      void operator()(const content::Foreign& foreign) const { collect_targets(foreign.content, targets); }
      void operator()(const content::Quote& quote) const { collect_targets(quote.content, targets); }
      void operator()(const content::LineBreak&) const {}
    };
    std::visit(Visitor{targets}, each.what);
  }
}

std::set<std::string> link_targets(const Article& article) {
  std::set<std::string> targets;
  for (const content::TextBlock* block : content::text_blocks(article)) collect_targets(block->content, targets);
  return targets;
}

// ---- which of the article is printed ----

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

void collect_ids(const content::Blocks& blocks, std::set<std::string>& ids) {
  for (const Block& block : blocks) {
    ids.insert(block.id);
    if (const auto* section = std::get_if<content::Section>(&block.what)) collect_ids(section->blocks, ids);
    if (const auto* callout = std::get_if<content::Callout>(&block.what)) collect_ids(callout->blocks, ids);
    if (const auto* list = std::get_if<content::List>(&block.what)) {
      for (const content::Item& item : list->items) {
        ids.insert(item.id);
        collect_ids(item.blocks, ids);
      }
    }
  }
}

// The article's part that a piece of the slots stands for, with nothing else in it.
Article only(const Article& article, const Composer::Slots::Piece& piece) {
  Article part;
  if (piece.block != nullptr) part.body = {*piece.block};
  else if (piece.element == "title") part.title = article.title;
  else if (piece.element == "summary") part.summary = article.summary;
  else if (piece.element == "points") part.points = article.points;
  else part.references = article.references;
  return part;
}

void collect_printed(const layouts::Items& items, const Article& article, const Fields& fields, Composer::Slots& slots, std::set<std::string>& ids) {
  for (const layouts::Item& item : items) {
    if (!shown(item.shown, fields)) continue;
    if (const auto* slot = std::get_if<layouts::Slot>(&item.what)) {
      for (const Composer::Slots::Piece* piece : slots.take(*slot)) {
        const Article part = only(article, *piece);
        collect_ids(part.body, ids);
        for (const content::TextBlock* text : content::text_blocks(part)) ids.insert(text->id);
      }
    }
    if (const auto* box = std::get_if<layouts::Box>(&item.what)) collect_printed(box->items, article, fields, slots, ids);
    if (const auto* row = std::get_if<layouts::Row>(&item.what)) {
      for (const layouts::RowCell& cell : row->cells) {
        if (shown(cell.shown, fields)) collect_printed(cell.items, article, fields, slots, ids);
      }
    }
  }
}

// What links may point to: ids that are wanted and will be on paper.
std::set<std::string> printed_targets(const Article& article, const layouts::LayoutDefinition& layout, const Fields& fields) {
  Composer::Slots slots = slots_of(article);
  std::set<std::string> printed, targets;
  collect_printed(layout.body, article, fields, slots, printed);
  for (const std::string& target : link_targets(article)) {
    if (printed.contains(target)) targets.insert(target);
  }
  return targets;
}

// ---- pages ----

// What the page rules say together, for the first page or the others.
struct PageSettings {
  layouts::PageSize size;
  std::optional<layouts::Dimension> top, end, bottom, start, side_width, side_gap;
  bool duplex = false;
  const layouts::Items* header = nullptr;
  const layouts::Items* footer = nullptr;
  layouts::Dimension header_gap, footer_gap;
};

PageSettings page_settings(const layouts::LayoutDefinition& layout, layouts::PageOn page) {
  PageSettings settings;
  for (const layouts::PageRule& rule : layout.pages) {
    if (rule.on != layouts::PageOn::All && rule.on != page) continue;
    if (rule.size) settings.size = *rule.size;
    if (rule.margin_top) settings.top = rule.margin_top;
    if (rule.margin_end) settings.end = rule.margin_end;
    if (rule.margin_bottom) settings.bottom = rule.margin_bottom;
    if (rule.margin_start) settings.start = rule.margin_start;
    if (rule.side_width) settings.side_width = rule.side_width;
    if (rule.side_gap) settings.side_gap = rule.side_gap;
    if (rule.duplex) settings.duplex = *rule.duplex;
    if (rule.header) {
      settings.header = &*rule.header;
      settings.header_gap = rule.header_gap;
    }
    if (rule.footer) {
      settings.footer = &*rule.footer;
      settings.footer_gap = rule.footer_gap;
    }
  }
  return settings;
}

// ISO 216 and ANSI/ASME Y14.1.
Size paper(const layouts::PageSize& size, std::string_view region) {
  if (!size.automatic) return size.size;
  return unicode::uses_letter_paper(region) ? Size{8.5_in, 11_in} : Size{210_mm, 297_mm};
}

// What the pages are put on. Those of a layout that leaves their size to the region are half of that paper, laid on its side; a size of its own stays, and the sheet is two pages wide.
std::optional<display::Sheet> sheet_of(const request::Request& request, const layouts::PageSize& size, std::string_view region) {
  if (request.impose != request::Impose::Booklet && request.impose != request::Impose::TwoUp) return std::nullopt;
  const Size page = paper(size, region);
  display::Sheet sheet;
  sheet.fold = request.impose == request::Impose::Booklet ? display::Fold::Booklet : display::Fold::TwoUp;
  sheet.size = size.automatic ? Size{page.height, page.width} : Size{2 * page.width, page.height};
  return sheet;
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

styled::PageMaster page_master(const Composer& composer, const Scope& root, layouts::PageOn page, const PageSettings& settings, Size size) {
  const auto length = [&](const std::optional<layouts::Dimension>& dimension, Length fallback) { return dimension ? composer.cascade.resolve(*dimension, root.style.size) : fallback; };
  const Length start = length(settings.start, 20_mm), end = length(settings.end, 20_mm);
  const bool rtl = composer.right_to_left();
  styled::PageMaster master;
  master.size = size;
  master.margin = {length(settings.top, 20_mm), rtl ? start : end, length(settings.bottom, 20_mm), rtl ? end : start};
  const auto band = [&](const layouts::Items* items, std::string_view name) -> styled::BlockPtr {
    if (items == nullptr) return nullptr;
    // footer[page=rest]: large print leaves out what need not stand on every page.
    const Element context(name, "", nullptr, {{"page", page == layouts::PageOn::First ? "first" : "rest"}});
    const Scope scope = composer.enter(root, context);
    auto children = composer.items(*items, scope, Room::Narrow, nullptr);
    if (children.empty()) return nullptr;
    return composer.flow(name, composer.sources.layout->at, scope.style, {}, std::move(children), Room::Narrow);
  };
  master.header = band(settings.header, "header");
  master.footer = band(settings.footer, "footer");
  master.header_gap = composer.cascade.resolve(settings.header_gap, root.style.size);
  master.footer_gap = composer.cascade.resolve(settings.footer_gap, root.style.size);
  return master;
}

// ---- one edition ----

struct Composed {
  styled::PageMaster first, rest;
  styled::BlockPtr body;
  Length grid;
  bool duplex = false;
  std::optional<display::Sheet> sheet;
};

void warn_of_leftovers(const Composer::Slots& slots, const layouts::LayoutDefinition& layout, Diagnostics& diags) {
  for (const auto& piece : slots.pieces) {
    if (!piece.taken) diags.warning(layout.at, fmt::format("no slot of layout '{}' takes <{}> '{}': it is not printed", layout.id, piece.element, piece.id)).hint("add <slot select=\"*\"/> at the end of the body");
  }
}

Composed compose_edition(const request::Request& request, const Sources& sources, const Resources& resources, std::size_t index, Diagnostics& diags) {
  const Article article = Selection(request, request.editions[index], *sources.articles[index], diags).apply(*sources.articles[index]);
  const Fields fields(request, sources, article, edition_id(request, sources), diags);
  fields.check_layout(*sources.layout, article, diags);
  Cascade cascade(*sources.layout);
  static const std::vector<std::string> kNoClasses;
  const Element document("handout", article.id, &kNoClasses);
  Scope root{{&document.context()}, cascade.root(document.context(), article.locale.script()), article.locale};

  Composer composer{request, sources, article, resources, diags, cascade, fields, {}, {}, false, printed_targets(article, *sources.layout, fields), {}};
  const std::string region = region_of(request, sources, article);
  composer.us_units = uses_us_units(region);
  int number = 1;
  for (const content::Reference& reference : article.references) composer.reference_numbers[reference.text.id] = number++;

  const PageSettings first = page_settings(*sources.layout, layouts::PageOn::First), rest = page_settings(*sources.layout, layouts::PageOn::Rest);
  const auto sheet = sheet_of(request, rest.size, region);
  const Size size = sheet ? panel_size(*sheet) : paper(rest.size, region);
  // Half a sheet has no room for a side column: what stands in it goes above the text.
  if (rest.side_width && !(sheet && rest.size.automatic)) composer.side = {cascade.resolve(*rest.side_width, root.style.size), rest.side_gap ? cascade.resolve(*rest.side_gap, root.style.size) : Length{}};
  Composed composed{page_master(composer, root, layouts::PageOn::First, first, size), page_master(composer, root, layouts::PageOn::Rest, rest, size), nullptr, cascade.lengths().unit, rest.duplex, sheet};

  composer.text_width = composed.rest.size.width - composed.rest.margin.left - composed.rest.margin.right - composer.side.width - composer.side.gap;

  Composer::Slots slots = slots_of(article);
  const Element body_element("body", "", &kNoClasses);
  const Scope body_scope = composer.enter(root, body_element);
  ElementInfo info;
  info.role = Role::Document;
  composed.body = composer.flow("body", sources.layout->at, body_scope.style, info, composer.items(sources.layout->body, body_scope, Room::Full, &slots), Room::Full);
  warn_of_leftovers(slots, *sources.layout, diags);
  return composed;
}

// Several editions follow one another, each on a new page, each a part of the document in its own language.
styled::BlockPtr join(const std::vector<Composed>& editions, const Sources& sources) {
  auto document = std::make_shared<styled::Block>(*editions.front().body);
  styled::Flow all;
  for (std::size_t i = 0; i < editions.size(); ++i) {
    auto part = std::make_shared<styled::Block>(*editions[i].body);
    part->element.role = Role::Part;
    part->element.language = sources.articles[i]->locale.tag();
    if (i > 0) part->box.break_before = styled::Break::Page;
    all.children.push_back(std::move(part));
  }
  document->content = std::move(all);
  return document;
}

display::Metadata metadata(const request::Request& request, const Sources& sources) {
  const Article& article = *sources.articles.front();
  display::Metadata metadata;
  metadata.title = content::plain_text(article.title.content);
  metadata.author = sources.clinic ? sources.clinic->name : "";
  if (article.summary) metadata.subject = content::plain_text(article.summary->content);
  metadata.creator = "handout";
  metadata.keywords = article.keywords;
  metadata.language = article.locale.tag();
  metadata.edition = edition_id(request, sources);
  if (request.date) metadata.date = unicode::to_text(*request.date) + "T00:00:00Z";
  return metadata;
}

void collect_notices(const layouts::Items& items, std::vector<std::string>& ids) {
  for (const layouts::Item& item : items) {
    if (const auto* notice = std::get_if<layouts::NoticeItem>(&item.what)) ids.push_back(notice->id);
    if (const auto* box = std::get_if<layouts::Box>(&item.what)) collect_notices(box->items, ids);
    if (const auto* row = std::get_if<layouts::Row>(&item.what)) {
      for (const layouts::RowCell& cell : row->cells) collect_notices(cell.items, ids);
    }
  }
}

}  // namespace

std::vector<std::string> notices_of(const layouts::LayoutDefinition& layout) {
  std::vector<std::string> ids;
  collect_notices(layout.body, ids);
  for (const layouts::PageRule& rule : layout.pages) {
    if (rule.header) collect_notices(*rule.header, ids);
    if (rule.footer) collect_notices(*rule.footer, ids);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::string edition_id(const request::Request& request, const Sources& sources) {
  std::string inputs = sources.layout->digest + request.profile + request.region + std::string(name(request.impose));
  for (const auto& article : sources.articles) inputs += article->digest;
  for (const auto& phrases : sources.phrases) {
    for (const auto& [id, pattern] : phrases->patterns) inputs += id + '=' + pattern + '\n';
  }
  for (const auto& [id, notice] : sources.notices) {
    for (const content::NoticeText& text : notice->texts) inputs += id + text.language.tag() + content::plain_text(text.content);
  }
  if (sources.clinic) inputs += sources.clinic->digest;
  const Article& article = *sources.articles.front();
  const std::string dress = request.profile == "standard" ? request.layout : request.layout + "/" + request.profile;
  return fmt::format("{} {} {} {} {}", article.id, article.version, article.locale.tag(), dress, sha256_hex(inputs).substr(0, 8));
}

Result<styled::StyledDocument> compose(const request::Request& request, const Sources& sources, const Resources& resources, Diagnostics& diags) {
  EXPECTS(!request.editions.empty() && request.editions.size() == sources.articles.size());
  const std::size_t errors_before = diags.error_count();
  std::vector<Composed> editions;
  for (std::size_t i = 0; i < request.editions.size(); ++i) editions.push_back(compose_edition(request, sources, resources, i, diags));
  if (diags.error_count() > errors_before) return tl::unexpected<Failure>(Failure{});

  styled::StyledDocument document;
  document.first = editions.front().first;
  document.rest = editions.front().rest;
  document.body = editions.size() == 1 ? editions.front().body : join(editions, sources);
  document.metadata = metadata(request, sources);
  document.language = sources.articles.front()->locale;
  document.direction = document.language.direction();
  document.duplex = editions.front().duplex;
  document.sheet = editions.front().sheet;
  document.grid = editions.front().grid;
  return document;
}

}  // namespace handout::compose
