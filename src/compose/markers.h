#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compose/cascade.h"
#include "content/article.h"
#include "unicode/counters.h"

// What stands before the items of a list.
namespace handout::compose {

// The text before an item, and how wide the widest of its list is, roughly: in ems of the items' type.
struct Label {
  std::string text;
  double ems = 0;
};
// The width of a label in a text face, roughly: compose sets no type.
[[nodiscard]] double label_ems(std::string_view text);

class Markers {
 public:
  // `marker`: a value of the property, or "".
  Markers(std::string_view marker, const unicode::Locale& locale);
  [[nodiscard]] std::string text(int number) const;
  [[nodiscard]] display::ListNumbering numbering() const;
  // The labels of `count` items.
  [[nodiscard]] std::vector<Label> labels(int first, std::size_t count) const;

 private:
  std::string marker_;
  std::optional<unicode::ListCounter> counter_;  // nothing for marks that don't count
};

// The list's own marker where its style names one; what is inherited counts where it suits the kind: a disc around an ordered list is not for its items.
[[nodiscard]] std::string marker_for(const ComputedStyle& style, content::ListKind kind);

}  // namespace handout::compose
