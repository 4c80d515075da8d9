#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace handout::inspect {

// The properties of an XMP packet ("dc:title", value), in their order; items of a list are joined by "; ". The descriptions of extension schemas are left out.
std::vector<std::pair<std::string, std::string>> xmp_properties(std::string_view xmp);

// "PDF/UA-1", "PDF/A-2a": what the packet claims.
std::vector<std::string> claims(std::string_view xmp);

// The packet without PDF/A's identification (ISO 19005-2, 6.6.4).
std::string without_archive_claim(std::string_view xmp);

}  // namespace handout::inspect
