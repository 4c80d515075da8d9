#include "inspect/document.h"

#include <stdexcept>

namespace handout::inspect {

std::unique_ptr<QPDF> load_pdf(std::string_view bytes, const std::string& password) {
  auto pdf = std::make_unique<QPDF>();
  pdf->setSuppressWarnings(true);
  pdf->setAttemptRecovery(false);
  pdf->processMemoryFile("document", bytes.data(), bytes.size(), password.c_str());
  // A cross-reference stream of deflated zeros can name millions of objects in a few bytes; each would be looked for.
  constexpr std::size_t kLeastObjects = 10000;
  if (const std::size_t objects = pdf->getXRefTable().size(); objects > kLeastObjects + bytes.size()) {
    throw std::runtime_error("it names " + std::to_string(objects) + " objects, more than its " + std::to_string(bytes.size()) + " bytes can hold");
  }
  return pdf;
}

Document read_document(std::unique_ptr<QPDF> pdf, std::size_t file_bytes) {
  Document document;
  document.pdf = std::move(pdf);
  document.pages = document.pdf->getAllPages();
  document.content = read_content(document.pages, Budget(file_bytes));
  document.structure = read_structure(*document.pdf);
  return document;
}

Document open_document(std::string_view bytes) {
  Document document = read_document(load_pdf(bytes, {}), bytes.size());
  if (document.pdf->anyWarnings()) throw std::runtime_error(document.pdf->getWarnings().front().what());
  return document;
}

}  // namespace handout::inspect
