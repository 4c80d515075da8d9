#include "pdf/cross_reference.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <vector>

#include "base/expects.h"

namespace handout::pdf {

namespace {

// A row: what kind of place, where, and the index in an object stream or a generation (table 18).
struct Row {
  std::uint8_t type = 0;
  std::uint64_t where = 0;
  std::uint16_t index = 0;
};

// Rows go through zlib one by one: the table of a large file is never in memory as a whole. libdeflate knows no such streams.
class RowWriter {
 public:
  explicit RowWriter(std::size_t where_width) : where_width_(where_width), previous_(where_width + 3, 0) {
    if (deflateInit(&zlib_, Z_DEFAULT_COMPRESSION) != Z_OK) throw std::bad_alloc();  // the only reason there is
  }
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;
  ~RowWriter() { deflateEnd(&zlib_); }

  void add(const Row& row) {
    std::size_t i = 0;
    predicted_ += '\x02';
    const auto put = [&](std::uint64_t value, std::size_t width) {
      for (std::size_t shift = width; shift-- > 0; ++i) {
        const auto byte = static_cast<std::uint8_t>((value >> (8 * shift)) & 0xFF);
        predicted_ += static_cast<char>((byte - previous_[i]) & 0xFF);
        previous_[i] = byte;
      }
    };
    put(row.type, 1);
    put(row.where, where_width_);
    put(row.index, 2);
    if (predicted_.size() > 60000) deflate_rows(Z_NO_FLUSH);
  }

  [[nodiscard]] std::string finish() {
    deflate_rows(Z_FINISH);
    return std::move(out_);
  }

 private:
  void deflate_rows(int flush) {
    zlib_.next_in = reinterpret_cast<Bytef*>(predicted_.data());
    zlib_.avail_in = static_cast<uInt>(predicted_.size());
    std::array<char, 16384> part{};
    do {
      zlib_.next_out = reinterpret_cast<Bytef*>(part.data());
      zlib_.avail_out = part.size();
      EXPECTS(::deflate(&zlib_, flush) != Z_STREAM_ERROR);
      out_.append(part.data(), part.size() - zlib_.avail_out);
    } while (zlib_.avail_out == 0);
    predicted_.clear();
  }

  z_stream zlib_{};
  std::size_t where_width_;
  std::vector<std::uint8_t> previous_;
  std::string predicted_, out_;
};

std::size_t bytes_of(std::uint64_t value) {
  std::size_t width = 1;
  for (std::uint64_t rest = value >> 8; rest != 0; rest >>= 8) ++width;
  return width;
}

}  // namespace

void CrossReference::at_offset(ObjectId object, std::uint64_t offset) { runs_.push_back({object.number, 0, 0, offset}); }

void CrossReference::in_stream(ObjectId object, ObjectId stream, std::size_t index) {
  EXPECTS(index < std::numeric_limits<std::uint16_t>::max());
  if (!runs_.empty()) {
    Run& last = runs_.back();
    if (last.count != 0 && last.where == stream.number && object.number == last.first + last.count && index == std::size_t{last.index} + last.count) {
      ++last.count;
      return;
    }
  }
  runs_.push_back({object.number, 1, static_cast<std::uint16_t>(index), stream.number});
}

CrossReference::Table CrossReference::table(std::uint32_t size, std::uint64_t greatest_offset) {
  std::ranges::sort(runs_, {}, &Run::first);
  const auto end_of = [](const Run& run) { return run.first + std::max<std::uint32_t>(run.count, 1); };
  // 7.5.4: the free objects are a list from object 0 on that ends there.
  std::vector<std::uint32_t> free{0};
  std::uint32_t next = 1;
  for (const Run& run : runs_) {
    EXPECTS(run.first >= next);
    for (; next < run.first; ++next) free.push_back(next);
    next = end_of(run);
  }
  for (; next < size; ++next) free.push_back(next);
  free.push_back(0);

  const std::size_t width = bytes_of(std::max<std::uint64_t>(greatest_offset, size));
  RowWriter rows(width);
  std::size_t given_up = 0;
  const auto add_free = [&] { rows.add({0, free[++given_up], std::numeric_limits<std::uint16_t>::max()}); };  // 65535: the number is never used again
  next = 0;
  for (const Run& run : runs_) {
    for (; next < run.first; ++next) add_free();
    if (run.count == 0) rows.add({1, run.where, 0});
    for (std::uint16_t i = 0; i < run.count; ++i) rows.add({2, run.where, static_cast<std::uint16_t>(run.index + i)});
    next = end_of(run);
  }
  for (; next < size; ++next) add_free();
  return {rows.finish(), width};
}

}  // namespace handout::pdf
