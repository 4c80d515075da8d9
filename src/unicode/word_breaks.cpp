#include "unicode/word_breaks.h"

#include <algorithm>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "unicode/icu_status.h"

namespace handout::unicode {
namespace {

constexpr char32_t kZeroWidthJoiner = 0x200D;

int line_class(char32_t c) { return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_LINE_BREAK); }

// CSS Text 3, 1.3: a typographic letter unit is a character of the general categories L and N.
bool is_letter_or_number(char32_t c) { return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0; }

// Words of these scripts come from dictionaries, and their breaks stay whatever is asked for.
bool is_broken_by_dictionary(char32_t c) { return line_class(c) == U_LB_COMPLEX_CONTEXT; }

bool is_hangul(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
  ensure_success(status);
  return script == USCRIPT_HANGUL;
}

// CSS Text 3, 5.2 keep-all: letters, numbers, and the classes NU, AL, AI and ID.
bool stays_with_letters(char32_t c) {
  if (is_broken_by_dictionary(c)) return false;
  if (is_letter_or_number(c)) return true;
  const int lb = line_class(c);
  return lb == U_LB_NUMERIC || lb == U_LB_ALPHABETIC || lb == U_LB_AMBIGUOUS || lb == U_LB_IDEOGRAPHIC;
}

// The character before `offset` that carries the marks there.
char32_t base_before(std::string_view text, std::size_t offset) {
  while (offset > 0) {
    do --offset;
    while (offset > 0 && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U);
    const char32_t c = decode(text, offset).value;
    if (!is_mark(c) && c != kZeroWidthJoiner) return c;
  }
  return U' ';
}

bool is_ascii(std::string_view text, std::size_t offset) { return static_cast<unsigned char>(text[offset - 1]) < 0x80 && static_cast<unsigned char>(text[offset]) < 0x80; }

// "(하루)을", "100%를": a particle stands behind what it belongs to without a space.
bool carries_particle(char32_t c) {
  switch (line_class(c)) {
    case U_LB_CLOSE_PUNCTUATION: case U_LB_CLOSE_PARENTHESIS: case U_LB_EXCLAMATION: case U_LB_INSEPARABLE: case U_LB_POSTFIX_NUMERIC: return true;
    default: return false;
  }
}

// Korean puts spaces between words and breaks there; Chinese characters inside a Korean word belong to it.
bool is_inside_korean_word(char32_t before, char32_t after, bool is_korean) {
  if (is_hangul(after) && carries_particle(before)) return true;
  if (!is_letter_or_number(before) || !is_letter_or_number(after)) return false;
  if (is_hangul(before) || is_hangul(after)) return true;
  return is_korean && line_class(before) == U_LB_IDEOGRAPHIC && line_class(after) == U_LB_IDEOGRAPHIC;
}

}  // namespace

WordBreak word_break_for(const Locale& locale, WordBreak words) {
  if (words != WordBreak::Auto) return words;
  if (locale.tag().find("-lw-keepall") != std::string::npos) return WordBreak::KeepAll;
  if (locale.tag().find("-lw-breakall") != std::string::npos) return WordBreak::BreakAll;
  return words;
}

void keep_words_whole(std::string_view text, const Locale& locale, WordBreak words, std::vector<LineBreak>& breaks) {
  const bool is_korean = locale.language() == "ko";
  std::erase_if(breaks, [&](const LineBreak& at) {
    if (at.kind == BreakKind::Mandatory || is_ascii(text, at.offset)) return false;
    const char32_t before = base_before(text, at.offset), after = decode(text, at.offset).value;
    return words == WordBreak::KeepAll ? stays_with_letters(before) && stays_with_letters(after) : is_inside_korean_word(before, after, is_korean);
  });
}

std::vector<LineBreak> with_breaks_inside_words(std::string_view text, const std::vector<LineBreak>& breaks, const std::vector<std::size_t>& boundaries) {
  std::vector<LineBreak> out;
  auto next = breaks.begin();
  for (const std::size_t boundary : boundaries) {
    while (next != breaks.end() && next->offset < boundary) out.push_back(*next++);
    if (next != breaks.end() && next->offset == boundary) continue;
    if (boundary == 0 || boundary == text.size()) continue;
    if (is_letter_or_number(base_before(text, boundary)) && is_letter_or_number(decode(text, boundary).value)) out.push_back({boundary, BreakKind::Allowed});
  }
  out.insert(out.end(), next, breaks.end());
  return out;
}

}  // namespace handout::unicode
