#pragma once

#include <memory>
#include <string>
#include <string_view>

struct libdeflate_compressor;

namespace handout::pdf {

// zlib's format through libdeflate at one level, 1 (fastest) to 12 (smallest). What is short, such as the operators of an address, is searched at level 1 all the same where no more than the usual level is wanted:
// it gets 3 % longer, and takes 30 % less time.
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
  using Compressor = std::unique_ptr<libdeflate_compressor, Free>;
  Compressor compressor_, for_short_;
};

}  // namespace handout::pdf
