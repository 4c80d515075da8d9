#pragma once

#include <cstddef>
#include <string_view>

#include "xml/faults.h"

namespace handout::xml {

// XML 1.0 production [23] XMLDecl, for the "<?xml" at `offset`: version 1.x, UTF-8 or no encoding, standalone yes or no. Returns the
// offset behind its "?>", or npos when it has none.
std::size_t read_declaration(std::string_view source, std::size_t offset, Faults& faults);

// Each returns the offset behind the construct at `offset`, or npos when it never ends.
std::size_t read_comment(std::string_view source, std::size_t offset, Faults& faults);
enum class Standing { BeforeRoot, InRoot, AfterRoot };
std::size_t read_instruction(std::string_view source, std::size_t offset, Standing standing, Faults& faults);
// Always a fault.
std::size_t read_doctype(std::string_view source, std::size_t offset, Faults& faults);

}  // namespace handout::xml
