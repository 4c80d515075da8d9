#include "display/display.h"

namespace handout::display {

namespace {

// What printers leave for the thickness of the paper.
constexpr Length kFlapNarrower = 1.5_mm;

}  // namespace

Size panel_size(const Sheet& sheet) {
  switch (sheet.fold) {
    case Fold::Booklet:
    case Fold::HalfFold:
    case Fold::TwoUp: return {sheet.size.width / 2, sheet.size.height};
    case Fold::ZFold: return {sheet.size.width / 3, sheet.size.height};
    case Fold::TriFold: return {(sheet.size.width - 2 * kFlapNarrower) / 3, sheet.size.height};
  }
  return sheet.size;
}

std::size_t panel_count(Fold fold) {
  switch (fold) {
    case Fold::TriFold:
    case Fold::ZFold: return 6;
    case Fold::HalfFold: return 4;
    case Fold::Booklet:
    case Fold::TwoUp: break;
  }
  return 0;
}

std::string_view name(Fold fold) {
  switch (fold) {
    case Fold::Booklet: return "booklet";
    case Fold::TriFold: return "tri-fold";
    case Fold::ZFold: return "z-fold";
    case Fold::HalfFold: return "half-fold";
    case Fold::TwoUp: return "two-up";
  }
  return "booklet";
}

}  // namespace handout::display
