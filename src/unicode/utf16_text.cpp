#include "unicode/utf16_text.h"

#include <unicode/ustring.h>

#include "base/expects.h"
#include "base/narrow.h"
#include "unicode/icu_status.h"
#include "unicode/text.h"

namespace handout::unicode {

std::u16string to_utf16(std::string_view text) {
  std::u16string out(text.size(), u'\0');  // UTF-16 has never more units than UTF-8 has bytes
  std::int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  const auto bytes = narrow<std::int32_t>(text.size());
  u_strFromUTF8WithSub(out.data(), bytes, &length, text.data(), bytes, 0xFFFD, nullptr, &status);
  ensure_success(status);
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::string to_utf8(std::u16string_view text) {
  std::string out(text.size() * 3, '\0');
  std::int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8WithSub(out.data(), narrow<std::int32_t>(out.size()), &length, text.data(), icu_length(text), 0xFFFD, nullptr, &status);
  ensure_success(status);
  out.resize(static_cast<std::size_t>(length));
  return out;
}

std::int32_t icu_length(std::u16string_view text) { return narrow<std::int32_t>(text.size()); }

std::size_t ByteCursor::advance_to(std::size_t index) {
  EXPECTS(index >= index_);
  while (index_ < index) {
    const CodePoint next = decode(text_, byte_);
    index_ += next.value > 0xFFFF ? 2 : 1;
    byte_ = next.end;
  }
  ENSURES(index_ == index);
  return byte_;
}

}  // namespace handout::unicode
