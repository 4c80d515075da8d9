#pragma once

#include <functional>

#include "base/diagnostics.h"
#include "compose/compose.h"
#include "display/display.h"
#include "styled/styled.h"

// The search for the setting at which a handout takes so many pages or sheets. The stages know nothing of it.
namespace handout {

// A handout made at one setting, its pages not yet on sheets.
struct LaidOut {
  styled::StyledDocument styled;
  display::DisplayDocument display;
  std::size_t trial = 0;
};
using LayOut = std::function<Result<LaidOut>(const compose::Scale& scale, Diagnostics& diags)>;

inline constexpr int kMostTrials = 12;

// What the request asks for, else the layout; nothing when neither asks. Where only the request does, type stays as it is, space may go down to 70% and margins to 80%.
std::optional<layouts::FitRule> fit_rule(const request::Request& request, const layouts::LayoutDefinition& layout);

// The pages that may be taken: a sheet has as many as its fold, and the printing on both sides, give it.
std::size_t pages_for(const layouts::FitRule& rule, const styled::StyledDocument& document);

// Tries the layout as it is, then the smallest setting, then halves what is between them: first space gives, by whole percents, then margins, and type last of all, never below
// `sources.layout->minimum_type`. The first setting on that way at which the handout fits wins; a note tells it. At most kMostTrials calls of `lay_out`.
// Faults: those of the layout as it is; at the rule's place that it doesn't fit at the smallest setting, by how much, and what would have to give.
Result<LaidOut> search_fit(const layouts::FitRule& rule, const request::Request& request, const compose::Sources& sources, const LayOut& lay_out, Diagnostics& diags);

}  // namespace handout
