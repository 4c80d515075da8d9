#pragma once

#include <hpdf.h>

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "base/handle.h"
#include "base/narrow.h"

namespace handout::pdf {

// An object's number in the file.
struct ObjectId {
  std::uint32_t number = 0;
  friend constexpr auto operator<=>(ObjectId, ObjectId) = default;
  // The n-th after this one, of numbers that were reserved together.
  [[nodiscard]] constexpr ObjectId operator+(std::size_t n) const { return {narrow<std::uint32_t>(number + n)}; }
};

// libharu's object layer with one sticky status: the first failure is kept and what comes after it does nothing, so a caller may build a
// whole structure and ask once. The error handler only records: nothing is thrown through C. Objects belong to the container they are added to, or to
// the saver that writes them; libharu's own list of objects stays empty, as it would keep all of them to the end.
class Haru {
 public:
  Haru();
  Haru(const Haru&) = delete;
  Haru& operator=(const Haru&) = delete;

  [[nodiscard]] HPDF_Doc document() const { return document_.get(); }
  // 0, or libharu's code of the first failure.
  [[nodiscard]] HPDF_STATUS status() const;
  void record(HPDF_STATUS status);

  // To be added to one container, or written by the saver, once; either takes it over, also when it fails.
  [[nodiscard]] HPDF_Dict dict();
  [[nodiscard]] HPDF_Array array();
  // An array of them: a rectangle, coordinates.
  [[nodiscard]] HPDF_Array numbers(std::span<const double> values);
  [[nodiscard]] HPDF_Array numbers(std::initializer_list<double> values) { return numbers(std::span<const double>(values.begin(), values.size())); }

  // Frees what went into no container.
  void release(void* object);

  void put(HPDF_Dict dict, const char* key, void* object);
  // A reference.
  void put(HPDF_Dict dict, const char* key, ObjectId object);
  void put_name(HPDF_Dict dict, const char* key, std::string_view name);
  void put_number(HPDF_Dict dict, const char* key, std::int64_t number);
  void put_real(HPDF_Dict dict, const char* key, double number);
  void put_true(HPDF_Dict dict, const char* key);
  // A text string (UTF-8 in): ASCII as it is, everything else as UTF-16BE with its mark (ISO 32000-1, 7.9.2.2).
  void put_text(HPDF_Dict dict, const char* key, std::string_view text);
  // A byte string.
  void put_bytes(HPDF_Dict dict, const char* key, std::string_view bytes);

  void push(HPDF_Array array, void* object);
  void push(HPDF_Array array, ObjectId object);
  void push_name(HPDF_Array array, std::string_view name);
  void push_number(HPDF_Array array, std::int64_t number);
  // An integer where the number is one.
  void push_real(HPDF_Array array, double number);
  void push_null(HPDF_Array array);
  void push_bytes(HPDF_Array array, std::string_view bytes);

 private:
  [[nodiscard]] bool usable(const void* container);
  [[nodiscard]] HPDF_Binary binary(std::string_view bytes);
  [[nodiscard]] HPDF_Proxy reference(ObjectId object);

  HPDF_STATUS status_ = HPDF_OK;
  Handle<HPDF_Doc_Rec, HPDF_Free> document_;
};

}  // namespace handout::pdf
