#include "xml/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <variant>

#include "base/narrow.h"
#include "xml/characters.h"
#include "xml/references.h"
#include "xml/scan_prolog.h"

namespace handout::xml {
namespace {

enum class Go { On, Stop };

class Scanner {
 public:
  Scanner(std::string_view source, const ScanLimits& limits, Faults& faults) : source_(source), limits_(limits), faults_(faults) {}
  std::optional<Marks> scan();

 private:
  struct Open {
    Slice name;
    std::size_t at = 0;
    std::size_t mark = 0;
  };

  Go go_to(std::size_t offset);
  Go read_markup();
  void add_text(MarkKind kind, Slice content);
  Go read_other_markup();
  Go read_text();
  Go read_cdata();
  Go read_start_tag();
  Go begin_element(std::size_t begin, Slice name);
  Go read_attributes(std::size_t begin, Slice name);
  Go read_attribute();
  Go read_quoted(Slice name);
  void read_unquoted(Slice name);
  Go check_value(Slice name, Slice value);
  Go read_end_tag();
  Go close_element(std::size_t begin, std::size_t end);
  void finish();

  void check_reference(std::size_t offset);
  void check_duplicates(std::string_view element, std::size_t first);
  void check_outside(std::size_t offset);
  [[nodiscard]] Slice slice(std::size_t begin, std::size_t end) const { return {narrow<std::uint32_t>(begin), narrow<std::uint32_t>(end)}; }
  [[nodiscard]] std::string shown(Slice name) const { return excerpt(name.of(source_)); }
  [[nodiscard]] bool looking_at(std::string_view text) const { return source_.substr(at_, text.size()) == text; }
  [[nodiscard]] Standing standing() const { return !open_.empty() ? Standing::InRoot : root_ ? Standing::AfterRoot : Standing::BeforeRoot; }

  std::string_view source_;
  ScanLimits limits_;
  Faults& faults_;
  std::size_t at_ = 0;
  std::vector<Open> open_;
  std::optional<Slice> root_;                // the root's name
  bool told_before_ = false, told_after_ = false, told_second_ = false;
  std::vector<std::string_view> names_;      // of one tag's attributes, sorted
  Marks marks_;
};

std::optional<Marks> Scanner::scan() {
  if (source_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  Go go = Go::On;
  if (looking_at("<?xml") && end_of_name(source_, at_ + 2) == at_ + 5) go = go_to(read_declaration(source_, at_, faults_));
  while (at_ < source_.size() && go == Go::On && !faults_.full()) go = source_[at_] == '<' ? read_markup() : read_text();
  if (go == Go::On && !faults_.full()) finish();
  if (!faults_.none()) return std::nullopt;
  return std::move(marks_);
}

void Scanner::finish() {
  if (!open_.empty()) {
    const Open& last = open_.back();
    faults_.add(last.at, fmt::format("<{}> is never closed", shown(last.name)),
                fmt::format("expected </{}> before the end of the file", shown(last.name)));
  } else if (!root_) {
    faults_.add(source_.size(), "file holds no element; expected a root element");
  }
}

// npos: what stands here never ends.
Go Scanner::go_to(std::size_t offset) {
  at_ = std::min(offset, source_.size());
  return offset == std::string_view::npos ? Go::Stop : Go::On;
}

Go Scanner::read_markup() {
  if (looking_at("</")) return read_end_tag();
  if (looking_at("<?")) return go_to(read_instruction(source_, at_, standing(), faults_));
  if (looking_at("<!")) return read_other_markup();
  return read_start_tag();
}

Go Scanner::read_other_markup() {
  if (looking_at("<!--")) return go_to(read_comment(source_, at_, faults_));
  if (looking_at("<![CDATA[")) return read_cdata();
  if (looking_at("<!DOCTYPE") || looking_at("<!doctype")) return go_to(read_doctype(source_, at_, faults_));
  faults_.add(at_, "'<!' begins neither a comment nor CDATA", "a plain less-than sign is written &lt;");
  return Go::Stop;
}

// Text or CDATA where no element is open. Each kind is told once.
void Scanner::check_outside(std::size_t offset) {
  bool& told = root_ ? told_after_ : told_before_;
  if (!told) faults_.add(offset, root_ ? "text after the root element" : "text before the root element");
  told = true;
}

Go Scanner::read_text() {
  const std::size_t begin = at_;
  for (; at_ < source_.size() && source_[at_] != '<' && !faults_.full(); ++at_) {
    if (source_[at_] == '&') check_reference(at_);
    // XML 1.0 section 2.4: "]]>" may end a CDATA section only.
    if (source_[at_] == ']' && looking_at("]]>")) faults_.add(at_, "']]>' in text", "write ]]&gt;");
  }
  if (!open_.empty()) {
    add_text(MarkKind::Text, slice(begin, at_));
  } else if (const std::size_t first = skip_space(source_, begin); first < at_) {
    check_outside(first);
  }
  return Go::On;
}

Go Scanner::read_cdata() {
  constexpr std::size_t kOpening = std::string_view("<![CDATA[").size();
  const std::size_t end = source_.find("]]>", at_ + kOpening);
  if (end == std::string_view::npos) {
    faults_.add(at_, "CDATA is not closed; expected ]]>");
    return Go::Stop;
  }
  if (open_.empty()) check_outside(at_);
  else add_text(MarkKind::CData, slice(at_ + kOpening, end));
  at_ = end + 3;
  return Go::On;
}

void Scanner::add_text(MarkKind kind, Slice content) {
  const MarkKind before = marks_.marks.back().kind;
  if (before != MarkKind::Text && before != MarkKind::CData) ++marks_.marks[open_.back().mark].child_count;
  marks_.marks.push_back({kind, content});
}

void Scanner::check_reference(std::size_t offset) {
  const auto read = read_reference(source_, offset);
  if (const auto* fault = std::get_if<ReferenceFault>(&read)) faults_.add(offset, fault->message, fault->hint);
}

Go Scanner::read_start_tag() {
  const std::size_t begin = at_;
  const Slice name = slice(begin + 1, end_of_name(source_, begin + 1));
  if (name.begin == name.end) {
    faults_.add(begin, "'<' begins no tag", "a plain less-than sign is written &lt;");
    ++at_;
    return Go::On;
  }
  if (begin_element(begin, name) == Go::Stop) return Go::Stop;
  at_ = name.end;
  if (read_attributes(begin, name) == Go::Stop) return Go::Stop;
  Mark& mark = marks_.marks.back();
  check_duplicates(name.of(source_), mark.first_attribute);
  mark.attribute_count = narrow<std::uint32_t>(marks_.attributes.size()) - mark.first_attribute;
  if (looking_at("/>")) return close_element(begin, at_ + 2);
  ++at_;
  return Go::On;
}

Go Scanner::begin_element(std::size_t begin, Slice name) {
  if (name.of(source_).find(':') != std::string_view::npos) {
    faults_.add(begin, fmt::format("<{}> has a colon in its name; namespaces are not read", shown(name)));
  }
  if (open_.empty() && root_ && !told_second_) {
    faults_.add(begin, fmt::format("second root element <{}> after <{}>; expected only one", shown(name), shown(*root_)));
    told_second_ = true;
  }
  if (open_.empty() && !root_) {
    root_ = name;
    marks_.root.begin = narrow<std::uint32_t>(begin);
  }
  if (open_.size() >= limits_.depth) {
    faults_.add(begin, fmt::format("<{}> is nested {} deep; at most {} are read", shown(name), limits_.depth + 1, limits_.depth));
    return Go::Stop;
  }
  if (!open_.empty()) ++marks_.marks[open_.back().mark].child_count;
  open_.push_back({name, begin, marks_.marks.size()});
  marks_.marks.push_back({MarkKind::Start, name, narrow<std::uint32_t>(marks_.attributes.size())});
  return Go::On;
}

// Leaves at_ on the '>' or "/>".
Go Scanner::read_attributes(std::size_t begin, Slice name) {
  for (;;) {
    const std::size_t before = at_;
    at_ = skip_space(source_, at_);
    if (at_ == source_.size()) {
      faults_.add(begin, fmt::format("the tag <{}> is not closed; expected '>'", shown(name)));
      return Go::Stop;
    }
    if (source_[at_] == '>' || looking_at("/>")) return Go::On;
    const std::size_t end = end_of_name(source_, at_);
    if (end == at_) {
      const Decoded found = decode_utf8(source_, at_);
      faults_.add(at_, fmt::format("'{}' in the tag <{}>; expected an attribute or '>'", excerpt(source_.substr(at_, found.length)), shown(name)));
      return Go::Stop;
    }
    if (before == at_) faults_.add(at_, fmt::format("no space before attribute '{}'", shown(slice(at_, end))));
    if (read_attribute() == Go::Stop) return Go::Stop;
  }
}

Go Scanner::read_attribute() {
  const Slice name = slice(at_, end_of_name(source_, at_));
  const std::string_view written = name.of(source_);
  if (written.find(':') != std::string_view::npos && written != "xml:lang" && written != "xml:space" && written != "xml:id") {
    faults_.add(at_, fmt::format("attribute '{}' has a colon in its name; of those only xml:lang, xml:space and xml:id are read", shown(name)));
  }
  const std::size_t equals = skip_space(source_, name.end);
  if (equals == source_.size() || source_[equals] != '=') {
    faults_.add(at_, fmt::format("attribute '{}' has no value; expected {}=\"...\"", shown(name), shown(name)));
    at_ = name.end;
    return Go::On;
  }
  at_ = skip_space(source_, equals + 1);
  if (at_ < source_.size() && (source_[at_] == '"' || source_[at_] == '\'')) return read_quoted(name);
  read_unquoted(name);
  return Go::On;
}

Go Scanner::read_quoted(Slice name) {
  const std::size_t close = source_.find(source_[at_], at_ + 1);
  if (close == std::string_view::npos) {
    faults_.add(at_, fmt::format("the value of attribute '{}' is not closed; expected {}", shown(name), source_[at_]));
    return Go::Stop;
  }
  const Slice value = slice(at_ + 1, close);
  marks_.attributes.push_back({name, value});
  if (marks_.attributes.size() - marks_.marks.back().first_attribute > limits_.attributes) {
    faults_.add(name.begin, fmt::format("<{}> has more than {} attributes", shown(open_.back().name), limits_.attributes));
    return Go::Stop;
  }
  at_ = close + 1;
  return check_value(name, value);
}

void Scanner::read_unquoted(Slice name) {
  faults_.add(at_, fmt::format("the value of attribute '{}' is not in quotes", shown(name)));
  at_ = std::min(source_.find_first_of(" \t\r\n<>", at_), source_.size());
  if (looking_at(">") && source_[at_ - 1] == '/') --at_;
}

Go Scanner::check_value(Slice name, Slice value) {
  const std::string_view text = value.of(source_);
  for (std::size_t i = text.find_first_of("<&"); i < text.size() && !faults_.full(); i = text.find_first_of("<&", i + 1)) {
    if (text[i] == '&') {
      check_reference(value.begin + i);
      continue;
    }
    faults_.add(value.begin + i, fmt::format("'<' in the value of attribute '{}'", shown(name)), "write &lt;, or close the value's quotes");
    // With a '>' before it, it is more likely that a quote is missing: then what follows means nothing.
    return text.substr(0, i).find('>') == std::string_view::npos ? Go::On : Go::Stop;
  }
  return Go::On;
}

void Scanner::check_duplicates(std::string_view element, std::size_t first) {
  if (marks_.attributes.size() < first + 2) return;
  names_.clear();
  for (std::size_t i = first; i < marks_.attributes.size(); ++i) names_.push_back(marks_.attributes[i].name.of(source_));
  // All names are views of one source, so among equal ones the address is the order of writing.
  std::sort(names_.begin(), names_.end(), [](std::string_view a, std::string_view b) { return a != b ? a < b : a.data() < b.data(); });
  for (std::size_t i = 1; i < names_.size() && !faults_.full(); ++i) {
    if (names_[i] != names_[i - 1]) continue;
    const auto offset = static_cast<std::size_t>(names_[i].data() - source_.data());
    faults_.add(offset, fmt::format("attribute '{}' stands twice on <{}>", excerpt(names_[i]), excerpt(element)));
  }
}

Go Scanner::read_end_tag() {
  const std::size_t begin = at_;
  const Slice name = slice(begin + 2, end_of_name(source_, begin + 2));
  if (name.begin == name.end) {
    faults_.add(begin, "'</' begins no end tag", "a plain less-than sign is written &lt;");
    return Go::Stop;
  }
  if (open_.empty()) {
    faults_.add(begin, fmt::format("</{}> closes nothing; no element is open", shown(name)));
    return Go::Stop;
  }
  if (const Open& last = open_.back(); name.of(source_) != last.name.of(source_)) {
    faults_.add(begin, fmt::format("</{}> closes <{}>; expected </{}>", shown(name), shown(last.name), shown(last.name)),
                fmt::format("<{}> is opened at {}", shown(last.name), to_text(faults_.span(last.at))));
    return Go::Stop;
  }
  const std::size_t end = skip_space(source_, name.end);
  if (end < source_.size() && source_[end] == '>') return close_element(begin, end + 1);
  faults_.add(begin, fmt::format("the tag </{}> is not closed after its name; expected '>'", shown(name)));
  const std::size_t next = source_.find_first_of("<>", end);
  return next != std::string_view::npos && source_[next] == '>' ? close_element(begin, next + 1) : Go::Stop;
}

Go Scanner::close_element(std::size_t begin, std::size_t end) {
  open_.pop_back();
  marks_.marks.push_back({MarkKind::End, slice(begin, begin)});
  if (open_.empty() && marks_.root.end == 0) marks_.root.end = narrow<std::uint32_t>(end);
  at_ = end;
  return Go::On;
}

}  // namespace

std::optional<Marks> scan(std::string_view source, const ScanLimits& limits, Faults& faults) { return Scanner(source, limits, faults).scan(); }

}  // namespace handout::xml
