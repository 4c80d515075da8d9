#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expects.h"
#include "unicode/breaking.h"
#include "unicode/locale.h"

// Text is UTF-8 and all offsets are byte offsets into it; UTF-16 stays inside this folder. Every function expects valid UTF-8 unless it says otherwise.
namespace handout::unicode {

// Byte offset of the first ill-formed sequence (surrogates and overlong forms included), or nothing.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

struct CodePoint {
  char32_t value = 0;
  std::size_t begin = 0, end = 0;
};
// The code point that starts at `offset` (< text.size()).
CodePoint decode_beyond_ascii(std::string_view text, std::size_t offset);
inline CodePoint decode(std::string_view text, std::size_t offset) {
  EXPECTS(offset < text.size());
  const auto byte = static_cast<unsigned char>(text[offset]);
  return byte < 0x80 ? CodePoint{byte, offset, offset + 1} : decode_beyond_ascii(text, offset);
}
void append_utf8(std::string& text, char32_t value);
std::size_t count_code_points(std::string_view text);

bool is_white_space(char32_t c);
bool is_default_ignorable(char32_t c);
bool is_mark(char32_t c);
bool is_letter(char32_t c);         // general category L
bool is_opening_punctuation(char32_t c);  // general categories Ps, Pi, Pf (quotation marks open by either), and ¿ ¡ ' "
bool is_line_separator(char32_t c);  // U+2028 and the others after which UAX #14 breaks always (BK, CR, LF, NL)
bool is_bidi_control(char32_t c);   // U+061C, U+200E-F, U+202A-E, U+2066-9
// "U+0041 LATIN CAPITAL LETTER A"
std::string describe(char32_t c);

std::string to_nfc(std::string_view text);
// What a merge field may bring into a line: bidi controls, C0/C1 controls and noncharacters removed, line breaks and tabs made spaces.
std::string sanitize_field(std::string_view text);
// Whether nothing of a text shows: white space, default ignorable code points (UAX #44), and the braille pattern without dots.
bool is_blank(std::string_view text);
// White space collapsed to single U+0020 (no-break spaces kept), as XML prose is read: XML's white space and line ends. Spaces with a
// width of their own (thin, ideographic) are kept as well; the ends are not trimmed.
std::string collapse_white_space(std::string_view text);

struct BidiRun {
  std::size_t begin = 0, end = 0;
  std::uint8_t level = 0;
};
// UAX #9 (ICU ubidi) over one paragraph without paragraph separators: runs of one embedding level in logical order, covering the text.
std::vector<BidiRun> bidi_runs(std::string_view text, Direction paragraph);
// The level of each byte's character within a line [begin, end) after UAX #9 L1 (trailing white space takes the paragraph level).
std::vector<BidiRun> line_bidi_runs(std::string_view text, std::span<const BidiRun> runs, std::size_t begin, std::size_t end, Direction paragraph);
// UAX #9 L2: indices of items in visual order, left to right.
std::vector<std::size_t> visual_order(std::span<const std::uint8_t> levels);
// The direction of the first strong character (UAX #9 P2, P3), or nothing.
std::optional<Direction> first_strong_direction(std::string_view text);

struct ScriptRun {
  std::size_t begin = 0, end = 0;
  std::string script;  // ISO 15924, "Latn"; Common and Inherited take a neighbour's (UAX #24 section 5.2), paired brackets the opener's
};
std::vector<ScriptRun> script_runs(std::string_view text);

enum class BreakKind : std::uint8_t { Allowed, Mandatory };
struct LineBreak {
  std::size_t offset = 0;  // the break is before this byte
  BreakKind kind = BreakKind::Allowed;
};
// UAX #14 with the locale's tailoring, ICU's dictionaries and the rules asked for; the end of text is not listed.
std::vector<LineBreak> line_breaks(std::string_view text, const Locale& locale, const LineBreakRules& rules = {});
// UAX #29 extended grapheme clusters: every boundary, 0 and text.size() included (empty text: {0}).
std::vector<std::size_t> grapheme_boundaries(std::string_view text);
// Number of words by UAX #29 (dictionary words for Thai, Chinese, ...), for statistics.
std::size_t count_words(std::string_view text, const Locale& locale);

// The three functions above with ICU's break iterators kept from one call to the next, one for each locale: what a program with many
// paragraphs uses. The answers are the same. Iterators are opened when first needed. One thread at a time.
class Breaker {
 public:
  Breaker();
  ~Breaker();
  Breaker(Breaker&&) noexcept;
  Breaker& operator=(Breaker&&) noexcept;

  [[nodiscard]] std::vector<LineBreak> line_breaks(std::string_view text, const Locale& locale, const LineBreakRules& rules = {});
  [[nodiscard]] std::vector<std::size_t> grapheme_boundaries(std::string_view text);
  [[nodiscard]] std::size_t count_words(std::string_view text, const Locale& locale);

 private:
  struct Iterators;
  std::unique_ptr<Iterators> iterators_;
};

}  // namespace handout::unicode
