#include <algorithm>
#include <exception>

#include "inspect/check_xmp.h"

namespace handout::inspect {

namespace {

bool has_text(QPDFObjectHandle dict, const char* key) { return dict.getKey(key).isString() && !dict.getKey(key).getStringValue().empty(); }

// RFC 2046: type "/" subtype.
bool is_media_type(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto usual = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == '_'; };
  const auto token = [&](std::string_view word) { return !word.empty() && std::ranges::all_of(word, usual); };
  return slash != std::string_view::npos && token(text.substr(0, slash)) && token(text.substr(slash + 1));
}

// A file that says of itself that it is PDF/A-1 or PDF/A-2; it is not checked further.
bool claims_archive(const std::string& bytes) {
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("embedded", bytes.data(), bytes.size());
    QPDFObjectHandle metadata = pdf.getRoot().getKey("/Metadata");
    const std::string part = metadata.isStream() ? read_xmp(stream_text(metadata)).text(kArchiveId, "part") : std::string();
    return part == "1" || part == "2";
  } catch (const std::exception&) {
    return false;
  }
}

}  // namespace

void check_embedded_files(const Found& found, int part, Faults& faults) {
  for (const auto& [where, specification] : found.file_specifications) {
    QPDFObjectHandle file = specification;
    const auto fault = [&](std::string_view numbers, std::string_view text) { add_fault(faults, numbers, where + ": " + std::string(text)); };
    if (!has_text(file, "/F") || !has_text(file, "/UF")) fault("21-001, A 6.8-2", "an embedded file has not both F and UF");
    QPDFObjectHandle stream = file.getKey("/EF").getKeyIfDict("/F");
    if (!stream.isStream()) {
      fault("PDF 7.11.3", "an embedded file has no stream");
    } else if (part != 3) {
      if (!claims_archive(stream_text(stream))) fault("A 6.8-5", "an embedded file is no PDF/A");
    } else {
      if (!is_media_type(name_of(stream.getDict().getKey("/Subtype")))) fault("A3 6.8-1", "an embedded file has no media type");
      if (!file.getKey("/AFRelationship").isName()) fault("A3 6.8-3", "an embedded file has no AFRelationship");
      if (!found.associated.contains(file.getObjGen())) fault("A3 6.8-4", "an embedded file is associated with nothing");
    }
  }
}

}  // namespace handout::inspect
