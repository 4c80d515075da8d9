#include "inspect/budget.h"

#include <stdexcept>
#include <vector>

namespace handout::inspect {

namespace {

// libqpdf catches what a pipeline throws and calls the stream damaged; the reader stops all the same.
class BoundedText : public Pipeline {
 public:
  explicit BoundedText(std::size_t limit) : Pipeline("bounded", nullptr), limit_(limit) {}
  void write(const unsigned char* data, std::size_t size) override {
    if (size > limit_ - text_.size()) {
      overflowed_ = true;
      throw std::length_error("too long");
    }
    text_.append(reinterpret_cast<const char*>(data), size);
  }
  void finish() override {}
  [[nodiscard]] bool overflowed() const { return overflowed_; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t limit_;
  bool overflowed_ = false;
};

// Of a file's own size: print files reach 50 where a thousand pages show one stream. Reading 5 MB takes a second.
constexpr std::size_t kLeast = 1u << 20, kTimes = 100;
// What a stream costs that has no bytes at all.
constexpr std::size_t kStream = 256;

}  // namespace

std::string unpacked(QPDFObjectHandle stream, std::size_t limit) {
  BoundedText text(limit);
  const bool good = stream.pipeStreamData(&text, 0, qpdf_dl_all, true);
  const std::string name = stream.getObjGen().unparse(' ');
  if (text.overflowed()) throw std::runtime_error("stream " + name + " unpacks to more than " + std::to_string(limit >> 20) + " MB");
  if (!good) throw std::runtime_error("stream " + name + " cannot be decoded");
  return text.take();
}

Budget::Budget(std::size_t file_bytes) : left_(kLeast + kTimes * file_bytes) {}

void Budget::spend(std::size_t bytes) {
  if (bytes > left_) throw std::runtime_error("its pages unpack to more than 100 times its size, which is not read");
  left_ -= bytes;
}

void Budget::spend(QPDFObjectHandle content) {
  spend(kStream);
  if (content.isStream()) spend(size_of(content));
  if (!content.isArray()) return;
  for (QPDFObjectHandle& part : content.getArrayAsVector()) spend(kStream + (part.isStream() ? size_of(part) : 0));
}

void Budget::spend_font(QPDFObjectHandle font) {
  std::vector<QPDFObjectHandle> streams{font.getKey("/ToUnicode"), font.getKey("/Encoding")};
  QPDFObjectHandle descendants = font.getKey("/DescendantFonts");
  QPDFObjectHandle owner = descendants.isArray() && descendants.getArrayNItems() == 1 ? descendants.getArrayItem(0) : font;
  for (const char* key : {"/FontFile", "/FontFile2", "/FontFile3"}) streams.push_back(owner.getKeyIfDict("/FontDescriptor").getKeyIfDict(key));
  streams.push_back(owner.getKeyIfDict("/CIDToGIDMap"));
  for (const QPDFObjectHandle& stream : streams) spend(stream);
}

std::size_t Budget::size_of(QPDFObjectHandle stream) {
  const auto [found, added] = sizes_.try_emplace(stream.getObjGen(), 0);
  if (!added) return found->second;
  BoundedText text(left_);
  // A damaged one is reported by whoever reads it.
  static_cast<void>(stream.pipeStreamData(&text, 0, qpdf_dl_all, true));
  found->second = text.overflowed() ? left_ + 1 : text.take().size();
  return found->second;
}

}  // namespace handout::inspect
