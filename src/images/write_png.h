#pragma once

#include <string>

#include "images/picture.h"

namespace handout::images {

// A PNG file of the raster, without its alpha. Width and height are not 0 and the pixels complete. "" when there is no memory for it.
std::string write_png(const Raster& raster);

}  // namespace handout::images
