#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "xml/faults.h"

namespace handout::xml {

// Byte offsets into the source.
struct Slice {
  std::uint32_t begin = 0, end = 0;
  [[nodiscard]] std::string_view of(std::string_view source) const { return source.substr(begin, end - begin); }
};

struct AttributeMark {
  Slice name;
  Slice value;  // inside the quotes, as written
};

enum class MarkKind : std::uint8_t { Start, Text, CData, End };

// One event of the document in source order.
struct Mark {
  MarkKind kind = MarkKind::Start;
  Slice slice;                        // Start: the name; Text and CData: the content as written; End: empty, where the element ends
  std::uint32_t first_attribute = 0;  // Start: into Marks::attributes
  std::uint32_t attribute_count = 0;
  std::uint32_t child_count = 0;      // Start: elements and stretches of text; an empty CDATA section may be one too many
};

struct Marks {
  std::vector<Mark> marks;
  std::vector<AttributeMark> attributes;
  Slice root;  // from the root's '<' to behind its last '>'
};

// Reports every byte that is not UTF-8 and every character that XML 1.0 forbids.
void check_characters(std::string_view source, Faults& faults);

struct ScanLimits {
  std::size_t depth = 0;
  std::size_t attributes = 0;
};

// Reads the source once, without recursion, and checks all that XML 1.0 calls well-formed except characters. Goes on after a fault that
// leaves the structure clear and stops at the first that does not. Nothing when anything was wrong.
std::optional<Marks> scan(std::string_view source, const ScanLimits& limits, Faults& faults);

}  // namespace handout::xml
