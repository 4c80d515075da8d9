#include "pdf/saver.h"

#include <gtest/gtest.h>

#include "inspect/qpdf.h"
#include "pdf/document.h"
#include "pdf/sample.h"

namespace handout::test {

namespace {

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
    const auto data = object.getStreamData();
    result[object.getObjectID()] = dict.unparseResolved() + std::string(reinterpret_cast<const char*>(data->getBuffer()), data->getSize());
  }
  return result;
}

struct Saved {
  std::string packed, plain;
};

Saved save_both(const display::DisplayDocument& document) {
  Diagnostics diags;
  const std::string profile = srgb_profile();
  const pdf::Resources resources{noto(), profile};
  pdf::Haru haru;
  EXPECT_TRUE(pdf::build_document(haru, document, resources, diags)) << to_text(diags);
  Saved saved{pdf::save(haru), {}};
  saved.plain = pdf::save_plain(haru);
  return saved;
}

}  // namespace

TEST(Saver, HoldsTheObjectsThatLibharuWrites) {
  const Saved saved = save_both(sample());
  const auto packed = objects(saved.packed), plain = objects(saved.plain);
  EXPECT_GT(packed.size(), 60u);
  EXPECT_EQ(packed, plain);
  EXPECT_LT(saved.packed.size(), saved.plain.size());
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

TEST(Haru, FirstFailureStaysAndNothingIsThrown) {
  pdf::Haru haru;
  HPDF_Dict dict = haru.indirect_dict();
  haru.put_name(dict, "Name", std::string(128, 'x'));
  EXPECT_EQ(haru.status(), static_cast<HPDF_STATUS>(HPDF_NAME_OUT_OF_RANGE));
  haru.put_number(nullptr, "Number", 1);
  EXPECT_EQ(haru.status(), static_cast<HPDF_STATUS>(HPDF_NAME_OUT_OF_RANGE));
  EXPECT_EQ(haru.dict(), nullptr);
  EXPECT_EQ(pdf::save(haru), "");
}

TEST(Haru, NumbersBeyondItsLimitsAreRefused) {
  pdf::Haru real;
  real.put_real(real.indirect_dict(), "Real", 40000.5);
  EXPECT_EQ(real.status(), static_cast<HPDF_STATUS>(HPDF_REAL_OUT_OF_RANGE));
  pdf::Haru text;
  text.put_text(text.indirect_dict(), "Text", std::string(70000, 'x'));
  EXPECT_EQ(text.status(), static_cast<HPDF_STATUS>(HPDF_STRING_OUT_OF_RANGE));
}

}  // namespace handout::test
