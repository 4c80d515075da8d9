#include "pdf/haru.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "base/expects.h"
#include "pdf/text_string.h"

namespace handout::pdf {

namespace {

extern "C" void record_error(HPDF_STATUS error, HPDF_STATUS, void* user_data) {
  auto* status = static_cast<HPDF_STATUS*>(user_data);
  if (*status == HPDF_OK) *status = error;
}

// HPDF_LIMIT_MAX_REAL: libharu clamps beyond it, silently.
constexpr double kGreatestReal = 32767;

}  // namespace

Haru::Haru() : document_(HPDF_NewEx(record_error, nullptr, nullptr, 0, &status_)) {
  if (!document_) {
    record(HPDF_FAILD_TO_ALLOC_MEM);
    return;
  }
  document_->pdf_version = HPDF_VER_17;
}

HPDF_STATUS Haru::status() const {
  if (status_ != HPDF_OK || !document_) return status_;
  return document_->error.error_no;
}

void Haru::record(HPDF_STATUS status) {
  if (status_ == HPDF_OK) status_ = status;
}

bool Haru::usable(const void* container) {
  if (container == nullptr) record(HPDF_INVALID_OBJECT);
  return status() == HPDF_OK;
}

void Haru::release(void* object) {
  if (object != nullptr) HPDF_Obj_Free(document_->mmgr, object);
}

HPDF_Dict Haru::dict() { return status() == HPDF_OK ? HPDF_Dict_New(document_->mmgr) : nullptr; }

HPDF_Array Haru::array() { return status() == HPDF_OK ? HPDF_Array_New(document_->mmgr) : nullptr; }

HPDF_Array Haru::numbers(std::span<const double> values) {
  HPDF_Array result = array();
  for (const double value : values) push_real(result, value);
  return result;
}

// A proxy writes the number of the object that it points to: one that points to itself needs no object, so that what is written need not stay in memory.
HPDF_Proxy Haru::reference(ObjectId object) {
  EXPECTS(object.number != 0);
  if (status() != HPDF_OK) return nullptr;
  HPDF_Proxy proxy = HPDF_Proxy_New(document_->mmgr, document_->catalog);
  if (proxy == nullptr) return nullptr;
  proxy->header.obj_id = object.number;
  proxy->obj = proxy;
  return proxy;
}

void Haru::put(HPDF_Dict dict, const char* key, void* object) {
  if (usable(dict) && usable(object)) record(HPDF_Dict_Add(dict, key, object));
  else release(object);
}

void Haru::put(HPDF_Dict dict, const char* key, ObjectId object) { put(dict, key, reference(object)); }

void Haru::put_name(HPDF_Dict dict, const char* key, std::string_view name) {
  // HPDF_Name_New returns garbage, not an error, for a name that is too long.
  if (name.size() > HPDF_LIMIT_MAX_NAME_LEN) return record(HPDF_NAME_OUT_OF_RANGE);
  if (usable(dict)) record(HPDF_Dict_AddName(dict, key, std::string(name).c_str()));
}

void Haru::put_number(HPDF_Dict dict, const char* key, std::int64_t number) {
  if (number > HPDF_LIMIT_MAX_INT || number < HPDF_LIMIT_MIN_INT) return record(HPDF_REAL_OUT_OF_RANGE);
  if (usable(dict)) record(HPDF_Dict_AddNumber(dict, key, static_cast<HPDF_INT32>(number)));
}

void Haru::put_real(HPDF_Dict dict, const char* key, double number) {
  if (std::abs(number) > kGreatestReal) return record(HPDF_REAL_OUT_OF_RANGE);
  if (number == std::floor(number)) return put_number(dict, key, static_cast<std::int64_t>(number));
  if (usable(dict)) record(HPDF_Dict_AddReal(dict, key, static_cast<HPDF_REAL>(number)));
}

void Haru::put_true(HPDF_Dict dict, const char* key) {
  if (usable(dict)) record(HPDF_Dict_AddBoolean(dict, key, HPDF_TRUE));
}

HPDF_Binary Haru::binary(std::string_view bytes) {
  // ISO 19005-2, 6.1.13; libharu would write twice as many.
  constexpr std::size_t kLongestString = 32767;
  if (bytes.size() > kLongestString) record(HPDF_STRING_OUT_OF_RANGE);
  if (status() != HPDF_OK) return nullptr;
  std::string copy(bytes);  // libharu's signature wants a pointer to non-const; it copies
  return HPDF_Binary_New(document_->mmgr, reinterpret_cast<HPDF_BYTE*>(copy.data()), static_cast<HPDF_UINT>(copy.size()));
}

void Haru::put_text(HPDF_Dict dict, const char* key, std::string_view text) { put_bytes(dict, key, text_string(text)); }

void Haru::put_bytes(HPDF_Dict dict, const char* key, std::string_view bytes) { put(dict, key, binary(bytes)); }

// HPDF_Array_Add ends at 32,767 entries, a limit that ISO 32000-1 (annex C) and ISO 19005-2 (6.1.13) don't have: it came from PDF 1.x readers. A list of more items, or a page of more pieces of content, goes on in
// libharu's own list, marked as HPDF_Array_Add marks what an array owns. A list grows by a fixed number of places; by as many as it has, so that time stays linear.
void Haru::push(HPDF_Array array, void* object) {
  if (!usable(array) || !usable(object)) return release(object);
  HPDF_List list = array->list;
  list->items_per_block = std::max(list->items_per_block, list->count);
  if (list->count < HPDF_LIMIT_MAX_ARRAY) return record(HPDF_Array_Add(array, object));
  auto* header = static_cast<HPDF_Obj_Header*>(object);
  EXPECTS((header->obj_id & HPDF_OTYPE_ANY) == 0);
  header->obj_id |= HPDF_OTYPE_DIRECT;
  const HPDF_STATUS added = HPDF_List_Add(list, object);
  record(added);
  if (added != HPDF_OK) release(object);
}

void Haru::push(HPDF_Array array, ObjectId object) { push(array, reference(object)); }

void Haru::push_name(HPDF_Array array, std::string_view name) {
  if (name.size() > HPDF_LIMIT_MAX_NAME_LEN) return record(HPDF_NAME_OUT_OF_RANGE);
  if (usable(array)) push(array, HPDF_Name_New(document_->mmgr, std::string(name).c_str()));
}

void Haru::push_number(HPDF_Array array, std::int64_t number) {
  if (number > HPDF_LIMIT_MAX_INT || number < HPDF_LIMIT_MIN_INT) return record(HPDF_REAL_OUT_OF_RANGE);
  if (usable(array)) push(array, HPDF_Number_New(document_->mmgr, static_cast<HPDF_INT32>(number)));
}

void Haru::push_real(HPDF_Array array, double number) {
  if (std::abs(number) > kGreatestReal) return record(HPDF_REAL_OUT_OF_RANGE);
  if (number == std::floor(number)) return push_number(array, static_cast<std::int64_t>(number));
  if (usable(array)) push(array, HPDF_Real_New(document_->mmgr, static_cast<HPDF_REAL>(number)));
}

void Haru::push_null(HPDF_Array array) {
  if (usable(array)) push(array, HPDF_Null_New(document_->mmgr));
}

void Haru::push_bytes(HPDF_Array array, std::string_view bytes) { push(array, binary(bytes)); }

}  // namespace handout::pdf
