#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fonts/fonts.h"

namespace handout::fonts {

// Shapes text word by word, each word once: names, streets and towns recur in a list of people, and most words do in an article. Only with faces whose rules don't see spaces, so that a word looks alike between
// whatever words it stands; other text is shaped whole. Not shared between threads.
class ShapedWords {
 public:
  // What Fonts::shape() gives for the same arguments.
  [[nodiscard]] std::vector<ShapedGlyph> shape(const Fonts& fonts, FaceId face, const ShapeInput& input);
  // For when Fonts go that were used.
  void forget() { settings_.clear(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view word) const noexcept { return std::hash<std::string_view>{}(word); }
  };
  // Words by their bytes; clusters count from the word's begin. Nothing: a word that its spaces change, or that holds what leaves no glyph.
  using Words = std::unordered_map<std::string, std::optional<std::vector<ShapedGlyph>>, Hash, std::equal_to<>>;
  // All that words of one spelling may differ by.
  struct Setting {
    const Fonts* fonts = nullptr;
    FaceId face;
    std::string script, language;
    unicode::Direction direction = unicode::Direction::LeftToRight;
    std::vector<std::string> features;
    std::optional<ShapedGlyph> space{};  // nothing: the face's text is shaped whole
    Words words{};
  };
  static constexpr std::size_t kMostSettings = 32;
  static constexpr std::size_t kMostWords = 8192;  // of one setting; with more all are forgotten

  Setting& setting_for(const Fonts& fonts, FaceId face, const ShapeInput& input);
  static const std::optional<std::vector<ShapedGlyph>>& word_in(Setting& setting, std::string_view word, const ShapeInput& input);
  // The unknown words from `begin` on at once, since a call of HarfBuzz takes as long as five words do.
  static void learn(Setting& setting, const ShapeInput& input, std::size_t begin);

  std::vector<Setting> settings_;
};

}  // namespace handout::fonts
