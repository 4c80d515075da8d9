#include "unicode/capitals.h"

#include <algorithm>

#include <unicode/ucasemap.h>

#include "base/handle.h"
#include "base/narrow.h"
#include "unicode/icu_status.h"

namespace handout::unicode {
namespace {

// The languages whose capitals of ASCII letters are not ASCII's (SpecialCasing.txt).
bool has_own_ascii(std::string_view language) { return language == "tr" || language == "az" || language == "lt"; }

}  // namespace

struct Capitals::Map {
  Handle<UCaseMap, ucasemap_close> handle;
  bool own_ascii = false;
};

Capitals::Capitals(const Locale& language) {
  UErrorCode status = U_ZERO_ERROR;
  auto map = std::make_unique<Map>();
  map->handle.reset(ucasemap_open(language.language().c_str(), U_FOLD_CASE_DEFAULT, &status));
  ensure_success(status);
  map->own_ascii = has_own_ascii(language.language());
  map_ = std::move(map);
}

Capitals::~Capitals() = default;
Capitals::Capitals(Capitals&&) noexcept = default;
Capitals& Capitals::operator=(Capitals&&) noexcept = default;

std::string Capitals::of(std::string_view text) const {
  std::string out(text);
  if (!map_->own_ascii && std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return out;
  }
  for (;;) {
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t length = ucasemap_utf8ToUpper(map_->handle.get(), out.data(), narrow<std::int32_t>(out.size()), text.data(), narrow<std::int32_t>(text.size()), &status);
    out.resize(static_cast<std::size_t>(length));
    if (status == U_BUFFER_OVERFLOW_ERROR) continue;
    if (status != U_STRING_NOT_TERMINATED_WARNING) ensure_success(status);
    return out;
  }
}

}  // namespace handout::unicode
