#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "content/article.h"
#include "mailings/mailing.h"
#include "recipients/to_recipient.h"

// What a person's value of a field is, for all that a mailing does with it.
namespace handout::batch {

// Of a row alone: the value of a field of the list or of what a recipient has ("postcode"), "" for none. An address is its lines and parts without the country, those that there are, one a line.
std::string value_of(const recipients::Person& person, std::string_view name);
// The same as the mailing has it: its field's value for everybody, else the row's, else the one for rows that have none.
std::string value_of(const mailings::Mailing& mailing, const recipients::Person& person, std::string_view name);

// What is wrong with a value that is none of the field's type: "is no number: expected one such as 4.5". Nothing where it is one or there is none.
std::optional<std::string> fault_of_value(const mailings::Field& field, const std::string& value);
// The column that the mailing says, or the field, which the list may have under another name.
std::string column_of(const mailings::Field& field);
// The mailing's or the article's own words, but not all of many: "left, right and 3 more".
std::string shown(const std::vector<std::string>& choices);

// Of the mailing, or as an article declares it.
bool is_of_type(const mailings::Field& field, const std::string& value);
bool is_of_type(const content::FieldDef& field, const std::string& value);

}  // namespace handout::batch
