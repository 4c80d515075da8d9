#include "images/picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <new>

#include "base/files.h"
#include "images/jpeg.h"
#include "images/picture_file.h"
#include "images/png.h"
#include "images/svg.h"

namespace handout::images {
namespace {

struct Signature {
  std::string_view start;
  std::string_view name;
};

// Kinds that people will try; for the message only.
constexpr std::array<Signature, 9> kOtherKinds{{
    {"GIF8", "a GIF"},
    {"BM", "a BMP"},
    {{"II*\0", 4}, "a TIFF"},
    {{"MM\0*", 4}, "a TIFF"},
    {"%PDF-", "a PDF"},
    {"%!PS", "a PostScript file"},
    {"\x1f\x8b", "a compressed file (perhaps a compressed SVG)"},
    {{"\xff\xfe<\0", 4}, "an XML file in UTF-16"},
    {{"\xfe\xff\0<", 4}, "an XML file in UTF-16"},
}};

std::string_view other_kind(std::string_view bytes) {
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return "a WebP";
  if (bytes.substr(0, 8).ends_with("ftyp")) return "a HEIC, AVIF or video file";
  const auto found = std::find_if(kOtherKinds.begin(), kOtherKinds.end(), [&](const Signature& each) { return bytes.starts_with(each.start); });
  return found == kOtherKinds.end() ? std::string_view() : found->name;
}

Result<Picture> decode(const PictureFile& file) {
  if (file.bytes.size() > kMaximumFileBytes) {
    return file.fault(fmt::format("has more than {} MB, the most that is read", kMaximumFileBytes >> 20)).hint("scale it down: 300 pixels an inch of paper are enough");
  }
  if (file.bytes.starts_with("\x89PNG")) return decode_png(file);
  if (file.bytes.starts_with("\xff\xd8\xff")) return decode_jpeg(file);
  if (const std::optional<std::string_view> root = root_element_name(file.bytes)) {
    if (*root == "svg") return decode_svg(file);
    return file.fault(fmt::format("is an XML file whose first element is <{}>; <svg> was expected", *root));
  }
  if (file.bytes.empty()) return file.fault("is empty");
  const std::string_view kind = other_kind(file.bytes);
  const std::string found = kind.empty() ? "is no picture that is known" : fmt::format("is {}", kind);
  return file.fault(found + "; PNG, JPEG or SVG was expected").hint("export it as SVG (drawings), PNG or JPEG (photographs)");
}

}  // namespace

Result<Picture> decode_picture(std::string_view bytes, std::string_view file, const Span& reference, Diagnostics& diags) {
  const PictureFile picture{bytes, file, reference, diags};
  try {
    return decode(picture);
  } catch (const std::bad_alloc&) {
    return picture.out_of_memory();
  }
}

Result<Picture> load_picture(const std::filesystem::path& path, const Span& reference, Diagnostics& diags) {
  const std::string name = path.generic_string();
  Diagnostics found;
  const Result<std::string> bytes = read_file(path, reference, kMaximumFileBytes, found);
  // read_file names the place only; here the place is the reference, so the picture must be named too.
  for (const Diagnostic& each : found.all()) {
    const std::string message = fmt::format("picture '{}': {}", name, each.message);
    auto added = each.cause == Cause::Machine ? diags.machine_error(each.at, message) : diags.error(each.at, message);
    added.hint(each.hint);
  }
  if (!bytes) return tl::unexpected(Failure{});
  return decode_picture(*bytes, name, reference, diags);
}

}  // namespace handout::images
