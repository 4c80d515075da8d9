#include "stress/promises.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "unicode/text.h"

namespace handout::stress {

using display::ArtifactKind;
using display::DisplayDocument;
using display::Fragment;
using display::FragmentLine;
using display::GlyphRun;
using display::Placement;
using display::Role;
using display::StructureId;

namespace {

constexpr Length kHair = Length::from_units(Length::kUnitsPerPoint / 100);

const StructureId* element_of(const Placement& placement) { return std::get_if<StructureId>(&placement.occurrence); }

std::string text_of(const Fragment& fragment, const FragmentLine& line) {
  std::string text;
  for (std::uint32_t i = 0; i < line.command_count; ++i) {
    const display::Command& command = fragment.commands.at(line.first_command + i);
    if (const auto* run = std::get_if<GlyphRun>(&command.what)) text += run->text;
  }
  return text;
}

bool is_heading(Role role) { return role >= Role::H1 && role <= Role::H6; }

// ---- words ----

using Words = std::map<std::string, std::string, std::less<>>;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "b17:" or "r2:" at this place, or nothing.
std::string_view key_at(std::string_view text, std::size_t at) {
  if (text[at] != 'b' && text[at] != 'r') return {};
  std::size_t end = at + 1;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end > at + 1 && end < text.size() && text[end] == ':' ? text.substr(at, end + 1 - at) : std::string_view();
}

// Of headings of columns, which large print says again at each cell.
struct HeadKeys {
  std::set<std::string, std::less<>>& keys;

  void operator()(const content::Table& table) const {
    for (const content::TableRow& row : table.head) {
      for (const content::Cell& cell : row.cells) keys.insert(cell.text.id + ":");
    }
  }
  void operator()(const content::List& list) const {
    for (const content::Item& item : list.items) add(item.blocks);
  }
  void operator()(const content::Callout& callout) const { add(callout.blocks); }
  void operator()(const content::Section& section) const { add(section.blocks); }
  template <typename Other>
  void operator()(const Other&) const {}

  void add(const content::Blocks& blocks) const {
    for (const content::Block& block : blocks) std::visit(*this, block.what);
  }
};

// The text cut into blocks by their keys; keys met twice.
std::pair<Words, Faults> by_key(std::string_view text, const std::set<std::string, std::less<>>& repeated) {
  Words words;
  Faults twice;
  std::string* open = nullptr;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::string_view key = key_at(text, i); !key.empty()) {
      const auto [entry, is_new] = words.try_emplace(std::string(key));
      if (!is_new && !repeated.contains(key)) twice.push_back(fmt::format("{} stands there twice", key));
      open = &entry->second;
      if (!is_new) *open += ' ';
      i += key.size();
      continue;
    }
    if (open != nullptr) *open += text[i];
    ++i;
  }
  return {std::move(words), std::move(twice)};
}

// What plain_text() says in words; what is only known later is in braces.
std::vector<std::string> known_words(const std::string& plain) {
  std::vector<std::string> pieces{""};
  int depth = 0;
  for (const char c : plain) {
    if (c == '{' && depth++ == 0) pieces.emplace_back();
    if (depth == 0) pieces.back() += c;
    if (c == '}') --depth;
  }
  for (std::string& piece : pieces) piece = squeezed(piece);
  std::erase(pieces, "");
  return pieces;
}

}  // namespace

std::string squeezed(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    i = c.end;
    const bool no_width = c.value == 0xAD || c.value == 0x2028 || c.value == 0x2060 || c.value == 0x200B || c.value == 0xFFFC || unicode::is_bidi_control(c.value);
    if (!no_width && !unicode::is_white_space(c.value)) kept += text.substr(c.begin, c.end - c.begin);
  }
  return kept;
}

namespace {

// The words that stand in each element itself, and its children.
struct WordTree {
  std::vector<std::string> own;
  std::vector<std::vector<std::size_t>> children;
  const DisplayDocument& display;

  explicit WordTree(const DisplayDocument& document) : own(document.structure.size()), children(document.structure.size()), display(document) {
    for (const display::Page& page : document.pages) {
      for (const Placement& placement : page.placements) {
        const StructureId* element = element_of(placement);
        if (element == nullptr) continue;
        for (std::uint32_t i = 0; i < placement.line_count; ++i) own.at(element->value()) += text_of(*placement.fragment, placement.fragment->lines.at(placement.first_line + i));
      }
    }
    for (std::size_t i = 1; i < own.size(); ++i) children.at(document.structure[i].parent.value_or(StructureId{}).value()).push_back(i);
  }

  [[nodiscard]] std::string words(std::size_t root, Role without) const {
    std::string text;
    std::vector<std::size_t> open{root};
    while (!open.empty()) {
      const std::size_t now = open.back();
      open.pop_back();
      if (without != Role::None && display.structure[now].info.role == without) continue;
      text += own[now];
      open.insert(open.end(), children[now].rbegin(), children[now].rend());
    }
    return squeezed(text);
  }
};

}  // namespace

std::string words_of(const DisplayDocument& display, Role without) { return WordTree(display).words(0, without); }

std::vector<std::string> words_of_each(const DisplayDocument& display, Role role) {
  const WordTree tree(display);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < display.structure.size(); ++i) {
    if (display.structure[i].info.role == role) words.push_back(tree.words(i, Role::None));
  }
  return words;
}

Faults lost_words(const content::Article& article, std::string_view text) {
  std::set<std::string, std::less<>> repeated;
  HeadKeys{repeated}.add(article.body);
  auto [words, faults] = by_key(text, repeated);
  for (const content::TextBlock* block : content::text_blocks(article)) {
    const std::vector<std::string> pieces = known_words(content::plain_text(block->content));
    if (pieces.empty()) continue;  // an empty cell
    const std::string key = block->id + ":";
    const auto found = words.find(key);
    if (found == words.end()) {
      faults.push_back(fmt::format("{} is not in the document", key));
      continue;
    }
    std::size_t at = 0;
    for (const std::string& piece : pieces) {
      const std::string_view wanted = std::string_view(piece).substr(piece.starts_with(key) ? key.size() : 0);
      const std::size_t next = found->second.find(wanted, at);
      if (next == std::string::npos) {
        faults.push_back(fmt::format("{} lacks '{}', it says '{}'", key, wanted, found->second));
        break;
      }
      at = next + wanted.size();
    }
  }
  return faults;
}

namespace {

std::string words_of(const Fragment& fragment) {
  std::string text;
  for (const FragmentLine& line : fragment.lines) text += text_of(fragment, line);
  return squeezed(text);
}

}  // namespace

// Lines with the number of a page are set for each page anew: the same lines of the same element, in other fragments.
Faults lines_not_once(const DisplayDocument& display) {
  Faults faults;
  std::map<std::pair<StructureId, std::string>, std::vector<int>> placed;
  std::map<const Fragment*, std::string> known;
  std::set<std::string> said;
  for (std::size_t page = 0; page < display.pages.size(); ++page) {
    for (const Placement& placement : display.pages[page].placements) {
      const Fragment& fragment = *placement.fragment;
      const StructureId* element = element_of(placement);
      const bool repeats = placement.occurrence == display::Occurrence(ArtifactKind::Layout);
      if ((element == nullptr && !repeats) || fragment.lines.empty()) continue;
      const auto [words, is_new] = known.try_emplace(&fragment);
      if (is_new) words->second = words_of(fragment);
      // A head of columns may be repeated at another width.
      if (repeats && !words->second.empty() && !said.contains(words->second)) faults.push_back(fmt::format("page {}: '{}' is an artifact and was never content", page + 1, words->second));
      if (element == nullptr) continue;
      said.insert(words->second);
      std::vector<int>& counts = placed[{*element, words->second}];
      if (counts.size() < fragment.lines.size()) counts.resize(fragment.lines.size());
      for (std::uint32_t i = 0; i < placement.line_count; ++i) ++counts.at(placement.first_line + i);
    }
  }
  for (const auto& [key, counts] : placed) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] != 1) faults.push_back(fmt::format("line {} of '{}' is placed {} times", i + 1, key.second, counts[i]));
    }
  }
  return faults;
}

// ---- places ----

namespace {

// A line's or a picture's own area.
struct Ink {
  Rect area;
  std::string what;
  bool is_content = false;
};

// Boxes round the ink of glyphs, each asked for once: a font's outlines are slow to read.
class InkBoxes {
 public:
  explicit InkBoxes(const fonts::Fonts& fonts) : fonts_(fonts) {}

  const fonts::InkBox& of(fonts::FaceId face, fonts::GlyphId glyph) {
    const auto [entry, is_new] = boxes_.try_emplace({face, glyph});
    if (is_new) entry->second = fonts_.ink_box(face, glyph);
    return entry->second;
  }
  [[nodiscard]] const fonts::Fonts& fonts() const { return fonts_; }

 private:
  const fonts::Fonts& fonts_;
  std::map<std::pair<fonts::FaceId, fonts::GlyphId>, fonts::InkBox> boxes_;
};

// What glyphs take of their line, as far as there is ink: blanks at the ends, halves of full-width punctuation and marks that stick out are no content.
void add_run(const GlyphRun& run, InkBoxes& boxes, Length& left, Length& right) {
  const fonts::FaceMetrics& metrics = boxes.fonts().info(run.face).metrics;
  for (const display::PlacedGlyph& glyph : run.glyphs) {
    const fonts::FontUnits advance = boxes.fonts().advance(run.face, glyph.glyph);
    if (advance <= 0 || squeezed(std::string_view(run.text).substr(glyph.text_begin, glyph.text_end - glyph.text_begin)).empty()) continue;
    const fonts::InkBox& ink = boxes.of(run.face, glyph.glyph);
    const auto at = [&](fonts::FontUnits x) { return run.origin.x + glyph.offset.x + fonts::scale(std::clamp(x, 0, advance), metrics, run.size).scaled(run.horizontal_scale, 1000); };
    left = std::min(left, at(ink.left));
    right = std::max(right, at(ink.right));
  }
}

std::optional<Ink> ink_of(const Placement& placement, std::uint32_t index, InkBoxes& boxes) {
  const Fragment& fragment = *placement.fragment;
  const FragmentLine& line = fragment.lines.at(placement.first_line + index);
  constexpr Length kFar = 1000000_pt;
  Length left = kFar, right = -kFar;
  for (std::uint32_t i = 0; i < line.command_count; ++i) {
    const auto& what = fragment.commands.at(line.first_command + i).what;
    if (const auto* run = std::get_if<GlyphRun>(&what)) add_run(*run, boxes, left, right);
    if (const auto* picture = std::get_if<display::PlacedPicture>(&what)) {
      left = std::min(left, picture->rect.x);
      right = std::max(right, picture->rect.right());
    }
  }
  if (left > right) return std::nullopt;
  const Length top = placement.position.y + line.top - fragment.lines.at(placement.first_line).top;
  const std::string text = text_of(fragment, line);
  return Ink{{placement.position.x + left, top, right - left, line.height}, text.empty() ? "picture" : "'" + text + "'", element_of(placement) != nullptr};
}

std::vector<Ink> inks(const display::Page& page, InkBoxes& boxes) {
  std::vector<Ink> all;
  for (const Placement& placement : page.placements) {
    for (std::uint32_t i = 0; i < placement.line_count; ++i) {
      if (auto ink = ink_of(placement, i, boxes)) all.push_back(std::move(*ink));
    }
  }
  return all;
}

std::string place(const Rect& area) {
  return fmt::format("[{:.2f} {:.2f} to {:.2f} {:.2f}]", area.x.points(), area.y.points(), area.right().points(), area.bottom().points());
}

}  // namespace

Faults overlaps(const DisplayDocument& display, const fonts::Fonts& fonts) {
  Faults faults;
  InkBoxes boxes(fonts);
  for (std::size_t page = 0; page < display.pages.size(); ++page) {
    std::vector<Ink> all = inks(display.pages[page], boxes);
    std::stable_sort(all.begin(), all.end(), [](const Ink& a, const Ink& b) { return a.area.y < b.area.y; });
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t j = i + 1; j < all.size() && all[j].area.y < all[i].area.bottom() - kHair; ++j) {
        const Length over = std::min(all[i].area.right(), all[j].area.right()) - std::max(all[i].area.x, all[j].area.x);
        if (over > kHair) faults.push_back(fmt::format("page {}: {} {} and {} {} lie over one another", page + 1, all[i].what, place(all[i].area), all[j].what, place(all[j].area)));
      }
    }
  }
  return faults;
}

// A region without a height is as high as what stands in it.
bool holds(const Rect& region, const Rect& area) {
  const bool below = region.height == Length{} || area.bottom() <= region.bottom() + kHair;
  return area.x >= region.x - kHair && area.right() <= region.right() + kHair && area.y >= region.y - kHair && below;
}

Faults outside(const styled::StyledDocument& styled, const DisplayDocument& display, const fonts::Fonts& fonts) {
  Faults faults;
  InkBoxes boxes(fonts);
  for (std::size_t page = 0; page < display.pages.size(); ++page) {
    const Size paper = display.pages[page].size;
    const bool left = (page % 2 == 1) != (styled.direction == unicode::Direction::RightToLeft);
    const styled::PageMaster& master = styled.pages.at({page == 0, page + 1 == display.pages.size(), false, left});
    const Insets& margin = master.margin;
    for (const Ink& ink : inks(display.pages[page], boxes)) {
      const Insets least = ink.is_content ? margin : Insets{};
      const bool in_region = std::any_of(master.regions.begin(), master.regions.end(), [&](const styled::PlacedRegion& region) { return holds(region.area, ink.area); });
      const bool inside = in_region || ink.area.x >= least.left - kHair && ink.area.y >= least.top - kHair && ink.area.right() <= paper.width - least.right + kHair && ink.area.bottom() <= paper.height - least.bottom + kHair;
      if (!inside) faults.push_back(fmt::format("page {}: {} {} is outside", page + 1, ink.what, place(ink.area)));
    }
  }
  return faults;
}

// ---- pages ----

Faults pages_without_progress(const DisplayDocument& display) {
  Faults faults;
  std::size_t lines = 0;
  for (std::size_t page = 0; page < display.pages.size(); ++page) {
    std::size_t here = 0;
    for (const Placement& placement : display.pages[page].placements) here += element_of(placement) != nullptr ? placement.line_count : 0;
    if (here == 0) faults.push_back(fmt::format("page {} has no content", page + 1));
    lines += here;
  }
  if (display.pages.size() > std::max<std::size_t>(lines, 1)) faults.push_back(fmt::format("{} pages of {} lines", display.pages.size(), lines));
  return faults;
}

Faults headings_at_the_foot(const DisplayDocument& display) {
  Faults faults;
  for (std::size_t page = 0; page + 1 < display.pages.size(); ++page) {
    std::optional<std::string> last;
    bool only_headings = true;
    for (const Placement& placement : display.pages[page].placements) {
      const StructureId* element = element_of(placement);
      if (element == nullptr) continue;
      const bool heading = is_heading(display.structure.at(element->value()).info.role);
      only_headings = only_headings && heading;
      last = heading ? std::optional(text_of(*placement.fragment, placement.fragment->lines.at(placement.first_line))) : std::nullopt;
    }
    if (last && !only_headings) faults.push_back(fmt::format("page {} ends with the heading '{}'", page + 1, *last));
  }
  return faults;
}

}  // namespace handout::stress
