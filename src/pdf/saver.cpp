#include "pdf/saver.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/narrow.h"
#include "pdf/deflate.h"
#include "pdf/text_string.h"

namespace handout::pdf {

namespace {

constexpr HPDF_UINT32 kObjectIdMask = 0x00FFFFFF;
// Readers unpack a whole object stream to reach one object of it.
constexpr std::size_t kObjectsPerStream = 200;

using StreamHandle = Handle<HPDF_Stream_Rec, HPDF_Stream_Free>;

// libharu's writer hands its bytes over here. An exception must not pass through C: it becomes a status.
extern "C" HPDF_STATUS append_to_string(HPDF_Stream stream, const HPDF_BYTE* bytes, HPDF_UINT size) {
  try {
    static_cast<std::string*>(stream->attr)->append(reinterpret_cast<const char*>(bytes), size);
    return HPDF_OK;
  } catch (...) {
    return HPDF_FAILD_TO_ALLOC_MEM;
  }
}

// Where an object is (ISO 32000-1, table 18).
struct Place {
  int type = 0;              // 0 free, 1 at an offset, 2 in an object stream
  std::uint64_t where = 0;   // offset, or the object stream's number
  std::uint64_t index = 0;   // in the object stream
};

class Saver {
 public:
  explicit Saver(Haru& haru) : haru_(haru), xref_(haru.document()->xref), places_(xref_->entries->count) {}

  std::string run() {
    file_ = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    write_entries();
    write_cross_reference();
    return haru_.status() == HPDF_OK ? std::move(file_) : std::string();
  }

 private:
  void write_entries() {
    const std::vector<bool> lengths = find_lengths();
    std::vector<std::uint32_t> packed;
    for (HPDF_UINT i = 0; i < xref_->entries->count && haru_.status() == HPDF_OK; ++i) {
      HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref_, i);
      if (entry == nullptr || entry->entry_typ != HPDF_IN_USE_ENTRY || lengths[i]) continue;
      if (stream_of(entry->obj) != nullptr) write_stream_object(i, static_cast<HPDF_Dict>(entry->obj));
      else packed.push_back(i);
    }
    for (std::size_t i = 0; i < packed.size(); i += kObjectsPerStream) {
      write_object_stream({packed.data() + i, std::min(kObjectsPerStream, packed.size() - i)});
    }
  }

  // libharu keeps each stream's /Length as an object of its own; ours are direct.
  std::vector<bool> find_lengths() const {
    std::vector<bool> lengths(xref_->entries->count, false);
    for (HPDF_UINT i = 0; i < xref_->entries->count; ++i) {
      HPDF_XrefEntry entry = HPDF_Xref_GetEntry(xref_, i);
      if (entry == nullptr || entry->obj == nullptr || stream_of(entry->obj) == nullptr) continue;
      void* length = HPDF_Dict_GetItem(static_cast<HPDF_Dict>(entry->obj), "Length", HPDF_OCLASS_NUMBER);
      if (length != nullptr) lengths[static_cast<HPDF_Obj_Header*>(length)->obj_id & kObjectIdMask] = true;
    }
    return lengths;
  }

  static HPDF_Stream stream_of(void* object) {
    const auto* header = static_cast<const HPDF_Obj_Header*>(object);
    return (header->obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT ? static_cast<HPDF_Dict>(object)->stream : nullptr;
  }

  std::string value_text(void* object) {
    std::string text;
    const StreamHandle writer(HPDF_CallbackWriter_New(haru_.document()->mmgr, append_to_string, &text));
    if (!writer) haru_.record(HPDF_FAILD_TO_ALLOC_MEM);
    else haru_.record(HPDF_Obj_WriteValue(object, writer.get(), nullptr));
    return text;
  }

  // The entries of a stream's dictionary but for those that the saver decides.
  std::string entries_text(HPDF_Dict dict) {
    std::string text;
    const StreamHandle writer(HPDF_CallbackWriter_New(haru_.document()->mmgr, append_to_string, &text));
    if (!writer) haru_.record(HPDF_FAILD_TO_ALLOC_MEM);
    for (HPDF_UINT i = 0; i < dict->list->count && haru_.status() == HPDF_OK; ++i) {
      const auto* element = static_cast<HPDF_DictElement>(HPDF_List_ItemAt(dict->list, i));
      const std::string_view key = element->key;
      if (key == "Length" || key == "Filter") continue;
      haru_.record(HPDF_Stream_WriteEscapeName(writer.get(), element->key));
      haru_.record(HPDF_Stream_WriteChar(writer.get(), ' '));
      haru_.record(HPDF_Obj_Write(element->value, writer.get(), nullptr));
      haru_.record(HPDF_Stream_WriteChar(writer.get(), '\n'));
    }
    return text;
  }

  static std::string stream_bytes(HPDF_Stream stream) {
    std::string bytes;
    for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(stream); ++i) {
      HPDF_UINT size = 0;
      const HPDF_BYTE* part = HPDF_MemStream_GetBufPtr(stream, i, &size);
      if (part != nullptr) bytes.append(reinterpret_cast<const char*>(part), size);
    }
    return bytes;
  }

  void write_stream_object(std::uint32_t id, HPDF_Dict dict) {
    std::string bytes = stream_bytes(dict->stream);
    std::string entries = entries_text(dict);
    if ((dict->filter & HPDF_STREAM_FILTER_DCT_DECODE) != 0) entries += "/Filter /DCTDecode\n";
    if ((dict->filter & HPDF_STREAM_FILTER_FLATE_DECODE) != 0) {
      bytes = deflate(bytes);
      entries += "/Filter /FlateDecode\n";
    }
    places_[id] = {1, file_.size(), 0};
    append_stream(id, entries, bytes);
  }

  std::string deflate(std::string_view bytes) {
    std::string out = deflate_bytes(bytes);
    if (out.empty()) haru_.record(HPDF_ZLIB_ERROR);
    return out;
  }

  void append_stream(std::size_t id, std::string_view entries, std::string_view bytes) {
    file_ += std::to_string(id) + " 0 obj\n<<\n";
    file_ += entries;
    file_ += "/Length " + std::to_string(bytes.size()) + "\n>>\nstream\n";
    file_ += bytes;
    file_ += "\nendstream\nendobj\n";
  }

  void write_object_stream(std::span<const std::uint32_t> ids) {
    const std::size_t id = places_.size();
    places_.push_back({1, 0, 0});
    std::string index;
    std::string objects;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      places_[ids[i]] = {2, id, i};
      index += std::to_string(ids[i]) + ' ' + std::to_string(objects.size()) + ' ';
      objects += value_text(HPDF_Xref_GetEntry(xref_, ids[i])->obj) + '\n';
    }
    const std::string entries = "/Type /ObjStm\n/N " + std::to_string(ids.size()) + "\n/First " + std::to_string(index.size()) + "\n/Filter /FlateDecode\n";
    const std::string bytes = deflate(index + objects);
    places_[id].where = file_.size();
    append_stream(id, entries, bytes);
  }

  // Table 17: the free entries are a list from object 0 on that ends there; numbers that were given up never come back (65535).
  std::string cross_reference_bytes(std::size_t where_width) {
    std::size_t next_free = 0;
    for (std::size_t i = places_.size(); i-- > 0;) {
      if (places_[i].type != 0) continue;
      places_[i].where = next_free;
      places_[i].index = 65535;
      next_free = i;
    }
    std::string bytes;
    const auto append = [&](std::uint64_t value, std::size_t width) {
      for (std::size_t shift = width; shift-- > 0;) bytes += static_cast<char>((value >> (8 * shift)) & 0xFF);
    };
    for (const Place& place : places_) {
      append(narrow<std::uint64_t>(place.type), 1);
      append(place.where, where_width);
      append(place.index, 2);
    }
    return bytes;
  }

  void write_cross_reference() {
    const std::string id_hash = hex_identifier(file_);
    const std::uint64_t start = file_.size();
    const std::size_t id = places_.size();
    places_.push_back({1, start, 0});
    std::size_t where_width = 1;
    for (std::uint64_t rest = start >> 8; rest != 0; rest >>= 8) ++where_width;
    const std::string bytes = deflate(cross_reference_bytes(where_width));
    std::string entries = "/Type /XRef\n/Size " + std::to_string(places_.size()) + "\n/W [1 " + std::to_string(where_width) + " 2]\n/Filter /FlateDecode\n";
    entries += "/Root " + reference(haru_.document()->catalog) + "\n/Info " + reference(haru_.document()->info) + "\n";
    entries += "/ID [<" + id_hash + "> <" + id_hash + ">]\n";
    append_stream(id, entries, bytes);
    file_ += "startxref\n" + std::to_string(start) + "\n%%EOF\n";
  }

  // 14.4: 16 bytes that identify the content; the clock stays out of it.
  static std::string hex_identifier(std::string_view content) { return sha256_hex(content).substr(0, 32); }

  static std::string reference(void* object) {
    return std::to_string(static_cast<HPDF_Obj_Header*>(object)->obj_id & kObjectIdMask) + " 0 R";
  }

  Haru& haru_;
  HPDF_Xref xref_;
  std::vector<Place> places_;  // by object number
  std::string file_;
};

}  // namespace

std::string save(Haru& haru) {
  if (haru.status() != HPDF_OK) return {};
  return Saver(haru).run();
}

std::string save_plain(Haru& haru) {
  if (haru.status() != HPDF_OK) return {};
  haru.record(HPDF_SaveToStream(haru.document()));
  if (haru.status() != HPDF_OK) return {};
  std::string bytes(HPDF_GetStreamSize(haru.document()), '\0');
  auto size = narrow<HPDF_UINT32>(bytes.size());
  const HPDF_STATUS status = HPDF_ReadFromStream(haru.document(), reinterpret_cast<HPDF_BYTE*>(bytes.data()), &size);
  // Reading up to the end is told as an error of its own kind.
  if (status != HPDF_OK && status != HPDF_STREAM_EOF) haru.record(status);
  bytes.resize(size);
  return haru.status() == HPDF_OK ? bytes : std::string();
}

}  // namespace handout::pdf
