#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "inspect/budget.h"
#include "inspect/font_reader.h"
#include "inspect/inspect.h"
#include "inspect/qpdf.h"

namespace handout::inspect {

// A marked-content sequence: its MCID in the stream that counts it, a page's or a form's.
struct MarkedKey {
  QPDFObjGen stream;
  long long mcid = 0;
  friend bool operator<(const MarkedKey& a, const MarkedKey& b) { return a.stream < b.stream || (a.stream == b.stream && a.mcid < b.mcid); }
};

struct Marked {
  std::string tag, text;
  std::size_t times = 0;       // BDC with this MCID
  bool language = false;       // its property list has Lang
  bool private_use = false;    // shows characters of a private use area and no ActualText stands in the content
};

// What the content streams of all pages hold.
struct Content {
  Budget budget;                                      // what may still be read
  std::vector<std::string> outside;                   // of each page: text without MCID, in drawing order
  std::map<MarkedKey, Marked> marked;
  std::vector<Font> fonts;                            // in the order of first use
  std::map<std::string, std::size_t> font_index;      // by object
  std::map<QPDFObjGen, std::size_t> tagged_forms;     // forms with MCIDs: how often each is painted
  std::map<std::string, std::string> spaces;          // device colour spaces that operators name: where first
  std::map<std::string, std::string> languages;       // Lang of property lists: where first
  std::vector<std::string> faults;                    // of tags
  std::vector<std::string> archive_faults;            // of what ISO 19005-2 asks of any content, tagged or not
};

struct Element {
  QPDFObjectHandle handle;
  std::string role;                  // after the RoleMap
  std::optional<std::size_t> parent;
  using Kid = std::variant<MarkedKey, std::size_t, QPDFObjectHandle>;  // content, element, annotation
  std::vector<Kid> kids;
};

// The structure tree, parents before children.
struct Structure {
  std::vector<Element> elements;
  std::vector<std::size_t> roots;
  std::vector<std::string> faults;
};

// An open file with its content read.
struct Document {
  std::unique_ptr<QPDF> pdf;
  std::vector<QPDFObjectHandle> pages;
  Content content;
  Structure structure;
};

// Throws what libqpdf throws; the functions of inspect.h catch it.
Document open_document(std::string_view bytes);
// The steps of it: opened, and read. What libqpdf warns of is in the QPDF.
std::unique_ptr<QPDF> load_pdf(std::string_view bytes, const std::string& password);
Document read_document(std::unique_ptr<QPDF> pdf, std::size_t file_bytes);
Content read_content(const std::vector<QPDFObjectHandle>& pages, Budget budget);
Structure read_structure(QPDF& pdf);


}  // namespace handout::inspect
