#include "unicode/matching.h"

#include <algorithm>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include "base/ascii.h"
#include "base/narrow.h"
#include "unicode/icu_status.h"
#include "unicode/text.h"

namespace handout::unicode {
namespace {

std::string normalized(std::string_view text, const icu::Normalizer2& form) {
  UErrorCode status = U_ZERO_ERROR;
  std::string out;
  icu::StringByteSink<std::string> sink(&out, narrow<std::int32_t>(text.size()));
  form.normalizeUTF8(0, icu::StringPiece(text.data(), narrow<std::int32_t>(text.size())), sink, nullptr, status);
  ensure_success(status);
  return out;
}

bool is_passed_over(char32_t c) {
  constexpr std::u32string_view kMarks = U"-_.,'\u2019()/:?*";
  return kMarks.find(c) != std::u32string_view::npos || (c >= 0x300 && c <= 0x36F) || is_white_space(c);
}

std::string without_marks(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode(text, i);
    i = c.end;
    if (!is_passed_over(c.value)) out.append(text, c.begin, c.end - c.begin);
  }
  return out;
}

}  // namespace

std::string comparable(std::string_view text) {
  std::string out;
  bool is_ascii = true;
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode(text, i);
    i = c.end;
    is_ascii = is_ascii && c.value < 0x80;
    if (is_white_space(c.value)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (c.value < 0x80 || !is_default_ignorable(c.value)) {
      out.append(text, c.begin, c.end - c.begin);
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return is_ascii ? out : to_nfc(out);
}

std::string fold_for_matching(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    return ascii_lowered(without_marks(text));
  }
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* const decompose = icu::Normalizer2::getNFDInstance(status);
  ensure_success(status);
  return to_nfc(without_marks(normalized(normalized(text, *fold), *decompose)));
}

}  // namespace handout::unicode
