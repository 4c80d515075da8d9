#include "compose/edition.h"

namespace handout::compose {

styled::BlockPtr Composer::parallel(const layouts::Item&, const layouts::ParallelItem&, const Scope&) const { return nullptr; }

}  // namespace handout::compose
