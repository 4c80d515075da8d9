#pragma once

#include <memory>
#include <string>
#include <string_view>

struct libdeflate_compressor;

namespace handout::pdf {

// zlib's format through libdeflate at one level, 1 (fastest) to 12 (smallest).
class Deflater {
 public:
  explicit Deflater(int level);
  Deflater(Deflater&&) noexcept = default;
  Deflater& operator=(Deflater&&) noexcept = default;
  ~Deflater();
  // Empty when there is no memory.
  [[nodiscard]] std::string deflate(std::string_view bytes);

 private:
  struct Free {
    void operator()(libdeflate_compressor* compressor) const;
  };
  std::unique_ptr<libdeflate_compressor, Free> compressor_;
};

}  // namespace handout::pdf
