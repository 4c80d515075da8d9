#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "unicode/locale.h"

// Where lines may end: rules of UAX #14 and its tailorings, hyphens inside words, and what belongs together. Text is UTF-8, offsets are bytes.
namespace handout::unicode {

// How strict the rules for a line's start and end are in Chinese and Japanese (CSS Text 3, 5.3; UAX #14 section 5.1). Auto: the locale's own (-u-lb-), else normal.
enum class LineStrictness : std::uint8_t { Auto, Loose, Normal, Strict };
// Auto: words stay whole in Korean. Normal: as UAX #14 has it. KeepAll: no break between letters of any kind but by dictionary. BreakAll: between any two clusters (CSS Text 3, 5.2).
enum class WordBreak : std::uint8_t { Auto, Normal, KeepAll, BreakAll };

struct LineBreakRules {
  LineStrictness strictness = LineStrictness::Auto;
  WordBreak words = WordBreak::Auto;
  friend bool operator==(const LineBreakRules&, const LineBreakRules&) = default;
};

// CSS Text 4, hyphenate-limit-chars: characters of the whole word, before and after the hyphen.
struct HyphenLimits {
  int word = 5, before = 2, after = 3;
  friend bool operator==(const HyphenLimits&, const HyphenLimits&) = default;
};

// Hyphenation patterns (libhyphen), one dictionary per language, each read when it is first asked for. Threads may share one.
class Hyphenation {
 public:
  // Folders with dictionaries such as hyph_de_DE.dic; the first that has one for a language wins.
  explicit Hyphenation(std::vector<std::filesystem::path> folders);
  Hyphenation(Hyphenation&&) noexcept;
  Hyphenation& operator=(Hyphenation&&) noexcept;
  ~Hyphenation();
  // Where Debian's hyphen-* packages put them.
  [[nodiscard]] static std::vector<std::filesystem::path> usual_folders();

  // Byte offsets in `word` (letters only, no white space) at which a hyphen may stand and a line end; ascending. Breaks that would change the word's
  // letters (Hungarian "asszony", "asz-szony") are left out. Nothing where the language has no usable dictionary.
  [[nodiscard]] std::vector<std::size_t> hyphenate(std::string_view word, const Locale& locale, const HyphenLimits& limits) const;
  // Why there are no hyphens in this language, or "": "there are no hyphenation patterns for 'fi'", "hyphenation dictionary '...' is damaged: ...".
  [[nodiscard]] std::string problem(const Locale& locale) const;
  // Languages of long compounds, in which lines without hyphens are too uneven to read: German, Finnish, Hungarian, ...
  [[nodiscard]] static bool needs_hyphens(const Locale& locale);

 private:
  struct Dictionaries;
  std::unique_ptr<Dictionaries> dictionaries_;
};

// A stretch of text that is one thing to its reader. No line ends inside it, but a Url's lines at its joints; in right-to-left text it is read left to right.
enum class SequenceKind : std::uint8_t { Phone, Url, Email, Quantity, TitledName };
struct Sequence {
  std::size_t begin = 0, end = 0;
  SequenceKind kind = SequenceKind::Phone;
};
// Phone numbers, web and mail addresses, numbers with their units ("500 mg", "10 %", "5 мг"), names with their titles ("Dr. Ruiz"); in order, none inside another.
[[nodiscard]] std::vector<Sequence> find_sequences(std::string_view text, const Locale& locale);
// Where a web address may be broken, without a hyphen: behind a colon or a double slash, before or behind "=" and "&", before a single slash or other marks (The
// Chicago Manual of Style, 17th ed., 14.18). Also the joints of a mail address: before "@" and ".".
[[nodiscard]] std::vector<std::size_t> address_joints(std::string_view text, const Sequence& address);

}  // namespace handout::unicode
