#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

// Programs that read finished files, and how far what they say is what was written.
namespace handout {

enum class Reader {
  PopplerStructure,  // pdfinfo -struct-text: by the structure tree, as assistive technology reads
  Mutool,            // mutool draw -F txt: content order
  Pdftotext,         // by place on the page
  PdftotextRaw,      // content order
  PdfJs              // getTextContent: what Firefox's text layer, its search and its clipboard have
};
inline constexpr Reader kPlainReaders[] = {Reader::Mutool, Reader::Pdftotext, Reader::PdftotextRaw, Reader::PdfJs};
std::string_view name(Reader reader);

// Errors: what failed and the Debian package to install.
tl::expected<std::string, std::string> read_with(Reader reader, const std::filesystem::path& pdf);

// For comparison: white space runs as one space, none at the ends; without soft hyphens, U+2060 (glyphs beyond their cluster's characters), U+FFFC and bidi controls.
std::string normalized(std::string_view text);

// What counts as a word: Chinese, Japanese, Thai, Lao, Khmer and Burmese have no spaces between words, so there it is a character.
enum class Words { BySpaces, Characters };
Words words_of(std::string_view language);

// Of the words or characters that were written, the share (in percent) that was read ...
struct Agreement {
  double exact = 0;       // words, in any order
  double in_order = 0;    // words in the longest common subsequence
  double characters = 0;  // characters but white space, in the longest common subsequence
};
Agreement compare(std::string_view written, std::string_view read, Words words);

}  // namespace handout
