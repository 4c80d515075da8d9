#pragma once

#include <source_location>

#include <unicode/utypes.h>

namespace handout::unicode {

// What every call of ICU that cannot fail for what people wrote is followed by: std::bad_alloc when memory ran out, otherwise a failure is our own bug.
void ensure_success(UErrorCode status, const std::source_location& where = std::source_location::current());

}  // namespace handout::unicode
