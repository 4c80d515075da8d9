#include "fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/numbers.h"
#include "check/type_size.h"

namespace handout {

using compose::Scale;
using layouts::FitRule;

namespace {

// What may give when only the request asks for a fit.
constexpr double kUsualSpace = 0.7, kUsualMargin = 0.8;
constexpr int kWhole = 100;  // percent
// What sizes relative to others lose by rounding.
constexpr Length kHair = Length::from_units(Length::kUnitsPerPoint / 100);

std::string millimetres(Length length) { return decimal_text(length.points() * 25.4 / 72, 0); }
std::string points(Length length) { return decimal_text(length.points(), 1); }

// ---- the way from the layout as it is to the smallest setting ----

// In whole percents: what a note says is what was done.
class Way {
 public:
  Way(const FitRule& rule, std::optional<Length> smallest, Length minimum) : space_(percent(rule.least_space)), margin_(percent(rule.least_margin)), type_(percent(rule.least_type)) {
    if (!smallest) return;
    while (type_ < kWhole && smallest->scaled(type_ / 100.0) + kHair < minimum) ++type_;
  }
  [[nodiscard]] int steps() const { return 3 * kWhole - space_ - margin_ - type_; }
  // Space first: lines stay as they are, so each of these trials finds its paragraphs set already.
  [[nodiscard]] Scale at(int step) const {
    const auto take = [&](int least) {
      const int taken = std::min(step, kWhole - least);
      step -= taken;
      return (kWhole - taken) / 100.0;
    };
    Scale scale;
    scale.space = take(space_);
    scale.margin = take(margin_);
    scale.type = take(type_);
    return scale;
  }

 private:
  static int percent(double share) { return static_cast<int>(std::ceil(share * kWhole - 1e-6)); }
  int space_, margin_, type_;
};

std::string percents(double share) { return fmt::format("{}%", static_cast<int>(std::lround(share * kWhole))); }

std::string to_text(const Scale& scale) { return fmt::format("space {}, margins {}, type {}", percents(scale.space), percents(scale.margin), percents(scale.type)); }

// ---- how much there is ----

struct Amount {
  Length height;
  std::size_t lines = 0;
};

// What of a page is the document's: its words and pictures, not its bands.
Amount amount_on(const display::Page& page) {
  Amount amount;
  std::optional<Length> top, bottom;
  for (const display::Placement& placement : page.placements) {
    if (placement.line_count == 0 || !std::holds_alternative<display::StructureId>(placement.occurrence)) continue;
    const auto& lines = placement.fragment->lines;
    const display::FragmentLine &first = lines[placement.first_line], &last = lines[placement.first_line + placement.line_count - 1];
    const Length end = placement.position.y + (last.top + last.height - first.top);
    top = std::min(top.value_or(placement.position.y), placement.position.y);
    bottom = std::max(bottom.value_or(end), end);
    amount.lines += placement.line_count;
  }
  if (top) amount.height = *bottom - *top;
  return amount;
}

struct Overrun {
  Amount over;          // on the pages that are too many
  Length all, page;     // on all pages; on the fullest one
};

Overrun overrun_of(const display::DisplayDocument& display, std::size_t allowed) {
  Overrun overrun;
  for (std::size_t i = 0; i < display.pages.size(); ++i) {
    const Amount amount = amount_on(display.pages[i]);
    overrun.all += amount.height;
    overrun.page = std::max(overrun.page, amount.height);
    if (i < allowed) continue;
    overrun.over.height += amount.height;
    overrun.over.lines += amount.lines;
  }
  return overrun;
}

// ---- what would have to give ----

std::size_t letters_in(const content::Article& article) {
  std::size_t letters = 0;
  for (const content::TextBlock* block : content::text_blocks(article)) letters += content::plain_text(block->content).size();
  return letters;
}

struct LongSection {
  std::string id;
  double share = 0;     // of the article's words
};

LongSection longest_section(const content::Article& article, const request::Request& request) {
  const std::vector<std::string> excluded = request::choice_of(request, request.editions.front()).exclude;
  std::map<std::string, std::size_t> letters;
  std::size_t all = 0;
  for (const content::Block& block : article.body) {
    content::Article alone;
    alone.body = {block};
    const std::size_t own = letters_in(alone);
    const auto* section = std::get_if<content::Section>(&block.what);
    const bool left_out = std::find(excluded.begin(), excluded.end(), block.id) != excluded.end() ||
                          (section != nullptr && section->level == content::Level::Full && request.editions.front().level == request::ArticleLevel::Short);
    if (left_out) continue;
    all += own;
    if (section != nullptr) letters[block.id] = own;
  }
  const auto longest = std::max_element(letters.begin(), letters.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (longest == letters.end() || letters.size() < 2 || all == 0) return {};
  return {longest->first, static_cast<double>(longest->second) / static_cast<double>(all)};
}

bool has_full_sections(const content::Article& article) {
  return std::any_of(article.body.begin(), article.body.end(), [](const content::Block& block) {
    const auto* section = std::get_if<content::Section>(&block.what);
    return section != nullptr && section->level == content::Level::Full;
  });
}

// ---- the search ----

class Search {
 public:
  Search(const FitRule& rule, const request::Request& request, const compose::Sources& sources, const LayOut& lay_out, Diagnostics& diags)
      : rule_(rule), request_(request), sources_(sources), lay_out_(lay_out), diags_(diags) {}

  Result<LaidOut> run() {
    Trial best = attempt({});
    if (!best.made || best.fits) return take(std::move(best));
    const auto smallest = check::smallest_text(best.made->styled);
    const Way way(rule_, smallest ? std::optional(smallest->size) : std::nullopt, sources_.layout->minimum_type);
    int too_much = 0, enough = way.steps();
    if (enough > 0) best = attempt(way.at(enough));
    if (!best.made) return take(std::move(best));
    if (!best.fits) return tell_overrun(*best.made, way.at(enough));
    while (enough - too_much > 1 && trials_ < kMostTrials) {
      const int middle = (too_much + enough) / 2;
      Trial trial = attempt(way.at(middle));
      // A setting with faults of its own is none that fits.
      if (trial.fits) {
        enough = middle;
        best = std::move(trial);
      } else {
        too_much = middle;
      }
    }
    diags_.note(rule_.at, fmt::format("fitted to {}: {}", goal(), to_text(way.at(enough))));
    return take(std::move(best));
  }

 private:
  struct Trial {
    Result<LaidOut> made;
    bool fits = false;
    Diagnostics told;
  };

  Trial attempt(const Scale& scale) {
    ++trials_;
    Diagnostics told;
    auto made = lay_out_(scale, told);
    const bool fits = made && made->display.pages.size() <= pages_for(rule_, made->styled);
    return {std::move(made), fits, std::move(told)};
  }

  Result<LaidOut> take(Trial trial) {
    diags_.append(trial.told);
    return std::move(trial.made);
  }

  [[nodiscard]] std::string goal() const {
    const int count = rule_.pages > 0 ? rule_.pages : rule_.sheets;
    return fmt::format("{} {}{}", count, rule_.pages > 0 ? "page" : "sheet", count == 1 ? "" : "s");
  }

  Result<LaidOut> tell_overrun(const LaidOut& made, const Scale& scale) {
    const std::size_t allowed = pages_for(rule_, made.styled), pages = made.display.pages.size();
    const Overrun overrun = overrun_of(made.display, allowed);
    const std::string asked = rule_.pages > 0 ? fmt::format("{} {} asked for", allowed, allowed == 1 ? "was" : "were") : fmt::format("{} {} room for {}", goal(), rule_.sheets == 1 ? "has" : "have", allowed);
    return diags_
        .error(rule_.at, fmt::format("the handout has {} pages, {}: {} {} ({} mm) {} over at the smallest setting ({})", pages, asked, overrun.over.lines, overrun.over.lines == 1 ? "line" : "lines", millimetres(overrun.over.height),
                                     overrun.over.lines == 1 ? "is" : "are", to_text(scale)))
        .hint(ways_out(made, scale, overrun, allowed));
  }

  [[nodiscard]] std::string ways_out(const LaidOut& made, const Scale& scale, const Overrun& overrun, std::size_t allowed) const {
    std::vector<std::string> ways;
    const content::Article& article = *sources_.articles.front();
    if (request_.editions.front().level != request::ArticleLevel::Short && has_full_sections(article)) ways.emplace_back("take the short level (--level short)");
    if (const LongSection section = longest_section(article, request_); !section.id.empty()) {
      ways.push_back(fmt::format("leave out section '{}' (--exclude {}), which takes about {} mm", section.id, section.id, millimetres(overrun.all.scaled(section.share))));
    }
    const auto type = smaller_type(made, overrun, allowed);
    const bool forbidden = type && type->size + kHair < sources_.layout->minimum_type;
    if (type && !forbidden) ways.push_back(fmt::format("let type go down to {}% in <fit> (about {} pt)", static_cast<int>(std::floor(scale.type * type->share * kWhole)), points(type->size)));
    ways.push_back(rule_.pages > 0 ? "ask for more pages" : "ask for more sheets");
    std::string hint = fmt::format("to fit, {}", fmt::join(ways, ", or "));
    if (forbidden) hint += fmt::format("; the type would have to be about {} pt, which profile '{}' forbids (its least is {} pt)", points(type->size), request_.profile, points(sources_.layout->minimum_type));
    return hint;
  }

  // Words take room with the square of their size, so this is near for handouts that are mostly words.
  struct SmallerType { Length size; double share = 1; };
  [[nodiscard]] static std::optional<SmallerType> smaller_type(const LaidOut& made, const Overrun& overrun, std::size_t allowed) {
    const auto smallest = check::smallest_text(made.styled);
    if (!smallest || overrun.all <= Length{}) return std::nullopt;
    const double room = overrun.page.points() * static_cast<double>(allowed) / overrun.all.points();
    // What is over may be less than a percent of it.
    const double share = std::min(std::sqrt(room), 0.99);
    return SmallerType{smallest->size.scaled(share), share};
  }

  const FitRule& rule_;
  const request::Request& request_;
  const compose::Sources& sources_;
  const LayOut& lay_out_;
  Diagnostics& diags_;
  int trials_ = 0;
};

}  // namespace

std::optional<FitRule> fit_rule(const request::Request& request, const layouts::LayoutDefinition& layout) {
  if (!request.fit) return layout.fit;
  FitRule rule = layout.fit.value_or(FitRule{0, 0, 1, kUsualSpace, kUsualMargin, {}, request.at});
  const bool pages = request.fit->in == request::Fit::In::Pages;
  rule.pages = pages ? request.fit->count : 0;
  rule.sheets = pages ? 0 : request.fit->count;
  if (request.fit_at.file) rule.at = request.fit_at;
  return rule;
}

std::size_t pages_for(const FitRule& rule, const styled::StyledDocument& document) {
  if (rule.pages > 0) return static_cast<std::size_t>(rule.pages);
  std::size_t on_sheet = document.duplex ? 2 : 1;
  if (document.sheet) {
    const display::Fold fold = document.sheet->fold;
    on_sheet = fold == display::Fold::Booklet ? 4 : fold == display::Fold::TwoUp ? 2 * on_sheet : panel_count(fold);
  }
  return on_sheet * static_cast<std::size_t>(rule.sheets);
}

Result<LaidOut> search_fit(const FitRule& rule, const request::Request& request, const compose::Sources& sources, const LayOut& lay_out, Diagnostics& diags) {
  return Search(rule, request, sources, lay_out, diags).run();
}

}  // namespace handout
