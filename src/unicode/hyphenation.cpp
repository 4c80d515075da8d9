#include "unicode/breaking.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <system_error>

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "base/expects.h"
#include "base/narrow.h"
#include "unicode/hyphen_automaton.h"
#include "unicode/hyphen_files.h"
#include "unicode/hyphen_patterns.h"
#include "unicode/text.h"

namespace handout::unicode {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 4U << 20U;  // the largest of Debian's, German, has 1.1 MB
// In bytes. libhyphen's time grows with the square of a compound's length; the longest words of medicine have some 60 letters.
constexpr std::size_t kLongestWord = 512;

struct Dictionary {
  std::optional<HyphenAutomaton> patterns;
  std::string problem;
};

Dictionary unusable(const fs::path& path, std::string_view why) { return {std::nullopt, fmt::format("hyphenation dictionary '{}' {}", path.string(), why)}; }

Dictionary load(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) return unusable(path, "is not a file");
  const std::uintmax_t size = fs::file_size(path, error);
  if (error || size > kLargestFile) return unusable(path, fmt::format("has more than {} bytes", kLargestFile));
  std::string bytes(size, '\0');
  std::ifstream in(path, std::ios::binary);
  if (!in.read(bytes.data(), narrow<std::streamsize>(size))) return unusable(path, "cannot be read");

  const auto levels = read_hyphen_patterns(bytes);
  if (!levels) return unusable(path, "is damaged: " + levels.error());
  return {HyphenAutomaton(*levels), ""};
}

// Character by character, so that offsets hold. Turkic languages have two i (Unicode SpecialCasing).
char32_t lower_case(char32_t c, bool is_turkic) { return is_turkic && c == U'I' ? U'ı' : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))); }

// The word as the patterns know it: in lower case and composed, with the number of the cluster that each character ends (0: it ends none).
struct Folded {
  std::string text;
  std::vector<std::size_t> ends_cluster;
};

Folded fold(std::string_view word, std::span<const std::size_t> boundaries, bool is_turkic) {
  Folded out;
  for (std::size_t cluster = 1; cluster < boundaries.size(); ++cluster) {
    const std::string composed = to_nfc(word.substr(boundaries[cluster - 1], boundaries[cluster] - boundaries[cluster - 1]));
    for (std::size_t i = 0; i < composed.size();) {
      const CodePoint c = decode(composed, i);
      append_utf8(out.text, lower_case(c.value, is_turkic));
      i = c.end;
      out.ends_cluster.push_back(i == composed.size() ? cluster : 0);
    }
  }
  return out;
}

// libhyphen's answer: one digit per character, odd where a hyphen may follow.
std::string hyphen_digits(HyphenDict& patterns, const std::string& word) {
  std::string digits(word.size() + 5, '\0');
  char** replacements = nullptr;
  int* positions = nullptr;
  int* cuts = nullptr;
  hnj_hyphen_hyphenate2(&patterns, word.c_str(), narrow<int>(word.size()), digits.data(), nullptr, &replacements, &positions, &cuts);
  ENSURES(replacements == nullptr && positions == nullptr && cuts == nullptr);  // no pattern changes letters
  return digits;
}

// The Ukrainian and Belarusian patterns also part off single consonants and soft signs ("бать-ки" comes as "ба-ть-ки"); a part needs a vowel.
bool parts_need_vowels(const Locale& locale) { return locale.language() == "uk" || locale.language() == "be"; }

bool has_vowel(std::string_view part) {
  constexpr std::u32string_view kVowels = U"аеёиоуыэюяіїєАЕЁИОУЫЭЮЯІЇЄ";
  for (std::size_t i = 0; i < part.size();) {
    const CodePoint c = decode(part, i);
    if (kVowels.find(c.value) != std::u32string_view::npos) return true;
    i = c.end;
  }
  return false;
}

// A part without a vowel joins the one before it; the first part, the one after it.
void join_parts_without_vowel(std::string_view word, std::vector<std::size_t>& breaks) {
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < breaks.size(); ++i) {
    const std::size_t end = i + 1 < breaks.size() ? breaks[i + 1] : word.size();
    const bool is_first = kept.empty();
    if (is_first && !has_vowel(word.substr(0, breaks[i]))) continue;
    if (has_vowel(word.substr(breaks[i], end - breaks[i]))) kept.push_back(breaks[i]);
  }
  breaks = std::move(kept);
}

}  // namespace

struct Hyphenation::Dictionaries {
  std::vector<fs::path> folders;
  std::shared_mutex mutex;
  std::map<fs::path, Dictionary> by_path;
  std::map<std::string, const Dictionary*, std::less<>> by_tag;  // nullptr: none
  std::mutex breaker_mutex;
  Breaker breaker;

  const Dictionary* find(const Locale& locale) {
    {
      const std::shared_lock reading(mutex);
      if (const auto found = by_tag.find(locale.tag()); found != by_tag.end()) return found->second;
    }
    const std::unique_lock writing(mutex);
    if (const auto found = by_tag.find(locale.tag()); found != by_tag.end()) return found->second;
    const Dictionary* dictionary = nullptr;
    if (auto path = find_hyphen_file(locale, folders)) {
      std::error_code error;
      if (fs::path file = fs::canonical(*path, error); !error) path = std::move(file);  // most are links to another region's
      auto at = by_path.find(*path);
      if (at == by_path.end()) at = by_path.emplace(*path, load(*path)).first;
      dictionary = &at->second;
    }
    by_tag.emplace(locale.tag(), dictionary);
    return dictionary;
  }

  std::vector<std::size_t> clusters(std::string_view word) {
    const std::lock_guard lock(breaker_mutex);
    return breaker.grapheme_boundaries(word);
  }
};

Hyphenation::Hyphenation(std::vector<fs::path> folders) : dictionaries_(std::make_unique<Dictionaries>()) { dictionaries_->folders = std::move(folders); }
Hyphenation::Hyphenation(Hyphenation&&) noexcept = default;
Hyphenation& Hyphenation::operator=(Hyphenation&&) noexcept = default;
Hyphenation::~Hyphenation() = default;

std::vector<fs::path> Hyphenation::usual_folders() { return {"/usr/share/hyphen"}; }

std::vector<std::size_t> Hyphenation::hyphenate(std::string_view word, const Locale& locale, const HyphenLimits& limits) const {
  if (word.empty() || word.size() > kLongestWord) return {};
  const Dictionary* const dictionary = dictionaries_->find(locale);
  if (dictionary == nullptr || !dictionary->patterns) return {};
  const std::vector<std::size_t> boundaries = dictionaries_->clusters(word);
  const std::size_t length = boundaries.size() - 1;
  const auto at_least = [](std::size_t count, int limit) { return limit <= 0 || count >= static_cast<std::size_t>(limit); };
  if (!at_least(length, limits.word)) return {};

  const Folded folded = fold(word, boundaries, locale.language() == "tr" || locale.language() == "az");
  const std::string digits = hyphen_digits(dictionary->patterns->dictionary(), folded.text);
  std::vector<std::size_t> breaks;
  for (std::size_t i = 0; i < folded.ends_cluster.size(); ++i) {
    const std::size_t cluster = folded.ends_cluster[i];
    if (cluster != 0 && cluster != length && (digits[i] - '0') % 2 == 1) breaks.push_back(boundaries[cluster]);
  }
  if (parts_need_vowels(locale)) join_parts_without_vowel(word, breaks);
  const auto beyond_limits = [&](std::size_t at) {
    const auto before = static_cast<std::size_t>(std::ranges::lower_bound(boundaries, at) - boundaries.begin());
    return !at_least(before, limits.before) || !at_least(length - before, limits.after);
  };
  std::erase_if(breaks, beyond_limits);
  return breaks;
}

std::string Hyphenation::problem(const Locale& locale) const {
  const Dictionary* const dictionary = dictionaries_->find(locale);
  return dictionary == nullptr ? fmt::format("there are no hyphenation patterns for '{}'", locale.tag()) : dictionary->problem;
}

// Languages that write compounds or whole phrases as one word, of the Germanic, Uralic, Turkic, Dravidian, Bantu and Eskimo-Aleut families.
bool Hyphenation::needs_hyphens(const Locale& locale) {
  constexpr std::array<std::string_view, 31> kLanguages{"af", "da", "de", "et", "fi", "fo", "fy", "gsw", "hu", "is", "iu", "kl", "kn", "lb", "ml", "nb",
                                                        "nds", "nl", "nn", "no", "se", "sma", "smj", "smn", "sms", "sv", "ta", "te", "tr", "xh", "zu"};
  return std::ranges::find(kLanguages, locale.language()) != kLanguages.end();
}

}  // namespace handout::unicode
