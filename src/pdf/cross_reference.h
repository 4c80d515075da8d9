#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "pdf/haru.h"

namespace handout::pdf {

// Where every object of a file is (ISO 32000-1, 7.5.8). Neighbours in one object stream are one entry, so that a file of millions of objects stays small here.
class CrossReference {
 public:
  void at_offset(ObjectId object, std::uint64_t offset);
  // The index-th object of an object stream.
  void in_stream(ObjectId object, ObjectId stream, std::size_t index);

  struct Table {
    std::string bytes;              // deflated rows of the cross-reference stream, each predicted from the one above (PNG's Up)
    std::size_t where_width = 1;    // bytes of its second field; the first has 1, the third 2
  };
  // Rows for the objects 0 to size - 1; those that are nowhere are free. `greatest_offset` decides the width.
  [[nodiscard]] Table table(std::uint32_t size, std::uint64_t greatest_offset);

 private:
  struct Run {
    std::uint32_t first = 0;
    std::uint16_t count = 0;    // of objects; 0: one object, at an offset
    std::uint16_t index = 0;    // of the first, in the stream
    std::uint64_t where = 0;    // offset, or the stream's number
  };
  std::deque<Run> runs_;  // grows without a copy
};

}  // namespace handout::pdf
