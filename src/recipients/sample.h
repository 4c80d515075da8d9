#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/sink.h"
#include "recipients/targets.h"

namespace handout::recipients {

struct SampleOptions {
  std::uint64_t count = 0, seed = 0;
  std::vector<Target> columns;  // none: sample_columns()
};

// Of every sample that does not say otherwise.
std::vector<Target> sample_columns();

// Invented people as CSV with a header, to try a mailing with: names in fifteen scripts, addresses of two dozen countries in their parts, preferred languages, large print, keys that occur once; about one in a hundred is
// awkward and valid (very long and one-letter names, six lines of address, commas and quotes, titles, one name only). The same seed gives the same bytes on every machine, and a person depends on the seed and their
// number only: a longer sample begins with the shorter one. False: the sink failed, and says why.
[[nodiscard]] bool write_sample(const SampleOptions& options, Sink& sink);

}  // namespace handout::recipients
