#include "unicode/text.h"

#include <algorithm>
#include <array>
#include <map>

#include <unicode/locid.h>
#include <unicode/ubrk.h>

#include "base/expects.h"
#include "base/handle.h"
#include "base/narrow.h"
#include "unicode/icu_status.h"
#include "unicode/locale_data.h"
#include "unicode/utf16_text.h"
#include "unicode/word_breaks.h"

namespace handout::unicode {
namespace {

using BreakIterator = Handle<UBreakIterator, ubrk_close>;
using IteratorsByTag = std::map<std::string, BreakIterator, std::less<>>;

BreakIterator open_iterator(UBreakIteratorType type, const std::string& locale_id) {
  UErrorCode status = U_ZERO_ERROR;
  BreakIterator iterator(ubrk_open(type, locale_id.c_str(), nullptr, 0, &status));
  ensure_success(status);
  ENSURES(iterator != nullptr);
  return iterator;
}

// ICU's own keyword of the same name. CSS Text 3 5.3 leaves "auto" to us; newspapers and ICU's readers know "normal".
const char* strictness_value(LineStrictness strictness) {
  switch (strictness) {
    case LineStrictness::Loose: return "loose";
    case LineStrictness::Strict: return "strict";
    case LineStrictness::Auto: case LineStrictness::Normal: break;
  }
  return "normal";
}

bool names_strictness(const icu::Locale& locale) {
  constexpr std::array<std::string_view, 3> kValues{"loose", "normal", "strict"};
  std::array<char, 16> value{};
  UErrorCode status = U_ZERO_ERROR;
  locale.getKeywordValue("lb", value.data(), narrow<std::int32_t>(value.size()), status);
  return U_SUCCESS(status) && std::ranges::find(kValues, std::string_view(value.data())) != kValues.end();
}

std::string line_locale_id(const Locale& locale, LineStrictness strictness) {
  icu::Locale out(data_locale_id(locale).c_str());
  if (strictness == LineStrictness::Auto && names_strictness(out)) return out.getName();
  UErrorCode status = U_ZERO_ERROR;
  out.setKeywordValue("lb", strictness_value(strictness), status);
  ensure_success(status);
  return out.getName();
}

UBreakIterator& line_iterator(std::array<IteratorsByTag, 4>& iterators, const Locale& locale, LineStrictness strictness) {
  IteratorsByTag& of_strictness = iterators[static_cast<std::size_t>(strictness)];
  auto found = of_strictness.find(locale.tag());
  if (found == of_strictness.end()) found = of_strictness.emplace(locale.tag(), open_iterator(UBRK_LINE, line_locale_id(locale, strictness))).first;
  return *found->second;
}

UBreakIterator& word_iterator(IteratorsByTag& iterators, const Locale& locale) {
  auto found = iterators.find(locale.tag());
  if (found == iterators.end()) found = iterators.emplace(locale.tag(), open_iterator(UBRK_WORD, data_locale_id(locale))).first;
  return *found->second;
}

void set_text(UBreakIterator& iterator, const std::u16string& utf16) {
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(&iterator, utf16.data(), icu_length(utf16), &status);
  ensure_success(status);
}

// Below U+0300 (0xCC 0x80) there is no Extend, SpacingMark, Prepend, ZWJ or Hangul: UAX #29 breaks everywhere but in CR LF (GB3).
bool breaks_at_every_character(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0xCC && c != '\r'; });
}

std::vector<std::size_t> character_offsets(std::string_view text) {
  std::vector<std::size_t> offsets;
  offsets.reserve(text.size() + 1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) offsets.push_back(i);
  }
  offsets.push_back(text.size());
  return offsets;
}

}  // namespace

struct Breaker::Iterators {
  std::array<IteratorsByTag, 4> line;  // by LineStrictness
  IteratorsByTag word;
  BreakIterator grapheme;
};

Breaker::Breaker() : iterators_(std::make_unique<Iterators>()) {}
Breaker::~Breaker() = default;
Breaker::Breaker(Breaker&&) noexcept = default;
Breaker& Breaker::operator=(Breaker&&) noexcept = default;

// By UTF-16: ubrk_setUText over UTF-8 saves the conversion and the counting of bytes, but is slower nevertheless (ICU 72: half as fast in Arabic, equal in English).
std::vector<LineBreak> Breaker::line_breaks(std::string_view text, const Locale& locale, const LineBreakRules& rules) {
  if (text.empty()) return {};
  UBreakIterator& iterator = line_iterator(iterators_->line, locale, rules.strictness);
  const std::u16string utf16 = to_utf16(text);
  set_text(iterator, utf16);
  std::vector<LineBreak> breaks;
  ByteCursor cursor(text);
  for (std::int32_t at = ubrk_next(&iterator); at != UBRK_DONE; at = ubrk_next(&iterator)) {
    const std::size_t offset = cursor.advance_to(static_cast<std::size_t>(at));
    if (offset == text.size()) break;
    // Not by the iterator's status: that calls the breaks between a dictionary's words what the break behind the last of them is (ICU 72).
    breaks.push_back({offset, is_line_separator(utf16[static_cast<std::size_t>(at) - 1]) ? BreakKind::Mandatory : BreakKind::Allowed});
  }
  const WordBreak words = word_break_for(locale, rules.words);
  if (words == WordBreak::BreakAll) return with_breaks_inside_words(text, breaks, grapheme_boundaries(text));
  if (words != WordBreak::Normal) keep_words_whole(text, locale, words, breaks);
  return breaks;
}

std::vector<std::size_t> Breaker::grapheme_boundaries(std::string_view text) {
  if (breaks_at_every_character(text)) return character_offsets(text);
  if (iterators_->grapheme == nullptr) iterators_->grapheme = open_iterator(UBRK_CHARACTER, "");  // UAX #29 itself: the root locale
  const std::u16string utf16 = to_utf16(text);
  set_text(*iterators_->grapheme, utf16);
  std::vector<std::size_t> boundaries{0};
  ByteCursor cursor(text);
  for (std::int32_t at = ubrk_next(iterators_->grapheme.get()); at != UBRK_DONE; at = ubrk_next(iterators_->grapheme.get())) {
    boundaries.push_back(cursor.advance_to(static_cast<std::size_t>(at)));
  }
  return boundaries;
}

std::size_t Breaker::count_words(std::string_view text, const Locale& locale) {
  if (text.empty()) return 0;
  UBreakIterator& iterator = word_iterator(iterators_->word, locale);
  const std::u16string utf16 = to_utf16(text);
  set_text(iterator, utf16);
  std::size_t words = 0;
  while (ubrk_next(&iterator) != UBRK_DONE) {
    if (ubrk_getRuleStatus(&iterator) >= UBRK_WORD_NONE_LIMIT) ++words;  // below it: spaces and punctuation
  }
  return words;
}

std::vector<LineBreak> line_breaks(std::string_view text, const Locale& locale, const LineBreakRules& rules) { return Breaker().line_breaks(text, locale, rules); }

std::vector<std::size_t> grapheme_boundaries(std::string_view text) { return Breaker().grapheme_boundaries(text); }

std::size_t count_words(std::string_view text, const Locale& locale) { return Breaker().count_words(text, locale); }

}  // namespace handout::unicode
