#include "inspect/word_changes.h"

#include <algorithm>

#include "inspect/edit_script.h"
#include "inspect/words.h"

namespace handout::inspect {

namespace {

using Words = std::vector<std::uint32_t>;

// A document's words in reading order, and the page of each.
struct Stream {
  Words words;
  std::vector<std::size_t> pages;
};

Stream stream_of(const std::vector<TextPiece>& pieces, WordTable& table) {
  Stream stream;
  for (const TextPiece& piece : pieces) {
    const Words words = words_of(piece.text, table);
    stream.words.insert(stream.words.end(), words.begin(), words.end());
    stream.pages.resize(stream.words.size(), piece.page);
  }
  return stream;
}

// "... some words before [-removed-] {+added+} and after ..."
std::string hunk_text(const Words& a, const Words& b, const Hunk& hunk, const WordTable& table) {
  constexpr std::size_t kContext = 4;
  const std::size_t before = std::min(kContext, hunk.b_begin), after = std::min(kContext, b.size() - hunk.b_end);
  const auto part = [&](const Words& words, std::size_t begin, std::size_t end) { return joined(std::span(words).subspan(begin, end - begin), table); };
  std::string text = hunk.b_begin > before ? "... " : "";
  if (before > 0) text += part(b, hunk.b_begin - before, hunk.b_begin) + ' ';
  if (hunk.a_end > hunk.a_begin) text += "[-" + part(a, hunk.a_begin, hunk.a_end) + "-]";
  if (hunk.a_end > hunk.a_begin && hunk.b_end > hunk.b_begin) text += ' ';
  if (hunk.b_end > hunk.b_begin) text += "{+" + part(b, hunk.b_begin, hunk.b_end) + "+}";
  if (after > 0) text += ' ' + part(b, hunk.b_end, hunk.b_end + after);
  return hunk.b_end + after < b.size() ? text + " ..." : text;
}

class Comparer {
 public:
  std::vector<PageChange> run(const ComparedText& a, const ComparedText& b) {
    a_ = words(a.pages, &PageText::text);
    b_ = words(b.pages, &PageText::text);
    a_outside_ = words(a.pages, &PageText::outside);
    b_outside_ = words(b.pages, &PageText::outside);
    for (const PagePair& pair : align_pages(a_, b_)) {
      if (pair.a) change_of_a_.push_back(changes_.size());
      if (pair.b) change_of_b_.push_back(changes_.size());
      PageChange change;
      change.pages = pair;
      changes_.push_back(std::move(change));
    }
    compare(stream_of(a.pieces, table_), stream_of(b.pieces, table_));
    for (PageChange& change : changes_) finish(change);
    return std::move(changes_);
  }

 private:
  std::vector<Words> words(const std::vector<PageText>& pages, std::string PageText::* text) {
    std::vector<Words> result;
    for (const PageText& page : pages) result.push_back(words_of(page.*text, table_));
    return result;
  }

  void compare(const Stream& a, const Stream& b) {
    for (const Hunk& hunk : edit_script(a.words, b.words)) {
      const bool added = hunk.b_end > hunk.b_begin;
      const std::size_t change = added ? change_of_b_[b.pages[hunk.b_begin]] : change_of_a_[a.pages[hunk.a_begin]];
      changes_[change].lines.push_back(hunk_text(a.words, b.words, hunk, table_));
    }
  }

  void finish(PageChange& change) {
    const auto [a, b] = change.pages;
    if (!a || !b) return;
    if (change.lines.empty() && a_[*a] != b_[*b]) change.lines.emplace_back("begins or ends at other words");
    for (const Hunk& hunk : edit_script(a_outside_[*a], b_outside_[*b])) change.lines.push_back("outside the text: " + hunk_text(a_outside_[*a], b_outside_[*b], hunk, table_));
  }

  WordTable table_;
  std::vector<Words> a_, b_, a_outside_, b_outside_;
  std::vector<std::size_t> change_of_a_, change_of_b_;  // by page
  std::vector<PageChange> changes_;
};

}  // namespace

std::vector<PageChange> word_changes(const ComparedText& a, const ComparedText& b) { return Comparer().run(a, b); }

}  // namespace handout::inspect
