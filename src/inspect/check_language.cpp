#include <algorithm>
#include <set>

#include "inspect/check_parts.h"

namespace handout::inspect {

namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A subtag of letters, of digits, or of both, with the number of characters.
struct Subtag {
  std::string text;
  bool letters = true, digits = true;
  [[nodiscard]] std::size_t size() const { return text.size(); }
};

// The subtags in lower case; empty when one is empty, too long or has another character.
std::vector<Subtag> split(std::string_view tag) {
  std::vector<Subtag> subtags(1);
  for (const char each : tag) {
    const char c = each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each;
    if (c == '-') {
      subtags.emplace_back();
      continue;
    }
    if (!is_letter(c) && !is_digit(c)) return {};
    Subtag& last = subtags.back();
    last.text += c;
    last.letters = last.letters && is_letter(c);
    last.digits = last.digits && is_digit(c);
  }
  const bool good = std::ranges::all_of(subtags, [](const Subtag& s) { return s.size() >= 1 && s.size() <= 8; });
  return good ? subtags : std::vector<Subtag>{};
}

// RFC 5646, 2.1: langtag, read from left to right.
class TagReader {
 public:
  explicit TagReader(std::vector<Subtag> subtags) : subtags_(std::move(subtags)) {}

  bool run() {
    if (subtags_.empty()) return false;
    if (subtags_.front().text == "x") return subtags_.size() > 1;
    if (!subtags_.front().letters || subtags_.front().size() < 2) return false;
    at_ = 1;
    for (int extended = 0; extended < 3 && subtags_.front().size() <= 3 && is(3, &Subtag::letters); ++extended) ++at_;
    if (is(4, &Subtag::letters)) ++at_;
    if (is(2, &Subtag::letters) || is(3, &Subtag::digits)) ++at_;
    return variants() && extensions();
  }

 private:
  [[nodiscard]] bool is(std::size_t size, bool Subtag::* kind) const { return at_ < subtags_.size() && subtags_[at_].size() == size && subtags_[at_].*kind; }

  bool variants() {
    std::set<std::string> seen;
    for (; at_ < subtags_.size(); ++at_) {
      const Subtag& subtag = subtags_[at_];
      if (subtag.size() < 4 || (subtag.size() == 4 && !is_digit(subtag.text[0]))) break;
      if (!seen.insert(subtag.text).second) return false;
    }
    return true;
  }

  bool extensions() {
    std::set<std::string> seen;
    while (at_ < subtags_.size()) {
      const std::string singleton = subtags_[at_++].text;
      if (singleton.size() != 1 || !seen.insert(singleton).second) return false;
      if (singleton == "x") return at_ < subtags_.size();
      const std::size_t begin = at_;
      while (at_ < subtags_.size() && subtags_[at_].size() > 1) ++at_;
      if (at_ == begin) return false;
    }
    return true;
  }

  std::vector<Subtag> subtags_;
  std::size_t at_ = 0;
};

class LanguageCheck {
 public:
  LanguageCheck(Document& document, Faults& faults) : document_(document), faults_(faults) {}

  void run() {
    QPDFObjectHandle language = document_.pdf->getRoot().getKey("/Lang");
    for (const Element& element : document_.structure.elements) {
      QPDFObjectHandle own = QPDFObjectHandle(element.handle).getKey("/Lang");
      if (!own.isNull()) check_tag(own, element.role + " (object " + element.handle.getObjGen().unparse(' ') + ")");
    }
    for (const auto& [tag, where] : document_.content.languages) check_text(tag, where);
    if (!language.isNull()) check_tag(language, "the catalog");
    // PDF/UA-1 asks that a language can be determined; the catalog's is one for all.
    if (language.isString() && !is_blank(language.getUTF8Value())) return;
    add_fault(faults_, "11-006, UA 7.2-33", "the catalog has no Lang, which XMP metadata take");
    check_elements();
    check_texts();
    if (document_.pdf->getRoot().getKey("/Outlines").isDictionary()) add_fault(faults_, "11-003", "the catalog has no Lang, which the outline takes");
    for (QPDFObjectHandle& page : document_.pages) {
      QPDFObjectHandle annotations = page.getKey("/Annots");
      if (annotations.isArray() && annotations.getArrayNItems() > 0) return add_fault(faults_, "11-004", "the catalog has no Lang, which the Contents of annotations take");
    }
  }

 private:
  void check_tag(QPDFObjectHandle value, const std::string& where) {
    if (!value.isString()) return add_fault(faults_, "UA 7.2-29, A 6.7.4-1", where + ": Lang is no string");
    check_text(value.getUTF8Value(), where);
  }

  void check_text(const std::string& tag, const std::string& where) {
    if (!is_language_tag(tag)) add_fault(faults_, "UA 7.2-29, A 6.7.4-1", where + ": Lang '" + tag + "' is no language tag");
  }

  bool has_language(std::size_t element) const {
    for (std::optional<std::size_t> at = element; at; at = document_.structure.elements[*at].parent) {
      if (QPDFObjectHandle(document_.structure.elements[*at].handle).getKey("/Lang").isString()) return true;
    }
    return false;
  }

  void check_elements() {
    for (std::size_t i = 0; i < document_.structure.elements.size(); ++i) {
      QPDFObjectHandle handle = document_.structure.elements[i].handle;
      if (!handle.hasKey("/Alt") && !handle.hasKey("/ActualText") && !handle.hasKey("/E")) continue;
      if (!has_language(i)) return add_fault(faults_, "11-002", document_.structure.elements[i].role + ": its Alt, ActualText or E is in no known language");
    }
  }

  void check_texts() {
    for (std::size_t i = 0; i < document_.structure.elements.size(); ++i) {
      for (const Element::Kid& kid : document_.structure.elements[i].kids) {
        const auto* key = std::get_if<MarkedKey>(&kid);
        if (!key) continue;
        const auto marked = document_.content.marked.find(*key);
        if (marked == document_.content.marked.end() || marked->second.language || is_blank(marked->second.text) || has_language(i)) continue;
        return add_fault(faults_, "11-001", "text in " + document_.structure.elements[i].role + " is in no known language");
      }
    }
  }

  Document& document_;
  Faults& faults_;
};

}  // namespace

bool is_language_tag(std::string_view tag) { return TagReader(split(tag)).run(); }

void check_languages(Document& document, Faults& faults) { LanguageCheck(document, faults).run(); }

}  // namespace handout::inspect
