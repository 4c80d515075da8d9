#include "pdf/saver.h"

#include <new>
#include <utility>

#include "base/expects.h"
#include "base/narrow.h"

namespace handout::pdf {

namespace {

// Readers unpack a whole object stream to reach one object of it.
constexpr std::size_t kObjectsPerStream = 200;
// ISO 19005-2, 6.1.13: the most indirect objects of a file.
constexpr std::uint32_t kMostObjects = 8388607;
// Beside libharu's codes, which are four digits from 0x1000 on.
constexpr HPDF_STATUS kTooManyObjects = 0x20000;

// libharu's writer hands its bytes over here. An exception must not pass through C: it becomes a status.
extern "C" HPDF_STATUS append_to_string(HPDF_Stream stream, const HPDF_BYTE* bytes, HPDF_UINT size) {
  try {
    static_cast<std::string*>(stream->attr)->append(reinterpret_cast<const char*>(bytes), size);
    return HPDF_OK;
  } catch (...) {
    return HPDF_FAILD_TO_ALLOC_MEM;
  }
}

}  // namespace

Saver::Saver(Haru& haru, Sink& sink, int level, Keep keep) : haru_(haru), sink_(sink), level_(level), deflater_(level), keep_(std::move(keep)) {
  if (haru_.status() != HPDF_OK) return;
  writer_.reset(HPDF_CallbackWriter_New(haru_.document()->mmgr, append_to_string, &value_));
  if (!writer_) haru_.record(HPDF_FAILD_TO_ALLOC_MEM);
  // The second line tells programs that the file is not text (ISO 19005-2, 6.1.2).
  put("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
}

bool Saver::good() const { return haru_.status() == HPDF_OK && !sink_failed_; }

Diagnostics::Added Saver::report(Diagnostics& diags) const {
  if (sink_failed_) return sink_.report(diags);
  const HPDF_STATUS status = haru_.status();
  if (status == HPDF_FAILD_TO_ALLOC_MEM) return diags.machine_error({}, "out of memory while writing the PDF");
  if (status == kTooManyObjects) return diags.error({}, "the file would hold more than 8,388,607 objects, the most that PDF/A allows").hint("split it into several files");
  if (status == HPDF_STRING_OUT_OF_RANGE) {
    return diags.error({}, "a title, a picture's description or another text that the file holds as one string is longer than 16,000 characters, about the most that PDF/A allows")
        .hint("shorten it");
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string code;
  for (int shift = 12; shift >= 0; shift -= 4) code += kDigits[(status >> shift) & 0xF];
  return diags.machine_error({}, "libharu could not write the PDF (code 0x" + code + ")");
}

void Saver::put(std::string_view bytes) {
  if (!good()) return;
  sink_failed_ = !sink_.write(bytes);
  hash_.add(bytes);
  offset_ += bytes.size();
}

ObjectId Saver::reserve(std::size_t count) {
  const ObjectId first{next_};
  if (count > kMostObjects - next_ + 1) haru_.record(kTooManyObjects);
  else next_ += narrow<std::uint32_t>(count);
  return first;
}

void Saver::append_value(void* object, std::string& text) {
  value_.clear();
  if (good() && object != nullptr) haru_.record(HPDF_Obj_WriteValue(object, writer_.get(), nullptr));
  text += value_;
}

void Saver::dispose(ObjectId id, void* object, std::string_view bytes) {
  if (keep_ && good()) keep_(id, object, bytes);
  else haru_.release(object);
}

void Saver::write(ObjectId id, void* object) {
  if (object == nullptr) haru_.record(HPDF_INVALID_OBJECT);
  index_ += std::to_string(id.number) + ' ' + std::to_string(objects_.size()) + ' ';
  append_value(object, objects_);
  objects_ += '\n';
  packed_.push_back(id);
  dispose(id, object, {});
  if (packed_.size() == kObjectsPerStream) flush_objects();
}

ObjectId Saver::add(void* object) {
  const ObjectId id = reserve();
  write(id, object);
  return id;
}

std::string Saver::deflated(std::string_view bytes) {
  std::string out = deflater_.deflate(bytes);
  if (out.empty()) haru_.record(HPDF_FAILD_TO_ALLOC_MEM);
  return out;
}

Packed Saver::pack(std::string_view bytes) { return packed(deflated(bytes), bytes); }

Packed Saver::pack(std::string_view bytes, Deflater& with) const {
  std::string made = with.deflate(bytes);
  if (made.empty()) throw std::bad_alloc();
  return packed(std::move(made), bytes);
}

Packed Saver::packed(std::string made, std::string_view bytes) const {
  // A few operators get longer.
  Packed packed = made.size() < bytes.size() ? Packed{std::move(made), Filter::Deflated} : Packed{std::string(bytes), Filter::None};
  if (keep_) packed.plain = bytes;
  return packed;
}

void Saver::write_stream(ObjectId id, HPDF_Dict entries, std::string_view bytes, Filter filter) {
  if (filter != Filter::Deflate) return write_packed(id, entries, bytes, filter, bytes);
  const Packed packed = pack(bytes);
  write_packed(id, entries, packed.bytes, packed.filter, bytes);
}

void Saver::write_packed(ObjectId id, HPDF_Dict entries, std::string_view written, Filter filter, std::string_view bytes) {
  if (filter == Filter::Jpeg) haru_.put_name(entries, "Filter", "DCTDecode");
  else if (filter != Filter::None) haru_.put_name(entries, "Filter", "FlateDecode");
  haru_.put_number(entries, "Length", narrow<std::int64_t>(written.size()));
  std::string dict;
  append_value(entries, dict);
  put_stream_object(id, dict, written);
  dispose(id, entries, bytes);
}

ObjectId Saver::add_stream(HPDF_Dict entries, std::string_view bytes, Filter filter) {
  const ObjectId id = reserve();
  write_stream(id, entries, bytes, filter);
  return id;
}

ObjectId Saver::add_stream(HPDF_Dict entries, const Packed& packed) {
  const ObjectId id = reserve();
  write_packed(id, entries, packed.bytes, packed.filter, packed.plain);
  return id;
}

void Saver::put_stream_object(ObjectId id, std::string_view dict, std::string_view bytes) {
  if (!good()) return;
  places_.at_offset(id, offset_);
  std::string head = std::to_string(id.number) + " 0 obj\n";
  head += dict;
  head += "\nstream\n";
  put(head);
  put(bytes);
  put("\nendstream\nendobj\n");
}

void Saver::flush_objects() {
  if (packed_.empty()) return;
  const ObjectId stream = reserve();
  for (std::size_t i = 0; i < packed_.size(); ++i) places_.in_stream(packed_[i], stream, i);
  const std::string bytes = deflated(index_ + objects_);
  put_stream_object(stream, "<<\n/Type /ObjStm\n/N " + std::to_string(packed_.size()) + "\n/First " + std::to_string(index_.size()) +
                                "\n/Filter /FlateDecode\n/Length " + std::to_string(bytes.size()) + "\n>>", bytes);
  packed_.clear();
  index_.clear();
  objects_.clear();
}

void Saver::finish(ObjectId root, ObjectId info) {
  flush_objects();
  const ObjectId id = reserve();
  if (!good()) return;
  // 14.4: 16 bytes that identify the content; the clock stays out of it.
  const std::string hash = to_hex(hash_.digest()).substr(0, 32);
  const std::uint64_t start = offset_;
  places_.at_offset(id, start);
  const CrossReference::Table table = places_.table(next_, start);
  const std::string width = std::to_string(table.where_width);
  std::string text = std::to_string(id.number) + " 0 obj\n<<\n/Type /XRef\n/Size " + std::to_string(next_) + "\n/W [1 " + width + " 2]\n";
  text += "/Filter /FlateDecode\n/DecodeParms <</Predictor 12 /Columns " + std::to_string(table.where_width + 3) + ">>\n";
  text += "/Root " + std::to_string(root.number) + " 0 R\n/Info " + std::to_string(info.number) + " 0 R\n";
  text += "/ID [<" + hash + "> <" + hash + ">]\n/Length " + std::to_string(table.bytes.size()) + "\n>>\nstream\n";
  text += table.bytes;
  text += "\nendstream\nendobj\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
  sink_failed_ = !sink_.write(text);
}

}  // namespace handout::pdf
