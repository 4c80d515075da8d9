#pragma once

#include <hyphen.h>

#include "base/handle.h"
#include "unicode/hyphen_patterns.h"

namespace handout::unicode {

using HyphenAutomaton = Handle<HyphenDict, hnj_hyphen_free>;

// The patterns as the automaton that hyphen.h declares and libhyphen runs. It is built here because libhyphen's own reader takes 1 to 3 s for German (a hash table too
// small for 280,000 states), writes outside its buffers for damaged files, and leaves out what a shorter pattern says inside a longer one unless the file was prepared
// for that, which the Russian one was not.
[[nodiscard]] HyphenAutomaton build_hyphen_automaton(const HyphenLevels& levels);

}  // namespace handout::unicode
