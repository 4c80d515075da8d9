#include "xml/element.h"

#include <algorithm>

#include "base/narrow.h"

namespace handout::xml {
namespace {

// Columns count code points: continuation bytes have none.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

}  // namespace

Span Attribute::place(std::size_t offset) const {
  const std::string_view text = value;
  std::size_t columns = 0, from = 0;
  for (const Splice& splice : splices) {
    if (offset < splice.begin) break;
    columns += characters(text.substr(from, splice.begin - from));
    from = splice.end;
    if (offset < splice.end) return value_at.at(value_at.line, value_at.column + narrow<std::uint32_t>(columns));
    columns += splice.written;
  }
  columns += characters(text.substr(from, offset - from));
  return value_at.at(value_at.line, value_at.column + narrow<std::uint32_t>(columns));
}

const Attribute* Element::find(std::string_view attribute) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [attribute](const Attribute& each) { return each.name == attribute; });
  return found == attributes.end() ? nullptr : &*found;
}

std::string_view Element::value(std::string_view attribute) const {
  const Attribute* found = find(attribute);
  return found ? std::string_view(found->value) : std::string_view();
}

}  // namespace handout::xml
