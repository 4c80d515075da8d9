#include "unicode/hyphen_automaton.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "base/narrow.h"

namespace handout::unicode {
namespace {

constexpr std::uint32_t kRoot = 0;

// What holds when a beginning has been read, without the zeroes in front, which libhyphen leaves out as well: the last digit is that behind the beginning's last byte.
struct Digits {
  std::uint32_t begin = 0, length = 0;  // in Tree::digits, where a zero byte follows
};

// Aho and Corasick's automaton: a state for each beginning of a pattern, shorter ones first and each one's longer ones by one letter side by side.
struct State {
  std::uint32_t first = 0, last = 0;  // of the sorted patterns, those that begin so; without `last`
  std::uint32_t first_child = 0, children = 0;
  std::uint32_t fallback = kRoot;     // the longest proper end of this beginning that is itself a beginning
  Digits digits{};
  std::uint16_t depth = 0;            // its letters
  char letter = 0;                    // the last of them
};

class Tree {
 public:
  explicit Tree(const HyphenLevel& level) : level_(level) {
    states.reserve(level.text.size() / 4 + 1);
    states.push_back({.first = 0, .last = narrow<std::uint32_t>(level.patterns.size())});
    for (std::uint32_t i = 0; i < states.size(); ++i) add_children(i);
  }

  std::vector<State> states;
  std::string digits;

 private:
  [[nodiscard]] std::string_view letters(std::uint32_t pattern) const { return level_.letters(level_.patterns[pattern]); }
  [[nodiscard]] std::string_view text(const Digits& of) const { return std::string_view(digits).substr(of.begin, of.length); }

  void add_children(std::uint32_t parent) {
    const State above = states[parent];
    const std::size_t depth = above.depth;
    states[parent].first_child = narrow<std::uint32_t>(states.size());
    // The one that is no longer comes first.
    std::uint32_t first = above.first + (above.first < above.last && letters(above.first).size() == depth ? 1 : 0);
    while (first < above.last) {
      const char letter = letters(first)[depth];
      std::uint32_t last = first + 1;
      while (last < above.last && letters(last)[depth] == letter) ++last;
      State child{.first = first, .last = last, .depth = narrow<std::uint16_t>(depth + 1), .letter = letter};
      child.fallback = parent == kRoot ? kRoot : fallback_of(above.fallback, letter);
      child.digits = own_digits(child);
      merge_digits(child.digits, states[child.fallback].digits);
      states.push_back(child);
      first = last;
    }
    states[parent].children = narrow<std::uint32_t>(states.size()) - states[parent].first_child;
  }

  // Shorter beginnings have their children already.
  [[nodiscard]] std::uint32_t fallback_of(std::uint32_t end, char letter) const {
    for (;;) {
      const auto begin = states.begin() + states[end].first_child;
      const auto found = std::find_if(begin, begin + states[end].children, [&](const State& each) { return each.letter == letter; });
      if (found != begin + states[end].children) return narrow<std::uint32_t>(static_cast<std::size_t>(found - states.begin()));
      if (end == kRoot) return kRoot;
      end = states[end].fallback;
    }
  }

  Digits keep(std::string_view kept) {
    const Digits place{narrow<std::uint32_t>(digits.size()), narrow<std::uint32_t>(kept.size())};
    digits.append(kept).push_back('\0');
    return place;
  }

  Digits own_digits(const State& state) {
    if (letters(state.first).size() != state.depth) return {};
    const std::string_view all = level_.digits(level_.patterns[state.first]);
    return keep(all.substr(std::min(all.find_first_not_of('0'), all.size())));
  }

  // The digits of a shorter pattern that ends where this beginning ends hold there too.
  void merge_digits(Digits& own, const Digits& shorter) {
    if (shorter.length == 0) return;
    if (own.length == 0) {
      own = shorter;
      return;
    }
    std::string merged(text(own));
    const std::string_view other = text(shorter);
    if (merged.size() < other.size()) merged.insert(0, other.size() - merged.size(), '0');
    const std::size_t shift = merged.size() - other.size();
    for (std::size_t i = 0; i < other.size(); ++i) merged[shift + i] = std::max(merged[shift + i], other[i]);
    own = keep(merged);
  }

  const HyphenLevel& level_;
};

// One after another, each ended by a zero.
std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text.append(item) += '\0';
  return text;
}

}  // namespace

std::unique_ptr<HyphenAutomaton::Level> HyphenAutomaton::build(const HyphenLevel& level) {
  Tree tree(level);
  auto out = std::make_unique<Level>();
  out->digits = std::move(tree.digits);
  out->transitions.reserve(tree.states.size());
  // One for each state, the root's for nobody.
  for (std::size_t i = 0; i < tree.states.size(); ++i) out->transitions.push_back({tree.states[i].letter, narrow<int>(i)});
  out->states.reserve(tree.states.size());
  for (const State& each : tree.states) {
    HyphenState state{};
    state.match = each.digits.length > 0 ? out->digits.data() + each.digits.begin : nullptr;
    state.fallback_state = &each == &tree.states.front() ? -1 : narrow<int>(each.fallback);
    state.num_trans = narrow<int>(each.children);
    state.trans = each.children > 0 ? out->transitions.data() + each.first_child : nullptr;
    out->states.push_back(state);
  }
  out->no_hyphen = joined(level.no_hyphen);
  HyphenDict& dictionary = out->dictionary;
  dictionary.states = out->states.data();
  dictionary.num_states = narrow<int>(out->states.size());
  std::strncpy(dictionary.cset, "UTF-8", sizeof dictionary.cset - 1);
  dictionary.utf8 = 1;
  dictionary.lhmin = narrow<char>(level.left);
  dictionary.rhmin = narrow<char>(level.right);
  dictionary.clhmin = narrow<char>(level.compound_left);
  dictionary.crhmin = narrow<char>(level.compound_right);
  if (!level.no_hyphen.empty()) {
    dictionary.nohyphen = out->no_hyphen.data();
    dictionary.nohyphenl = narrow<int>(level.no_hyphen.size()) - 1;
  }
  return out;
}

HyphenAutomaton::HyphenAutomaton(const HyphenLevels& levels) : compounds_(build(levels.compounds)), parts_(build(levels.parts)) { compounds_->dictionary.nextlevel = &parts_->dictionary; }

}  // namespace handout::unicode
