#include "pdf/saver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdio>
#include <map>
#include <vector>

#include "base/files.h"
#include "inspect/qpdf.h"
#include "pdf/document.h"
#include "pdf/sample.h"

namespace handout::test {

namespace {

using pdf::ObjectId;

// Every object by number, streams decoded; what the two savers choose for themselves left out.
std::map<int, std::string> objects(const std::string& bytes) {
  QPDF pdf;
  pdf.processMemoryFile("saved", bytes.data(), bytes.size());
  std::map<int, std::string> result;
  for (QPDFObjectHandle& object : pdf.getAllObjects()) {
    if (!object.isStream()) {
      if (!object.isInteger() && !object.isNull()) result[object.getObjectID()] = object.unparseResolved();
      continue;
    }
    QPDFObjectHandle dict = object.getDict().shallowCopy();
    if (dict.isDictionaryOfType("/ObjStm") || dict.isDictionaryOfType("/XRef")) continue;
    dict.removeKey("/Length");
    dict.removeKey("/Filter");
    dict.removeKey("/DecodeParms");
    const auto data = object.getStreamData();
    result[object.getObjectID()] = dict.unparseResolved() + std::string(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
  }
  return result;
}

// What was written, for libharu to write it again.
struct Kept {
  void* object = nullptr;
  std::string bytes;
};
using KeptObjects = std::map<ObjectId, Kept>;

// libharu's own file of the same objects: they go into its list in the order of their numbers, streams with the undeflated bytes.
std::string save_with_libharu(pdf::Haru& haru, const KeptObjects& kept, ObjectId root) {
  HPDF_Doc document = haru.document();
  HPDF_Xref_Free(document->xref);
  document->xref = HPDF_Xref_New(document->mmgr, 0);
  document->trailer = document->xref->trailer;
  document->info = nullptr;
  std::vector<std::pair<HPDF_Dict, const std::string*>> streams;
  std::uint32_t next = 1;
  const auto add = [&](void* object) {
    static_cast<HPDF_Obj_Header*>(object)->obj_id = 0;
    EXPECT_EQ(HPDF_Xref_Add(document->xref, object), HPDF_OK);
    ++next;
  };
  for (const auto& [id, what] : kept) {
    // An object stream has a number too.
    while (next < id.number) add(HPDF_Null_New(document->mmgr));
    add(what.object);
    auto* dict = static_cast<HPDF_Dict>(what.object);
    if (dict->header.obj_class == HPDF_OCLASS_DICT && HPDF_Dict_GetItem(dict, "Length", HPDF_OCLASS_NUMBER) != nullptr) streams.emplace_back(dict, &what.bytes);
    if (id == root) document->catalog = dict;
    if (dict->header.obj_class == HPDF_OCLASS_DICT && HPDF_Dict_GetItem(dict, "Producer", HPDF_OCLASS_BINARY) != nullptr) document->info = dict;
  }
  for (const auto& [dict, bytes] : streams) {
    for (const char* key : {"Length", "Filter", "DecodeParms"}) HPDF_Dict_RemoveElement(dict, key);
    HPDF_Number length = HPDF_Number_New(document->mmgr, 0);
    add(length);
    HPDF_Dict_Add(dict, "Length", length);
    dict->stream = HPDF_MemStream_New(document->mmgr, 4096);
    if (!bytes->empty()) HPDF_Stream_Write(dict->stream, reinterpret_cast<const HPDF_BYTE*>(bytes->data()), narrow<HPDF_UINT>(bytes->size()));
  }
  const std::string path = testing::TempDir() + "libharu-" + std::to_string(::getpid()) + ".pdf";
  EXPECT_EQ(HPDF_SaveToFile(document, path.c_str()), HPDF_OK);
  Diagnostics diags;
  auto bytes = read_file(path, Span::of_file(path), 100u << 20, diags);
  std::remove(path.c_str());
  return bytes.value_or("");
}

struct Saved {
  std::string ours, libharu;
};

Saved save_both(const display::DisplayDocument& document, pdf::Options options) {
  Diagnostics diags;
  const std::string profile = srgb_profile();
  KeptObjects kept;
  const auto keep = [&](ObjectId id, void* object, std::string_view bytes) { kept.emplace(id, Kept{object, std::string(bytes)}); };
  StringSink sink;
  pdf::Writer::State state(sink, pdf::file_info(document), {noto(), profile}, std::move(options), keep);
  EXPECT_TRUE(state.add(document, {}, diags)) << to_text(diags);
  EXPECT_TRUE(state.finish(diags)) << to_text(diags);
  return {sink.take(), save_with_libharu(state.haru, kept, state.catalog)};
}

// Fails at the n-th write.
class FailingSink final : public Sink {
 public:
  explicit FailingSink(std::size_t writes) : left_(writes) {}
  bool write(std::string_view) override {
    failed_ = failed_ || left_ == 0;
    if (left_ > 0) --left_;
    return !failed_;
  }
  Diagnostics::Added report(Diagnostics& diags) const override { return diags.machine_error({}, "the sink is full"); }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  std::size_t left_;
  bool failed_ = false;
};

}  // namespace

TEST(Saver, HoldsTheObjectsThatLibharuWrites) {
  pdf::Options options;
  options.attachments.push_back({"knee.xml", "the source", "application/xml", "<article/>"});
  const Saved saved = save_both(sample(), options);
  const auto ours = objects(saved.ours), libharu = objects(saved.libharu);
  EXPECT_GT(ours.size(), 60u);
  EXPECT_EQ(ours, libharu);
  EXPECT_LT(saved.ours.size(), saved.libharu.size());
}

TEST(Saver, WritesPdf17WithItsMarks) {
  const std::string bytes = write(sample());
  EXPECT_TRUE(bytes.starts_with("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"));
  EXPECT_TRUE(bytes.ends_with("%%EOF\n"));
  QPDF pdf;
  pdf.processMemoryFile("saved", bytes.data(), bytes.size());
  QPDFObjectHandle id = pdf.getTrailer().getKey("/ID");
  ASSERT_EQ(id.getArrayNItems(), 2);
  EXPECT_EQ(id.getArrayItem(0).getStringValue().size(), 16u);
}

TEST(Saver, IdentifierFollowsTheContent) {
  const auto id_of = [](const display::DisplayDocument& document) {
    const std::string bytes = write(document);
    QPDF pdf;
    pdf.processMemoryFile("saved", bytes.data(), bytes.size());
    return pdf.getTrailer().getKey("/ID").getArrayItem(0).getStringValue();
  };
  display::DisplayDocument other = sample();
  other.metadata.subject = "another";
  EXPECT_EQ(id_of(sample()), id_of(sample()));
  EXPECT_NE(id_of(sample()), id_of(other));
}

TEST(Saver, NumbersThatAreNeverWrittenAreFree) {
  pdf::Haru haru;
  StringSink sink;
  pdf::Saver saver(haru, sink, 6);
  const ObjectId root = saver.reserve(5), info = root + 3;
  HPDF_Dict catalog = haru.dict();
  haru.put_name(catalog, "Type", "Catalog");
  haru.put(catalog, "Pages", root + 4);
  saver.write(root, catalog);
  saver.write(info, haru.dict());
  HPDF_Dict pages = haru.dict();
  haru.put_name(pages, "Type", "Pages");
  haru.put(pages, "Kids", haru.array());
  haru.put_number(pages, "Count", 0);
  saver.write(root + 4, pages);
  saver.finish(root, info);
  ASSERT_TRUE(saver.good());
  const std::string bytes = sink.take();
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("saved", bytes.data(), bytes.size());
  EXPECT_THAT(pdf.getWarnings(), testing::IsEmpty());
  EXPECT_TRUE(pdf.getObjectByID(2, 0).isNull());
  EXPECT_TRUE(pdf.getObjectByID(5, 0).isDictionary());
}

// A hole of 5 GB in a sparse file: offsets beyond 32 bits must lead to the last object.
TEST(Saver, FilesBeyondFourGigabytesOpen) {
  const std::string path = testing::TempDir() + "sparse-" + std::to_string(::getpid()) + ".pdf";
  constexpr std::uint64_t kHole = 5'000'000'000;
  class SparseSink final : public Sink {
   public:
    explicit SparseSink(const std::string& path) : file_(std::fopen(path.c_str(), "wb")) {}
    ~SparseSink() override { std::fclose(file_); }
    bool write(std::string_view bytes) override { return std::fwrite(bytes.data(), 1, bytes.size(), file_) == bytes.size(); }
    Diagnostics::Added report(Diagnostics& diags) const override { return diags.machine_error({}, "full"); }
    void skip(std::uint64_t bytes) { fseeko(file_, static_cast<off_t>(bytes), SEEK_CUR); }

   private:
    std::FILE* file_;
  };
  const std::string profile = srgb_profile();
  Diagnostics diags;
  {
    SparseSink sink(path);
    pdf::Writer::State state(sink, pdf::file_info(sample()), {noto(), profile}, {}, {});
    sink.skip(kHole);
    state.saver.skip(kHole);
    ASSERT_TRUE(state.add(sample(), {}, diags)) << to_text(diags);
    ASSERT_TRUE(state.finish(diags)) << to_text(diags);
  }
  QPDF pdf;
  pdf.processFile(path.c_str());
  EXPECT_THAT(pdf.getWarnings(), testing::IsEmpty());
  EXPECT_EQ(pdf.getAllPages().size(), 2u);
  for (QPDFObjectHandle& object : pdf.getAllObjects()) {
    if (object.isStream()) EXPECT_NO_THROW(object.getStreamData(qpdf_dl_specialized));
  }
  std::remove(path.c_str());
}

// The limit of PDF/A-2 on objects is told, not broken.
TEST(Saver, MoreObjectsThanPdfAllowsAreRefused) {
  pdf::Haru haru;
  StringSink sink;
  pdf::Saver saver(haru, sink, 6);
  static_cast<void>(saver.reserve(8'388'607));
  EXPECT_TRUE(saver.good());
  static_cast<void>(saver.reserve());
  EXPECT_FALSE(saver.good());
  Diagnostics diags;
  saver.report(diags);
  EXPECT_THAT(to_text(diags), testing::HasSubstr("8,388,607 objects"));
  EXPECT_EQ(diags.exit_code(), 1);
}

TEST(Saver, EveryFailedWriteIsToldOnce) {
  const std::string profile = srgb_profile();
  const display::DisplayDocument document = sample();
  std::size_t writes = 0;
  for (bool enough = false; !enough; ++writes) {
    ASSERT_LT(writes, 1000u);
    FailingSink sink(writes);
    Diagnostics diags;
    pdf::Writer writer(sink, pdf::file_info(document), {noto(), profile}, {});
    const bool written = writer.add(document, diags) && writer.finish(diags);
    enough = written;
    if (written) {
      EXPECT_FALSE(sink.failed());
    } else {
      EXPECT_EQ(diags.error_count(), 1u);
      EXPECT_EQ(diags.exit_code(), 3);
      EXPECT_THAT(to_text(diags), testing::HasSubstr("the sink is full"));
    }
  }
  EXPECT_GT(writes, 30u);
}

TEST(Saver, CompressionLevelsChangeBytesNotObjects) {
  const std::string profile = srgb_profile();
  std::vector<std::string> files;
  for (const int level : {1, 6, 12}) {
    pdf::Options options;
    options.compression = level;
    Diagnostics diags;
    files.push_back(pdf::write_pdf(sample(), {noto(), profile}, diags, options).value_or(""));
  }
  EXPECT_GT(files[0].size(), files[1].size());
  EXPECT_GE(files[1].size(), files[2].size());
  EXPECT_EQ(objects(files[0]), objects(files[2]));
}

TEST(Haru, FirstFailureStaysAndNothingIsThrown) {
  pdf::Haru haru;
  HPDF_Dict dict = haru.dict();
  haru.put_name(dict, "Name", std::string(128, 'x'));
  EXPECT_EQ(haru.status(), static_cast<HPDF_STATUS>(HPDF_NAME_OUT_OF_RANGE));
  haru.put_number(nullptr, "Number", 1);
  EXPECT_EQ(haru.status(), static_cast<HPDF_STATUS>(HPDF_NAME_OUT_OF_RANGE));
  EXPECT_EQ(haru.dict(), nullptr);
  StringSink sink;
  pdf::Saver saver(haru, sink, 6);
  saver.write(saver.reserve(), dict);
  saver.finish({1}, {1});
  EXPECT_FALSE(saver.good());
  EXPECT_EQ(sink.take(), "");
}

TEST(Haru, NumbersBeyondItsLimitsAreRefused) {
  pdf::Haru real;
  HPDF_Dict holder = real.dict();
  real.put_real(holder, "Real", 40000.5);
  EXPECT_EQ(real.status(), static_cast<HPDF_STATUS>(HPDF_REAL_OUT_OF_RANGE));
  real.release(holder);
  pdf::Haru text;
  holder = text.dict();
  text.put_text(holder, "Text", std::string(33000, 'x'));
  EXPECT_EQ(text.status(), static_cast<HPDF_STATUS>(HPDF_STRING_OUT_OF_RANGE));
  text.release(holder);
}

}  // namespace handout::test
