#include <fmt/format.h>

#include <algorithm>

#include "base/numbers.h"
#include "layouts/length_rules.h"
#include "layouts/reader.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

// Machines of Pitney Bowes take 24 (D1500 and D1600 user guide, SV40221, 5-8), and no other is known that takes more.
constexpr int kMostBars = 24;
constexpr int kMostBits = 8;
constexpr Length kLeastType = 4_pt, kMostType = 12_pt;

// Machines don't read larger marks in large print, nor find them at another place.
std::optional<Dimension> read_own(const xml::Element& element, const char* name, const LengthRule& form, Diagnostics& diags) {
  auto length = read_length(element, name, form, diags);
  if (!length || length->is_absolute()) return length;
  diags.error(element.find(name)->value_at, fmt::format("{} is '{}'; expected a length that depends on nothing", name, xml::excerpt(element.value(name)))).hint("use pt, mm, cm or in: marks are the same in every profile").meaning();
  return std::nullopt;
}

MarkPlace read_place(const xml::Element& element, Diagnostics& diags) {
  const auto length = [&](const char* name) { return read_own(element, name, kMarkPlace, diags); };
  MarkPlace place{length("left"), length("right"), length("start"), length("end"), length("top"), length("bottom"), length("clear")};
  const auto count = [&](std::initializer_list<const char*> names) { return std::count_if(names.begin(), names.end(), [&](const char* name) { return element.find(name) != nullptr; }); };
  if (count({"left", "right", "start", "end"}) != 1) diags.error(element.at, fmt::format("<{}> needs one of left, right, start and end", element.name)).hint("left and right are the paper's edges in every language, which is what machines need").meaning();
  if (count({"top", "bottom"}) != 1) diags.error(element.at, fmt::format("<{}> needs one of top and bottom", element.name)).meaning();
  return place;
}

// ---- bars ----

std::optional<OmrWord> omr_word(std::string_view text) {
  constexpr std::string_view kWords[] = {"benchmark", "safety", "retiming", "begin", "not-begin", "end", "not-end", "parity", "odd-parity"};
  if (std::find(std::begin(kWords), std::end(kWords), text) != std::end(kWords)) return OmrWord{std::string(text), 0};
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  if (colon == std::string_view::npos || (name != "sequence" && name != "piece-sequence") || text.size() != colon + 2) return std::nullopt;
  const auto bits = parse_integer(text.substr(colon + 1));
  if (!bits || *bits < 1 || *bits > kMostBits) return std::nullopt;
  return OmrWord{std::string(name), static_cast<int>(*bits)};
}

// Which of them may stand only once: two of them would say the same, or opposite things.
std::string_view kind_of(std::string_view name) {
  if (name == "odd-parity") return "parity";
  return name;
}

std::vector<OmrWord> read_words(const xml::Attribute& attribute, Diagnostics& diags) {
  std::vector<OmrWord> words;
  int bars = 0;
  for (const Piece& piece : pieces_of(attribute)) {
    auto word = omr_word(piece.text);
    if (!word) {
      static const std::vector<std::string_view> kKnown = {"benchmark", "safety", "retiming", "begin", "not-begin", "end", "not-end", "parity", "odd-parity", "sequence:3", "piece-sequence:3"};
      diags.error(piece.at, fmt::format("'{}' is not a mark{}", xml::excerpt(piece.text), did_you_mean(piece.text, kKnown))).hint("handout explain omr-marks lists them; sequences are written with their bits, sequence:1 to sequence:8");
      continue;
    }
    const bool again = std::any_of(words.begin(), words.end(), [&](const OmrWord& each) { return kind_of(each.name) == kind_of(word->name); });
    if (again && word->name != "retiming") diags.error(piece.at, fmt::format("{} stands there a second time", kind_of(word->name))).meaning();
    bars += std::max(word->bits, 1);
    words.push_back(std::move(*word));
  }
  if (words.empty()) {
    if (pieces_of(attribute).empty()) diags.error(attribute.value_at, "marks is empty; expected what the bars say");
    return words;
  }
  // Without a bar that is always there the machine finds no code on the sheets that have none.
  if (words.front().name != "benchmark" && words.back().name != "benchmark") diags.error(attribute.value_at, "no benchmark at an end of the marks").hint("begin with benchmark: machines look for a first bar that every sheet has").meaning();
  if (bars > kMostBars) diags.error(attribute.value_at, fmt::format("the marks are {} bars; machines take {} at most", bars, kMostBars)).meaning();
  return words;
}

OmrMarksRule read_omr_marks(const xml::Element& element, Diagnostics& diags) {
  OmrMarksRule rule;
  rule.at = element.at;
  rule.place = read_place(element, diags);
  if (const xml::Attribute* marks = element.find("marks")) rule.marks = read_words(*marks, diags);
  rule.pitch = read_own(element, "pitch", kMarkLength, diags);
  rule.length = read_own(element, "length", kMarkLength, diags);
  rule.width = read_own(element, "width", kMarkLength, diags);
  rule.clear_ends = read_own(element, "clear-ends", kMarkPlace, diags);
  return rule;
}

// ---- code and text ----

SheetCodeRule read_sheet_code(const xml::Element& element, Diagnostics& diags) {
  SheetCodeRule rule;
  rule.at = element.at;
  rule.place = read_place(element, diags);
  rule.kind = text_of(element, "kind");
  rule.module = read_own(element, "module", kMarkLength, diags);
  return rule;
}

// The first byte that is neither printable ASCII nor part of a name in braces.
std::optional<std::size_t> wrong_at(std::string_view text) {
  constexpr std::string_view kNames[] = {"{job}", "{piece}", "{number}", "{sheet}", "{sheets}"};
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '{') {
      const auto name = std::find_if(std::begin(kNames), std::end(kNames), [&](std::string_view each) { return text.substr(i).starts_with(each); });
      if (name == std::end(kNames)) return i;
      i += name->size();
    } else if (text[i] < ' ' || text[i] > '~' || text[i] == '}') {
      return i;
    } else {
      ++i;
    }
  }
  return std::nullopt;
}

SheetTextRule read_sheet_text(const xml::Element& element, Diagnostics& diags) {
  SheetTextRule rule;
  rule.at = element.at;
  rule.place = read_place(element, diags);
  rule.text = text_of(element, "text");
  if (const xml::Attribute* text = element.find("text")) {
    if (rule.text.empty()) diags.error(text->value_at, "text is empty; expected what stands on the sheet");
    else if (const auto wrong = wrong_at(rule.text)) diags.error(place(*text, *wrong), "a text on every sheet holds printable ASCII only, and in braces job, piece, number, sheet or sheets").hint("text=\"{job} {piece} {sheet}/{sheets}\"");
  }
  rule.size = read_own(element, "size", kMarkLength, diags);
  if (rule.size && (rule.size->length < kLeastType || rule.size->length > kMostType)) {
    diags.error(element.find("size")->value_at, fmt::format("size is '{}'; expected 4pt to 12pt", xml::excerpt(element.value("size")))).hint("smaller type nobody reads, larger stands in the way").meaning();
  }
  return rule;
}

}  // namespace

void read_marks(const xml::Element& page, PageRule& rule, const Context& context) {
  rule.tray = text_of(page, "tray");
  if (const xml::Attribute* tray = page.find("tray"); tray != nullptr && !is_name(tray->value)) {
    context.diags.error(tray->value_at, fmt::format("'{}' cannot be the name of a tray", xml::excerpt(tray->value))).hint("use letters, digits, '-' and '_', with a letter first");
  }
  for (const xml::Node& node : page.children) {
    const xml::Element* element = node.element();
    if (element == nullptr || (element->name != "omr-marks" && element->name != "sheet-code" && element->name != "sheet-text")) continue;
    if (rule.on != PageOn::All) {
      context.diags.error(element->at, fmt::format("<{}> may not differ between pages", element->name)).hint("put it on a <page> without on: machines look for it at one place of every sheet").meaning();
      continue;
    }
    if (element->name == "omr-marks") rule.omr_marks = read_omr_marks(*element, context.diags);
    else if (element->name == "sheet-code") rule.sheet_code = read_sheet_code(*element, context.diags);
    else rule.sheet_text = read_sheet_text(*element, context.diags);
  }
}

}  // namespace handout::layouts
