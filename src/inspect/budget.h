#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "inspect/qpdf.h"

namespace handout::inspect {

// The stream unpacked. Throws when it can't be, or has more than `limit` bytes.
std::string unpacked(QPDFObjectHandle stream, std::size_t limit);

// How much a file may unpack to while it is read: a few bytes can stand for gigabytes (deflated zeros, forms that paint forms, one stream on many pages). Throws
// when that is spent.
class Budget {
 public:
  Budget() = default;
  explicit Budget(std::size_t file_bytes);

  // Content that is read now: a stream or an array of streams.
  void spend(QPDFObjectHandle content);
  // What is read of a font: its CMaps and its program.
  void spend_font(QPDFObjectHandle font);
  // Text that codes stand for.
  void spend(std::size_t bytes);

 private:
  [[nodiscard]] std::size_t size_of(QPDFObjectHandle stream);

  std::size_t left_ = 0;
  std::map<QPDFObjGen, std::size_t> sizes_;
};

}  // namespace handout::inspect
