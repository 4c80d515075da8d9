#include "batch/check_names.h"

#include <fmt/format.h>

#include <set>

#include "base/files.h"
#include "batch/snapshot.h"
#include "layouts/layout.h"
#include "recipients/bytes.h"

namespace handout::batch {

namespace fs = std::filesystem;

namespace {

// Faults that have no place of their own stand where the thing is named.
void tell_at(const Span& at, const Diagnostics& found, Diagnostics& diags) {
  for (const Diagnostic& each : found.all()) {
    if (each.severity != Severity::Error) continue;
    const Span& place = each.at.file || !at.file ? each.at : at;
    auto told = each.cause == Cause::Machine ? diags.machine_error(place, each.message) : diags.error(place, each.message);
    told.hint(each.hint).meaning();
  }
}

// A path that leads nowhere: where it was looked for, and what is there.
void tell_missing(const mailings::Mailing& mailing, const std::string& name, std::string_view what, const Span& at, Diagnostics& diags) {
  std::set<std::string> places, names;
  for (const fs::path& file : mailing.files) places.insert((file.parent_path() / name).lexically_normal().generic_string());
  places.insert(fs::path(name).lexically_normal().generic_string());
  const fs::path written = fs::path(name).lexically_normal();
  for (const std::string& place : places) {
    const fs::path folder = fs::path(place).parent_path();
    std::error_code failed;
    for (fs::directory_iterator each(folder.empty() ? "." : folder, failed), end; !failed && each != end; each.increment(failed)) names.insert(each->path().filename().string());
  }
  const std::string near = nearest_word(written.filename().string(), {names.begin(), names.end()});
  diags.error(at, fmt::format("no {} '{}'{}", what, recipients::shown(name), near.empty() ? "" : fmt::format("; did you mean '{}'?", (written.parent_path() / near).generic_string())))
      .hint(fmt::format("looked for {}", fmt::join(places, " and for ")))
      .meaning();
}

void check_article(const mailings::Mailing& mailing, const mailings::ArticleChoice& article, Pipeline& pipeline, Diagnostics& diags) {
  const std::string path = is_path(article.ref) ? path_of(mailing, article.ref).string() : article.ref;
  std::error_code ignored;
  if (is_path(article.ref) && !fs::exists(path, ignored)) return tell_missing(mailing, article.ref, "article", article.at, diags);
  Diagnostics own;
  if (!pipeline.find_article(path, own)) tell_at(article.at, own, diags);
}

void check_layout(const mailings::Mailing& mailing, const fs::path& layouts, Diagnostics& diags) {
  const mailings::LayoutChoice& choice = mailing.layout;
  const std::string path = is_path(choice.name) ? path_of(mailing, choice.name).string() : choice.name;
  std::error_code ignored;
  if (is_path(choice.name) && !fs::exists(path, ignored)) return tell_missing(mailing, choice.name, "layout", choice.name_at, diags);
  Diagnostics with, without;
  if (layouts::read_layout(layouts, path, choice.profile, with)) return;
  // Whose fault it is: each is told at its place.
  if (layouts::read_layout(layouts, path, "", without)) tell_at(choice.profile_at, with, diags);
  else tell_at(choice.name_at, without, diags);
}

}  // namespace

Result<std::monostate> check_names(const mailings::Mailing& mailing, Pipeline& pipeline, Diagnostics& diags) {
  const std::size_t before = diags.error_count();
  const fs::path root = pipeline.installation().layouts.parent_path();
  for (const mailings::ArticleChoice& article : mailing.articles) check_article(mailing, article, pipeline, diags);
  check_layout(mailing, pipeline.installation().layouts, diags);
  const auto check_file = [&](const mailings::FileRef& file) { static_cast<void>(mailings::find_file(file, root, diags)); };
  if (mailing.clinic) check_file(*mailing.clinic);
  for (const mailings::Suppression& each : mailing.suppressions) check_file(each.file);
  if (mailing.ledger.key_file) check_file(*mailing.ledger.key_file);
  if (diags.error_count() > before) return tl::unexpected<Failure>(Failure{});
  return std::monostate{};
}

}  // namespace handout::batch
