#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/sink.h"
#include "pdf/cross_reference.h"
#include "pdf/deflate.h"
#include "pdf/haru.h"

namespace handout::pdf {

// How a stream's bytes are given and written.
enum class Filter { None, Deflate, Deflated, Jpeg };  // as they are; to be deflated; deflated already; a JPEG file

// A stream's bytes as they are written.
struct Packed {
  std::string bytes;
  Filter filter = Filter::None;
  std::string plain = {};      // before, where a Keep is to see it
};

// Writes a file object by object as they are finished; nothing of an object stays in memory but where it is. Streams are objects of their own, everything else is
// packed into object streams, a cross-reference stream ends the file (ISO 32000-1, 7.5.7, 7.5.8), and its /ID is a hash of the content. Failures of libharu and of the
// sink are sticky: good() tells.
class Saver {
 public:
  // For tests: takes over each object that was written, with a stream's undeflated bytes.
  using Keep = std::function<void(ObjectId, void* object, std::string_view bytes)>;

  // `level`: of libdeflate, 1 to 12.
  Saver(Haru& haru, Sink& sink, int level, Keep keep = {});

  // Numbers that follow each other; the first. Each is to be written once.
  ObjectId reserve(std::size_t count = 1);
  // An object other than a stream, which is freed.
  void write(ObjectId id, void* object);
  // A stream with the entries of its dictionary but for Length and Filter.
  void write_stream(ObjectId id, HPDF_Dict entries, std::string_view bytes, Filter filter);
  ObjectId add(void* object);
  ObjectId add_stream(HPDF_Dict entries, std::string_view bytes, Filter filter);
  ObjectId add_stream(HPDF_Dict entries, const Packed& packed);
  // Deflated, or as they are where that is shorter.
  [[nodiscard]] Packed pack(std::string_view bytes);
  // The same on another thread, with a deflater of its own (another_deflater()). Throws std::bad_alloc.
  [[nodiscard]] Packed pack(std::string_view bytes, Deflater& with) const;
  // The cross-reference stream and the trailer.
  void finish(ObjectId root, ObjectId info);

  // The sink has been moved on by this many bytes, which read as white space (the hole of a sparse file).
  void skip(std::uint64_t bytes) { offset_ += bytes; }

  [[nodiscard]] bool good() const;
  // What a failure was.
  Diagnostics::Added report(Diagnostics& diags) const;
  [[nodiscard]] Deflater& deflater() { return deflater_; }
  [[nodiscard]] Deflater another_deflater() const { return Deflater(level_); }

 private:
  void put(std::string_view bytes);
  void put_stream_object(ObjectId id, std::string_view dict, std::string_view bytes);
  void append_value(void* object, std::string& text);
  void flush_objects();
  [[nodiscard]] std::string deflated(std::string_view bytes);
  void write_packed(ObjectId id, HPDF_Dict entries, std::string_view written, Filter filter, std::string_view bytes);
  [[nodiscard]] Packed packed(std::string deflated, std::string_view bytes) const;
  void dispose(ObjectId id, void* object, std::string_view bytes);

  Haru& haru_;
  Sink& sink_;
  int level_;
  Deflater deflater_;
  Keep keep_;
  Sha256 hash_;
  CrossReference places_;
  std::uint64_t offset_ = 0;
  std::uint32_t next_ = 1;
  bool sink_failed_ = false;
  std::string value_;                 // what libharu's writer appends to
  Handle<HPDF_Stream_Rec, HPDF_Stream_Free> writer_;
  std::string index_, objects_;       // of the object stream that is being filled
  std::vector<ObjectId> packed_;
};

}  // namespace handout::pdf
