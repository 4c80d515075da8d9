#pragma once

#include <string_view>

#include "recipients/fhir_reader.h"
#include "recipients/reader_options.h"
#include "recipients/window.h"

namespace handout::recipients {

struct Detected {
  Format format = Format::Csv;
  FhirShape shape = FhirShape::Lines;
};

// Passes over a byte order mark and finds out what the file is, from the options, its name and its first bytes. Faults: an encoding other than UTF-8, JSON in a form that is not read.
Result<Detected> detect(Window& window, std::string_view path, const ReaderOptions& options, Diagnostics& diags);

}  // namespace handout::recipients
