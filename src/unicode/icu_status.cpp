#include "unicode/icu_status.h"

#include <new>

#include "base/expects.h"
#include "base/narrow.h"

namespace handout::unicode {

void ensure_success(UErrorCode status, const std::source_location& where) {
  if (U_SUCCESS(status)) return;
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  contract_broken("postcondition", u_errorName(status), where.file_name(), narrow<int>(where.line()));
}

}  // namespace handout::unicode
