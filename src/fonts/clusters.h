#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "fonts/characters.h"
#include "fonts/fonts.h"

namespace handout::fonts {

// In the order in which faces are chosen.
enum class ClusterKind : std::uint8_t {
  Letters,  // has a script of its own
  Common,   // digits, punctuation, symbols
  Space,
  Undrawn   // asks for no glyph
};

// A grapheme cluster and the face that was chosen for it.
struct Cluster {
  std::size_t begin = 0, end = 0;
  ClusterKind kind = ClusterKind::Undrawn;
  ScriptTag script = 0;  // of its letters; else the range's
  FaceId face;
  bool covered = true;
};

// The clusters of text[begin, end), `script` being the range's.
[[nodiscard]] std::vector<Cluster> read_clusters(std::string_view text, std::size_t begin, std::size_t end, ScriptTag script);

// Clusters [begin, end).
struct Word {
  std::size_t begin = 0, end = 0;
};
// The word that starts with cluster `begin`, which has letters: those of its script that follow, with the controls between them. Where a language writes without
// spaces a word is all that stands between two signs; an ideograph is a word of its own.
[[nodiscard]] Word word_at(const std::vector<Cluster>& clusters, std::size_t begin);

}  // namespace handout::fonts
