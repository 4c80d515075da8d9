#pragma once

#include "base/diagnostics.h"

namespace CLI {
class App;
class ParseError;
}

namespace handout::cli {

// What is wrong with a command line that CLI11 refused, where it is a word that nobody knows: an option that is not there is told in place of one that is missing because of it, with the nearest name. Values are never repeated: they
// may be somebody's. False: CLI11's own message says it.
bool tell_unknown_words(const CLI::App& app, const CLI::ParseError& error, Diagnostics& diags);

}  // namespace handout::cli
