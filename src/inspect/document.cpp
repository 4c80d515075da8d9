#include "inspect/document.h"

#include <stdexcept>

namespace handout::inspect {

Document open_document(std::string_view bytes) {
  Document document;
  document.pdf = std::make_unique<QPDF>();
  document.pdf->setSuppressWarnings(true);
  document.pdf->setAttemptRecovery(false);
  document.pdf->processMemoryFile("document", bytes.data(), bytes.size());
  document.pages = document.pdf->getAllPages();
  document.content = read_content(document.pages);
  document.structure = read_structure(*document.pdf);
  if (document.pdf->anyWarnings()) throw std::runtime_error(document.pdf->getWarnings().front().what());
  return document;
}

std::string page_name(const std::vector<QPDFObjectHandle>& pages, QPDFObjGen page) {
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].getObjGen() == page) return "page " + std::to_string(i + 1);
  }
  return "form " + page.unparse(' ');
}

}  // namespace handout::inspect
