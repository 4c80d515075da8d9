#include "unicode/hyphen_automaton.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/narrow.h"

namespace handout::unicode {
namespace {

constexpr int kRoot = 0;

constexpr int kNone = -1;

// What holds when a beginning has been read, without the zeroes in front, which libhyphen leaves out as well: the last digit is that behind the beginning's last byte.
struct Digits {
  std::uint32_t begin = 0, length = 0;  // in Tree::digits
};

// Aho and Corasick's automaton: a state for each beginning of a pattern. Its longer beginnings are a list by letter.
struct State {
  char letter = 0;          // its last
  int first_child = kNone, last_child = kNone, next = kNone;
  int children = 0;
  int fallback = kNone;     // of the longest proper end of this beginning that is itself a beginning
  Digits digits;
};

struct Tree {
  std::vector<State> states;
  std::string digits;

  [[nodiscard]] State& state(int index) { return states[static_cast<std::size_t>(index)]; }
  [[nodiscard]] const State& state(int index) const { return states[static_cast<std::size_t>(index)]; }
  [[nodiscard]] std::string_view text(const Digits& of) const { return std::string_view(digits).substr(of.begin, of.length); }
  Digits keep(std::string_view text) {
    const Digits kept{narrow<std::uint32_t>(digits.size()), narrow<std::uint32_t>(text.size())};
    digits += text;
    return kept;
  }
};

int child(const Tree& tree, int state, char letter) {
  int found = tree.state(state).first_child;
  while (found != kNone && tree.state(found).letter != letter) found = tree.state(found).next;
  return found;
}

int add_child(Tree& tree, int parent, char letter) {
  const int added = narrow<int>(tree.states.size());
  State& state = tree.states.emplace_back();
  state.letter = letter;
  State& above = tree.state(parent);
  if (above.last_child == kNone) above.first_child = added;
  else tree.state(above.last_child).next = added;
  above.last_child = added;
  ++above.children;
  return added;
}

// Sorted patterns share their beginnings with the one before: a path from the root is all that needs to be known.
Tree build_tree(const HyphenLevel& level) {
  Tree tree;
  tree.states.reserve(level.text.size() / 4 + 1);
  tree.states.resize(1);
  std::vector<int> path{kRoot};
  std::string_view last;
  for (const HyphenLevel::Pattern& pattern : level.patterns) {
    const std::string_view letters = level.letters(pattern), digits = level.digits(pattern);
    const auto common = static_cast<std::size_t>(std::ranges::mismatch(last, letters).in1 - last.begin());
    path.resize(common + 1);
    for (std::size_t i = common; i < letters.size(); ++i) path.push_back(add_child(tree, path.back(), letters[i]));
    tree.state(path.back()).digits = tree.keep(digits.substr(std::min(digits.find_first_not_of('0'), digits.size())));
    last = letters;
  }
  return tree;
}

// The digits of a shorter pattern that ends where this beginning ends hold there too.
void merge_digits(Tree& tree, Digits& digits, const Digits& shorter) {
  if (shorter.length == 0) return;
  if (digits.length == 0) {
    digits = shorter;
    return;
  }
  std::string merged(tree.text(digits));
  const std::string_view other = tree.text(shorter);
  if (merged.size() < other.size()) merged.insert(0, other.size() - merged.size(), '0');
  const std::size_t shift = merged.size() - other.size();
  for (std::size_t i = 0; i < other.size(); ++i) merged[shift + i] = std::max(merged[shift + i], other[i]);
  digits = tree.keep(merged);
}

// Level by level, so that a state's fallback, which is shorter, is finished before it.
void link(Tree& tree) {
  std::vector<int> order{kRoot};
  order.reserve(tree.states.size());
  for (std::size_t at = 0; at < order.size(); ++at) {
    const int parent = order[at];
    for (int each = tree.state(parent).first_child; each != kNone; each = tree.state(each).next) {
      State& state = tree.state(each);
      int end = tree.state(parent).fallback, found = kNone;
      while (end != kNone && (found = child(tree, end, state.letter)) == kNone) end = tree.state(end).fallback;
      state.fallback = std::max(found, kRoot);
      merge_digits(tree, state.digits, tree.state(state.fallback).digits);
      order.push_back(each);
    }
  }
}

// From malloc, since hnj_hyphen_free gives it back to free.
template <typename T>
T* allocate(std::size_t count) {
  void* const memory = std::calloc(std::max<std::size_t>(count, 1), sizeof(T));
  if (memory == nullptr) throw std::bad_alloc();
  return static_cast<T*>(memory);
}

char* copy_digits(std::string_view digits) {
  if (digits.empty()) return nullptr;
  char* const out = allocate<char>(digits.size() + 1);
  std::memcpy(out, digits.data(), digits.size());
  return out;
}

void fill(HyphenState& out, const State& state, const Tree& tree) {
  out.match = copy_digits(tree.text(state.digits));
  out.fallback_state = state.fallback;
  if (state.children == 0) return;
  out.trans = allocate<HyphenTrans>(static_cast<std::size_t>(state.children));
  for (int each = state.first_child; each != kNone; each = tree.state(each).next) out.trans[out.num_trans++] = {tree.state(each).letter, each};
}

// One after another, each ended by a zero.
void set_no_hyphen(HyphenDict& out, std::span<const std::string> items) {
  if (items.empty()) return;
  std::string joined;
  for (const std::string& item : items) joined.append(item) += '\0';
  out.nohyphen = allocate<char>(joined.size());
  std::memcpy(out.nohyphen, joined.data(), joined.size());
  out.nohyphenl = narrow<int>(items.size()) - 1;
}

HyphenAutomaton build_level(const HyphenLevel& level) {
  Tree tree = build_tree(level);
  link(tree);
  const std::vector<State>& states = tree.states;
  // The states first: hnj_hyphen_free walks over them, whatever fails afterwards.
  std::unique_ptr<HyphenState, HandleDeleter<std::free>> array(allocate<HyphenState>(states.size()));
  HyphenAutomaton out(allocate<HyphenDict>(1));
  out->states = array.release();
  out->num_states = narrow<int>(states.size());
  std::strncpy(out->cset, "UTF-8", sizeof out->cset - 1);
  out->utf8 = 1;
  out->lhmin = narrow<char>(level.left);
  out->rhmin = narrow<char>(level.right);
  out->clhmin = narrow<char>(level.compound_left);
  out->crhmin = narrow<char>(level.compound_right);
  set_no_hyphen(*out, level.no_hyphen);
  for (std::size_t i = 0; i < states.size(); ++i) fill(out->states[i], states[i], tree);
  return out;
}

}  // namespace

HyphenAutomaton build_hyphen_automaton(const HyphenLevels& levels) {
  HyphenAutomaton compounds = build_level(levels.compounds);
  compounds->nextlevel = build_level(levels.parts).release();
  return compounds;
}

}  // namespace handout::unicode
