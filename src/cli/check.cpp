#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "cli/requests.h"
#include "cli/unused.h"

namespace handout::cli {

namespace {

// Scripts whose marks above and below letters need higher lines than Latin's (their Noto faces are a third higher).
constexpr std::string_view kTallScripts[] = {"Arab", "Aran", "Beng", "Deva", "Gujr", "Guru", "Khmr", "Knda", "Laoo", "Mlym", "Mymr", "Orya", "Sinh", "Taml", "Telu", "Thai", "Tibt"};

// One handout of many, as it is named in messages.
struct Try { std::string locale, profile; };

std::string words(const std::set<std::string>& names) { return fmt::format("{}", fmt::join(names, ", ")); }

class LayoutCheck {
 public:
  LayoutCheck(const Options& options, Pipeline& pipeline) : layout_(options.checked_layout), articles_(options.checked_articles), pipeline_(pipeline), profiles_(layouts::list_profiles(pipeline.installation().layouts)) {}

  int run() {
    keep_own_profiles();
    for (const content::ArticleEntry& entry : entries()) {
      for (const content::ArticleFile& file : entry.files) {
        for (const std::string& profile : profiles_) {
          make(file, {file.locale.tag(), profile}, For::Anybody);
          make(file, {file.locale.tag(), profile}, For::Somebody);
        }
      }
    }
    tell_found();
    if (definition_) {
      tell_unused();
      tell_untried();
    }
    print(diags_);
    return diags_.exit_code();
  }

 private:
  // Without a recipient, and with all that a request may bring: what asks for a name or a note is for that.
  enum class For : std::uint8_t { Anybody, Somebody };

  // Others are refused by every render, as the layout says. A layout that can't be read is told of when a handout is made.
  void keep_own_profiles() {
    Diagnostics told_then;
    const auto layout = layouts::read_layout(pipeline_.installation().layouts, layout_, "", told_then);
    if (layout && !layout->profiles.empty()) profiles_ = layout->profiles;
  }

  // A made-up person whose name and address are long; a letter comes from the example clinic.
  void add_somebody(request::Request& request) const {
    request::Recipient& recipient = request.recipient.emplace();
    recipient.name.display = "Bartholomew Featherstonehaugh";
    recipient.birth_date = unicode::parse_date("1970-01-01");
    recipient.address = {"Apartment 1204, North Wing", "4500 Wisconsin Avenue NW", "Washington DC 20016-4632"};
    const std::filesystem::path clinic = pipeline_.installation().content / "clinics" / "example.xml";
    std::error_code ignored;
    if (definition_ && definition_->envelope && std::filesystem::is_regular_file(clinic, ignored)) request.clinic = clinic.string();
    request.date = unicode::parse_date("2026-01-01");
    request.note = "A note.";
  }

  struct Found { Diagnostic what; std::set<std::string> locales, profiles; };

  std::vector<content::ArticleEntry> entries() {
    if (articles_.empty()) return content::list_articles(pipeline_.installation().content, diags_);
    std::vector<content::ArticleEntry> entries;
    for (const std::string& article : articles_) {
      if (auto entry = pipeline_.find_article(article, diags_)) entries.push_back(std::move(*entry));
    }
    return entries;
  }

  void make(const content::ArticleFile& file, const Try& attempt, For reader) {
    locales_.emplace(attempt.locale, file.locale);
    request::Request request;
    request.editions.push_back({file.path.string(), file.locale, std::nullopt});
    request.layout = layout_;
    request.profile = attempt.profile;
    if (reader == For::Somebody) add_somebody(request);
    Diagnostics told;
    compose::Usage usage;
    const auto stations = pipeline_.prepare(request, told, {&usage, paginate::Overlay::None, nullptr, Severity::Error});
    for (const Diagnostic& each : told.all()) note(each, file, attempt);
    if (!stations) return;
    definition_ = stations->sources.layout;
    add_used(usage, *definition_, used_);
  }

  // The same thing of several handouts is told once, with the locales and profiles that it holds for.
  // Translations of an article have the same block at the same place: they count as one.
  void note(const Diagnostic& told, const content::ArticleFile& file, const Try& attempt) {
    if (told.severity == Severity::Note) return;
    const bool in_article = told.at.file && *told.at.file == file.path.string();
    const std::string place = in_article ? fmt::format("{}:{}:{}", file.path.parent_path().string(), told.at.line, told.at.column) : to_text(told.at);
    const auto [entry, is_new] = known_.try_emplace(place + " " + told.message, found_.size());
    if (is_new) found_.push_back({told, {}, {}});
    found_[entry->second].locales.insert(attempt.locale);
    found_[entry->second].profiles.insert(attempt.profile);
  }

  void tell_found() {
    for (const Found& found : found_) {
      std::string message = found.what.message;
      if (found.locales.size() < locales_.size()) message += fmt::format(" [{}]", words(found.locales));
      if (found.profiles.size() < profiles_.size()) message += fmt::format(" [{}]", words(found.profiles));
      auto added = found.what.severity == Severity::Warning     ? diags_.warning(found.what.at, std::move(message))
                   : found.what.cause == Cause::Machine ? diags_.machine_error(found.what.at, std::move(message))
                                                        : diags_.error(found.what.at, std::move(message));
      if (!found.what.hint.empty()) added.hint(found.what.hint);
    }
  }

  void tell_unused() {
    const Unused unused = find_unused(*definition_, used_);
    for (const Span& at : unused.styles) diags_.warning(at, "no element of any handout takes this style").hint("look at its selectors, or try it with an article that has what it is for (--article)");
    for (const Span& at : unused.slots) diags_.warning(at, "the slot took nothing in any handout").hint("what it selects is in no article, or an earlier slot took it");
  }

  void tell_untried() {
    std::map<std::string, std::set<std::string>> by_script;
    for (const auto& [tag, locale] : locales_) by_script[std::string(locale.script())].insert(tag);
    for (const auto& [script, tags] : by_script) {
      const auto& tried = definition_->tried_in;
      if (std::find(tried.begin(), tried.end(), script) != tried.end()) continue;
      const bool rtl = locales_.at(*tags.begin()).direction() == unicode::Direction::RightToLeft;
      const bool tall = std::find(std::begin(kTallScripts), std::end(kTallScripts), script) != std::end(kTallScripts);
      if (!rtl && !tall) continue;
      diags_.warning(definition_->at, fmt::format("nobody looked at layout '{}' in script {}, which is {} ({})", definition_->id, script, rtl ? "written from right to left" : "taller than Latin", words(tags))).hint(fmt::format("look at its pages, then put {} in tried-in", script));
    }
  }

  std::string layout_;
  std::vector<std::string> articles_;
  Pipeline& pipeline_;
  std::vector<std::string> profiles_;
  Diagnostics diags_;
  std::shared_ptr<const layouts::LayoutDefinition> definition_;
  std::map<std::string, unicode::Locale> locales_;  // by tag
  std::vector<Found> found_;                        // in the order in which they were met
  std::map<std::string, std::size_t> known_;        // place and message -> index in found_
  std::set<std::string> used_;                      // places of rules and slots
};

}  // namespace

int run_check(const Options& options, Pipeline& pipeline) { return LayoutCheck(options, pipeline).run(); }

}  // namespace handout::cli
