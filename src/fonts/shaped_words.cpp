#include "fonts/shaped_words.h"

#include <algorithm>

#include "base/narrow.h"
#include "fonts/characters.h"

namespace handout::fonts {

namespace {

constexpr char kSpace = ' ';
// In bytes. Few words are longer, and marks without end are none.
constexpr std::size_t kLongestWord = 64;

// U+2028 and U+2066 to U+2069: as spaces they join nothing (ArabicShaping.txt: non-joining), and no font has rules for them since they are no glyphs.
constexpr std::size_t kSeparatorLength = 3;
bool is_separator(std::string_view character) { return character == "\u2028" || character == "\u2066" || character == "\u2067" || character == "\u2068" || character == "\u2069"; }

bool ends_apart(std::string_view before) { return before.empty() || before.back() == kSpace || (before.size() >= kSeparatorLength && is_separator(before.substr(before.size() - kSeparatorLength))); }
bool begins_apart(std::string_view behind) { return behind.empty() || behind.front() == kSpace || is_separator(behind.substr(0, kSeparatorLength)); }

// What leaves no glyph: whose cluster takes its place hangs on what stands round it.
bool holds_ignorable(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const unicode::CodePoint c = unicode::decode(word, at);
    if (unicode::is_default_ignorable(c.value) || is_line_control(c.value)) return true;
    at = c.end;
  }
  return false;
}

bool is_alike(const ShapedGlyph& a, const ShapedGlyph& b) { return a.glyph == b.glyph && a.advance == b.advance && a.x_offset == b.x_offset && a.y_offset == b.y_offset; }

ShapeInput alone(std::string_view text, const ShapeInput& like) {
  ShapeInput input = like;
  input.text = text;
  input.begin = 0;
  input.end = text.size();
  return input;
}

}  // namespace

ShapedWords::Setting& ShapedWords::setting_for(const Fonts& fonts, FaceId face, const ShapeInput& input) {
  const auto found = std::find_if(settings_.begin(), settings_.end(), [&](const Setting& each) {
    return each.face == face && each.fonts == &fonts && each.script == input.script && each.language == input.language && each.direction == input.direction && std::ranges::equal(each.features, input.features);
  });
  if (found != settings_.end()) return *found;
  if (settings_.size() == kMostSettings) settings_.clear();
  Setting& made = settings_.emplace_back(Setting{&fonts, face, std::string(input.script), std::string(input.language), input.direction, {input.features.begin(), input.features.end()}});
  if (!fonts.passes_over_spaces(face)) return made;
  const std::vector<ShapedGlyph> spaces = fonts.shape(face, alone("  ", input));
  if (spaces.size() != 2 || !is_alike(spaces[0], spaces[1]) || spaces[1].unsafe_to_break) return made;
  made.space = spaces.front();
  return made;
}

void ShapedWords::learn(Setting& setting, const ShapeInput& input, std::size_t begin) {
  std::string text(1, kSpace);
  std::vector<std::size_t> ends;  // of the words in `text`, where a space follows
  while (begin < input.end) {
    const std::size_t end = std::min(input.text.find(kSpace, begin), input.end);
    const std::string_view word = input.text.substr(begin, end - begin);
    begin = end + 1;
    if (word.size() > kLongestWord) break;
    if (word.empty() || setting.words.contains(word) || holds_ignorable(word)) continue;
    text += word;
    ends.push_back(text.size());
    text += kSpace;
  }
  if (ends.size() < 2) return;
  if (setting.words.size() + ends.size() > kMostWords) setting.words.clear();
  const std::vector<ShapedGlyph> glyphs = setting.fonts->shape(setting.face, alone(text, input));
  const auto is_space = [&](std::size_t i, std::size_t at) { return i < glyphs.size() && glyphs[i].cluster == at && is_alike(glyphs[i], *setting.space) && !glyphs[i].unsafe_to_break; };
  // What a space changes, or what changes one, is left to be looked at alone.
  std::size_t i = 0, first = 1;
  for (const std::size_t end : ends) {
    const bool apart = is_space(i, first - 1) && i + 1 < glyphs.size() && !glyphs[i + 1].unsafe_to_break;
    std::size_t next = i + 1;
    while (next < glyphs.size() && glyphs[next].cluster < end) ++next;
    if (apart && is_space(next, end)) {
      std::vector<ShapedGlyph> made(glyphs.begin() + static_cast<std::ptrdiff_t>(i) + 1, glyphs.begin() + static_cast<std::ptrdiff_t>(next));
      for (ShapedGlyph& glyph : made) glyph.cluster -= narrow<std::uint32_t>(first);
      setting.words.emplace(text.substr(first, end - first), std::move(made));
    }
    i = next;
    first = end + 1;
  }
}

// Between two spaces, which must stay as they are.
const std::optional<std::vector<ShapedGlyph>>& ShapedWords::word_in(Setting& setting, std::string_view word, const ShapeInput& input) {
  if (const auto known = setting.words.find(word); known != setting.words.end()) return known->second;
  const auto keep = [&](std::optional<std::vector<ShapedGlyph>> made) -> const auto& {
    if (setting.words.size() == kMostWords) setting.words.clear();
    return setting.words.emplace(word, std::move(made)).first->second;
  };
  if (holds_ignorable(word)) return keep(std::nullopt);
  const std::string between = kSpace + std::string(word) + kSpace;
  const std::vector<ShapedGlyph> glyphs = setting.fonts->shape(setting.face, alone(between, input));
  const auto is_space = [&](const ShapedGlyph& glyph, std::size_t at) { return glyph.cluster == at && is_alike(glyph, *setting.space) && !glyph.unsafe_to_break; };
  const bool stays = glyphs.size() >= 2 && is_space(glyphs.front(), 0) && is_space(glyphs.back(), between.size() - 1) && !glyphs[1].unsafe_to_break;
  if (!stays) return keep(std::nullopt);
  std::vector<ShapedGlyph> made(glyphs.begin() + 1, glyphs.end() - 1);
  for (ShapedGlyph& glyph : made) --glyph.cluster;
  return keep(std::move(made));
}

std::vector<ShapedGlyph> ShapedWords::shape(const Fonts& fonts, FaceId face, const ShapeInput& input) {
  Setting& setting = setting_for(fonts, face, input);
  if (!setting.space || !ends_apart(input.text.substr(0, input.begin)) || !begins_apart(input.text.substr(input.end))) return fonts.shape(face, input);
  std::vector<ShapedGlyph> glyphs;
  glyphs.reserve(input.end - input.begin);
  for (std::size_t begin = input.begin; begin < input.end;) {
    if (input.text[begin] == kSpace) {
      glyphs.push_back(*setting.space);
      glyphs.back().cluster = narrow<std::uint32_t>(begin++);
      continue;
    }
    const std::size_t end = std::min(input.text.find(kSpace, begin), input.end);
    const std::string_view word = input.text.substr(begin, end - begin);
    if (word.size() > kLongestWord) return fonts.shape(face, input);
    if (!setting.words.contains(word)) learn(setting, input, begin);
    const auto& known = word_in(setting, word, input);
    if (!known) return fonts.shape(face, input);
    for (const ShapedGlyph& glyph : *known) {
      glyphs.push_back(glyph);
      glyphs.back().cluster += narrow<std::uint32_t>(begin);
    }
    begin = end;
  }
  return glyphs;
}

}  // namespace handout::fonts
