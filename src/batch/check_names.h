#pragma once

#include "base/diagnostics.h"
#include "mailings/mailing.h"
#include "pipeline.h"

namespace handout::batch {

// That there is all that a mailing names: articles, their sections and points in each language that may be printed, layout, profile, envelope, clinic, suppression lists, the file with the secret; and that the layout can be printed as the
// mailing says. Each fault stands where the mailing, or the option in its place, names the thing; those of a layout itself stand in
// the layout.
Result<std::monostate> check_names(const mailings::Mailing& mailing, Pipeline& pipeline, Diagnostics& diags);

}  // namespace handout::batch
