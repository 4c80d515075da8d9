#pragma once

#include <string>
#include <string_view>

#include "base/protection.h"
#include "base/result.h"

namespace handout::inspect {

// The file encrypted with AES-256 (ISO 32000-2, 7.6.4, revision 6). Object streams stay as they are. ISO 19005-2, 6.1.3 forbids encryption, so the PDF/A claim is
// taken out of the metadata; PDF/UA's stays. Each time with other bytes, since the key is drawn by chance. Errors: a text that says what is wrong.
tl::expected<std::string, std::string> protect(std::string_view pdf, const Protection& protection);

// The file without its protection; one that has none as it is.
tl::expected<std::string, std::string> unprotected(std::string_view pdf, const std::string& password);

}  // namespace handout::inspect
