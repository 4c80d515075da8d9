#pragma once

#include <map>
#include <string>
#include <vector>

#include "layouts/source_files.h"

// From files to what the readers see: parts are put in the place of their <include>, variables in that of their names, changes are made in what they change.
namespace handout::layouts {

// Where the paths in a file start, by the name that its spans have.
using Folders = std::map<std::string, std::filesystem::path, std::less<>>;

// A value that variables were put into, and what they are.
struct Substitution {
  Span value_at;
  std::uint32_t end = 0;  // column behind the value
  std::string note;
};

struct Prepared {
  std::vector<xml::Element> roots;  // of the chain, base first; a profile last
  Folders folders;
  std::string digests;              // of all files, parts included
  std::vector<Substitution> substitutions;
};

// Validated. Faults are told; what is wrong is left out.
Prepared prepare(const std::vector<const SourceFile*>& chain, const SourceFile* profile, SourceFiles& files, Diagnostics& diags);

void expand_includes(xml::Element& root, Prepared& prepared, SourceFiles& files, Diagnostics& diags);  // includes.cpp
void put_in_variables(Prepared& prepared, Diagnostics& diags);                                         // variables.cpp
// Of the first `count` roots, base first.
void make_changes(std::vector<xml::Element>& roots, std::size_t count, Diagnostics& diags);            // changes.cpp

// Adds all of `from` to `to`; faults in values with variables say what these are.
void hand_over(const Diagnostics& from, const std::vector<Substitution>& substitutions, Diagnostics& to);

void hand_over(const Diagnostic& from, Diagnostics& to);

// Child elements of that name.
std::vector<const xml::Element*> children(const xml::Element& parent, std::string_view name);

}  // namespace handout::layouts
