#include "inspect/check_xml.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>

#include "inspect/check_parts.h"

namespace handout::inspect {

namespace {

constexpr int kDeepestElement = 50;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_name(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) > 127;
  return letter || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == ':';
}

void append_utf8(std::string& out, std::uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
    return;
  }
  const int tails = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  out += static_cast<char>(((0xFF00u >> (tails + 1)) & 0xFFu) | (c >> (6 * tails)));
  for (int k = tails - 1; k >= 0; --k) out += static_cast<char>(0x80 | ((c >> (6 * k)) & 0x3F));
}

// Throws runtime_error, which read_xml turns into its error.
class XmlReader {
 public:
  explicit XmlReader(std::string_view source) : source_(source) {}

  XmlElement run() {
    if (!is_utf8(source_)) fail("it is no UTF-8");
    for (const char c : source_) {
      if (static_cast<unsigned char>(c) < ' ' && !is_space(c)) fail("it has a control character");
    }
    take("\xEF\xBB\xBF");
    misc();
    if (!source_.substr(at_).starts_with("<")) fail("expected an element");
    XmlElement root = element({{"xml", "http://www.w3.org/XML/1998/namespace"}}, 0);
    misc();
    if (at_ != source_.size()) fail("something follows the root element");
    return root;
  }

 private:
  using Namespaces = std::map<std::string, std::string>;

  [[noreturn]] void fail(const std::string& what) const { throw std::runtime_error(what + " at byte " + std::to_string(at_)); }

  bool take(std::string_view word) {
    if (!source_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  void skip_space() {
    while (at_ < source_.size() && is_space(source_[at_])) ++at_;
  }

  std::string_view up_to(std::string_view end) {
    const std::size_t stop = source_.find(end, at_);
    if (stop == std::string_view::npos) fail("expected " + std::string(end));
    const std::string_view inside = source_.substr(at_, stop - at_);
    at_ = stop + end.size();
    return inside;
  }

  // Between elements: comments, instructions, white space.
  void misc() {
    for (skip_space(); take("<?") || source_.substr(at_).starts_with("<!--"); skip_space()) comment_or_instruction();
  }

  void comment_or_instruction() {
    if (!take("<!--")) up_to("?>");
    else if (up_to("-->").find("--") != std::string_view::npos) fail("-- inside a comment");
  }

  std::string name() {
    const std::size_t begin = at_;
    while (at_ < source_.size() && is_name(source_[at_])) ++at_;
    if (at_ == begin || source_[begin] == '-' || source_[begin] == '.' || (source_[begin] >= '0' && source_[begin] <= '9')) fail("expected a name");
    return std::string(source_.substr(begin, at_ - begin));
  }

  void reference(std::string& out) {
    const std::string entity(up_to(";"));
    constexpr std::pair<std::string_view, char> kEntities[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
    for (const auto& [known, character] : kEntities) {
      if (entity == known) {
        out += character;
        return;
      }
    }
    const bool hex = entity.starts_with("#x");
    const std::string digits = entity.substr(std::min<std::size_t>(entity.size(), hex ? 2 : 1));
    std::uint32_t c = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), c, hex ? 16 : 10);
    const bool good = entity.starts_with("#") && !digits.empty() && error == std::errc() && end == digits.data() + digits.size();
    if (!good || c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) fail("unknown entity &" + entity + ";");
    append_utf8(out, c);
  }

  std::string attribute_value() {
    const char quote = at_ < source_.size() ? source_[at_] : ' ';
    if (quote != '"' && quote != '\'') fail("expected a quoted value");
    std::string value;
    for (++at_; at_ < source_.size() && source_[at_] != quote;) {
      if (source_[at_] == '<') fail("< in an attribute");
      if (take("&")) reference(value);
      else value += source_[at_++];
    }
    if (!take(std::string_view(&quote, 1))) fail("an attribute has no end");
    return value;
  }

  struct Raw {
    std::string name, value;
  };

  // A name's prefix and its namespace; attributes without prefix have none.
  void resolve(const std::string& raw, const Namespaces& spaces, std::string& uri, std::string& prefix, std::string& local) const {
    const std::size_t colon = raw.find(':');
    prefix = colon == std::string::npos ? std::string() : raw.substr(0, colon);
    local = colon == std::string::npos ? raw : raw.substr(colon + 1);
    const auto found = spaces.find(prefix);
    if (found != spaces.end()) uri = found->second;
    else if (!prefix.empty()) fail("prefix " + prefix + " has no namespace");
  }

  std::vector<Raw> attributes(Namespaces& spaces) {
    std::vector<Raw> raw;
    std::set<std::string> seen;
    for (skip_space(); at_ < source_.size() && is_name(source_[at_]); skip_space()) {
      if (!is_space(source_[at_ - 1])) fail("no space before an attribute");
      const std::string key = name();
      skip_space();
      if (!take("=")) fail("expected =");
      skip_space();
      const std::string value = attribute_value();
      if (!seen.insert(key).second) fail("attribute " + key + " is there twice");
      if (key == "xmlns") spaces[""] = value;
      else if (key.starts_with("xmlns:")) spaces[key.substr(6)] = value;
      else raw.push_back({key, value});
    }
    return raw;
  }

  XmlElement element(Namespaces spaces, int depth) {
    if (depth > kDeepestElement) fail("elements are nested too deeply");
    if (!take("<")) fail("expected <");
    const std::string own = name();
    XmlElement result;
    for (const Raw& raw : attributes(spaces)) {
      XmlElement::Attribute attribute;
      attribute.value = raw.value;
      // The default namespace is not that of attributes.
      if (raw.name.find(':') == std::string::npos) attribute.name = raw.name;
      else resolve(raw.name, spaces, attribute.uri, attribute.prefix, attribute.name);
      result.attributes.push_back(std::move(attribute));
    }
    resolve(own, spaces, result.uri, result.prefix, result.name);
    if (take("/>")) return result;
    if (!take(">")) fail("expected >");
    content(result, spaces, depth);
    if (name() != own) fail("the end tag is not </" + own + ">");
    skip_space();
    if (!take(">")) fail("expected >");
    return result;
  }

  // Up to and with the "</" of the end tag.
  void content(XmlElement& result, const Namespaces& spaces, int depth) {
    while (!take("</")) {
      if (at_ >= source_.size()) fail("an element has no end");
      if (take("<![CDATA[")) result.text += up_to("]]>");
      else if (source_.substr(at_).starts_with("<!--") || source_.substr(at_).starts_with("<?")) comment_or_instruction();
      else if (source_[at_] == '<') result.kids.push_back(element(spaces, depth + 1));
      else if (take("&")) reference(result.text);
      else result.text += source_[at_++];
    }
  }

  std::string_view source_;
  std::size_t at_ = 0;
};

}  // namespace

tl::expected<XmlElement, std::string> read_xml(std::string_view source) {
  try {
    return XmlReader(source).run();
  } catch (const std::runtime_error& error) {
    return tl::unexpected<std::string>(error.what());
  }
}

}  // namespace handout::inspect
