#include "pdf/metadata.h"

#include <algorithm>
#include <map>

#include "base/narrow.h"
#include "pdf/text_string.h"
#include "pdf/trees.h"

namespace handout::pdf {

namespace {

std::string producer() { return std::string("handout with libharu ") + HPDF_GetVersion(); }

std::string joined_keywords(const display::Metadata& metadata) {
  std::string text;
  for (const std::string& keyword : metadata.keywords) text += (text.empty() ? "" : ", ") + keyword;
  return text;
}

void write_output_intent(Haru& haru, Saver& saver, const Packed& srgb_profile, HPDF_Dict catalog) {
  HPDF_Dict profile = haru.dict();
  haru.put_number(profile, "N", 3);
  HPDF_Dict intent = haru.dict();
  haru.put_name(intent, "Type", "OutputIntent");
  haru.put_name(intent, "S", "GTS_PDFA1");
  haru.put_text(intent, "OutputConditionIdentifier", "sRGB IEC61966-2.1");
  haru.put_text(intent, "Info", "sRGB IEC61966-2.1");
  haru.put_text(intent, "RegistryName", "http://www.color.org");
  haru.put(intent, "DestOutputProfile", saver.add_stream(profile, srgb_profile));
  HPDF_Array intents = haru.array();
  haru.push(intents, intent);
  haru.put(catalog, "OutputIntents", intents);
}

void write_preferences(Haru& haru, const FileInfo& info, Pieces pieces, HPDF_Dict catalog) {
  HPDF_Dict preferences = haru.dict();
  haru.put_true(preferences, "DisplayDocTitle");
  if (info.right_to_left) haru.put_name(preferences, "Direction", "R2L");
  if (info.duplex != display::Duplex::No) haru.put_name(preferences, "Duplex", info.duplex == display::Duplex::LongEdge ? "DuplexFlipLongEdge" : "DuplexFlipShortEdge");
  // A printer that turns paper by itself would put one piece on the back of another.
  else if (pieces == Pieces::Many) haru.put_name(preferences, "Duplex", "Simplex");
  // Type is as large on paper as the profile says, on the paper that the pages are made for.
  haru.put_name(preferences, "PrintScaling", "None");
  haru.put_true(preferences, "PickTrayByPDFSize");
  haru.put(catalog, "ViewerPreferences", preferences);
}

// ISO 32000-1, 7.11.4, with the associated-file keys of ISO 19005-3, 6.8 and annex E.
ObjectId write_attachment(Haru& haru, Saver& saver, const Attachment& attachment, const std::optional<std::string>& date) {
  HPDF_Dict stream = haru.dict();
  haru.put_name(stream, "Type", "EmbeddedFile");
  haru.put_name(stream, "Subtype", attachment.media_type);
  HPDF_Dict parameters = haru.dict();
  haru.put_number(parameters, "Size", narrow<std::int64_t>(attachment.bytes.size()));
  if (date) haru.put_text(parameters, "ModDate", *date);
  haru.put(stream, "Params", parameters);
  const ObjectId file = saver.add_stream(stream, attachment.bytes, Filter::Deflate);
  HPDF_Dict specification = haru.dict();
  haru.put_name(specification, "Type", "Filespec");
  haru.put_text(specification, "F", attachment.name);
  haru.put_text(specification, "UF", attachment.name);
  if (!attachment.description.empty()) haru.put_text(specification, "Desc", attachment.description);
  haru.put_name(specification, "AFRelationship", "Source");
  HPDF_Dict embedded = haru.dict();
  haru.put(embedded, "F", file);
  haru.put(embedded, "UF", file);
  haru.put(specification, "EF", embedded);
  return saver.add(specification);
}

void write_attachments(Haru& haru, Saver& saver, const Options& options, const display::Metadata& metadata, HPDF_Dict catalog, HPDF_Dict names) {
  if (options.attachments.empty()) return;
  std::map<std::string, ObjectId> by_name;
  for (const Attachment& attachment : options.attachments) {
    if (!by_name.contains(attachment.name)) by_name.emplace(attachment.name, write_attachment(haru, saver, attachment, pdf_date(metadata.date)));
  }
  HPDF_Array associated = haru.array();
  NameTree tree(haru, saver);
  for (const auto& [name, file] : by_name) {
    haru.push(associated, file);
    tree.add(text_string(name), file);
  }
  haru.put(catalog, "AF", associated);
  haru.put(names, "EmbeddedFiles", *tree.finish());
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

Result<std::monostate> check_metadata(const display::Metadata& metadata, Diagnostics& diags) {
  const std::size_t before = diags.error_count();
  if (metadata.title.empty()) diags.error({}, "the document has no title, which PDF/UA asks for");
  if (metadata.language.empty()) diags.error({}, "the document has no language, which PDF/UA asks for");
  if (!metadata.date.empty() && !pdf_date(metadata.date)) diags.error({}, "the document's date is '" + metadata.date + "', expected a form like '2026-11-22T00:00:00Z'");
  if (diags.error_count() > before) return tl::unexpected<Failure>(Failure{});
  return std::monostate{};
}

// ISO 19005-2, 6.6.2: what Info says, XMP says too.
ObjectId write_info(Haru& haru, Saver& saver, const display::Metadata& metadata) {
  HPDF_Dict info = haru.dict();
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
  return saver.add(info);
}

Claims claims_of(const Options& options) {
  return {options.attachments.empty() ? 2 : 3, options.purpose == Purpose::Screen ? 'A' : 'B', options.purpose == Purpose::Screen};
}

void write_metadata(Haru& haru, Saver& saver, const FileInfo& info, const Options& options, const Packed& srgb_profile, HPDF_Dict catalog, HPDF_Dict names) {
  HPDF_Dict xmp = haru.dict();
  haru.put_name(xmp, "Type", "Metadata");
  haru.put_name(xmp, "Subtype", "XML");
  // Readers that know no PDF look for the packet in the file's bytes: it stays as it is.
  haru.put(catalog, "Metadata", saver.add_stream(xmp, xmp_packet(info.metadata, producer(), claims_of(options)), Filter::None));
  write_output_intent(haru, saver, srgb_profile, catalog);
  write_preferences(haru, info, options.pieces, catalog);
  write_attachments(haru, saver, options, info.metadata, catalog, names);
  haru.put_text(catalog, "Lang", info.metadata.language);
  if (options.purpose == Purpose::Print) return;
  HPDF_Dict marks = haru.dict();
  haru.put_true(marks, "Marked");
  haru.put(catalog, "MarkInfo", marks);
}

}  // namespace handout::pdf
