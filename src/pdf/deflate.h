#pragma once

#include <string>
#include <string_view>

namespace handout::pdf {

// zlib's format at the level of every stream of ours. Empty when there is no memory.
std::string deflate_bytes(std::string_view bytes);

}  // namespace handout::pdf
