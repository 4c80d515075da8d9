#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/digest.h"
#include "display/display.h"

namespace handout::display {

// SHA-256 over the canonical form of a document's pages with all they reach: every page's size, every placed line with its glyphs, text, pictures and places, the structure, the language. Not how a file writes
// them: a piece in a print stream has the digest that it has alone. What recurs is hashed once. Not shared between threads.
class CanonicalDigest {
 public:
  // `like`, when it is given, is the same for documents that differ in nothing but their placements, their title and what is in no digest.
  Sha256Digest of(const DisplayDocument& document, const std::shared_ptr<const void>& like = nullptr);

 private:
  Sha256Digest head_of(const DisplayDocument& document, const std::shared_ptr<const void>& like);
  const Sha256Digest& of(const std::shared_ptr<const Fragment>& fragment);
  const Sha256Digest& of(const std::shared_ptr<const images::Picture>& picture);
  void add(const Fragment& fragment);

  struct KnownFragment { std::shared_ptr<const Fragment> held; Sha256Digest digest; };
  struct KnownPicture { std::shared_ptr<const images::Picture> held; Sha256Digest digest; };
  struct KnownHead { std::shared_ptr<const void> held; Sha256Digest digest; };
  static constexpr std::size_t kMostKnown = 16384;

  Sha256 maker_;
  std::unordered_map<const Fragment*, KnownFragment> fragments_;       // only looked up, never walked
  std::unordered_map<const images::Picture*, KnownPicture> pictures_;
  std::unordered_map<const void*, KnownHead> heads_;
  Sha256Digest last_{};
  std::string bytes_, inner_;
};

}  // namespace handout::display
