#pragma once

#include <string>
#include <string_view>

#include "xml/vocabulary.h"

namespace handout::xml {

bool is_id(std::string_view text);
// A day of the Gregorian calendar as YYYY-MM-DD, year 1 to 9999.
bool is_date(std::string_view text);
// RFC 5646 section 2.1 "langtag" and "privateuse"; of the grandfathered tags, all deprecated, only those of that form.
bool is_language_tag(std::string_view text);
bool is_relative_path(std::string_view text);
// RFC 3986 characters only; the schemes http, https, mailto and tel, or "#id".
bool is_url(std::string_view text);

// Reports a value that is not of the rule's type, at the value. Id: the form only.
bool check_value(const AttributeRule& rule, const Attribute& attribute, std::string_view element, Diagnostics& diags);

// "a date, YYYY-MM-DD"; "urgent, warning or tip" for a Token.
std::string describe_type(const AttributeRule& rule);

// "a, b or c"; `conjunction` is "or" or "and".
std::string list_words(const std::vector<std::string_view>& words, std::string_view conjunction);

}  // namespace handout::xml
