#include "pdf/metadata.h"

#include <algorithm>

namespace handout::pdf {

namespace {

std::string producer() { return std::string("handout with libharu ") + HPDF_GetVersion(); }

std::string joined_keywords(const display::Metadata& metadata) {
  std::string text;
  for (const std::string& keyword : metadata.keywords) text += (text.empty() ? "" : ", ") + keyword;
  return text;
}

// ISO 19005-2, 6.6.2: what Info says, XMP says too.
void write_info(Haru& haru, const display::Metadata& metadata) {
  // libharu makes its Info dictionary when the first entry is set.
  haru.record(HPDF_SetInfoAttr(haru.document(), HPDF_INFO_PRODUCER, ""));
  if (haru.status() != HPDF_OK) return;
  HPDF_Dict info = haru.document()->info;
  const auto put = [&](const char* key, const std::string& value) {
    if (!value.empty()) haru.put_text(info, key, value);
  };
  put("Title", metadata.title);
  put("Author", metadata.author);
  put("Subject", metadata.subject);
  put("Keywords", joined_keywords(metadata));
  put("Creator", metadata.creator);
  put("Producer", producer());
  put("Edition", metadata.edition);
  if (const auto date = pdf_date(metadata.date)) {
    put("CreationDate", *date);
    put("ModDate", *date);
  }
}

void write_output_intent(Haru& haru, std::string_view srgb_profile) {
  HPDF_Dict profile = haru.stream(srgb_profile, Haru::Filter::Flate);
  haru.put_number(profile, "N", 3);
  HPDF_Dict intent = haru.dict();
  haru.put_name(intent, "Type", "OutputIntent");
  haru.put_name(intent, "S", "GTS_PDFA1");
  haru.put_text(intent, "OutputConditionIdentifier", "sRGB IEC61966-2.1");
  haru.put_text(intent, "Info", "sRGB IEC61966-2.1");
  haru.put_text(intent, "RegistryName", "http://www.color.org");
  haru.put(intent, "DestOutputProfile", profile);
  HPDF_Array intents = haru.array();
  haru.push(intents, intent);
  haru.put(haru.catalog(), "OutputIntents", intents);
}

void write_preferences(Haru& haru, const display::DisplayDocument& document) {
  HPDF_Dict preferences = haru.dict();
  haru.put_true(preferences, "DisplayDocTitle");
  if (document.right_to_left) haru.put_name(preferences, "Direction", "R2L");
  if (document.duplex) haru.put_name(preferences, "Duplex", "DuplexFlipLongEdge");
  haru.put(haru.catalog(), "ViewerPreferences", preferences);
  HPDF_Dict marks = haru.dict();
  haru.put_true(marks, "Marked");
  haru.put(haru.catalog(), "MarkInfo", marks);
  haru.put_text(haru.catalog(), "Lang", document.metadata.language);
}

bool check(const display::Metadata& metadata, Diagnostics& diags) {
  bool good = true;
  const auto fault = [&](std::string message) {
    diags.error({}, std::move(message));
    good = false;
  };
  if (metadata.title.empty()) fault("the document has no title, which PDF/UA asks for");
  if (metadata.language.empty()) fault("the document has no language, which PDF/UA asks for");
  if (!metadata.date.empty() && !pdf_date(metadata.date)) fault("the document's date is '" + metadata.date + "', expected a form like '2026-11-22T00:00:00Z'");
  return good;
}

}  // namespace

std::optional<std::string> pdf_date(std::string_view iso) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
  const auto matches = [](std::string_view text, std::string_view form) {
    return std::ranges::equal(text, form, [](char c, char f) { return f == 'd' ? c >= '0' && c <= '9' : c == f; });
  };
  if (iso.size() <= kForm.size() || !matches(iso.substr(0, kForm.size()), kForm)) return std::nullopt;
  std::string date = "D:";
  std::ranges::copy_if(iso.substr(0, kForm.size()), std::back_inserter(date), [](char c) { return c >= '0' && c <= '9'; });
  const std::string_view zone = iso.substr(kForm.size());
  if (zone == "Z") return date + 'Z';
  if (!matches(zone, "+dd:dd") && !matches(zone, "-dd:dd")) return std::nullopt;
  date.append(zone.substr(0, 3)).append("'").append(zone.substr(4)).append("'");
  return date;
}

bool write_metadata(Haru& haru, const display::DisplayDocument& document, std::string_view srgb_profile, Diagnostics& diags) {
  if (!check(document.metadata, diags)) return false;
  write_info(haru, document.metadata);
  // Readers that know no PDF look for the packet in the file's bytes: it stays as it is.
  HPDF_Dict xmp = haru.stream(xmp_packet(document.metadata, producer()), Haru::Filter::None);
  haru.put_name(xmp, "Type", "Metadata");
  haru.put_name(xmp, "Subtype", "XML");
  haru.put(haru.catalog(), "Metadata", xmp);
  write_output_intent(haru, srgb_profile);
  write_preferences(haru, document);
  return true;
}

}  // namespace handout::pdf
