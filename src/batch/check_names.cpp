#include "batch/check_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "base/files.h"
#include "batch/snapshot.h"
#include "content/article.h"
#include "display/display.h"
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

std::optional<content::ArticleEntry> check_article(const mailings::Mailing& mailing, const mailings::ArticleChoice& article, Pipeline& pipeline, Diagnostics& diags) {
  const std::string path = is_path(article.ref) ? path_of(mailing, article.ref).string() : article.ref;
  std::error_code ignored;
  if (is_path(article.ref) && !fs::exists(path, ignored)) {
    tell_missing(mailing, article.ref, "article", article.at, diags);
    return std::nullopt;
  }
  Diagnostics own;
  auto entry = pipeline.find_article(path, own);
  if (entry) return std::move(*entry);
  tell_at(article.at, own, diags);
  return std::nullopt;
}

std::vector<unicode::Locale> locales_of(const content::ArticleEntry& entry) {
  std::vector<unicode::Locale> locales;
  for (const content::ArticleFile& file : entry.files) locales.push_back(file.locale);
  return locales;
}

// The files of an article in the languages that the mailing may print: one for everybody, or any that all its articles have; and the one beside it.
std::vector<fs::path> printed_files(const mailings::Mailing& mailing, const content::ArticleEntry& entry, const std::vector<content::ArticleEntry>& all) {
  const std::vector<unicode::Locale> have = locales_of(entry);
  const auto is_nearest = [&](const std::optional<unicode::Locale>& wanted, std::size_t i) { return wanted && unicode::nearest_locale(*wanted, have) == i; };
  const auto is_everywhere = [&](const unicode::Locale& locale) { return std::all_of(all.begin(), all.end(), [&](const auto& each) { return unicode::nearest_locale(locale, locales_of(each)).has_value(); }); };
  std::vector<fs::path> files;
  for (std::size_t i = 0; i < have.size(); ++i) {
    if (is_nearest(mailing.locale.beside, i) || (mailing.locale.fixed ? is_nearest(mailing.locale.fixed, i) : is_everywhere(have[i]))) files.push_back(entry.files[i].path);
  }
  return files;
}

using Articles = std::vector<std::shared_ptr<const content::Article>>;

void check_ids(const std::vector<mailings::NamedId>& named, std::vector<std::string_view> content::Ids::*which, std::string_view what, const Articles& articles, Diagnostics& diags) {
  constexpr std::size_t kMostFiles = 3;
  for (const mailings::NamedId& each : named) {
    std::vector<std::string> without;
    std::vector<std::string_view> known;
    for (const auto& article : articles) {
      const auto ids = content::ids_of(*article).*which;
      if (std::find(ids.begin(), ids.end(), each.id) != ids.end()) continue;
      without.push_back(*article->at.file);
      known.insert(known.end(), ids.begin(), ids.end());
    }
    if (without.empty()) continue;
    const std::string more = without.size() > kMostFiles ? fmt::format(" and {} more files", without.size() - kMostFiles) : "";
    without.resize(std::min(without.size(), kMostFiles));
    diags.error(each.at, fmt::format("no {} '{}' in {}{}{}", what, recipients::shown(each.id), fmt::join(without, ", "), more, did_you_mean(each.id, known))).hint(fmt::format("{}s are named by their ids; see handout dump --station article", what)).meaning();
  }
}

// Of each of its languages: sections and points that are chosen.
void check_choice(const mailings::ArticleChoice& choice, const std::vector<fs::path>& files, Pipeline& pipeline, Diagnostics& diags) {
  if (choice.include.empty() && choice.exclude.empty() && choice.marked.empty()) return;
  Articles articles;
  for (const fs::path& file : files) {
    Diagnostics own;
    if (auto article = pipeline.article(file, own)) articles.push_back(std::move(*article));
    else tell_at(choice.at, own, diags);
  }
  check_ids(choice.include, &content::Ids::sections, "section", articles, diags);
  check_ids(choice.exclude, &content::Ids::sections, "section", articles, diags);
  check_ids(choice.marked, &content::Ids::points, "point", articles, diags);
}

void check_articles(const mailings::Mailing& mailing, Pipeline& pipeline, Diagnostics& diags) {
  std::vector<content::ArticleEntry> entries;
  for (const mailings::ArticleChoice& article : mailing.articles) {
    if (auto entry = check_article(mailing, article, pipeline, diags)) entries.push_back(std::move(*entry));
  }
  if (entries.size() < mailing.articles.size()) return;
  for (std::size_t i = 0; i < entries.size(); ++i) check_choice(mailing.articles[i], printed_files(mailing, entries[i], entries), pipeline, diags);
}

// How the pages are put on sheets, or "".
std::string_view fold_of(const mailings::Mailing& mailing, const layouts::LayoutDefinition& layout) {
  const request::Impose impose = mailing.layout.impose;
  if (impose == request::Impose::None) return "";
  if (impose != request::Impose::AsLaidOut) return request::name(impose);
  return layout.sheet ? std::string_view(layout.sheet->fold) : "";
}

// Sheets that don't show the address where the envelope has its window.
void check_envelope(const mailings::Mailing& mailing, const layouts::LayoutDefinition& layout, Pipeline& pipeline, Diagnostics& diags) {
  const std::string_view fold = fold_of(mailing, layout);
  if (layout.envelope && !fold.empty()) {
    const bool asked = mailing.layout.impose != request::Impose::AsLaidOut;
    Pipeline::tell_of_folded(layout, fold, asked ? mailing.layout.impose_at : layout.envelope->at, diags)
        .hint(asked ? "leave 'impose' out, or use a layout that is for no envelope" : "write impose=\"none\" in <layout>, or use a layout that is for no envelope")
        .meaning();
  }
  if (!mailing.envelope.empty() && pipeline.has_envelope(mailing.envelope, mailing.envelope_at, diags)) Pipeline::is_for_envelopes(layout, mailing.envelope, mailing.envelope_at, diags);
}

// What of the layout contradicts the mailing.
void check_sheets(const mailings::Mailing& mailing, const layouts::LayoutDefinition& layout, Pipeline& pipeline, Diagnostics& diags) {
  const std::string_view fold = fold_of(mailing, layout);
  if (mailing.output.duplex == mailings::Duplex::No && !fold.empty() && fold != name(display::Fold::TwoUp)) {
    diags.error(mailing.output.duplex_at, fmt::format("one side is to be printed, but the pages are put on both sides of sheets, as {}", fold)).hint("leave 'duplex' out, or write impose=\"none\" in <layout>").meaning();
  }
  check_envelope(mailing, layout, pipeline, diags);
}

bool has_marks(const layouts::LayoutDefinition& layout) {
  return std::any_of(layout.pages.begin(), layout.pages.end(), [](const layouts::PageRule& page) { return page.omr_marks || page.sheet_code || page.sheet_text; });
}

// What machines are set up by: marks, trays, sides. Of several rules the last counts.
std::string machine_words(const layouts::LayoutDefinition& layout, mailings::Duplex duplex) {
  layouts::PageRule marks;
  std::map<layouts::PageOn, layouts::PageRule> pages;
  for (const layouts::PageRule& page : layout.pages) {
    if (page.omr_marks) marks.omr_marks = page.omr_marks;
    if (page.sheet_code) marks.sheet_code = page.sheet_code;
    if (page.sheet_text) marks.sheet_text = page.sheet_text;
    if (!page.tray.empty()) pages[page.on].tray = page.tray;
    if (page.duplex && duplex == mailings::Duplex::AsLaidOut) pages[page.on].duplex = page.duplex;
  }
  layouts::LayoutDefinition machine;
  machine.pages.push_back(std::move(marks));
  for (auto& [on, page] : pages) {
    page.on = on;
    machine.pages.push_back(std::move(page));
  }
  return layouts::dump(machine);
}

// A profile may bring marks, trays or sides of its own: what no machine takes as one file is to be apart.
void check_profiles(const mailings::Mailing& mailing, const std::string& path, const layouts::LayoutDefinition& layout, const fs::path& layouts, Diagnostics& diags) {
  const auto& by = mailing.output.split_by;
  const mailings::LayoutChoice& choice = mailing.layout;
  // Files of one piece each have no marks, and go where the printer takes them.
  if (mailing.output.as == mailings::OutputAs::Files) return;
  if (choice.large_print == mailings::LargePrint::Ignore || choice.profile == "giant" || std::find(by.begin(), by.end(), mailings::SplitBy::Layout) != by.end()) return;
  const std::string_view large = choice.large_print == mailings::LargePrint::Giant ? "giant" : "large";
  Diagnostics own;
  const auto other = layouts::read_layout(layouts, path, large, own);
  // Where it has faults, whoever wants large print is told.
  if (!other || machine_words(*other, mailing.output.duplex) == machine_words(layout, mailing.output.duplex)) return;
  diags.error(choice.name_at.file ? choice.name_at : mailing.at, fmt::format("layout '{}' has other marks, trays or sides in profile '{}' than in '{}': no machine takes both as one file", layout.id, large, choice.profile))
      .hint("put layout into split-by in <output>")
      .meaning();
}

void check_layout(const mailings::Mailing& mailing, Pipeline& pipeline, Diagnostics& diags) {
  const fs::path& layouts = pipeline.installation().layouts;
  const mailings::LayoutChoice& choice = mailing.layout;
  const std::string path = is_path(choice.name) ? path_of(mailing, choice.name).string() : choice.name;
  std::error_code ignored;
  if (is_path(choice.name) && !fs::exists(path, ignored)) return tell_missing(mailing, choice.name, "layout", choice.name_at, diags);
  Diagnostics with, without;
  if (const auto layout = layouts::read_layout(layouts, path, choice.profile, with)) {
    check_sheets(mailing, *layout, pipeline, diags);
    check_profiles(mailing, path, *layout, layouts, diags);
    if (mailing.output.as != mailings::OutputAs::Stream && has_marks(*layout)) diags.note(mailing.at, fmt::format("layout '{}' has marks for machines: sheets of print files have them, those of files for one recipient don't", layout->id));
    return;
  }
  // Whose fault it is: each is told at its place.
  if (layouts::read_layout(layouts, path, "", without)) tell_at(choice.profile_at, with, diags);
  else tell_at(choice.name_at, without, diags);
}

}  // namespace

Result<std::monostate> check_names(const mailings::Mailing& mailing, Pipeline& pipeline, Diagnostics& diags) {
  const std::size_t before = diags.error_count();
  const fs::path root = pipeline.installation().layouts.parent_path();
  check_articles(mailing, pipeline, diags);
  check_layout(mailing, pipeline, diags);
  const auto check_file = [&](const mailings::FileRef& file) { static_cast<void>(mailings::find_file(file, root, diags)); };
  if (mailing.clinic) check_file(*mailing.clinic);
  for (const mailings::Suppression& each : mailing.suppressions) check_file(each.file);
  if (mailing.ledger.key_file) check_file(*mailing.ledger.key_file);
  if (diags.error_count() > before) return tl::unexpected<Failure>(Failure{});
  return std::monostate{};
}

}  // namespace handout::batch
