#include "pdf/embed_picture.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

#include "base/digest.h"
#include "base/expects.h"
#include "base/narrow.h"
#include "pdf/content_stream.h"
#include "pdf/placed_commands.h"
#include "pdf/shading.h"

namespace handout::pdf {

namespace {

using PicturePtr = std::shared_ptr<const images::Picture>;

bool is_drawing(const images::Picture& picture) { return std::holds_alternative<images::Drawing>(picture.content); }

bool has_gradient(const images::Picture& picture) {
  return std::ranges::any_of(std::get<images::Drawing>(picture.content).paths, [](const images::DrawnPath& path) { return path.fill && !std::holds_alternative<Color>(*path.fill); });
}

// A drawing of what a field holds, such as a code, stands once in the file and is not remembered.
bool is_own(const display::PlacedPicture& placed) { return placed.source == display::TextSource::Field && is_drawing(*placed.picture) && !has_gradient(*placed.picture); }

std::vector<std::pair<PicturePtr, std::size_t>> count_pictures(std::span<const display::Placement> placements) {
  std::vector<std::pair<PicturePtr, std::size_t>> counted;  // in the order of first painting
  std::map<const images::Picture*, std::size_t> index;
  for (const display::Placement& placement : placements) {
    for_placed_commands(placement, Purpose::Screen, [&](const display::Command& command) {
      const auto* placed = std::get_if<display::PlacedPicture>(&command.what);
      if (placed == nullptr || is_own(*placed)) return;
      const auto [found, added] = index.emplace(placed->picture.get(), counted.size());
      if (added) counted.emplace_back(placed->picture, 0);
      ++counted[found->second].second;
    });
  }
  return counted;
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
struct PackedSamples {
  std::string bytes;
  bool predicted = false;
};

PackedSamples pack(Saver& saver, const Samples& samples) {
  const std::size_t row_size = samples.width * samples.channels;
  EXPECTS(row_size > 0 && samples.bytes.size() == row_size * samples.height);
  PackedSamples plain{saver.deflater().deflate(samples.bytes)};
  PackedSamples predicted{saver.deflater().deflate(paeth_rows(samples.bytes, row_size, samples.channels)), true};
  return predicted.bytes.size() < plain.bytes.size() ? predicted : plain;
}

HPDF_Dict image_dict(Haru& haru, std::uint32_t width, std::uint32_t height, std::string_view color_space) {
  HPDF_Dict dict = haru.dict();
  haru.put_name(dict, "Type", "XObject");
  haru.put_name(dict, "Subtype", "Image");
  haru.put_number(dict, "Width", width);
  haru.put_number(dict, "Height", height);
  haru.put_name(dict, "ColorSpace", color_space);
  haru.put_number(dict, "BitsPerComponent", 8);
  return dict;
}

ObjectId sampled_image(Haru& haru, Saver& saver, const Samples& samples, std::optional<ObjectId> mask) {
  const PackedSamples packed = pack(saver, samples);
  HPDF_Dict dict = image_dict(haru, samples.width, samples.height, samples.channels == 1 ? "DeviceGray" : "DeviceRGB");
  if (packed.predicted) {
    HPDF_Dict parameters = haru.dict();
    haru.put_number(parameters, "Predictor", 15);
    haru.put_number(parameters, "Colors", narrow<std::int64_t>(samples.channels));
    haru.put_number(parameters, "BitsPerComponent", 8);
    haru.put_number(parameters, "Columns", samples.width);
    haru.put(dict, "DecodeParms", parameters);
  }
  if (mask) haru.put(dict, "SMask", *mask);
  return saver.add_stream(dict, packed.bytes, Filter::Deflated);
}

// What tells one picture from another; of a drawing, its paths (its gradients are compared by address).
std::string content_key(const images::Drawing& drawing) {
  ContentStream stream;
  Sha256 hash;
  for (const auto& gradient : stream.paint_paths(drawing)) hash.add(std::to_string(reinterpret_cast<std::uintptr_t>(gradient.get())) + ' ');
  hash.add(std::to_string(drawing.width) + " by " + std::to_string(drawing.height));
  hash.add(stream.finish());
  return to_hex(hash.digest());
}

std::string content_key(const images::Picture& picture) {
  if (const auto* drawing = std::get_if<images::Drawing>(&picture.content)) return content_key(*drawing);
  if (const auto* jpeg = std::get_if<images::Jpeg>(&picture.content)) return sha256_hex(jpeg->bytes);
  const auto& raster = std::get<images::Raster>(picture.content);
  Sha256 hash;
  hash.add(std::to_string(raster.width) + (raster.format == images::PixelFormat::Gray8 ? " gray " : " rgb "));
  hash.add(raster.pixels);
  hash.add(raster.alpha);
  return to_hex(hash.digest());
}

}  // namespace

EmbeddedPicture PictureTable::embed(const images::Raster& raster) {
  const std::size_t channels = raster.format == images::PixelFormat::Gray8 ? 1 : 3;
  std::optional<ObjectId> mask;
  if (!raster.alpha.empty()) mask = sampled_image(haru_, saver_, {raster.width, raster.height, 1, raster.alpha}, std::nullopt);
  return {{}, sampled_image(haru_, saver_, {raster.width, raster.height, channels, raster.pixels}, mask), mask.has_value()};
}

EmbeddedPicture PictureTable::embed(const images::Jpeg& jpeg) {
  EXPECTS(jpeg.components == 1 || jpeg.components == 3);
  return {{}, saver_.add_stream(image_dict(haru_, jpeg.width, jpeg.height, jpeg.components == 1 ? "DeviceGray" : "DeviceRGB"), jpeg.bytes, Filter::Jpeg), false};
}

// A form in the drawing's own space; the page turns its y upwards.
EmbeddedPicture PictureTable::embed(const images::Drawing& drawing) {
  ContentStream stream;
  const auto gradients = stream.paint_paths(drawing);
  const std::string content = stream.finish();
  HPDF_Dict dict = haru_.dict();
  haru_.put_name(dict, "Type", "XObject");
  haru_.put_name(dict, "Subtype", "Form");
  haru_.put(dict, "BBox", haru_.numbers({0, 0, drawing.width, drawing.height}));
  HPDF_Dict resources = haru_.dict();
  if (!gradients.empty()) {
    HPDF_Dict shadings = haru_.dict();
    for (std::size_t i = 0; i < gradients.size(); ++i) haru_.put(shadings, ("S" + std::to_string(i + 1)).c_str(), saver_.add(shading_dict(haru_, *gradients[i])));
    haru_.put(resources, "Shading", shadings);
  }
  haru_.put(dict, "Resources", resources);
  return {{}, saver_.add_stream(dict, content, Filter::Deflate), false};
}

void PictureTable::add(std::span<const display::Placement> placements) {
  for (const auto& [picture, uses] : count_pictures(placements)) {
    if (pictures_.contains(picture.get())) continue;
    if (is_drawing(*picture) && sharing_ == Sharing::No && uses == 1 && !has_gradient(*picture)) continue;
    const std::string key = content_key(*picture);
    auto known = by_content_.find(key);
    if (known == by_content_.end()) {
      EmbeddedPicture embedded = std::visit([&](const auto& content) { return embed(content); }, picture->content);
      embedded.name = "X" + std::to_string(by_content_.size() + 1);
      known = by_content_.emplace(key, std::move(embedded)).first;
    }
    pictures_.emplace(picture.get(), known->second);
    held_.push_back(picture);
  }
}

const EmbeddedPicture* PictureTable::find(const images::Picture& picture) const {
  const auto found = pictures_.find(&picture);
  return found == pictures_.end() ? nullptr : &found->second;
}

}  // namespace handout::pdf
