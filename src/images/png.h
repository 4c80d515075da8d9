#pragma once

#include "images/picture.h"
#include "images/picture_file.h"

namespace handout::images {

// Every colour type, bit depth and interlace of PNG as a Raster of eight bits; grey stays grey. An ICC profile is converted to sRGB; gAMA and
// cHRM are ignored, as in most viewers. Alpha that is opaque everywhere is dropped.
Result<Picture> decode_png(const PictureFile& file);

}  // namespace handout::images
