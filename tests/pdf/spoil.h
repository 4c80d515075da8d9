#pragma once

#include <functional>
#include <string>
#include <vector>

#include "inspect/qpdf.h"

namespace handout::test {

// A good file damaged in one place, and the numbers of src/pdf/conformance.md that must be told: "31-009, A 6.2.11.4.1-1". The damage is done to objects, through
// libqpdf, or to the finished bytes.
struct Damage {
  std::string name, numbers;
  std::function<void(QPDF&)> change;
  std::function<void(std::string&)> change_bytes;
};

// The cases, by what is damaged. Each is a line "{"name", "numbers", …": tests/rules reads them too.
std::vector<Damage> content_damages();
std::vector<Damage> element_damages();
std::vector<Damage> annotation_damages();
std::vector<Damage> font_damages();
std::vector<Damage> metadata_damages();
std::vector<Damage> object_damages();
std::vector<Damage> file_damages();

const std::string& good_file();
std::string rewrite(const std::string& bytes, const std::function<void(QPDF&)>& change);

// ---- finding and changing; each throws when there is nothing to change ----
QPDFObjectHandle page(QPDF& pdf, std::size_t i);
QPDFObjectHandle structure_root(QPDF& pdf);
QPDFObjectHandle find_element(QPDF& pdf, const std::string& role, std::size_t which = 0);
// A Type 0 font that is used, by its descendant's kind.
QPDFObjectHandle font(QPDF& pdf, const std::string& kind = "/CIDFontType2");
QPDFObjectHandle descendant(QPDFObjectHandle font);
QPDFObjectHandle link(QPDF& pdf);
// What the ParentTree has for a page.
QPDFObjectHandle parent_entries(QPDF& pdf, std::size_t page);
// The first match of an ECMAScript pattern in a page's content, in a stream, in bytes.
void replace_in_page(QPDF& pdf, std::size_t i, const std::string& pattern, const std::string& replacement);
void replace_in_stream(QPDFObjectHandle stream, const std::string& pattern, const std::string& replacement);
void replace_in_bytes(std::string& bytes, const std::string& pattern, const std::string& replacement);
void add_to_page(QPDF& pdf, std::size_t i, const std::string& content);
void replace_data(QPDFObjectHandle stream, const std::string& data);
// A resource of the second page.
void add_resource(QPDF& pdf, const char* category, const char* name, QPDFObjectHandle value);
QPDFObjectHandle new_stream(QPDF& pdf, const std::string& data, const std::string& dictionary);
QPDFObjectHandle parsed(const std::string& text);

}  // namespace handout::test
