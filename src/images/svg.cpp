#include "images/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "images/svg_reader.h"
#include "xml/element.h"

namespace handout::images {
namespace {

// Past the next `end`, or nothing left.
void skip_past(std::string_view& text, std::string_view end) {
  const std::size_t found = text.find(end);
  text.remove_prefix(found == std::string_view::npos ? text.size() : found + end.size());
}

// Declaration, comments, DOCTYPE and the white space between them.
void skip_prolog(std::string_view& text) {
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    if (text.starts_with("<?")) skip_past(text, "?>");
    else if (text.starts_with("<!--")) skip_past(text, "-->");
    else if (text.starts_with("<!")) skip_past(text, text.substr(0, text.find('>')).find('[') == std::string_view::npos ? ">" : "]>");
    else return;
  }
}

}  // namespace

std::optional<std::string_view> root_element_name(std::string_view bytes) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  constexpr std::size_t kLongestName = 40;
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  skip_prolog(bytes);
  if (!bytes.starts_with('<')) return std::nullopt;
  bytes.remove_prefix(1);
  const auto is_name = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ':' || c == '-' || c == '_' || c == '.'; };
  const auto end = std::find_if_not(bytes.begin(), bytes.end(), is_name);
  std::string_view name = bytes.substr(0, static_cast<std::size_t>(end - bytes.begin()));
  if (const std::size_t colon = name.rfind(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
  if (name.empty() || name.size() > kLongestName) return std::nullopt;
  return name;
}

Result<Picture> decode_svg(const PictureFile& file) {
  const std::size_t errors = file.diags.error_count();
  if (file.bytes.size() > kMaximumSvgBytes) {
    return file.fault(fmt::format("has more than {} MB, the most that is read of a drawing", kMaximumSvgBytes >> 20))
        .hint("simplify it in the drawing program, or place it as PNG");
  }
  const Result<xml::Element> root = xml::parse(file.bytes, file.name, file.diags);
  if (!root) return tl::unexpected(Failure{});
  Drawing drawing = SvgReader(file.diags).read(*root);
  if (file.diags.error_count() > errors) return tl::unexpected(Failure{});
  const Size natural{Length::from_points(drawing.width), Length::from_points(drawing.height)};
  return Picture{std::string(file.name), std::move(drawing), natural};
}

}  // namespace handout::images
