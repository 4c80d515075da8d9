#pragma once

#include <memory>
#include <string>
#include <vector>

#include <hyphen.h>

#include "unicode/hyphen_patterns.h"

namespace handout::unicode {

// The patterns as the automaton that hyphen.h declares and libhyphen runs. It is built here because libhyphen's own reader takes 1 to 3 s for German (a hash table too
// small for 280,000 states), writes outside its buffers for damaged files, and leaves out what a shorter pattern says inside a longer one unless the file was prepared
// for that, which the Russian one was not.
class HyphenAutomaton {
 public:
  explicit HyphenAutomaton(const HyphenLevels& levels);
  // libhyphen only reads it, on any thread.
  [[nodiscard]] HyphenDict& dictionary() const { return compounds_->dictionary; }

 private:
  // What a dictionary points to; it is never given to hnj_hyphen_free.
  struct Level {
    HyphenDict dictionary{};
    std::vector<HyphenState> states;
    std::vector<HyphenTrans> transitions;
    std::string digits, no_hyphen;
  };
  static std::unique_ptr<Level> build(const HyphenLevel& level);

  std::unique_ptr<Level> compounds_, parts_;
};

}  // namespace handout::unicode
