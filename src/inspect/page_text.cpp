#include <algorithm>

#include "inspect/pages.h"

namespace handout::inspect {

namespace {

constexpr int kDeepestForm = 20;

// Which page a stream with MCIDs is on: pages themselves, and the forms that their resources name.
class PageFinder {
 public:
  explicit PageFinder(Document& document) {
    for (std::size_t i = 0; i < document.pages.size(); ++i) page_of_.emplace(document.pages[i].getObjGen(), i);
    if (document.content.tagged_forms.empty()) return;
    for (std::size_t i = 0; i < document.pages.size(); ++i) add_forms(document.pages[i].getKey("/Resources"), i, 0);
  }

  [[nodiscard]] std::optional<std::size_t> find(QPDFObjGen stream) const {
    const auto found = page_of_.find(stream);
    return found == page_of_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  void add_forms(QPDFObjectHandle resources, std::size_t page, int depth) {
    QPDFObjectHandle objects = resources.getKeyIfDict("/XObject");
    if (depth > kDeepestForm || !objects.isDictionary()) return;
    for (auto& [name, object] : objects.getDictAsMap()) {
      if (!object.isFormXObject() || !page_of_.emplace(object.getObjGen(), page).second) continue;
      add_forms(QPDFObjectHandle(object).getDict().getKey("/Resources"), page, depth + 1);
    }
  }

  std::map<QPDFObjGen, std::size_t> page_of_;
};

void end_line(std::string& text) {
  if (!text.empty() && text.back() != '\n') text += '\n';
}

// Goes down the structure tree and finds the page of each text.
class TextReader {
 public:
  explicit TextReader(Document& document) : document_(document), finder_(document) {}

  std::vector<TextPiece> run() {
    for (const std::size_t root : document_.structure.roots) add(root);
    return std::move(pieces_);
  }

 private:
  void add(std::size_t index) {
    const Element& element = document_.structure.elements[index];
    const bool block = !is_inline(element.role);
    new_block_ = new_block_ || block;
    for (const Element::Kid& kid : element.kids) {
      if (const auto* child = std::get_if<std::size_t>(&kid)) add(*child);
      else if (const auto* key = std::get_if<MarkedKey>(&kid)) add_marked(*key);
    }
    new_block_ = new_block_ || block;
  }

  void add_marked(const MarkedKey& key) {
    const auto marked = document_.content.marked.find(key);
    const std::optional<std::size_t> page = finder_.find(key.stream);
    if (!page || marked == document_.content.marked.end() || marked->second.text.empty() || !taken_.insert(key).second) return;
    if (new_block_ && !pieces_.empty()) end_line(pieces_.back().text);
    new_block_ = false;
    if (pieces_.empty() || pieces_.back().page != *page) pieces_.push_back({*page, {}});
    pieces_.back().text += marked->second.text;
  }

  Document& document_;
  PageFinder finder_;
  std::vector<TextPiece> pieces_;
  std::set<MarkedKey> taken_;
  bool new_block_ = false;
};

// Of a file that has lost its structure but not its MCIDs: these are in reading order more often than not.
void add_marked_text(Document& document, std::vector<PageText>& pages) {
  const PageFinder finder(document);
  std::vector<std::string> texts(pages.size());
  for (const auto& [key, marked] : document.content.marked) {
    if (const auto page = finder.find(key.stream)) texts[*page] += marked.text + ' ';
  }
  for (std::size_t i = 0; i < pages.size(); ++i) pages[i].text.insert(0, texts[i]);
}

}  // namespace

std::vector<PageText> page_texts(Document& document) {
  std::vector<PageText> pages(document.pages.size());
  const bool tagged = !document.structure.roots.empty();
  for (std::size_t i = 0; i < pages.size() && i < document.content.outside.size(); ++i) {
    (tagged ? pages[i].outside : pages[i].text) = document.content.outside[i];
  }
  if (!tagged) {
    add_marked_text(document, pages);
    return pages;
  }
  for (const TextPiece& piece : TextReader(document).run()) {
    end_line(pages[piece.page].text);
    pages[piece.page].text += piece.text;
  }
  for (PageText& page : pages) end_line(page.text);
  return pages;
}

std::vector<TextPiece> text_pieces(Document& document) {
  if (!document.structure.roots.empty()) return TextReader(document).run();
  std::vector<TextPiece> pieces;
  for (PageText& page : page_texts(document)) pieces.push_back({pieces.size(), std::move(page.text)});
  return pieces;
}

}  // namespace handout::inspect
