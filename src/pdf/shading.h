#pragma once

#include "images/picture.h"
#include "pdf/haru.h"

namespace handout::pdf {

// A gradient as an axial or a radial shading in its own space (ISO 32000-1, 8.7.4.5), whose end colours go on beyond the ends.
HPDF_Dict shading_dict(Haru& haru, const images::Gradient& gradient);

}  // namespace handout::pdf
