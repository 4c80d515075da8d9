#include "pdf/spoil.h"

#include <qpdf/QPDFNumberTreeObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include <regex>
#include <stdexcept>

#include "pdf/sample.h"

namespace handout::test {

namespace {

std::string data_of(QPDFObjectHandle stream) {
  const auto data = stream.getStreamData();
  return {reinterpret_cast<const char*>(data->getBuffer()), data->getSize()};
}

std::string replaced(const std::string& text, const std::string& pattern, const std::string& replacement) {
  const std::regex expression(pattern);
  if (!std::regex_search(text, expression)) throw std::runtime_error("nothing matches " + pattern);
  return std::regex_replace(text, expression, replacement, std::regex_constants::format_first_only);
}

}  // namespace

const std::string& good_file() {
  static const std::string bytes = write(sample());
  return bytes;
}

std::string rewrite(const std::string& bytes, const std::function<void(QPDF&)>& change) {
  QPDF pdf;
  pdf.processMemoryFile("good", bytes.data(), bytes.size());
  change(pdf);
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setStaticID(true);
  writer.setNewlineBeforeEndstream(true);  // ISO 19005-2, 6.1.7.1
  writer.setStreamDataMode(qpdf_s_preserve);  // also those that are damaged
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

QPDFObjectHandle page(QPDF& pdf, std::size_t i) { return pdf.getAllPages().at(i); }

QPDFObjectHandle structure_root(QPDF& pdf) { return pdf.getRoot().getKey("/StructTreeRoot"); }

QPDFObjectHandle find_element(QPDF& pdf, const std::string& role, std::size_t which) {
  for (QPDFObjectHandle& object : pdf.getAllObjects()) {
    if (object.isDictionary() && object.getKey("/S").isNameAndEquals(role) && object.hasKey("/P") && which-- == 0) return object;
  }
  throw std::runtime_error("no element " + role);
}

QPDFObjectHandle font(QPDF& pdf, const std::string& kind) {
  for (QPDFObjectHandle& object : pdf.getAllObjects()) {
    if (object.isDictionary() && object.getKey("/Subtype").isNameAndEquals("/Type0") && descendant(object).getKey("/Subtype").isNameAndEquals(kind)) return object;
  }
  throw std::runtime_error("no font " + kind);
}

QPDFObjectHandle descendant(QPDFObjectHandle font) { return font.getKey("/DescendantFonts").getArrayItem(0); }

QPDFObjectHandle link(QPDF& pdf) { return page(pdf, 0).getKey("/Annots").getArrayItem(0); }

QPDFObjectHandle parent_entries(QPDF& pdf, std::size_t i) {
  QPDFObjectHandle entries;
  QPDFNumberTreeObjectHelper tree(structure_root(pdf).getKey("/ParentTree"), pdf);
  if (!tree.findObject(page(pdf, i).getKey("/StructParents").getIntValue(), entries)) throw std::runtime_error("no entries for the page");
  return entries;
}

void replace_data(QPDFObjectHandle stream, const std::string& data) { stream.replaceStreamData(data, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull()); }

void replace_in_stream(QPDFObjectHandle stream, const std::string& pattern, const std::string& replacement) { replace_data(stream, replaced(data_of(stream), pattern, replacement)); }

void replace_in_page(QPDF& pdf, std::size_t i, const std::string& pattern, const std::string& replacement) {
  page(pdf, i).coalesceContentStreams();
  replace_in_stream(page(pdf, i).getKey("/Contents"), pattern, replacement);
}

void replace_in_bytes(std::string& bytes, const std::string& pattern, const std::string& replacement) { bytes = replaced(bytes, pattern, replacement); }

void add_to_page(QPDF& pdf, std::size_t i, const std::string& content) {
  page(pdf, i).coalesceContentStreams();
  QPDFObjectHandle contents = page(pdf, i).getKey("/Contents");
  replace_data(contents, data_of(contents) + "\n" + content + "\n");
}

void add_resource(QPDF& pdf, const char* category, const char* name, QPDFObjectHandle value) {
  // The page's own, should it share them with another.
  QPDFObjectHandle resources = page(pdf, 1).getKey("/Resources").shallowCopy();
  QPDFObjectHandle entries = resources.getKey(category).isDictionary() ? resources.getKey(category).shallowCopy() : QPDFObjectHandle::newDictionary();
  entries.replaceKey(name, value);
  resources.replaceKey(category, entries);
  page(pdf, 1).replaceKey("/Resources", resources);
}

QPDFObjectHandle new_stream(QPDF& pdf, const std::string& data, const std::string& dictionary) {
  QPDFObjectHandle stream = QPDFObjectHandle::newStream(&pdf, data);
  stream.replaceDict(parsed(dictionary));
  return stream;
}

QPDFObjectHandle parsed(const std::string& text) { return QPDFObjectHandle::parse(text); }

}  // namespace handout::test
