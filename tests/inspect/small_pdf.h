#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// PDF files written by hand, without the program's own writer.
namespace handout::test {

// Objects 1, 2, ... with a classic cross-reference; object 1 is the catalog.
std::string file_of(const std::vector<std::string>& objects, std::string_view trailer = "");
std::string stream(std::string_view bytes, std::string_view entries = "");

struct SmallPage {
  std::vector<std::string> paragraphs;  // tagged P
  std::string footer;                   // an artifact
  std::string drawing;                  // operators, an artifact
};

struct SmallPdf {
  std::vector<SmallPage> pages;
  std::string title = "Knee";
  std::string xmp;
  std::string catalog;  // entries
};

// A tagged file; `untagged` is the same without structure.
std::string tagged(const SmallPdf& pdf);
std::string untagged(const SmallPdf& pdf);

}  // namespace handout::test
