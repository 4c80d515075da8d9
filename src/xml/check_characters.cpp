#include <fmt/format.h>

#include <algorithm>

#include "xml/characters.h"
#include "xml/scanner.h"

namespace handout::xml {
namespace {

// A file in another encoding has a bad byte in every other word: the first is told, with the number of the others.
void tell_bad_bytes(std::string_view source, std::size_t first, std::size_t count, Faults& faults) {
  const auto byte = static_cast<unsigned char>(source[first]);
  const std::string others = count == 1 ? "" : fmt::format("; {} more such byte{}", count - 1, count == 2 ? " follows" : "s follow");
  faults.add(first, fmt::format("byte 0x{:02x} is not UTF-8", byte), "save the file as UTF-8" + others);
}

}  // namespace

void check_characters(std::string_view source, Faults& faults) {
  std::size_t first_bad = 0, bad = 0;
  for (std::size_t i = 0; i < source.size() && !faults.full();) {
    const auto lead = static_cast<unsigned char>(source[i]);
    if (lead >= 0x20 && lead < 0x80) {
      ++i;
      continue;
    }
    const Decoded next = decode_utf8(source, i);
    if (!next.valid && bad++ == 0) first_bad = i;
    if (next.valid && !is_xml_char(next.value)) {
      faults.add(i, fmt::format("character U+{:04X} is not allowed in XML", static_cast<std::uint32_t>(next.value)));
    }
    i += next.length;
  }
  if (bad > 0) tell_bad_bytes(source, first_bad, bad, faults);
}

}  // namespace handout::xml
