#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace handout::images {

// The same coded picture without what cameras and programs write beside it: where and by whom it was taken, comments, previews (of parts
// that were cut away since, perhaps), second pictures behind the end. Kept are JFIF's pixel density and Adobe's mark, which decides the colours.
// What is no JPEG ends where that shows; whoever shows the result must decode it first.
std::string without_metadata(std::string_view jpeg);

// How many segments of metadata it has, those that stay among them.
std::size_t metadata_segments(std::string_view jpeg);

}  // namespace handout::images
