#pragma once

#include "images/picture.h"
#include "images/picture_file.h"

namespace handout::images {

// Takes the metadata out, decodes the whole rest to know that it is sound, then passes its bytes through. What PDF's DCTDecode would show
// otherwise than a viewer does becomes a Raster instead: one that EXIF turns, one whose ICC profile is not sRGB, CMYK with a profile (the Raster
// is sRGB), RGB that no Adobe marker announces. CMYK without a profile is a fault.
Result<Picture> decode_jpeg(const PictureFile& file);

}  // namespace handout::images
