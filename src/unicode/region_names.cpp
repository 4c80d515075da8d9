#include "unicode/region_names.h"

#include <algorithm>
#include <array>

#include <unicode/locid.h>
#include <unicode/uldnames.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include "base/handle.h"
#include "unicode/icu_status.h"
#include "unicode/locale_data.h"

namespace handout::unicode {
namespace {

using DisplayNames = Handle<ULocaleDisplayNames, uldn_close>;

DisplayNames open(const Locale& in, UDisplayContext length) {
  UErrorCode status = U_ZERO_ERROR;
  std::array contexts{UDISPCTX_STANDARD_NAMES, UDISPCTX_CAPITALIZATION_NONE, length};
  DisplayNames names(uldn_openForContext(data_locale_id(in).c_str(), contexts.data(), static_cast<std::int32_t>(contexts.size()), &status));
  ensure_success(status);
  return names;
}

}  // namespace

struct RegionNames::Names {
  DisplayNames full, brief;
};

RegionNames::RegionNames(const Locale& in) : names_(std::make_unique<const Names>(Names{open(in, UDISPCTX_LENGTH_FULL), open(in, UDISPCTX_LENGTH_SHORT)})) {}

RegionNames::~RegionNames() = default;
RegionNames::RegionNames(RegionNames&&) noexcept = default;
RegionNames& RegionNames::operator=(RegionNames&&) noexcept = default;

std::string RegionNames::of(const std::string& region, NameLength length) const {
  std::array<UChar, 256> name{};  // the longest of CLDR 42 has 60
  UErrorCode status = U_ZERO_ERROR;
  const auto& names = length == NameLength::Short ? names_->brief : names_->full;
  const std::int32_t size = uldn_regionDisplayName(names.get(), region.c_str(), name.data(), static_cast<std::int32_t>(name.size()), &status);
  ensure_success(status);
  std::string out;
  icu::UnicodeString(name.data(), size).toUTF8String(out);
  return out.empty() ? region : out;
}

bool is_country(std::string_view code) {
  // In the order of the alphabet; a null pointer ends the list.
  const char* const* const codes = uloc_getISOCountries();
  const char* const* end = codes;
  while (*end != nullptr) ++end;
  return std::binary_search(codes, end, code, [](std::string_view a, std::string_view b) { return a < b; });
}

Locale usual_language(std::string_view region) {
  icu::Locale likely(("und_" + std::string(region)).c_str());
  UErrorCode status = U_ZERO_ERROR;
  likely.addLikelySubtags(status);
  ensure_success(status);
  return Locale::parse(likely.getLanguage()).value_or(Locale());
}

}  // namespace handout::unicode
