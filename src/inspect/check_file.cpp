// What only the bytes of a file tell: header, end, the spelling of objects (ISO 19005-2, 6.1).
#include <algorithm>
#include <set>

#include "inspect/check_parts.h"

namespace handout::inspect {

namespace {

bool is_space(char c) { return c == '\0' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' '; }
bool is_end_of_line(char c) { return c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

// A word, white space of one character where the pattern has ' ', digits where it has '#'; the length, or 0.
std::size_t match(std::string_view text, std::string_view pattern) {
  std::size_t at = 0;
  for (const char p : pattern) {
    if (p == '#') {
      const std::size_t begin = at;
      while (at < text.size() && is_digit(text[at])) ++at;
      if (at == begin) return 0;
    } else if (at < text.size() && (p == ' ' ? is_space(text[at]) : text[at] == p)) {
      ++at;
    } else {
      return 0;
    }
  }
  return at;
}

// Whether each hexadecimal string in the syntax of objects and content has an even number of digits (6.1.6). Other characters in one are libqpdf's to refuse.
bool hex_is_even(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      i = std::min(text.find_first_of("\r\n", i), text.size());
    } else if (text[i] == '(') {
      for (int depth = 1; depth > 0 && ++i < text.size();) {
        if (text[i] == '\\') ++i;
        else if (text[i] == '(') ++depth;
        else if (text[i] == ')') --depth;
      }
    } else if (text[i] == '<' && i + 1 < text.size() && text[i + 1] == '<') {
      ++i;
    } else if (text[i] == '<') {
      std::size_t digits = 0;
      for (++i; i < text.size() && text[i] != '>'; ++i) digits += is_hex(text[i]) ? 1u : 0u;
      if (digits % 2 != 0) return false;
    }
  }
  return true;
}

class FileCheck {
 public:
  FileCheck(std::string_view bytes, Document& document, Faults& faults) : bytes_(bytes), document_(document), faults_(faults) {}

  void run() {
    check_header();
    check_end();
    check_trailer();
    check_objects();
    check_streams();
  }

 private:
  void fault(std::string_view numbers, std::string_view text) { add_fault(faults_, numbers, text); }

  void check_header() {
    constexpr std::string_view kHeader = "%PDF-1.";
    const bool good = bytes_.starts_with(kHeader) && bytes_.size() > 15 && bytes_[7] >= '0' && bytes_[7] <= '7' && is_end_of_line(bytes_[8]);
    if (!good) return fault("A 6.1.2-1, UA 6.1-1", "the file does not begin with %PDF-1.n and an end of line");
    const std::size_t second = bytes_.substr(8, 2) == "\r\n" ? 10 : 9;
    const bool binary = bytes_[second] == '%' && std::ranges::all_of(bytes_.substr(second + 1, 4), [](char c) { return static_cast<unsigned char>(c) > 127; });
    if (!binary) fault("A 6.1.2-2", "the second line is no comment of four bytes above 127");
  }

  void check_end() {
    constexpr std::string_view kEnd = "%%EOF";
    const std::size_t at = bytes_.rfind(kEnd);
    const std::string_view rest = at == std::string_view::npos ? "no end" : bytes_.substr(at + kEnd.size());
    if (!rest.empty() && rest != "\n" && rest != "\r" && rest != "\r\n") fault("A 6.1.3-3", "data follow the last %%EOF");
    // A table has one end of line between its keyword and its first section.
    const std::size_t start = bytes_.rfind("startxref");
    std::size_t table = 0;
    for (std::size_t i = start == std::string_view::npos ? bytes_.size() : start + 9; i < bytes_.size() && (is_space(bytes_[i]) || is_digit(bytes_[i])); ++i) {
      if (is_digit(bytes_[i])) table = std::min(table * 10 + static_cast<std::size_t>(bytes_[i] - '0'), bytes_.size());
    }
    const std::string_view keyword = bytes_.substr(table, 6);
    if (!keyword.starts_with("xref")) return;
    const std::size_t line = bytes_.substr(table + 4).starts_with("\r\n") ? 6 : 5;
    const bool good = keyword.size() == 6 && is_end_of_line(keyword[4]) && table + line < bytes_.size() && is_digit(bytes_[table + line]);
    if (!good) fault("A 6.1.4-2", "more than an end of line follows the keyword xref");
  }

  void check_trailer() {
    QPDFObjectHandle trailer = document_.pdf->getTrailer(), id = trailer.getKey("/ID");
    const bool good = id.isArray() && id.getArrayNItems() == 2 && id.getArrayItem(0).isString() && id.getArrayItem(1).isString() && !id.getArrayItem(0).getStringValue().empty() &&
                      !id.getArrayItem(1).getStringValue().empty();
    if (!good) fault("A 6.1.3-1", "the trailer has no ID of two strings");
    if (trailer.hasKey("/Encrypt")) fault("A 6.1.3-2", "the file is encrypted");
    constexpr std::size_t kMostObjects = 8388607;
    if (document_.pdf->getObjectCount() > kMostObjects) fault("A 6.1.13-7", "objects are numbered beyond 8,388,607");
  }

  // Each object that stands in the file itself: "12 0 obj", an end of line, its value, an end of line and "endobj".
  void check_objects() {
    std::map<std::size_t, QPDFObjGen> places;
    std::set<int> packed;
    for (const auto& [object, entry] : document_.pdf->getXRefTable()) {
      if (entry.getType() == 1) places[static_cast<std::size_t>(entry.getOffset())] = object;
      if (entry.getType() == 2) packed.insert(entry.getObjStreamNumber());
    }
    for (auto place = places.begin(); place != places.end(); ++place) {
      const std::size_t end = std::next(place) == places.end() ? bytes_.size() : std::next(place)->first;
      if (place->first >= bytes_.size()) continue;
      check_object(place->first, bytes_.substr(place->first, end - place->first), place->second);
    }
    for (const int stream : packed) check_hex(document_.pdf->getObjectByID(stream, 0), "object stream " + std::to_string(stream));
  }

  void check_object(std::size_t offset, std::string_view text, QPDFObjGen object) {
    const std::string where = "object " + object.unparse(' ');
    const std::size_t head = match(text, "# # obj");
    if (head == 0 || head >= text.size() || !is_end_of_line(text[head]) || (offset > 0 && !is_end_of_line(bytes_[offset - 1]))) {
      return fault("A 6.1.9-1", where + " does not begin with number, generation and obj on a line");
    }
    const std::size_t end = text.rfind("endobj");
    const bool good = end != std::string_view::npos && end > 0 && is_end_of_line(text[end - 1]) && (end + 6 >= text.size() || is_end_of_line(text[end + 6]));
    if (!good) return fault("A 6.1.9-1", where + ": endobj is not on a line of its own");
    // A packed stream's own objects are read elsewhere; here the file is as it was when it was opened.
    QPDFObjectHandle handle = document_.pdf->getObject(object);
    if (handle.isStream()) return check_stream(handle, where);
    if (!hex_is_even(text.substr(0, end))) fault("A 6.1.6-1", where + " has a hexadecimal string of an odd length");
  }

  // libqpdf reads as many bytes as Length says and forgives white space before endstream; the end of line that PDF/A asks for follows right there. What stands after
  // the keyword stream libqpdf sees to.
  void check_stream(QPDFObjectHandle stream, const std::string& where) {
    const qpdf_offset_t parsed = stream.getParsedOffset();
    QPDFObjectHandle length = stream.getDict().getKey("/Length");
    if (parsed < 8 || !length.isInteger() || length.getIntValue() < 0) return;
    const auto begin = static_cast<std::size_t>(parsed);
    const std::size_t end = begin + static_cast<std::size_t>(length.getIntValue());
    if (end >= bytes_.size()) return;
    const std::string_view rest = bytes_.substr(end, 12);
    const bool good = rest.starts_with("\nendstream") || rest.starts_with("\r\nendstream") || rest.starts_with("\rendstream");
    if (!good) fault(rest.starts_with("endstream") ? "A 6.1.7.1-2" : "A 6.1.7.1-1", where + ": Length is not what stands before endstream and its end of line");
  }

  void check_streams() {
    std::set<QPDFObjGen> seen;
    for (QPDFObjectHandle& page : document_.pages) {
      QPDFObjectHandle contents = page.getKey("/Contents");
      for (QPDFObjectHandle& part : contents.isArray() ? contents.getArrayAsVector() : std::vector<QPDFObjectHandle>{contents}) {
        if (part.isStream() && seen.insert(part.getObjGen()).second) check_hex(part, "content stream " + part.getObjGen().unparse(' '));
      }
    }
  }

  void check_hex(QPDFObjectHandle stream, const std::string& where) {
    if (!stream.isStream()) return;
    if (!hex_is_even(stream_text(stream))) fault("A 6.1.6-1", where + " has a hexadecimal string of an odd length");
  }

  std::string_view bytes_;
  Document& document_;
  Faults& faults_;
};

}  // namespace

void check_file(std::string_view bytes, Document& document, Faults& faults) { FileCheck(bytes, document, faults).run(); }

}  // namespace handout::inspect
