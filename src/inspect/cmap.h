#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace handout::inspect {

// A CMap file as PDF embeds it: codes to Unicode (ToUnicode) or to CIDs (Encoding).
struct CMap {
  std::size_t code_size = 0;                     // bytes, of the widest codespace range; 0 without one
  std::map<std::uint32_t, std::string> text;     // bfchar, bfrange; UTF-8
  std::map<std::uint32_t, std::uint32_t> cid;    // cidchar, cidrange
  std::uint32_t writing_mode = 0;                // WMode
  std::vector<std::string> used;                 // names of other CMaps (usecmap)
  std::size_t entries = 0;                       // codes read, repeated ones among them
};

CMap read_cmap(std::string_view source);

// UTF-8 of UTF-16BE; what is ill-formed becomes U+FFFD.
std::string utf8_of_utf16be(std::string_view bytes);

}  // namespace handout::inspect
