#include "typeset/hyphens.h"

#include <algorithm>
#include <string_view>

namespace handout::typeset {
namespace {

constexpr char32_t kSoftHyphen = 0xAD;

bool is_of_word(char32_t c) { return unicode::is_letter(c) || unicode::is_mark(c) || c == kSoftHyphen || c == 0x200C || c == 0x200D; }

bool is_inside(std::span<const unicode::Sequence> sequences, std::size_t begin, std::size_t end) {
  const auto next = std::partition_point(sequences.begin(), sequences.end(), [&](const unicode::Sequence& s) { return s.end <= begin; });
  return next != sequences.end() && next->begin < end;
}

class Finder {
 public:
  Finder(const ItemizedText& itemized, std::span<const unicode::Sequence> whole, const Resources& resources) : itemized_(itemized), whole_(whole), resources_(resources) {}

  // A change of style inside a word doesn't part it; a change of language does.
  void add(std::size_t begin, std::size_t end) {
    const auto& runs = itemized_.source.runs;
    auto run = std::partition_point(runs.begin(), runs.end(), [&](const styled::TextRun& r) { return r.end <= begin; });
    while (begin < end) {
      auto last = run;
      while (last->end < end && std::next(last)->language == run->language) ++last;
      const std::size_t part_end = std::min(end, last->end);
      add_part(begin, part_end, run->language);
      begin = part_end;
      run = std::next(last);
    }
  }

  std::vector<std::size_t> found;

 private:
  void add_part(std::size_t begin, std::size_t end, const unicode::Locale& language) {
    const std::string_view word = std::string_view(itemized_.source.text).substr(begin, end - begin);
    const bool has_soft = word.find("\u00AD") != std::string_view::npos || std::string_view(itemized_.source.text).substr(0, begin).ends_with("\u00AD");
    if (has_soft || is_inside(whole_, begin, end)) return;
    for (const std::size_t at : resources_.hyphenation.hyphenate(word, language, itemized_.paragraph.lines.hyphen_limits)) found.push_back(begin + at);
  }

  const ItemizedText& itemized_;
  std::span<const unicode::Sequence> whole_;
  const Resources& resources_;
};

}  // namespace

std::vector<std::size_t> find_hyphens(const ItemizedText& itemized, std::size_t begin, std::size_t end, std::span<const unicode::Sequence> whole, const Resources& resources) {
  Finder finder(itemized, whole, resources);
  const std::string_view text = itemized.source.text;
  for (std::size_t at = begin; at < end;) {
    std::size_t word = at;
    while (at < end) {
      const unicode::CodePoint c = unicode::decode(text, at);
      if (!is_of_word(c.value)) break;
      at = c.end;
    }
    if (at > word) finder.add(word, at);
    if (at < end) at = unicode::decode(text, at).end;
  }
  return std::move(finder.found);
}

bool hyphenates_freely(const styled::Paragraph& paragraph) {
  using styled::Hyphenate;
  return paragraph.lines.hyphenate == Hyphenate::Yes || (paragraph.lines.hyphenate == Hyphenate::Auto && unicode::Hyphenation::needs_hyphens(paragraph.language));
}

}  // namespace handout::typeset
