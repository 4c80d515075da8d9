#include "unicode/formats.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/messagepattern.h>
#include <unicode/msgfmt.h>
#include <unicode/ures.h>

#include "base/handle.h"
#include "base/narrow.h"
#include "unicode/locale_data.h"
#include "unicode/quotation.h"

namespace handout::unicode {
namespace {

// ICU parses a nested plural by recursion, 32767 deep. Nobody writes more than a few levels.
constexpr int kDeepestNesting = 50;

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), narrow<std::int32_t>(text.size())));
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

void tell(std::string* reason, std::string text) {
  if (reason != nullptr) *reason = std::move(text);
}

std::string what_is_wrong(UErrorCode status) {
  switch (status) {
    case U_UNMATCHED_BRACES: return "unmatched brace";
    case U_DEFAULT_KEYWORD_MISSING: return "plural or select without 'other'";
    case U_PATTERN_SYNTAX_ERROR: return "syntax error";
    case U_ARGUMENT_TYPE_MISMATCH: case U_ILLEGAL_ARGUMENT_ERROR: return "unknown format, or a value that its format cannot take";
    default: return u_errorName(status);
  }
}

// "syntax error at character 7", counted from 1 in code points. ICU gives offset 0 where it doesn't know (an unmatched brace).
std::string syntax_reason(UErrorCode status, const UParseError& where, const icu::UnicodeString& pattern) {
  if (where.offset <= 0 || where.offset > pattern.length()) return what_is_wrong(status);
  return fmt::format("{} at character {}", what_is_wrong(status), pattern.countChar32(0, where.offset) + 1);
}

bool nests_too_deep(std::string_view pattern) {
  int depth = 0, deepest = 0;
  for (const char c : pattern) {
    depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    deepest = std::max(deepest, depth);
  }
  return deepest > kDeepestNesting;
}

// ICU would print "{name}" for an argument that is not given, on a patient's paper.
std::optional<std::string> missing_argument(const icu::MessagePattern& pattern, const MessageArguments& arguments) {
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const icu::MessagePattern::Part& part = pattern.getPart(i);
    if (part.getType() != UMSGPAT_PART_TYPE_ARG_NAME && part.getType() != UMSGPAT_PART_TYPE_ARG_NUMBER) continue;
    std::string name = utf8(pattern.getSubstring(part));
    if (!arguments.contains(name)) return name;
  }
  return std::nullopt;
}

// Rules for numbers in words are a tree of ICU's data of its own, with fewer languages: for the rest ICU would take the machine's.
bool has_number_words(const icu::Locale& locale) {
  UErrorCode status = U_ZERO_ERROR;
  const Handle<UResourceBundle, ures_close> rules(ures_open(U_ICUDATA_NAME "-rbnf", locale.getBaseName(), &status));
  return U_SUCCESS(status) && status != U_USING_DEFAULT_WARNING;
}

bool wants_number_words(const icu::MessagePattern& pattern) {
  constexpr std::array<std::string_view, 3> kFormats{"spellout", "ordinal", "duration"};
  for (std::int32_t i = 0; i < pattern.countParts(); ++i) {
    const icu::MessagePattern::Part& part = pattern.getPart(i);
    if (part.getType() != UMSGPAT_PART_TYPE_ARG_TYPE) continue;
    icu::UnicodeString format = pattern.getSubstring(part);
    if (std::ranges::find(kFormats, utf8(format.toLower(icu::Locale::getRoot()))) != kFormats.end()) return true;
  }
  return false;
}

icu::Formattable formattable(const std::variant<std::string, std::int64_t>& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return icu::Formattable(utf16(*text));
  return icu::Formattable(std::get<std::int64_t>(value));
}

UErrorCode fill_in(const icu::MessageFormat& message, const MessageArguments& arguments, icu::UnicodeString& text) {
  std::vector<icu::UnicodeString> names;
  std::vector<icu::Formattable> values;
  for (const auto& [name, value] : arguments) {
    names.push_back(utf16(name));
    values.push_back(formattable(value));
  }
  UErrorCode status = U_ZERO_ERROR;
  message.format(names.data(), values.data(), narrow<std::int32_t>(names.size()), text, status);
  return status;
}

}  // namespace

std::optional<std::string> format_message(std::string_view pattern, const MessageArguments& arguments, const Locale& locale, std::string* reason) {
  if (nests_too_deep(pattern)) {
    tell(reason, fmt::format("nested more than {} levels deep", kDeepestNesting));
    return std::nullopt;
  }
  const icu::UnicodeString source = utf16(pattern);
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  where.offset = -1;
  const icu::MessagePattern parsed(source, &where, status);
  if (U_FAILURE(status)) {
    tell(reason, syntax_reason(status, where, source));
    return std::nullopt;
  }
  if (const auto name = missing_argument(parsed, arguments)) {
    tell(reason, fmt::format("no value for argument '{}'", *name));
    return std::nullopt;
  }
  const icu::Locale data(data_locale_id_in_utc(locale).c_str());
  if (wants_number_words(parsed) && !has_number_words(data)) {
    tell(reason, fmt::format("no rules for numbers in words in '{}'", locale.tag()));
    return std::nullopt;
  }
  const icu::MessageFormat message(source, data, where, status);
  icu::UnicodeString text;
  if (U_SUCCESS(status)) status = fill_in(message, arguments, text);
  if (U_FAILURE(status)) {
    tell(reason, what_is_wrong(status));
    return std::nullopt;
  }
  return utf8(text);
}

QuotationMarks quotation_marks(const Locale& locale) { return nested_quotation_marks(locale, 0); }

}  // namespace handout::unicode
