#include "unicode/text.h"

#include <algorithm>
#include <utility>

#include <unicode/ubidi.h>
#include <unicode/uchar.h>

#include "base/expects.h"
#include "base/handle.h"
#include "base/narrow.h"
#include "unicode/icu_status.h"
#include "unicode/utf16_text.h"

namespace handout::unicode {
namespace {

using Bidi = Handle<UBiDi, ubidi_close>;

constexpr std::u16string_view kBothDirections = u"\u2029a\u05D0";

UCharDirection bidi_class(char32_t c) { return u_charDirection(static_cast<UChar32>(c)); }

std::uint8_t paragraph_level(Direction paragraph) { return paragraph == Direction::RightToLeft ? 1 : 0; }

// The classes that stay at the level round them, which is even: no R, AL or AN and no explicit formatting, so X1-X8 raise
// nothing, W1-W7 turn EN into L (W7) and N1-N2 resolve to the embedding direction.
bool stays_at_its_level(UCharDirection c) {
  switch (c) {
    case U_LEFT_TO_RIGHT: case U_EUROPEAN_NUMBER: case U_EUROPEAN_NUMBER_SEPARATOR: case U_EUROPEAN_NUMBER_TERMINATOR:
    case U_COMMON_NUMBER_SEPARATOR: case U_BLOCK_SEPARATOR: case U_SEGMENT_SEPARATOR: case U_WHITE_SPACE_NEUTRAL:
    case U_OTHER_NEUTRAL: case U_DIR_NON_SPACING_MARK: case U_BOUNDARY_NEUTRAL:
      return true;
    default:
      return false;
  }
}


// UAX #9 L1 with 5.2: white space, isolate formatting and everything that X9 would remove.
bool is_trailing_class(UCharDirection c) {
  switch (c) {
    case U_WHITE_SPACE_NEUTRAL: case U_BOUNDARY_NEUTRAL:
    case U_FIRST_STRONG_ISOLATE: case U_LEFT_TO_RIGHT_ISOLATE: case U_RIGHT_TO_LEFT_ISOLATE: case U_POP_DIRECTIONAL_ISOLATE:
    case U_LEFT_TO_RIGHT_EMBEDDING: case U_RIGHT_TO_LEFT_EMBEDDING: case U_LEFT_TO_RIGHT_OVERRIDE: case U_RIGHT_TO_LEFT_OVERRIDE:
    case U_POP_DIRECTIONAL_FORMAT:
      return true;
    default:
      return false;
  }
}

bool is_separator(UCharDirection c) { return c == U_SEGMENT_SEPARATOR || c == U_BLOCK_SEPARATOR; }

void append_run(std::vector<BidiRun>& runs, std::size_t begin, std::size_t end, std::uint8_t level) {
  if (begin == end) return;
  if (!runs.empty() && runs.back().level == level) runs.back().end = end;
  else runs.push_back({begin, end, level});
}

// Bytes of characters whose class need not be looked up: below U+0590, the first right-to-left block, without controls (U+0085 begins with 0xC2).
bool is_of_letters(unsigned char byte) { return byte >= 0x20 && byte < 0xD6 && byte != 0xC2; }

// The levels of a left-to-right paragraph without right-to-left characters: what stands in isolates is two levels up for each, and all else at level 0. Nothing where it holds more
// than that, or isolates deeper than UAX #9 counts (BD2).
std::optional<std::vector<BidiRun>> left_to_right_runs(std::string_view text) {
  constexpr std::size_t kDeepest = UBIDI_MAX_EXPLICIT_LEVEL / 2;
  std::vector<BidiRun> runs;
  std::size_t depth = 0;
  const auto level = [&] { return static_cast<std::uint8_t>(2 * depth); };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    while (i < text.size() && is_of_letters(static_cast<unsigned char>(text[i]))) ++i;
    append_run(runs, begin, i, level());
    if (i == text.size()) break;
    const CodePoint c = decode(text, i);
    const UCharDirection direction = bidi_class(c.value);
    i = c.end;
    if (direction == U_LEFT_TO_RIGHT_ISOLATE || direction == U_FIRST_STRONG_ISOLATE) {
      append_run(runs, c.begin, c.end, level());
      if (++depth > kDeepest) return std::nullopt;
      continue;
    }
    if (direction == U_POP_DIRECTIONAL_ISOLATE) {
      if (depth > 0) --depth;
    } else if (direction == U_BLOCK_SEPARATOR) {
      depth = 0;
    } else if (!stays_at_its_level(direction)) {
      return std::nullopt;
    }
    append_run(runs, c.begin, c.end, level());
  }
  return runs;
}

std::vector<BidiRun> slice(std::span<const BidiRun> runs, std::size_t begin, std::size_t end) {
  std::vector<BidiRun> out;
  out.reserve(runs.size());
  for (const BidiRun& run : runs) {
    if (run.end > begin && run.begin < end) append_run(out, std::max(run.begin, begin), std::min(run.end, end), run.level);
  }
  return out;
}

// The stretches of [begin, end) that L1 resets: separators, with the white space before them, and the white space at the line's end.
std::vector<std::pair<std::size_t, std::size_t>> reset_stretches(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<std::pair<std::size_t, std::size_t>> stretches;
  std::size_t from = begin;
  for (std::size_t i = begin; i < end;) {
    const CodePoint c = decode(text, i);
    const UCharDirection direction = bidi_class(c.value);
    i = c.end;
    if (is_trailing_class(direction)) continue;
    if (is_separator(direction)) stretches.emplace_back(from, i);
    from = i;
  }
  if (from < end) stretches.emplace_back(from, end);
  return stretches;
}

}  // namespace

std::vector<BidiRun> bidi_runs(std::string_view text, Direction paragraph) {
  if (text.empty()) return {};
  if (paragraph == Direction::LeftToRight) {
    if (auto runs = left_to_right_runs(text)) return *std::move(runs);
  }

  // ICU gives a text of one direction the paragraph's level throughout, whatever its embeddings and Arabic numbers. A second paragraph
  // of both directions, whose levels nobody reads, has it work out those of UAX #9.
  std::u16string utf16 = to_utf16(text);
  const std::size_t length = utf16.size();
  utf16 += kBothDirections;
  UErrorCode status = U_ZERO_ERROR;
  const Bidi bidi(ubidi_openSized(icu_length(utf16), 0, &status));
  ensure_success(status);
  ubidi_setPara(bidi.get(), utf16.data(), icu_length(utf16), paragraph_level(paragraph), nullptr, &status);
  const UBiDiLevel* const levels = ubidi_getLevels(bidi.get(), &status);
  ensure_success(status);

  std::vector<BidiRun> runs;
  ByteCursor cursor(text);
  std::size_t begin = 0;
  for (std::size_t i = 1; i <= length; ++i) {
    if (i < length && levels[i] == levels[i - 1]) continue;
    const std::size_t end = cursor.advance_to(i);
    append_run(runs, begin, end, levels[i - 1]);
    begin = end;
  }
  return runs;
}

std::vector<BidiRun> line_bidi_runs(std::string_view text, std::span<const BidiRun> runs, std::size_t begin, std::size_t end, Direction paragraph) {
  EXPECTS(begin <= end && end <= text.size());
  const std::uint8_t level = paragraph_level(paragraph);
  std::vector<BidiRun> line = slice(runs, begin, end);
  if (std::ranges::all_of(line, [&](const BidiRun& run) { return run.level == level; })) return line;

  std::vector<BidiRun> out;
  out.reserve(line.size() + 1);
  std::size_t done = begin;
  for (const auto& [from, to] : reset_stretches(text, begin, end)) {
    for (const BidiRun& run : slice(line, done, from)) append_run(out, run.begin, run.end, run.level);
    append_run(out, from, to, level);
    done = to;
  }
  for (const BidiRun& run : slice(line, done, end)) append_run(out, run.begin, run.end, run.level);
  return out;
}

std::vector<std::size_t> visual_order(std::span<const std::uint8_t> levels) {
  EXPECTS(std::ranges::all_of(levels, [](std::uint8_t level) { return level <= UBIDI_MAX_EXPLICIT_LEVEL + 1; }));
  std::vector<std::int32_t> map(levels.size());
  ubidi_reorderVisual(levels.data(), narrow<std::int32_t>(levels.size()), map.data());
  return {map.begin(), map.end()};
}

std::optional<Direction> first_strong_direction(std::string_view text) {
  std::size_t isolates = 0;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode(text, i);
    i = c.end;
    switch (bidi_class(c.value)) {
      case U_LEFT_TO_RIGHT:
        if (isolates == 0) return Direction::LeftToRight;
        break;
      case U_RIGHT_TO_LEFT: case U_RIGHT_TO_LEFT_ARABIC:
        if (isolates == 0) return Direction::RightToLeft;
        break;
      case U_FIRST_STRONG_ISOLATE: case U_LEFT_TO_RIGHT_ISOLATE: case U_RIGHT_TO_LEFT_ISOLATE:
        ++isolates;
        break;
      case U_POP_DIRECTIONAL_ISOLATE:
        if (isolates > 0) --isolates;
        break;
      case U_BLOCK_SEPARATOR:  // P2: an isolate without its PDI ends with the paragraph
        isolates = 0;
        break;
      default:
        break;
    }
  }
  return std::nullopt;
}

}  // namespace handout::unicode
