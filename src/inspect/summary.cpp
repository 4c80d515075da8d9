#include "inspect/summary.h"

#include <algorithm>

#include "inspect/pages.h"
#include "inspect/parts.h"
#include "inspect/protect.h"
#include "inspect/xmp.h"

namespace handout::inspect {

namespace {

// A file is held to what it claims.
std::vector<std::string> claimed_faults(std::string_view bytes, const Summary& summary) {
  const auto claims = [&](std::string_view start) { return std::ranges::any_of(summary.claims, [&](const std::string& claim) { return claim.starts_with(start); }); };
  if (summary.report.tree.role.empty() && !claims("PDF/UA")) return claims("PDF/A") ? check_archive(bytes) : std::vector<std::string>{};
  std::vector<std::string> faults = check_tags(bytes);
  // The numbers of ISO 19005 begin with an A.
  if (!claims("PDF/A")) std::erase_if(faults, [](const std::string& fault) { return fault.starts_with("A "); });
  return faults;
}

Summary read(std::string_view bytes, const std::string& password) {
  Document document = read_document(load_pdf(bytes, password), bytes.size());
  Summary summary = make_summary(bytes, document);
  // The checks read files without a password.
  const auto plain = unprotected(bytes, password);
  if (plain) summary.faults = claimed_faults(*plain, summary);
  else summary.warnings.push_back(plain.error());
  return summary;
}

}  // namespace

Summary make_summary(std::string_view bytes, Document& document) {
  QPDF& pdf = *document.pdf;
  Summary summary;
  summary.bytes = bytes.size();
  summary.linearized = pdf.isLinearized();
  summary.encryption = read_encryption(pdf);
  summary.report = make_report(document);
  summary.claims = claims(summary.report.xmp);
  summary.xmp = xmp_properties(summary.report.xmp);
  summary.preferences = read_preferences(pdf);
  summary.fonts = read_fonts(document);
  const std::vector<QPDFObjectHandle> objects = all_objects(pdf);
  summary.images = read_images(objects);
  summary.attachments = read_attachments(pdf);
  summary.labels = read_labels(document);
  summary.sizes = read_sizes(bytes, pdf, objects);
  for (PageText& page : page_texts(document)) summary.texts.push_back(std::move(page.text));
  for (const QPDFExc& warning : pdf.getWarnings()) summary.warnings.push_back(unreadable(warning).text);
  return summary;
}

Unreadable unreadable(const std::exception& error) {
  if (const auto* told = dynamic_cast<const QPDFExc*>(&error); told != nullptr && told->getErrorCode() == qpdf_e_password) return {Unreadable::Cause::Protected, "it is protected by a password"};
  if (dynamic_cast<const std::bad_alloc*>(&error) != nullptr) return {Unreadable::Cause::Damaged, "reading it takes more memory than there is"};
  std::string text = error.what();
  // The name that the bytes were given.
  if (constexpr std::string_view kName = "document: "; text.starts_with(kName)) text.erase(0, kName.size());
  return {Unreadable::Cause::Damaged, std::move(text)};
}

tl::expected<Summary, Unreadable> summarize(std::string_view bytes, const std::string& password) {
  // libqpdf tells by exceptions what is broken; none goes further than this door.
  try {
    return read(bytes, password);
  } catch (const std::exception& error) {
    return tl::unexpected(unreadable(error));
  }
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::Content: return "content streams";
    case Kind::Font: return "fonts";
    case Kind::Image: return "pictures";
    case Kind::Structure: return "structure";
    case Kind::Metadata: return "metadata";
    case Kind::ColorProfile: return "colour profiles";
    case Kind::Attachment: return "attachments";
    case Kind::Page: return "pages, links, outline";
    case Kind::Reference: return "cross-reference";
    case Kind::Other: return "other";
  }
  return "";
}

}  // namespace handout::inspect
