#include "inspect/small_pdf.h"

#include <fmt/format.h>

namespace handout::test {

namespace {

constexpr int kCatalog = 1, kPages = 2, kFont = 3, kToUnicode = 4, kTree = 5, kDocument = 6, kInfo = 7, kMetadata = 8, kFirst = 9;

constexpr std::string_view kCMap = "1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <0020> endbfrange";

std::string content_of(const SmallPage& page) {
  std::string text;
  int y = 700;
  for (std::size_t i = 0; i < page.paragraphs.size(); ++i, y -= 20) text += fmt::format("/P <</MCID {}>> BDC BT /F 12 Tf 72 {} Td ({}) Tj ET EMC\n", i, y, page.paragraphs[i]);
  if (!page.footer.empty()) text += fmt::format("/Artifact BMC BT /F 10 Tf 72 40 Td ({}) Tj ET EMC\n", page.footer);
  if (!page.drawing.empty()) text += fmt::format("/Artifact BMC {} EMC\n", page.drawing);
  return text;
}

std::string references(const std::vector<int>& ids) {
  std::string text = "[";
  for (const int id : ids) text += fmt::format("{} 0 R ", id);
  return text + "]";
}

std::string written(const SmallPdf& pdf, bool with_structure) {
  std::vector<std::string> objects(kFirst - 1);
  std::vector<int> pages, elements;
  for (const SmallPage& page : pdf.pages) {
    const int id = static_cast<int>(objects.size()) + 1;
    pages.push_back(id);
    objects.push_back(fmt::format("<</Type /Page /Parent {} 0 R /MediaBox [0 0 612 792] /Resources <</Font <</F {} 0 R>>>> /Contents {} 0 R>>", kPages, kFont, id + 1));
    objects.push_back(stream(content_of(page)));
    for (std::size_t i = 0; i < page.paragraphs.size(); ++i) {
      elements.push_back(static_cast<int>(objects.size()) + 1);
      objects.push_back(fmt::format("<</Type /StructElem /S /P /P {} 0 R /Pg {} 0 R /K {}>>", kDocument, id, i));
    }
  }
  const std::string tree = with_structure ? fmt::format("/MarkInfo <</Marked true>> /StructTreeRoot {} 0 R", kTree) : "";
  objects[kCatalog - 1] = fmt::format("<</Type /Catalog /Pages {} 0 R /Lang (en) {} /Metadata {} 0 R {}>>", kPages, tree, kMetadata, pdf.catalog);
  objects[kPages - 1] = fmt::format("<</Type /Pages /Kids {} /Count {}>>", references(pages), pages.size());
  objects[kFont - 1] = fmt::format("<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode {} 0 R>>", kToUnicode);
  objects[kToUnicode - 1] = stream(kCMap);
  objects[kTree - 1] = fmt::format("<</Type /StructTreeRoot /K {} 0 R>>", kDocument);
  objects[kDocument - 1] = fmt::format("<</Type /StructElem /S /Document /P {} 0 R /K {}>>", kTree, references(elements));
  objects[kInfo - 1] = fmt::format("<</Title ({})>>", pdf.title);
  objects[kMetadata - 1] = stream(pdf.xmp, "/Type /Metadata /Subtype /XML");
  return file_of(objects, fmt::format("/Info {} 0 R", kInfo));
}

}  // namespace

std::string stream(std::string_view bytes, std::string_view entries) { return fmt::format("<</Length {} {}>>\nstream\n{}\nendstream", bytes.size(), entries, bytes); }

std::string file_of(const std::vector<std::string>& objects, std::string_view trailer) {
  std::string bytes = "%PDF-1.7\n";
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    offsets.push_back(bytes.size());
    bytes += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t begin = bytes.size();
  bytes += fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (const std::size_t offset : offsets) bytes += fmt::format("{:010} 00000 n \n", offset);
  return bytes + fmt::format("trailer <</Root 1 0 R /Size {} {}>>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, trailer, begin);
}

std::string tagged(const SmallPdf& pdf) { return written(pdf, true); }

std::string untagged(const SmallPdf& pdf) { return written(pdf, false); }

}  // namespace handout::test
