#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

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
  std::size_t times = 0;  // BDC with this MCID
};

// What the content streams of all pages hold.
struct Content {
  std::map<MarkedKey, Marked> marked;
  std::vector<Font> fonts;                            // in the order of first use
  std::map<std::string, std::size_t> font_index;      // by object
  std::map<QPDFObjGen, std::size_t> tagged_forms;     // forms with MCIDs: how often each is painted
  std::vector<std::string> faults;
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
Content read_content(const std::vector<QPDFObjectHandle>& pages);
Structure read_structure(QPDF& pdf);

std::string page_name(const std::vector<QPDFObjectHandle>& pages, QPDFObjGen page);

// ---- checks, each adding its faults ----
using Faults = std::vector<std::string>;
void check_metadata(Document& document, Faults& faults);
void check_content(Document& document, Faults& faults);
void check_elements(Document& document, Faults& faults);
void check_annotations(Document& document, Faults& faults);
void check_fonts(Document& document, Faults& faults);

}  // namespace handout::inspect
