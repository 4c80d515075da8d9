#include <exception>

#include "inspect/check_parts.h"

namespace handout::inspect {

namespace {

void check_any(std::string_view bytes, Document& document, Scope scope, Faults& faults) {
  check_file(bytes, document, faults);
  const Found found = check_objects(document, faults);
  faults.insert(faults.end(), document.content.archive_faults.begin(), document.content.archive_faults.end());
  check_colours(document, found, faults);
  check_embedded_files(found, check_xmp(document, found, scope, faults), faults);
  check_fonts(document, scope, faults);
  check_annotations(document, scope, faults);
}

Faults check(std::string_view bytes, Scope scope) {
  Faults faults;
  try {
    Document document = open_document(bytes);
    check_any(bytes, document, scope, faults);
    if (scope == Scope::Archive) return faults;
    check_catalog(document, faults);
    check_content(document, faults);
    check_elements(document, faults);
    check_languages(document, faults);
  } catch (const std::exception& error) {
    faults.push_back(std::string("the file is damaged: ") + error.what());
  }
  return faults;
}

}  // namespace

void add_fault(Faults& faults, std::string_view numbers, std::string_view text) { faults.push_back(std::string(numbers) + ": " + std::string(text)); }

std::vector<std::string> check_tags(std::string_view bytes) { return check(bytes, Scope::Tagged); }

std::vector<std::string> check_archive(std::string_view bytes) { return check(bytes, Scope::Archive); }

}  // namespace handout::inspect
