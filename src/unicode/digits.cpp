#include "unicode/digits.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <cstdint>

namespace handout::unicode {

std::optional<int> digit_value(char32_t c) {
  const std::int32_t value = u_charDigitValue(static_cast<UChar32>(c));
  return value < 0 ? std::nullopt : std::optional<int>(value);
}

bool is_written_in(char32_t c, const std::string& script) {
  // Forms for text among ideographs are of no script (UAX #11).
  if (u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH) == U_EA_FULLWIDTH) return script == "Jpan" || script == "Hans" || script == "Hant" || script == "Kore";
  const int code = u_getPropertyValueEnum(UCHAR_SCRIPT, script.c_str());
  return code != UCHAR_INVALID_CODE && uscript_hasScript(static_cast<UChar32>(c), static_cast<UScriptCode>(code)) != 0;
}

}  // namespace handout::unicode
