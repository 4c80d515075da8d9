#include <exception>

#include "inspect/document.h"

namespace handout::inspect {

std::vector<std::string> check_tags(std::string_view bytes) {
  Faults faults;
  try {
    Document document = open_document(bytes);
    check_metadata(document, faults);
    check_content(document, faults);
    check_elements(document, faults);
    check_annotations(document, faults);
    check_fonts(document, faults);
  } catch (const std::exception& error) {
    faults.push_back(std::string("the file is damaged: ") + error.what());
  }
  return faults;
}

}  // namespace handout::inspect
