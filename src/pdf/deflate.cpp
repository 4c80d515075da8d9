#include "pdf/deflate.h"

#include <libdeflate.h>

namespace handout::pdf {

Deflater::Deflater(int level) : compressor_(libdeflate_alloc_compressor(level)) {}

Deflater::~Deflater() = default;

void Deflater::Free::operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }

std::string Deflater::deflate(std::string_view bytes) {
  if (!compressor_) return {};
  std::string out(libdeflate_zlib_compress_bound(compressor_.get(), bytes.size()), '\0');
  out.resize(libdeflate_zlib_compress(compressor_.get(), bytes.data(), bytes.size(), out.data(), out.size()));
  return out;
}

}  // namespace handout::pdf
