#include "pdf/embed_picture.h"

#include <array>
#include <cstdlib>
#include <vector>

#include "base/narrow.h"
#include "pdf/content_stream.h"
#include "pdf/deflate.h"

namespace handout::pdf {

namespace {

struct Uses {
  std::vector<std::shared_ptr<const images::Picture>> in_order;  // of first painting
  std::map<const images::Picture*, std::size_t> count;
};

Uses find_pictures(const display::DisplayDocument& document) {
  Uses uses;
  for (const display::Page& page : document.pages) {
    for (const display::Placement& placement : page.placements) {
      for (const display::Command& command : placement.fragment->commands) {
        const auto* placed = std::get_if<display::PlacedPicture>(&command.what);
        if (placed == nullptr) continue;
        if (uses.count[placed->picture.get()]++ == 0) uses.in_order.push_back(placed->picture);
      }
    }
  }
  return uses;
}

// Each row with PNG's Paeth filter (ISO/IEC 15948, 9.4).
std::string paeth_rows(std::string_view pixels, std::size_t row_size, std::size_t pixel_size) {
  std::string rows;
  rows.reserve(pixels.size() + pixels.size() / row_size);
  const auto at = [&](std::size_t i) { return static_cast<int>(static_cast<unsigned char>(pixels[i])); };
  for (std::size_t start = 0; start < pixels.size(); start += row_size) {
    rows += '\x04';
    for (std::size_t x = 0; x < row_size; ++x) {
      const int left = x >= pixel_size ? at(start + x - pixel_size) : 0;
      const int above = start > 0 ? at(start + x - row_size) : 0;
      const int corner = x >= pixel_size && start > 0 ? at(start + x - row_size - pixel_size) : 0;
      const int estimate = left + above - corner;
      const std::array<int, 3> distance{std::abs(estimate - left), std::abs(estimate - above), std::abs(estimate - corner)};
      const int predicted = distance[0] <= distance[1] && distance[0] <= distance[2] ? left : distance[1] <= distance[2] ? above : corner;
      rows += static_cast<char>((at(start + x) - predicted) & 0xFF);
    }
  }
  return rows;
}

struct Samples {
  std::uint32_t width, height;
  std::size_t channels;
  std::string_view bytes;
};

// 8.9.5: eight bits a sample, whichever of plain and predicted rows deflates better.
HPDF_Dict sampled_image(Haru& haru, const Samples& samples) {
  const std::size_t row_size = samples.width * samples.channels;
  EXPECTS(row_size > 0 && samples.bytes.size() == row_size * samples.height);
  const std::string predicted = paeth_rows(samples.bytes, row_size, samples.channels);
  const bool predict = deflate_bytes(predicted).size() < deflate_bytes(samples.bytes).size();
  HPDF_Dict dict = haru.stream(predict ? std::string_view(predicted) : samples.bytes, Haru::Filter::Flate);
  haru.put_name(dict, "Type", "XObject");
  haru.put_name(dict, "Subtype", "Image");
  haru.put_number(dict, "Width", samples.width);
  haru.put_number(dict, "Height", samples.height);
  haru.put_name(dict, "ColorSpace", samples.channels == 1 ? "DeviceGray" : "DeviceRGB");
  haru.put_number(dict, "BitsPerComponent", 8);
  if (predict) {
    HPDF_Dict parameters = haru.dict();
    haru.put_number(parameters, "Predictor", 15);
    haru.put_number(parameters, "Colors", narrow<std::int64_t>(samples.channels));
    haru.put_number(parameters, "BitsPerComponent", 8);
    haru.put_number(parameters, "Columns", samples.width);
    haru.put(dict, "DecodeParms", parameters);
  }
  return dict;
}

EmbeddedPicture embed(Haru& haru, const images::Raster& raster) {
  const std::size_t channels = raster.format == images::PixelFormat::Gray8 ? 1 : 3;
  EmbeddedPicture embedded;
  embedded.object = sampled_image(haru, {raster.width, raster.height, channels, raster.pixels});
  if (!raster.alpha.empty()) {
    haru.put(embedded.object, "SMask", sampled_image(haru, {raster.width, raster.height, 1, raster.alpha}));
    embedded.transparent = true;
  }
  return embedded;
}

EmbeddedPicture embed(Haru& haru, const images::Jpeg& jpeg) {
  HPDF_Dict dict = haru.stream(jpeg.bytes, Haru::Filter::Jpeg);
  haru.put_name(dict, "Type", "XObject");
  haru.put_name(dict, "Subtype", "Image");
  haru.put_number(dict, "Width", jpeg.width);
  haru.put_number(dict, "Height", jpeg.height);
  haru.put_name(dict, "ColorSpace", jpeg.components == 1 ? "DeviceGray" : "DeviceRGB");
  haru.put_number(dict, "BitsPerComponent", 8);
  return {{}, dict, false};
}

// A form in the drawing's own space; the page turns its y upwards.
EmbeddedPicture embed(Haru& haru, const images::Drawing& drawing) {
  ContentStream content;
  content.paint_paths(drawing);
  HPDF_Dict dict = haru.stream(content.text(), Haru::Filter::Flate);
  haru.put_name(dict, "Type", "XObject");
  haru.put_name(dict, "Subtype", "Form");
  HPDF_Array box = haru.array();
  for (const double side : {0.0, 0.0, drawing.width, drawing.height}) haru.push_real(box, side);
  haru.put(dict, "BBox", box);
  haru.put(dict, "Resources", haru.dict());
  return {{}, dict, false};
}

bool printable_as_pdf_a(const images::Picture& picture) {
  const auto* jpeg = std::get_if<images::Jpeg>(&picture.content);
  return jpeg == nullptr || jpeg->components != 4;
}

}  // namespace

Result<PictureTable> PictureTable::build(Haru& haru, const display::DisplayDocument& document, Diagnostics& diags) {
  const Uses uses = find_pictures(document);
  PictureTable table;
  bool complete = true;
  for (const auto& picture : uses.in_order) {
    if (!printable_as_pdf_a(*picture)) {
      // ISO 19005-2, 6.2.4.3: DeviceCMYK needs an output intent for CMYK; ours is sRGB.
      diags.error(Span::of_file(picture->file), "the JPEG is in CMYK, expected RGB or gray").hint("convert the picture to RGB");
      complete = false;
      continue;
    }
    if (std::holds_alternative<images::Drawing>(picture->content) && uses.count.at(picture.get()) == 1) continue;
    EmbeddedPicture embedded = std::visit([&](const auto& content) { return embed(haru, content); }, picture->content);
    embedded.name = "X" + std::to_string(table.pictures_.size() + 1);
    table.pictures_.emplace(picture.get(), std::move(embedded));
  }
  if (!complete) return tl::unexpected<Failure>(Failure{});
  return table;
}

const EmbeddedPicture* PictureTable::find(const images::Picture& picture) const {
  const auto found = pictures_.find(&picture);
  return found == pictures_.end() ? nullptr : &found->second;
}

}  // namespace handout::pdf
