#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>

#include "batch/press.h"
#include "mailings/mailing.h"

// What a print room needs apart: pieces of one print file are of one class.
namespace handout::batch {

// What a piece is, by everything that files may be split by. `sheets`: in its envelope. Paper is as machines take it: where a layout's marks change places with the direction of the language, which files are not split by, sheets from right to left are a paper of
// their own.
std::map<mailings::SplitBy, std::string> parts_of(const Piece& piece, std::size_t sheets, const mailings::Output& output);
// What is kept apart, in the order of the mailing's words; paper at least, since sheets of two sizes are never in one file. `not_by`: what doesn't count.
std::string class_name(const std::map<mailings::SplitBy, std::string>& parts, const mailings::Output& output, std::initializer_list<mailings::SplitBy> not_by = {});

}  // namespace handout::batch
