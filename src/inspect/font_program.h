#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace handout::inspect {

// What an embedded font program says of its glyphs.
struct FontProgram {
  std::vector<double> widths;                             // 1/1000 em, by glyph index
  std::map<unsigned, std::size_t> glyph_of_cid;           // CID-keyed CFF only
  bool cid_keyed = false;
};

// Nothing when the program is damaged.
std::optional<FontProgram> read_truetype(std::string_view program);
// A bare CFF table (Adobe Technical Notes 5176 and 5177).
std::optional<FontProgram> read_cff(std::string_view program);

}  // namespace handout::inspect
