#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "xml/element.h"
#include "xml/vocabulary.h"

namespace handout::xml {

// A file that holds one document.
struct Document {
  Element root;
  bool valid = false;   // false: faults were told; what can be read of it still is, so that all of them are told at once
  std::string digest;   // SHA-256 of the file, in hexadecimal
};

// Reads, parses and validates. Failures: no such file, more than `largest` bytes, no XML, another root than the vocabulary's.
Result<Document> read_document(const std::filesystem::path& path, const Vocabulary& vocabulary, std::uintmax_t largest, Diagnostics& diags);

}  // namespace handout::xml
