#pragma once

#include <string>

#include "pdf/haru.h"

namespace handout::pdf {

// The finished file: streams as objects of their own, everything else packed into object streams, a cross-reference stream at the end (ISO 32000-1, 7.5.7, 7.5.8), and
// an /ID that is a hash of the content. Empty when libharu failed (the status says how).
std::string save(Haru& haru);

// What libharu writes itself (a table, no object streams); the same objects. Empty when it failed.
std::string save_plain(Haru& haru);

}  // namespace handout::pdf
