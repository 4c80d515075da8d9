#include <fmt/format.h>
#include <tinyxml2.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "xml/element.h"
#include "xml/references.h"
#include "xml/scanner.h"

namespace handout::xml {
namespace {

// tinyxml2 counts the document and the text of the innermost element as levels of their own.
constexpr std::size_t kTinyxml2Depth = TINYXML2_MAX_ELEMENT_DEPTH - 2;

// Walks tinyxml2's tree and the scanner's marks in step: structure and names are tinyxml2's; places, text (tinyxml2 9 drops white space
// between elements) and values (it does not normalize as XML 1.0 section 3.3.3 says) are the marks'. Two readers that disagree on
// anything are an error, never a guess.
class Builder {
 public:
  Builder(std::string_view source, const Marks& marks, const Faults& faults) : source_(source), marks_(marks), faults_(faults) {}
  // False when the readers disagree. The depth is bounded by kTinyxml2Depth.
  bool build(const tinyxml2::XMLElement& from, Element& to);

 private:
  bool take_attributes(const tinyxml2::XMLElement& from, const Mark& start, Element& to);
  void take_text(Element& to);

  std::string_view source_;
  const Marks& marks_;
  const Faults& faults_;
  std::size_t next_ = 0;
};

bool Builder::build(const tinyxml2::XMLElement& from, Element& to) {
  const Mark& start = marks_.marks[next_++];
  to.name = from.Name();
  to.at = faults_.span(start.slice.begin - 1);
  if (to.name != start.slice.of(source_) || !take_attributes(from, start, to)) return false;
  to.children.reserve(start.child_count);
  const tinyxml2::XMLElement* child = from.FirstChildElement();
  for (;;) {
    switch (marks_.marks[next_].kind) {
      case MarkKind::End:
        ++next_;
        return child == nullptr;
      case MarkKind::Start: {
        if (child == nullptr) return false;
        Element& built = std::get<Element>(to.children.emplace_back(Node{Element{}}).value);
        if (!build(*child, built)) return false;
        child = child->NextSiblingElement();
        break;
      }
      case MarkKind::Text:
      case MarkKind::CData: take_text(to); break;
    }
  }
}

bool Builder::take_attributes(const tinyxml2::XMLElement& from, const Mark& start, Element& to) {
  const tinyxml2::XMLAttribute* attribute = from.FirstAttribute();
  to.attributes.reserve(start.attribute_count);
  for (std::size_t i = start.first_attribute; i < start.first_attribute + start.attribute_count; ++i, attribute = attribute->Next()) {
    const AttributeMark& mark = marks_.attributes[i];
    if (attribute == nullptr || mark.name.of(source_) != attribute->Name()) return false;
    to.attributes.push_back({attribute->Name(), normalize_attribute(mark.value.of(source_)), faults_.span(mark.name.begin), faults_.span(mark.value.begin)});
  }
  return attribute == nullptr;
}

void Builder::take_text(Element& to) {
  Text text;
  text.at = faults_.span(marks_.marks[next_].slice.begin);
  for (;; ++next_) {
    const Mark& mark = marks_.marks[next_];
    if (mark.kind == MarkKind::Text) append_text(text.text, mark.slice.of(source_));
    else if (mark.kind == MarkKind::CData) append_cdata(text.text, mark.slice.of(source_));
    else break;
  }
  if (!text.text.empty()) to.children.push_back({std::move(text)});
}

bool is_utf16(std::string_view source) {
  using namespace std::string_view_literals;
  return source.starts_with("\xFE\xFF") || source.starts_with("\xFF\xFE") || source.starts_with("<\0"sv) || source.starts_with("\0<"sv);
}

Result<Element> build(std::string_view source, const Marks& marks, const Faults& faults, const Span& whole, Diagnostics& diags) {
  // Only the root: tinyxml2 takes processing instructions before everything else alone, and has nothing else to say of them.
  const std::string_view root_source = marks.root.of(source);
  tinyxml2::XMLDocument document(false);
  const tinyxml2::XMLError error = document.Parse(root_source.data(), root_source.size());
  if (error != tinyxml2::XML_SUCCESS) return diags.machine_error(whole, fmt::format("tinyxml2 cannot read it: {}", tinyxml2::XMLDocument::ErrorIDToName(error)));
  Element root;
  if (!Builder(source, marks, faults).build(*document.RootElement(), root)) return diags.machine_error(whole, "tinyxml2 reads another structure than is written");
  return root;
}

}  // namespace

Result<Element> parse(std::string_view source, std::string_view file, Diagnostics& diags, const ParseLimits& limits) {
  const Span whole = Span::of_file(file);
  const std::size_t most = std::min<std::size_t>(limits.bytes, std::numeric_limits<std::int32_t>::max());
  if (source.size() > most) return diags.error(whole, fmt::format("has {} bytes; at most {} are read", source.size(), most));
  if (source.empty()) return diags.error(whole, "file is empty; expected a root element");
  if (is_utf16(source)) return diags.error(whole, "file is UTF-16; expected UTF-8").hint("save the file as UTF-8");
  const Places places(source);
  Faults faults(places, whole, diags);
  check_characters(source, faults);
  const auto marks = scan(source, {std::min(limits.depth, kTinyxml2Depth), limits.attributes}, faults);
  if (!marks) return tl::unexpected<Failure>(Failure{});
  return build(source, *marks, faults, whole, diags);
}

}  // namespace handout::xml
