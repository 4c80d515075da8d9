#include "typeset/itemize.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "base/expects.h"
#include "typeset/cjk_spacing.h"

namespace handout::typeset {
namespace {

// A character that is an item of its own.
struct Special {
  std::size_t begin = 0, end = 0;
  ItemKind kind = ItemKind::Hidden;
  Length blank_width;
  const styled::Leader* leader = nullptr;
};

std::vector<Special> find_specials(const CollectedText& source) {
  std::vector<Special> specials;
  auto blank = source.blanks.begin();
  auto leader = source.leaders.begin();
  const std::string_view text = source.text;
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    while (blank != source.blanks.end() && blank->offset < at) ++blank;
    while (leader != source.leaders.end() && leader->offset < at) ++leader;
    if (blank != source.blanks.end() && blank->offset == at) {
      specials.push_back({at, c.end, ItemKind::Blank, blank->width});
    } else if (leader != source.leaders.end() && leader->offset == at) {
      specials.push_back({at, c.end, ItemKind::Leader, {}, &*leader});
    } else if (unicode::is_bidi_control(c.value) || unicode::is_line_separator(c.value)) {
      specials.push_back({at, c.end, ItemKind::Hidden, {}});
    }
    at = c.end;
  }
  return specials;
}

// Digits and punctuation alone have no script; they are set as their language is written.
std::string script_of_language(const unicode::Locale& language) {
  const std::string& script = language.script();
  if (script == "Hans" || script == "Hant" || script == "Jpan" || script == "Hrkt") return "Hani";
  if (script == "Kore") return "Hang";
  return script.empty() ? "Latn" : script;
}

std::string shaping_script(const std::string& script, const unicode::Locale& language) {
  return script == "Zyyy" || script == "Zinh" || script == "Zzzz" ? script_of_language(language) : script;
}

// Says once of each character that no font has it.
class MissingReport {
 public:
  MissingReport(const Span& at, const fonts::Fonts& fonts, Diagnostics& diags) : at_(at), fonts_(fonts), diags_(diags) {}

  void add(const fonts::Uncovered& missing, const styled::TextRun& run, std::string_view script, const fonts::FaceRequest& request) {
    if (unicode::is_default_ignorable(missing.character) || !told_.insert(missing.character).second) return;
    // A recipient's words stay out of messages. A rare character is one: it may tell who they are.
    const bool field = run.source == display::TextSource::Field;
    const std::string what = field ? "a character that no font has" : "no font has " + unicode::describe(missing.character);
    const std::string where = field && !run.field.empty() ? fmt::format(" (field '{}')", run.field) : "";
    std::string tried;
    for (const std::string& family : fonts_.tried_families(script, request)) tried += (tried.empty() ? "" : ", ") + family;
    diags_.error(at_, what + where).about(field ? run.field : "").hint(tried.empty() ? "no font is declared for script " + std::string(script) : "fonts tried: " + tried);
  }

 private:
  const Span& at_;
  const fonts::Fonts& fonts_;
  Diagnostics& diags_;
  std::set<char32_t> told_;
};

// A stretch of one run, level and script.
struct Stretch {
  std::size_t begin = 0, end = 0;
  std::uint8_t level = 0;
  std::size_t run = 0;
  std::string script;
};

bool has_cases(std::string_view script) { return script == "Latn" || script == "Grek" || script == "Cyrl" || script == "Armn"; }

double x_height(const fonts::FaceMetrics& metrics) { return static_cast<double>(metrics.x_height) / metrics.units_per_em; }

// Where a face stands in for the requested one, its lower-case letters are made as high (CSS Fonts 5, font-size-adjust: ex-height), within bounds that keep a face with odd metrics readable.
Length matched_size(const Item& item, const fonts::FaceRequest& request, Length size, const fonts::Fonts& fonts) {
  constexpr double kLeast = 0.8, kMost = 1.25, kSame = 0.02;
  const fonts::FaceInfo& info = fonts.info(item.face);
  if (request.family.empty() || info.family == request.family || !has_cases(item.script)) return size;
  std::vector<fonts::Uncovered> uncovered;
  const double wanted = x_height(fonts.info(fonts.choose_faces(" ", 0, 1, "Latn", request, uncovered).front().face).metrics), own = x_height(info.metrics);
  if (wanted <= 0 || own <= 0 || std::abs(wanted / own - 1) < kSame) return size;
  return size.scaled(std::clamp(wanted / own, kLeast, kMost));
}

void choose_faces(const Stretch& stretch, ItemizedText& itemized, const fonts::Fonts& fonts, MissingReport& report) {
  const styled::TextRun& run = itemized.source.runs[stretch.run];
  const styled::TextStyle& style = itemized.paragraph.styles[run.style.value()];
  const fonts::FaceRequest request{style.family, style.weight, style.slant, run.language.tag()};
  std::vector<fonts::Uncovered> uncovered;
  const auto faces = fonts.choose_faces(itemized.source.text, stretch.begin, stretch.end, stretch.script, request, uncovered);
  for (const fonts::Uncovered& missing : uncovered) report.add(missing, run, stretch.script, request);
  for (const fonts::FaceRun& face : faces) {
    Item& item = itemized.items.emplace_back(Item{face.begin, face.end, ItemKind::Text, stretch.level, stretch.run, face.face, {}, stretch.script, {}});
    item.size = matched_size(item, request, style.size, fonts);
    itemized.has_ideographs = itemized.has_ideographs || is_ideographic(item.script);
  }
}

// A character that is an item of its own. A leader has the face of its style, whatever stands beside it, so that all dots of a column are alike.
void add_special(const Special& special, std::uint8_t level, std::size_t run, ItemizedText& itemized, const fonts::Fonts& fonts) {
  Item& item = itemized.items.emplace_back(Item{special.begin, special.end, special.kind, level, run, {}, {}, {}, special.blank_width});
  if (special.kind != ItemKind::Leader) return;
  const styled::TextStyle& style = itemized.style(item);
  std::vector<fonts::Uncovered> uncovered;
  item.face = fonts.choose_faces(". ", 0, 2, "Latn", {style.family, style.weight, style.slant, itemized.run(item).language.tag()}, uncovered).front().face;
  item.size = style.size;
  item.blank_width = special.leader->minimum.value_or(style.size);
  item.pattern = special.leader->pattern;
}

// What stands behind a leader stands at the line's end by the paragraph's direction, whatever letters are beside it: as a tab (UAX #9, L1), a leader has the paragraph's level.
std::vector<unicode::BidiRun> part_at_leaders(const std::vector<unicode::BidiRun>& runs, const std::vector<styled::Leader>& leaders, unicode::Direction direction) {
  constexpr std::size_t kObjectLength = 3;  // U+FFFC
  const std::uint8_t base = direction == unicode::Direction::RightToLeft ? 1 : 0;
  std::vector<unicode::BidiRun> parted;
  auto leader = leaders.begin();
  for (const unicode::BidiRun& run : runs) {
    std::size_t begin = run.begin;
    for (; leader != leaders.end() && leader->offset < run.end; ++leader) {
      if (leader->offset > begin) parted.push_back({begin, leader->offset, run.level});
      parted.push_back({leader->offset, leader->offset + kObjectLength, base});
      begin = leader->offset + kObjectLength;
    }
    if (begin < run.end) parted.push_back({begin, run.end, run.level});
  }
  return parted;
}

template <typename Runs>
void skip_to(const Runs& runs, std::size_t& index, std::size_t at) {
  while (index < runs.size() && runs[index].end <= at) ++index;
}

}  // namespace

const Item& ItemizedText::item_at(std::size_t offset) const {
  const auto next = std::upper_bound(items.begin(), items.end(), offset, [](std::size_t o, const Item& item) { return o < item.begin; });
  EXPECTS(next != items.begin() && offset < (next - 1)->end);
  return *(next - 1);
}

ItemizedText itemize(const styled::Paragraph& paragraph, CollectedText source, const Span& at, const Resources& resources, Diagnostics& diags) {
  ItemizedText itemized{paragraph, std::move(source), {}, {}, false};
  const CollectedText& collected = itemized.source;
  if (collected.text.empty()) return itemized;
  itemized.levels = part_at_leaders(unicode::bidi_runs(collected.text, paragraph.direction), collected.leaders, paragraph.direction);
  const std::vector<unicode::ScriptRun> scripts = unicode::script_runs(collected.text);
  const std::vector<Special> specials = find_specials(collected);
  MissingReport report(at, resources.fonts, diags);

  std::size_t run = 0, level = 0, script = 0, special = 0;
  for (std::size_t begin = 0; begin < collected.text.size();) {
    skip_to(collected.runs, run, begin);
    skip_to(itemized.levels, level, begin);
    skip_to(scripts, script, begin);
    skip_to(specials, special, begin);
    const std::uint8_t bidi_level = itemized.levels[level].level;
    if (special < specials.size() && specials[special].begin == begin) {
      add_special(specials[special], bidi_level, run, itemized, resources.fonts);
      begin = specials[special].end;
      continue;
    }
    std::size_t end = std::min({collected.runs[run].end, itemized.levels[level].end, scripts[script].end});
    if (special < specials.size()) end = std::min(end, specials[special].begin);
    choose_faces({begin, end, bidi_level, run, shaping_script(scripts[script].script, collected.runs[run].language)}, itemized, resources.fonts, report);
    begin = end;
  }
  return itemized;
}

}  // namespace handout::typeset
