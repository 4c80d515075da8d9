#include "content/article.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "base/files.h"
#include "content/reader.h"
#include "content/vocabulary.h"

namespace handout::content {
namespace {

constexpr std::uintmax_t kLargestFile = 16u << 20;

constexpr std::pair<std::string_view, Status> kStatuses[] = {{"draft", Status::Draft}, {"reviewed", Status::Reviewed}};
constexpr std::pair<std::string_view, ReferenceStatus> kReferenceStatuses[] = {{"unverified", ReferenceStatus::Unverified}, {"checked", ReferenceStatus::Checked}};

void collect_ids(const xml::Element& parent, Scope& scope) {
  for (const xml::Node& node : parent.children) {
    const xml::Element* element = node.element();
    if (!element) continue;
    if (const xml::Attribute* id = element->find("id")) {
      scope.ids.insert(id->value);
      if (parent.name == "references") scope.references.insert(id->value);
    }
    collect_ids(*element, scope);
  }
}

void check_review(const Article& article, const xml::Element& root, Diagnostics& diags) {
  if (article.status == Status::Reviewed) {
    for (const char* needed : {"reviewed", "reviewer"}) {
      if (!root.find(needed)) diags.error(value_at(root, "status"), fmt::format("a reviewed article needs '{}'", needed)).hint("say who reviewed it and when, or write status=\"draft\"").meaning();
    }
  }
  if (article.reviewed && article.review_by && *article.review_by < *article.reviewed) {
    diags.error(value_at(root, "review-by"), fmt::format("review-by {} is before the review on {}", unicode::to_text(*article.review_by), unicode::to_text(*article.reviewed))).meaning();
  }
}

void read_head(Article& article, const xml::Element& root, Diagnostics& diags) {
  article.id = read_name(root, diags);
  article.at = root.at;
  article.version = text_of(root, "version");
  article.status = read_token(root, "status", kStatuses);
  article.reviewed = read_date(root, "reviewed");
  article.review_by = read_date(root, "review-by");
  article.reviewer = text_of(root, "reviewer");
  article.audience = text_of(root, "audience");
  article.keywords = split(root.value("keywords"), ",");
  for (const xml::Element* code : children(root, "code")) article.codes.push_back({text_of(*code, "system"), text_of(*code, "value")});
  check_review(article, root, diags);
}

std::vector<Reference> read_references(const xml::Element& root, Scope& scope) {
  std::vector<Reference> references;
  const xml::Element* list = child(root, "references");
  if (!list) return references;
  for (const xml::Element* element : children(*list, "reference")) {
    Reference reference{read_text_block(*element, scope), text_of(*element, "href"), read_date(*element, "accessed"), read_token(*element, "status", kReferenceStatuses)};
    const Span at = value_at(*element, "href");
    if (!reference.href.empty() && !reference.href.starts_with("https:") && !told(scope.diags, at)) {
      scope.diags.error(at, fmt::format("'{}' is not the address of a source", reference.href)).hint("use https:");
    }
    references.push_back(std::move(reference));
  }
  return references;
}

void warn_uncited(const std::vector<Reference>& references, const Scope& scope) {
  for (const Reference& each : references) {
    if (scope.cited.contains(each.text.id)) continue;
    scope.diags.warning(each.text.at, fmt::format("reference '{}' is never cited", each.text.id)).hint(fmt::format("cite it with <cite ref=\"{}\"/>, or leave it out", each.text.id));
  }
}

Article read_root(const xml::Element& root, const std::filesystem::path& folder, Diagnostics& diags) {
  Article article;
  article.locale = read_language(root, diags);
  article.folder = folder;
  read_head(article, root, diags);
  Scope scope{diags, article.locale, {}, {}, {}, {}, folder};
  article.fields = read_field_defs(root, scope);
  scope.fields = known_fields(article.fields);
  collect_ids(root, scope);
  if (const xml::Element* title = child(root, "title")) article.title = read_text_block(*title, scope);
  if (const xml::Element* summary = child(root, "summary")) article.summary = read_text_block(*summary, scope);
  if (const xml::Element* points = child(root, "points")) {
    for (const xml::Element* point : children(*points, "point")) article.points.push_back(read_text_block(*point, scope));
  }
  article.body = read_blocks(root, 0, scope);
  article.references = read_references(root, scope);
  warn_uncited(article.references, scope);
  return article;
}

// The program finds a language by the name of its file.
void check_file_name(const Article& article, const std::filesystem::path& path, Diagnostics& diags) {
  const auto named = Locale::parse(path.stem().string());
  if (!named || *named == article.locale) return;
  diags.error(article.at, fmt::format("the file is named for '{}', but its xml:lang is '{}'", named->tag(), article.locale.tag())).meaning();
}

Result<Article> read_document(std::string_view xml, std::string_view shown, const std::filesystem::path& folder, Diagnostics& diags) {
  const auto root = xml::parse(xml, shown, diags);
  if (!root) return tl::unexpected(Failure{});
  const bool valid = xml::validate(*root, article_vocabulary(), diags);
  if (root->name != "article") return tl::unexpected(Failure{});
  Article article = read_root(*root, folder, diags);
  if (!valid || diags.has_errors()) return tl::unexpected(Failure{});
  article.digest = sha256_hex(xml);
  return article;
}

}  // namespace

Result<Article> parse_article(std::string_view xml, std::string_view shown, const std::filesystem::path& folder, Diagnostics& diags) {
  Diagnostics document;
  auto article = read_document(xml, shown, folder, document);
  append(document, diags);
  return article;
}

Result<Article> read_article(const std::filesystem::path& path, Diagnostics& diags) {
  const std::string shown = path.generic_string();
  const auto bytes = read_file(path, Span::of_file(shown), kLargestFile, diags);
  if (!bytes) return tl::unexpected(Failure{});
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  auto article = parse_article(*bytes, shown, folder, diags);
  if (!article) return article;
  const std::size_t errors = diags.error_count();
  check_file_name(*article, path, diags);
  if (diags.error_count() > errors) return tl::unexpected(Failure{});
  return article;
}

}  // namespace handout::content
