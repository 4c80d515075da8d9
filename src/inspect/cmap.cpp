#include "inspect/cmap.h"

#include <algorithm>
#include <charconv>

namespace handout::inspect {

namespace {

enum class Kind { End, Code, Number, Open, Close, Word };

struct Token {
  Kind kind = Kind::End;
  std::string text;  // of a code: its bytes
};

class Tokens {
 public:
  explicit Tokens(std::string_view source) : source_(source) {}

  Token next() {
    skip();
    if (at_ >= source_.size()) return {};
    const char c = source_[at_];
    if (c == '<' && at_ + 1 < source_.size() && source_[at_ + 1] != '<') return code();
    if (c == '[' || c == ']') {
      ++at_;
      return {c == '[' ? Kind::Open : Kind::Close, {}};
    }
    if (c == '(') return skip_string();
    return word();
  }

 private:
  static bool space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }

  void skip() {
    while (at_ < source_.size()) {
      if (source_[at_] == '%') at_ = std::min(source_.find_first_of("\r\n", at_), source_.size());
      else if (space(source_[at_])) ++at_;
      else return;
    }
  }

  Token code() {
    Token token{Kind::Code, {}};
    int high = -1;
    for (++at_; at_ < source_.size() && source_[at_] != '>'; ++at_) {
      const char c = source_[at_];
      const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
      if (digit < 0) continue;
      if (high < 0) {
        high = digit;
      } else {
        token.text += static_cast<char>(high * 16 + digit);
        high = -1;
      }
    }
    ++at_;
    return token;
  }

  Token skip_string() {
    at_ = std::min(source_.find(')', at_), source_.size() - 1) + 1;
    return {Kind::Word, "()"};
  }

  Token word() {
    const std::size_t begin = at_++;
    while (at_ < source_.size() && !space(source_[at_]) && std::string_view("<>[]()/").find(source_[at_]) == std::string_view::npos) ++at_;
    Token token{Kind::Word, std::string(source_.substr(begin, at_ - begin))};
    if (std::ranges::all_of(token.text, [](char c) { return c >= '0' && c <= '9'; })) token.kind = Kind::Number;
    return token;
  }

  std::string_view source_;
  std::size_t at_ = 0;
};

std::uint32_t value(std::string_view bytes) {
  std::uint32_t result = 0;
  for (const char c : bytes) result = (result << 8) | static_cast<unsigned char>(c);
  return result;
}

std::uint32_t integer(std::string_view text) {
  std::uint32_t result = 0;
  std::from_chars(text.data(), text.data() + text.size(), result);
  return result;
}

// A range of a CMap is at most one code space of two bytes; more is damage, and so is one that says most codes several times over.
constexpr std::uint32_t kGreatestRange = 0xFFFF;
constexpr std::size_t kMostEntries = 200'000;

void read_unicode_range(Tokens& tokens, CMap& cmap, const Token& low) {
  const std::uint32_t first = value(low.text), last = value(tokens.next().text);
  Token target = tokens.next();
  if (target.kind == Kind::Open) {
    for (std::uint32_t code = first; (target = tokens.next()).kind == Kind::Code; ++code) cmap.text[code] = utf8_of_utf16be(target.text);
    return;
  }
  if (target.text.empty() || last < first || last - first > kGreatestRange) return;
  cmap.entries += last - first;
  for (std::uint32_t code = first; code <= last; ++code) {
    cmap.text[code] = utf8_of_utf16be(target.text);
    target.text.back() = static_cast<char>(static_cast<unsigned char>(target.text.back()) + 1);
  }
}

void read_cid_range(Tokens& tokens, CMap& cmap, const Token& low) {
  const std::uint32_t first = value(low.text), last = value(tokens.next().text), cid = integer(tokens.next().text);
  if (last < first || last - first > kGreatestRange) return;
  cmap.entries += last - first;
  for (std::uint32_t code = first; code <= last; ++code) cmap.cid[code] = cid + (code - first);
}

// The entries of one block, up to its "end…".
void read_block(Tokens& tokens, CMap& cmap, std::string_view block) {
  for (Token token = tokens.next(); token.kind == Kind::Code && cmap.entries++ < kMostEntries; token = tokens.next()) {
    if (block == "begincodespacerange") {
      cmap.code_size = std::max(cmap.code_size, token.text.size());
      tokens.next();
    } else if (block == "beginbfchar") {
      cmap.text[value(token.text)] = utf8_of_utf16be(tokens.next().text);
    } else if (block == "begincidchar") {
      cmap.cid[value(token.text)] = integer(tokens.next().text);
    } else if (block == "beginbfrange") {
      read_unicode_range(tokens, cmap, token);
    } else {
      read_cid_range(tokens, cmap, token);
    }
  }
}

void append_utf8(std::string& out, std::uint32_t c) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    tail(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace

std::string utf8_of_utf16be(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    std::uint32_t c = value(bytes.substr(i, 2));
    if (c >= 0xD800 && c < 0xE000) {
      const std::uint32_t low = i + 3 < bytes.size() ? value(bytes.substr(i + 2, 2)) : 0;
      if (c < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      } else {
        c = 0xFFFD;
      }
    }
    append_utf8(out, c);
  }
  return out;
}

CMap read_cmap(std::string_view source) {
  CMap cmap;
  Tokens tokens(source);
  std::string before;
  for (Token token = tokens.next(); token.kind != Kind::End; token = tokens.next()) {
    for (const std::string_view block : {"begincodespacerange", "beginbfchar", "beginbfrange", "begincidchar", "begincidrange"}) {
      if (token.kind == Kind::Word && token.text == block) read_block(tokens, cmap, block);
    }
    if (token.kind == Kind::Number && before == "/WMode") cmap.writing_mode = integer(token.text);
    if (token.text == "usecmap" && before.starts_with("/")) cmap.used.push_back(before.substr(1));
    before = token.text;
  }
  return cmap;
}

}  // namespace handout::inspect
