#include <fmt/format.h>

#include <algorithm>

#include "mailings/reader.h"
#include "unicode/yes_no.h"
#include "xml/characters.h"

namespace handout::mailings {

namespace {

// "_" is taken for "-", as in lists.
std::optional<Locale> locale_of(std::string_view text) {
  std::string tag(text);
  std::replace(tag.begin(), tag.end(), '_', '-');
  return Locale::parse(tag);
}

std::optional<std::string> tag_of(const std::optional<Locale>& locale) { return locale ? std::optional(locale->tag()) : std::nullopt; }

}  // namespace

bool UsualForms::are_several(std::string_view name) { return name == "country" || name == "language" || name == "name.locale" || name == "large-print"; }

std::optional<std::string> UsualForms::form_of(std::string_view name, std::string_view text) {
  if (name == "country") return countries_.find(text);
  if (name == "name.locale") return tag_of(locale_of(text));
  if (name == "language") {
    const auto locale = locale_of(text);
    return tag_of(locale ? locale : languages_.find(text));
  }
  const auto answer = unicode::yes_or_no(text);
  return answer ? std::optional<std::string>(*answer ? "yes" : "no") : std::nullopt;
}

std::optional<std::string> find_form(UsualForms& forms, std::string_view name, std::string_view text, const Span& at, Diagnostics& diags) {
  auto form = forms.form_of(name, text);
  if (form) return form;
  const std::string shown = xml::excerpt(text);
  if (name == "country") diags.error(at, fmt::format("'{}' is no country", shown)).hint("write its code of ISO 3166, such as US, or its name in English or its own language").meaning();
  else if (name == "large-print") diags.error(at, fmt::format("'{}' is neither yes nor no", shown)).hint("write yes or no").meaning();
  else diags.error(at, fmt::format("'{}' is the tag of no language", shown)).hint("BCP 47 tags are such as es, pt-BR or zh-Hans").meaning();
  return std::nullopt;
}

}  // namespace handout::mailings
