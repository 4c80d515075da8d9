#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace handout::inspect {

// Big-endian numbers out of a font program; what lies outside reads as 0 and makes `good` false.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

  std::uint32_t number(std::size_t offset, std::size_t width) {
    if (offset > bytes_.size() || width > bytes_.size() - offset) {
      good_ = false;
      return 0;
    }
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < width; ++i) value = (value << 8) | static_cast<unsigned char>(bytes_[offset + i]);
    return value;
  }

  std::string_view part(std::size_t offset, std::size_t length) {
    if (offset > bytes_.size() || length > bytes_.size() - offset) {
      good_ = false;
      return {};
    }
    return bytes_.substr(offset, length);
  }

 private:
  std::string_view bytes_;
  bool good_ = true;
};

}  // namespace handout::inspect
