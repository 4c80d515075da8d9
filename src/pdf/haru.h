#pragma once

#include <hpdf.h>

#include <cstdint>
#include <string_view>

#include "base/handle.h"

namespace handout::pdf {

// A libharu document and its object layer with one sticky status: the first failure is kept and what comes after it does nothing, so a
// caller may build a whole structure and ask once. The error handler only records: nothing is thrown through C.
class Haru {
 public:
  Haru();
  Haru(const Haru&) = delete;
  Haru& operator=(const Haru&) = delete;

  [[nodiscard]] HPDF_Doc document() const { return document_.get(); }
  [[nodiscard]] HPDF_Dict catalog() const { return document_->catalog; }
  // 0, or libharu's code of the first failure.
  [[nodiscard]] HPDF_STATUS status() const;
  void record(HPDF_STATUS status);

  // Direct objects: to be added to one container, once.
  [[nodiscard]] HPDF_Dict dict();
  [[nodiscard]] HPDF_Array array();
  // Indirect objects, owned by the cross-reference table; added to a container they become references.
  [[nodiscard]] HPDF_Dict indirect_dict();
  [[nodiscard]] HPDF_Array indirect_array();

  // How a stream's bytes are written: as they are, deflated, or (JPEG) as they are and declared DCTDecode.
  enum class Filter { None, Flate, Jpeg };
  [[nodiscard]] HPDF_Dict stream(std::string_view bytes, Filter filter);

  void put(HPDF_Dict dict, const char* key, void* object);
  void put_name(HPDF_Dict dict, const char* key, std::string_view name);
  void put_number(HPDF_Dict dict, const char* key, std::int64_t number);
  void put_real(HPDF_Dict dict, const char* key, double number);
  void put_true(HPDF_Dict dict, const char* key);
  // A text string (UTF-8 in): ASCII as it is, everything else as UTF-16BE with its mark (ISO 32000-1, 7.9.2.2).
  void put_text(HPDF_Dict dict, const char* key, std::string_view text);
  // A byte string.
  void put_bytes(HPDF_Dict dict, const char* key, std::string_view bytes);

  void push(HPDF_Array array, void* object);
  void push_name(HPDF_Array array, std::string_view name);
  void push_number(HPDF_Array array, std::int64_t number);
  // An integer where the number is one.
  void push_real(HPDF_Array array, double number);
  void push_null(HPDF_Array array);
  void push_bytes(HPDF_Array array, std::string_view bytes);

 private:
  [[nodiscard]] bool usable(const void* container);
  [[nodiscard]] HPDF_Binary binary(std::string_view bytes);
  void register_object(void* object);

  HPDF_STATUS status_ = HPDF_OK;
  Handle<HPDF_Doc_Rec, HPDF_Free> document_;
};

}  // namespace handout::pdf
