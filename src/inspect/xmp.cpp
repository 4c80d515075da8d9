#include "inspect/xmp.h"

#include <algorithm>
#include <array>
#include <optional>

namespace handout::inspect {

namespace {

constexpr std::string_view kArchive = "http://www.aiim.org/pdfa/ns/id/", kAccess = "http://www.aiim.org/pdfua/ns/id/";
constexpr std::string_view kSpaces = " \t\r\n";

std::string unescaped(std::string_view text) {
  struct Entity {
    std::string_view name;
    char character;
  };
  static constexpr std::array<Entity, 5> kEntities{{{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};
  std::string out;
  while (!text.empty()) {
    const auto entity = std::ranges::find_if(kEntities, [&](const Entity& e) { return text.starts_with(e.name); });
    const bool found = entity != kEntities.end();
    out += found ? entity->character : text.front();
    text.remove_prefix(found ? entity->name.size() : 1);
  }
  return out;
}

struct Attribute {
  std::string_view name, value;
  std::size_t begin = 0, end = 0;  // in the packet, with the white space before it
};

struct Tag {
  std::string_view name;
  bool closes = false, empty = false;
  std::size_t begin = 0, end = 0;  // in the packet
};

// The tags of a packet one after another; instructions and comments are passed over. What is no XML ends it early.
class TagReader {
 public:
  explicit TagReader(std::string_view xmp) : xmp_(xmp) {}

  std::optional<Tag> next() {
    for (;;) {
      const std::size_t begin = xmp_.find('<', at_);
      if (begin == std::string_view::npos) return std::nullopt;
      const bool comment = xmp_.substr(begin).starts_with("<!--");
      const std::size_t end = comment ? xmp_.find("-->", begin) : xmp_.find('>', begin);
      if (end == std::string_view::npos) return std::nullopt;
      at_ = end + (comment ? 3 : 1);
      if (comment || xmp_[begin + 1] == '?' || xmp_[begin + 1] == '!') continue;
      Tag tag{{}, xmp_[begin + 1] == '/', xmp_[end - 1] == '/', begin, at_};
      const std::size_t name = begin + (tag.closes ? 2 : 1);
      tag.name = xmp_.substr(name, std::min(xmp_.find_first_of(" \t\r\n/>", name), end) - name);
      return tag;
    }
  }

  [[nodiscard]] std::vector<Attribute> attributes(const Tag& tag) const {
    constexpr std::size_t kNone = std::string_view::npos;
    const std::string_view text = xmp_.substr(0, tag.end);
    std::vector<Attribute> found;
    for (std::size_t at = text.find_first_of(kSpaces, tag.begin); at != kNone;) {
      const std::size_t name = text.find_first_not_of(kSpaces, at), equals = text.find('=', at);
      if (equals == kNone || name >= equals) break;
      const std::size_t open = text.find_first_of("\"'", equals);
      const std::size_t close = open == kNone ? kNone : text.find(text[open], open + 1);
      if (close == kNone) break;
      found.push_back({text.substr(name, std::min(text.find_first_of(kSpaces, name), equals) - name), text.substr(open + 1, close - open - 1), at, close + 1});
      at = close + 1;
    }
    return found;
  }

 private:
  std::string_view xmp_;
  std::size_t at_ = 0;
};

// The prefix that stands for a namespace, with its colon.
std::string prefix_of(std::string_view xmp, std::string_view uri) {
  TagReader tags(xmp);
  while (const auto tag = tags.next()) {
    for (const Attribute& attribute : tags.attributes(*tag)) {
      if (attribute.name.starts_with("xmlns:") && attribute.value == uri) return std::string(attribute.name.substr(6)) + ":";
    }
  }
  return {};
}

using Properties = std::vector<std::pair<std::string, std::string>>;

std::string value_of(const Properties& properties, const std::string& name) {
  const auto found = std::ranges::find(properties, name, &Properties::value_type::first);
  return found == properties.end() ? std::string() : found->second;
}

// Takes the elements directly below rdf:Description, which are the properties.
class PropertyReader {
 public:
  explicit PropertyReader(std::string_view xmp) : xmp_(xmp), tags_(xmp) {}

  Properties run() {
    while (const auto tag = tags_.next()) {
      if (tag->closes) close(*tag);
      else open(*tag);
    }
    return std::move(properties_);
  }

 private:
  void open(const Tag& tag) {
    if (depth_ == 0) {
      if (tag.name != "rdf:Description") return;
      for (const Attribute& attribute : tags_.attributes(tag)) {
        if (!attribute.name.starts_with("xmlns") && attribute.name != "rdf:about") properties_.emplace_back(attribute.name, unescaped(attribute.value));
      }
    }
    if (tag.empty) return;
    if (++depth_ == 2) name_ = tag.name;
    if (depth_ == 2) value_.clear();
    text_begin_ = tag.end;
  }

  void close(const Tag& tag) {
    if (depth_ == 0) return;
    if (text_begin_ <= tag.begin && depth_ >= 2) add(unescaped(xmp_.substr(text_begin_, tag.begin - text_begin_)));
    text_begin_ = std::string_view::npos;
    if (--depth_ == 1 && !name_.starts_with("pdfaExtension:")) properties_.emplace_back(name_, std::move(value_));
  }

  void add(const std::string& text) {
    if (text.find_first_not_of(kSpaces) == std::string::npos) return;
    if (!value_.empty()) value_ += "; ";
    value_ += text;
  }

  std::string_view xmp_;
  TagReader tags_;
  Properties properties_;
  std::size_t depth_ = 0, text_begin_ = std::string_view::npos;
  std::string_view name_;
  std::string value_;
};

}  // namespace

Properties xmp_properties(std::string_view xmp) { return PropertyReader(xmp).run(); }

std::vector<std::string> claims(std::string_view xmp) {
  std::vector<std::string> result;
  const Properties properties = xmp_properties(xmp);
  if (const std::string prefix = prefix_of(xmp, kAccess); !prefix.empty()) {
    if (const std::string part = value_of(properties, prefix + "part"); !part.empty()) result.push_back("PDF/UA-" + part);
  }
  if (const std::string prefix = prefix_of(xmp, kArchive); !prefix.empty()) {
    std::string level = value_of(properties, prefix + "conformance");
    std::ranges::transform(level, level.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (const std::string part = value_of(properties, prefix + "part"); !part.empty()) result.push_back("PDF/A-" + part + level);
  }
  return result;
}

std::string without_archive_claim(std::string_view xmp) {
  const std::string prefix = prefix_of(xmp, kArchive);
  if (prefix.empty()) return std::string(xmp);
  std::string out;
  std::size_t kept = 0;  // what is before it is in `out` or dropped
  const auto drop = [&](std::size_t begin, std::size_t end) {
    out += xmp.substr(kept, begin - kept);
    kept = end;
  };
  TagReader tags(xmp);
  while (const auto tag = tags.next()) {
    if (tag->name.starts_with(prefix) && !tag->closes) {
      const std::string_view name = tag->name;
      auto end = tag;
      while (end && !tag->empty && !(end->closes && end->name == name)) end = tags.next();
      if (end) drop(tag->begin, end->end);
      continue;
    }
    for (const Attribute& attribute : tags.attributes(*tag)) {
      if (attribute.name.starts_with(prefix)) drop(attribute.begin, attribute.end);
    }
  }
  return out + std::string(xmp.substr(kept));
}

}  // namespace handout::inspect
