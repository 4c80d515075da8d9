// Damage to the bytes, which libqpdf would mend when it writes. Offsets stay right: what is taken away is replaced by as much.
#include "pdf/spoil.h"

#include <qpdf/QPDFWriter.hh>

#include <stdexcept>

namespace handout::test {

namespace {

std::string written(const std::string& bytes, const std::function<void(QPDFWriter&)>& set, const std::function<void(QPDF&)>& change = {}) {
  QPDF pdf;
  pdf.processMemoryFile("good", bytes.data(), bytes.size());
  if (change) change(pdf);
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setStaticID(true);
  writer.setNewlineBeforeEndstream(true);
  set(writer);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

// With a table instead of a stream of cross-references, and each object in the open.
void in_the_open(QPDFWriter& writer) {
  writer.setObjectStreamMode(qpdf_o_disable);
  writer.setStreamDataMode(qpdf_s_preserve);
}
std::string plain(const std::string& bytes) { return written(bytes, in_the_open); }

// With a stream of these bytes.
std::string with_stream(const std::string& bytes, const std::string& data) {
  return written(bytes, in_the_open, [&](QPDF& pdf) { pdf.getRoot().replaceKey("/Own", new_stream(pdf, data, "<<>>")); });
}

void overwrite(std::string& bytes, const std::string& from, const std::string& to) {
  const std::size_t at = bytes.find(from);
  if (at == std::string::npos || from.size() != to.size()) throw std::runtime_error("bytes do not hold " + from);
  bytes.replace(at, to.size(), to);
}

// A section of cross-references for one object far out, after the file's own.
void append_distant_object(std::string& bytes) {
  const std::size_t before = bytes.rfind("startxref\n") + 10;
  const std::string previous = bytes.substr(before, bytes.find('\n', before) - before);
  const std::size_t object = bytes.size(), table = object + std::string("9000000 0 obj\nnull\nendobj\n").size();
  std::string offset = std::to_string(object);
  offset.insert(0, 10 - offset.size(), '0');
  const std::size_t trailer = bytes.rfind("trailer <<") + 10;
  std::string entries = bytes.substr(trailer, bytes.find("startxref", trailer) - trailer);
  replace_in_bytes(entries, "/Size [0-9]+", "/Size 9000001");
  bytes += "9000000 0 obj\nnull\nendobj\nxref\n9000000 1\n" + offset + " 00000 n \ntrailer << /Prev " + previous + entries + "startxref\n" + std::to_string(table) + "\n%%EOF\n";
}

}  // namespace

std::vector<Damage> file_damages() {
  return {
      {"other_header", "A 6.1.2-1, UA 6.1-1", {}, [](std::string& b) { overwrite(b, "%PDF-1.7", "%PDF-2.0"); }},
      {"no_binary_comment", "A 6.1.2-2", {}, [](std::string& b) { b.replace(b.find('%', 5) + 1, 4, "text"); }},
      {"no_identifier", "A 6.1.3-1", {}, [](std::string& b) { overwrite(b = plain(b), "/ID [", "/IX ["); }},
      {"encrypted", "A 6.1.3-2", {}, [](std::string& b) { b = written(b, [](QPDFWriter& w) { w.setR6EncryptionParameters("", "owner", true, true, true, true, true, true, qpdf_r3p_full, true); }); }},
      {"encrypted_without_access", "26-002, A 6.1.3-2", {},
       [](std::string& b) {
         b = written(b, [](QPDFWriter& w) {
           w.setR3EncryptionParametersInsecure("", "owner", false, false, true, true, true, true, qpdf_r3p_full);
         });
       }},
      {"data_after_the_end", "A 6.1.3-3", {}, [](std::string& b) { b += "\n% more"; }},
      {"table_after_a_blank", "A 6.1.4-2", {}, [](std::string& b) { replace_in_bytes(b = plain(b), "xref\n0 ", "xref \n0 "); }},
      {"odd_hexadecimal_string", "A 6.1.6-1", [](QPDF& p) { add_to_page(p, 1, "/Artifact BMC <1> Tj EMC"); }, {}},
      {"short_length", "A 6.1.7.1-1", {},
       // libqpdf reads white space after the data as none of them.
       [](std::string& b) { overwrite(b = with_stream(b, "words  \n  "), "/Length 10 >>", "/Length 6  >>"); }},
      {"data_up_to_the_end_word", "A 6.1.7.1-2", {}, [](std::string& b) { overwrite(b = with_stream(b, "words"), "words\nendstream\n", "wordsendstream \n"); }},
      {"object_on_one_line", "A 6.1.9-1", {}, [](std::string& b) { overwrite(b = plain(b), " obj\n<< ", " obj <<\n"); }},
      {"distant_object", "A 6.1.13-7", {}, [](std::string& b) { append_distant_object(b = plain(b)); }},
  };
}

}  // namespace handout::test
