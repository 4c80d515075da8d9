#include "unicode/text.h"

#include <algorithm>
#include <map>

#include <unicode/ubrk.h>

#include "base/expects.h"
#include "base/handle.h"
#include "unicode/locale_data.h"
#include "unicode/utf16_text.h"

namespace handout::unicode {
namespace {

using BreakIterator = Handle<UBreakIterator, ubrk_close>;
using IteratorsByTag = std::map<std::string, BreakIterator, std::less<>>;

BreakIterator open_iterator(UBreakIteratorType type, const std::string& locale_id) {
  UErrorCode status = U_ZERO_ERROR;
  BreakIterator iterator(ubrk_open(type, locale_id.c_str(), nullptr, 0, &status));
  ENSURES(U_SUCCESS(status) && iterator != nullptr);
  return iterator;
}

UBreakIterator& cached(IteratorsByTag& iterators, UBreakIteratorType type, const Locale& locale) {
  auto found = iterators.find(locale.tag());
  if (found == iterators.end()) found = iterators.emplace(locale.tag(), open_iterator(type, data_locale_id(locale))).first;
  return *found->second;
}

void set_text(UBreakIterator& iterator, const std::u16string& utf16) {
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(&iterator, utf16.data(), icu_length(utf16), &status);
  ENSURES(U_SUCCESS(status));
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
  IteratorsByTag line, word;
  BreakIterator grapheme;
};

Breaker::Breaker() : iterators_(std::make_unique<Iterators>()) {}
Breaker::~Breaker() = default;
Breaker::Breaker(Breaker&&) noexcept = default;
Breaker& Breaker::operator=(Breaker&&) noexcept = default;

std::vector<LineBreak> Breaker::line_breaks(std::string_view text, const Locale& locale, const LineBreakRules&) {
  if (text.empty()) return {};
  UBreakIterator& iterator = cached(iterators_->line, UBRK_LINE, locale);
  const std::u16string utf16 = to_utf16(text);
  set_text(iterator, utf16);
  std::vector<LineBreak> breaks;
  ByteCursor cursor(text);
  for (std::int32_t at = ubrk_next(&iterator); at != UBRK_DONE; at = ubrk_next(&iterator)) {
    const std::size_t offset = cursor.advance_to(static_cast<std::size_t>(at));
    if (offset == text.size()) break;
    breaks.push_back({offset, ubrk_getRuleStatus(&iterator) >= UBRK_LINE_HARD ? BreakKind::Mandatory : BreakKind::Allowed});
  }
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
  UBreakIterator& iterator = cached(iterators_->word, UBRK_WORD, locale);
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
