#include "unicode/exemplars.h"

#include <unicode/locid.h>
#include <unicode/ulocdata.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>
#include <unicode/uset.h>
#include <unicode/usetiter.h>

#include <set>

#include "base/handle.h"

namespace handout::unicode {

namespace {

using LocaleData = Handle<ULocaleData, ulocdata_close>;

}  // namespace

std::vector<char32_t> exemplar_characters(const Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale name = icu::Locale::forLanguageTag(locale.tag(), status);
  if (U_FAILURE(status)) return {};
  const LocaleData data(ulocdata_open(name.getName(), &status));
  if (U_FAILURE(status)) return {};
  icu::UnicodeSet exemplars;
  ulocdata_getExemplarSet(data.get(), exemplars.toUSet(), USET_ADD_CASE_MAPPINGS, ULOCDATA_ES_STANDARD, &status);
  if (U_FAILURE(status)) return {};

  std::set<char32_t> characters;
  for (icu::UnicodeSetIterator each(exemplars); each.next();) {
    const icu::UnicodeString& text = each.getString();
    for (std::int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) characters.insert(static_cast<char32_t>(text.char32At(i)));
  }
  return {characters.begin(), characters.end()};
}

}  // namespace handout::unicode
