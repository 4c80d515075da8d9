#include "unicode/text.h"

#include <algorithm>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include "base/narrow.h"
#include "unicode/icu_status.h"

namespace handout::unicode {
namespace {

// UAX #14 BK, CR, LF and NL: what would end a line by itself.
bool is_line_break(char32_t c) { return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029; }

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

bool is_noncharacter(char32_t c) { return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFEU) == 0xFFFE; }

// XML's own white space and what else ends a line. Spaces with a width of their own (no-break, thin, ideographic) were meant.
bool collapses(char32_t c) { return c == ' ' || c == '\t' || is_line_break(c); }

}  // namespace

std::string to_nfc(std::string_view text) {
  // Nothing below U+0300 (0xCC 0x80) composes with what is before it or decomposes: NFC_Quick_Check=Yes and combining class 0.
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0xCC; })) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(status);
  ensure_success(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out, narrow<std::int32_t>(text.size()));
  nfc->normalizeUTF8(0, icu::StringPiece(text.data(), narrow<std::int32_t>(text.size())), sink, nullptr, status);
  ensure_success(status);
  return out;
}

std::string sanitize_field(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t kept_from = 0;
  const auto replace = [&](const CodePoint& c, std::string_view by) {
    out.append(text, kept_from, c.begin - kept_from).append(by);
    kept_from = c.end;
  };
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode(text, i);
    i = c.end;
    const bool is_first_of_crlf = c.value == '\r' && i < text.size() && text[i] == '\n';  // one line break, one space
    if (!is_first_of_crlf && (c.value == '\t' || is_line_break(c.value))) replace(c, " ");
    else if (is_control(c.value) || is_noncharacter(c.value) || is_bidi_control(c.value)) replace(c, "");
  }
  return out.append(text, kept_from);
}

bool is_blank(std::string_view text) {
  constexpr char32_t kBrailleBlank = U'\u2800';
  for (std::size_t i = 0; i < text.size();) {
    const CodePoint c = decode(text, i);
    i = c.end;
    if (!is_white_space(c.value) && c.value != kBrailleBlank && (c.value < 0x80 || !is_default_ignorable(c.value))) return false;
  }
  return true;
}

std::string collapse_white_space(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t kept_from = 0;
  for (std::size_t i = 0; i < text.size();) {
    CodePoint c = decode(text, i);
    i = c.end;
    if (!collapses(c.value)) continue;
    out.append(text, kept_from, c.begin - kept_from) += ' ';
    while (i < text.size() && collapses((c = decode(text, i)).value)) i = c.end;
    kept_from = i;
  }
  return out.append(text, kept_from);
}

}  // namespace handout::unicode
