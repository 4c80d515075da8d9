#include "pdf/deflate.h"

#include <libdeflate.h>

#include "pdf/pdf.h"

namespace handout::pdf {

namespace {

constexpr std::size_t kShort = 2048;
constexpr int kLeastSearch = 1;

}  // namespace

Deflater::Deflater(int level) : compressor_(libdeflate_alloc_compressor(level)), for_short_(libdeflate_alloc_compressor(level <= kDefaultCompression ? kLeastSearch : level)) {}

Deflater::~Deflater() = default;

void Deflater::Free::operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }

std::string Deflater::deflate(std::string_view bytes) {
  if (!compressor_ || !for_short_) return {};
  libdeflate_compressor* const compressor = bytes.size() < kShort ? for_short_.get() : compressor_.get();
  std::string out(libdeflate_zlib_compress_bound(compressor, bytes.size()), '\0');
  out.resize(libdeflate_zlib_compress(compressor, bytes.data(), bytes.size(), out.data(), out.size()));
  return out;
}

}  // namespace handout::pdf
