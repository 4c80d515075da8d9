#pragma once

#include <string>
#include <string_view>

namespace handout::batch {

// A message as it is counted: without what differs from recipient to recipient. Measures in mm and code points become "…": "region 'address' is … mm high", "no font has U+…".
std::string told_alike(std::string_view message);

}  // namespace handout::batch
