#include "compose/compose.h"

#include <algorithm>
#include <filesystem>

#include "base/expects.h"
#include "base/digest.h"
#include "compose/edition.h"

namespace handout::compose {

using content::Article;
using display::Role;

namespace {

void warn_of_leftovers(const Edition& edition, const layouts::LayoutDefinition& layout, Diagnostics& diags) {
  // Without a slot for the references all of them may still be footnotes.
  const auto is_noted = [&](const content::Reference& reference) { return edition.notes.cited.contains(reference.text.id); };
  for (const auto& piece : edition.slots.pieces) {
    if (piece.element == "references" && std::all_of(edition.article.references.begin(), edition.article.references.end(), is_noted)) continue;
    if (!piece.taken) diags.warning(layout.at, fmt::format("no slot of layout '{}' takes <{}> '{}': it is not printed", layout.id, piece.element, piece.id)).hint("add <slot select=\"*\"/> at the end of the body");
  }
}

using Editions = std::vector<std::unique_ptr<Edition>>;

styled::BlockPtr compose_body(Edition& edition, const layouts::LayoutDefinition& layout) {
  static const std::vector<std::string> kNoClasses;
  const Element context("body", "", &kNoClasses);
  const Scope scope = edition.composer.enter(edition.root, context);
  return edition.composer.flow("body", layout.at, scope.style, element_of(Role::Document), edition.composer.items(layout.body, scope, Room::Full, &edition.slots, nullptr), Room::Full);
}

}  // namespace

bool sets_beside(const layouts::LayoutDefinition& layout) {
  bool has = false;
  layouts::visit_items(layout.body, [&](const layouts::Item& item) { has = has || std::holds_alternative<layouts::ParallelItem>(item.what); });
  return has;
}

namespace {

// Several editions follow one another, each on a new page, each a part of the document in its own language.
styled::BlockPtr join(const std::vector<styled::BlockPtr>& bodies, const Sources& sources) {
  auto document = std::make_shared<styled::Block>(*bodies.front());
  styled::Flow all;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    auto part = std::make_shared<styled::Block>(*bodies[i]);
    part->element.role = Role::Part;
    part->element.language = sources.articles[i]->locale.tag();
    if (i > 0) part->box.break_before = styled::Break::Page;
    all.children.push_back(std::move(part));
  }
  document->content = std::move(all);
  return document;
}

// Title and summary as they are printed (ISO 14289-1, 7.1). Where they hold a recipient's values is noted.
display::Metadata metadata(const request::Request& request, const Sources& sources, const Edition& first) {
  const Article& article = *sources.articles.front();
  const auto words = [&](const content::TextBlock& block) { return first.composer.words(block.content, first.root); };
  display::Metadata metadata;
  Dependence own;
  Dependence& noted = first.composer.resources.dependence != nullptr ? *first.composer.resources.dependence : own;
  noted.title = words(article.title);
  metadata.title = words_of(*noted.title);
  // Of a title that is a value alone, which is not there, nothing is left.
  if (metadata.title.empty()) metadata.title = article.id;
  metadata.author = sources.clinic ? sources.clinic->name : "";
  if (article.summary) {
    noted.subject = words(*article.summary);
    metadata.subject = words_of(*noted.subject);
  }
  metadata.creator = "handout";
  metadata.keywords = article.keywords;
  metadata.language = article.locale.tag();
  metadata.edition = edition_id(request, sources);
  if (request.date) metadata.date = unicode::to_text(*request.date) + "T00:00:00Z";
  return metadata;
}

}  // namespace

std::vector<std::string> notices_of(const layouts::LayoutDefinition& layout) {
  std::vector<std::string> ids;
  for (const layouts::Items* items : layouts::all_items(layout)) {
    layouts::visit_items(*items, [&](const layouts::Item& item) {
      if (const auto* notice = std::get_if<layouts::NoticeItem>(&item.what)) ids.push_back(notice->id);
    });
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::string edition_id(const request::Request& request, const Sources& sources) {
  std::string inputs = sources.layout->digest + request.profile + request.region + std::string(name(request.impose)) + (request.fit ? to_text(*request.fit) : std::string());
  if (request.editions.front().level == request::ArticleLevel::Short) inputs += "short";
  for (const auto& article : sources.articles) inputs += article->digest;
  for (const auto& chain : sources.phrases) {
    for (const auto& phrases : chain) {
      for (const auto& [id, pattern] : phrases->patterns) inputs += id + '=' + pattern + '\n';
    }
  }
  for (const auto& [id, notice] : sources.notices) {
    for (const content::NoticeText& text : notice->texts) inputs += id + text.language.tag() + content::plain_text(text.content);
  }
  if (sources.clinic) inputs += sources.clinic->digest;
  const Article& article = *sources.articles.front();
  // Of a path its last name: where the file lies says nothing of what is printed.
  const std::string layout = std::filesystem::path(request.layout).filename().string();
  const std::string dress = request.profile == "standard" ? layout : layout + "/" + request.profile;
  std::string languages;
  for (const auto& each : sources.articles) languages += (languages.empty() ? "" : "+") + each->locale.tag();
  return fmt::format("{} {} {} {} {}", article.id, article.version, languages, dress, sha256_hex(inputs).substr(0, 8));
}

Result<styled::StyledDocument> compose(const request::Request& request, const Sources& sources, const Resources& resources, Diagnostics& diags, const Scale& scale) {
  EXPECTS(!request.editions.empty() && request.editions.size() == sources.articles.size());
  const std::size_t errors_before = diags.error_count();
  Editions editions;
  for (std::size_t i = 0; i < request.editions.size(); ++i) editions.push_back(std::make_unique<Edition>(request, sources, resources, Edition::Which{i, scale}, diags));
  for (const auto& edition : editions) edition->composer.editions = &editions;
  Edition& first = *editions.front();

  styled::StyledDocument document;
  document.pages = page_masters(first.composer, first.root, first.paper);
  std::vector<styled::BlockPtr> bodies;
  for (const auto& edition : editions) {
    bodies.push_back(compose_body(*edition, *sources.layout));
    // The body of a layout with columns by language holds all editions.
    if (sets_beside(*sources.layout)) break;
  }
  for (const auto& edition : editions) warn_of_leftovers(*edition, *sources.layout, diags);
  if (diags.error_count() > errors_before) return tl::unexpected<Failure>(Failure{});
  for (const auto& edition : editions) edition->composer.add_footnotes(document.footnotes, edition->root);
  document.body = bodies.size() == 1 ? bodies.front() : join(bodies, sources);
  document.metadata = metadata(request, sources, first);
  document.language = sources.articles.front()->locale;
  document.direction = document.language.direction();
  document.duplex = first.paper.duplex;
  if (request.impose != request::Impose::None) document.sheet = first.paper.sheet;
  document.marks = marks_of(*sources.layout, document.direction);
  document.trays = trays_of(*sources.layout);
  if (sources.layout->envelope) document.keep_origins = styled::StyledDocument::KeepOrigins::OfFirstPage;
  document.grid = first.cascade.lengths().unit;
  return document;
}

}  // namespace handout::compose
