#include "unicode/hyphen_automaton.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>
#include <span>
#include <vector>

#include "base/narrow.h"

namespace handout::unicode {
namespace {

constexpr int kRoot = 0;

struct Edge {
  char letter;
  int state;
};

// Aho and Corasick's automaton: a state for each beginning of a pattern.
struct State {
  std::vector<Edge> edges;  // sorted by letter
  int fallback = -1;        // of the longest proper end of this beginning that is itself a beginning
  std::string digits;       // "" or as long as the beginning and one more: what holds when this has been read
};

int child(const State& state, char letter) {
  const auto edge = std::ranges::find(state.edges, letter, &Edge::letter);
  return edge == state.edges.end() ? -1 : edge->state;
}

// Sorted patterns share their beginnings with the one before: a path from the root is all that needs to be known.
std::vector<State> build_tree(std::span<const HyphenPattern> patterns) {
  std::vector<State> states(1);
  std::vector<int> path{kRoot};
  std::string_view last;
  for (const HyphenPattern& pattern : patterns) {
    const auto common = static_cast<std::size_t>(std::ranges::mismatch(last, pattern.letters).in1 - last.begin());
    path.resize(common + 1);
    for (std::size_t i = common; i < pattern.letters.size(); ++i) {
      const int state = narrow<int>(states.size());
      states[static_cast<std::size_t>(path.back())].edges.push_back({pattern.letters[i], state});
      states.emplace_back();
      path.push_back(state);
    }
    states[static_cast<std::size_t>(path.back())].digits = pattern.digits;
    last = pattern.letters;
  }
  return states;
}

// The digits of a shorter pattern that ends where this beginning ends hold there too.
void merge_digits(std::string& digits, const std::string& shorter, std::size_t length) {
  if (shorter.empty()) return;
  if (digits.empty()) digits.assign(length + 1, '0');
  const std::size_t shift = digits.size() - shorter.size();
  for (std::size_t i = 0; i < shorter.size(); ++i) digits[shift + i] = std::max(digits[shift + i], shorter[i]);
}

// Level by level, so that a state's fallback, which is shorter, is finished before it.
void link(std::vector<State>& states) {
  std::vector<int> level{kRoot};
  for (std::size_t length = 1; !level.empty(); ++length) {
    std::vector<int> next;
    for (const int parent : level) {
      for (const Edge& edge : states[static_cast<std::size_t>(parent)].edges) {
        int end = states[static_cast<std::size_t>(parent)].fallback, found = -1;
        while (end >= 0 && (found = child(states[static_cast<std::size_t>(end)], edge.letter)) < 0) end = states[static_cast<std::size_t>(end)].fallback;
        State& state = states[static_cast<std::size_t>(edge.state)];
        state.fallback = std::max(found, kRoot);
        merge_digits(state.digits, states[static_cast<std::size_t>(state.fallback)].digits, length);
        next.push_back(edge.state);
      }
    }
    level = std::move(next);
  }
}

// From malloc, since hnj_hyphen_free gives it back to free.
template <typename T>
T* allocate(std::size_t count) {
  void* const memory = std::calloc(std::max<std::size_t>(count, 1), sizeof(T));
  if (memory == nullptr) throw std::bad_alloc();
  return static_cast<T*>(memory);
}

// Without the zeroes in front, which libhyphen leaves out as well.
char* copy_digits(const std::string& digits) {
  const std::size_t begin = std::min(digits.find_first_not_of('0'), digits.size());
  if (begin == digits.size()) return nullptr;
  char* const out = allocate<char>(digits.size() - begin + 1);
  std::memcpy(out, digits.data() + begin, digits.size() - begin);
  return out;
}

void fill(HyphenState& out, const State& state) {
  out.match = copy_digits(state.digits);
  out.fallback_state = state.fallback;
  if (state.edges.empty()) return;
  out.trans = allocate<HyphenTrans>(state.edges.size());
  for (const Edge& edge : state.edges) out.trans[out.num_trans++] = {edge.letter, edge.state};
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
  std::vector<State> states = build_tree(level.patterns);
  link(states);
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
  for (std::size_t i = 0; i < states.size(); ++i) fill(out->states[i], states[i]);
  return out;
}

}  // namespace

HyphenAutomaton build_hyphen_automaton(const HyphenLevels& levels) {
  HyphenAutomaton compounds = build_level(levels.compounds);
  compounds->nextlevel = build_level(levels.parts).release();
  return compounds;
}

}  // namespace handout::unicode
