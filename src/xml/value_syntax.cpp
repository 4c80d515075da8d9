#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/numbers.h"
#include "xml/value_types.h"

namespace handout::xml {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alphanumeric(char c) { return is_digit(c) || is_letter(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool all(std::string_view text, bool (*is)(char)) { return std::all_of(text.begin(), text.end(), is); }

// Takes the subtags of a language tag one after the other.
class Subtags {
 public:
  explicit Subtags(std::string_view tag) : rest_(tag), done_(tag.empty()) { cut(); }
  [[nodiscard]] bool done() const { return done_; }
  [[nodiscard]] std::string_view current() const { return current_; }
  void advance() {
    done_ = rest_.empty();
    if (!done_) {
      rest_.remove_prefix(1);
      cut();
    }
  }
  // Advances when the current subtag has the form.
  bool take(bool (*is)(char), std::size_t least, std::size_t most) {
    if (done_ || current_.size() < least || current_.size() > most || !all(current_, is)) return false;
    advance();
    return true;
  }

 private:
  void cut() {
    current_ = rest_.substr(0, rest_.find('-'));
    rest_.remove_prefix(current_.size());
  }
  std::string_view current_, rest_;
  bool done_;
};

bool is_variant(std::string_view subtag) {
  return all(subtag, is_alphanumeric) && ((subtag.size() >= 5 && subtag.size() <= 8) || (subtag.size() == 4 && is_digit(subtag[0])));
}

bool is_private_mark(std::string_view subtag) { return subtag == "x" || subtag == "X"; }

// What follows language, script, region and variants: extensions, then private use.
bool takes_extensions(Subtags& tags) {
  while (!tags.done()) {
    const bool private_use = is_private_mark(tags.current());
    if (!tags.take(is_alphanumeric, 1, 1)) return false;
    const std::size_t least = private_use ? 1 : 2;
    if (!tags.take(is_alphanumeric, least, 8)) return false;
    while (tags.take(is_alphanumeric, least, 8)) continue;
    if (private_use) return tags.done();
  }
  return true;
}

// The scheme's own part is a non-empty run of RFC 3986 characters, '%' only before two hexadecimal digits.
bool is_url_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      if (text.size() - i < 3 || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
    } else if (!is_alphanumeric(text[i]) && std::string_view("-._~:/?#[]@!$&'()*+,;=").find(text[i]) == std::string_view::npos) {
      return false;
    }
  }
  return !text.empty();
}

bool has_scheme(std::string_view text, std::string_view scheme) {
  return text.size() > scheme.size() && text[scheme.size()] == ':' &&
         std::equal(scheme.begin(), scheme.end(), text.begin(), [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b); });
}

bool is_web_address(std::string_view rest) {
  return rest.starts_with("//") && rest.size() > 2 && std::string_view("/?#:").find(rest[2]) == std::string_view::npos && is_url_text(rest);
}

bool is_mail_address(std::string_view rest) {
  const std::size_t at = rest.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < rest.size() && rest[at + 1] != '?' && is_url_text(rest);
}

// RFC 3966: digits with visual separators, perhaps a '+' before them.
bool is_phone_number(std::string_view rest) {
  if (rest.starts_with("+")) rest.remove_prefix(1);
  return std::any_of(rest.begin(), rest.end(), is_digit) &&
         all(rest, [](char c) { return is_digit(c) || c == '-' || c == '.' || c == '(' || c == ')'; });
}

}  // namespace

bool is_id(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && all(text, [](char c) { return is_alphanumeric(c) || c == '.' || c == '_' || c == '-'; });
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const std::string_view parts[] = {text.substr(0, 4), text.substr(5, 2), text.substr(8, 2)};
  if (!all(parts[0], is_digit) || !all(parts[1], is_digit) || !all(parts[2], is_digit)) return false;
  const long long year = *parse_integer(parts[0]), month = *parse_integer(parts[1]), day = *parse_integer(parts[2]);
  if (year < 1 || month < 1 || month > 12) return false;
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day >= 1 && day <= kDays[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
}

bool is_language_tag(std::string_view text) {
  Subtags tags(text);
  if (tags.done()) return false;
  if (!is_private_mark(tags.current())) {
    if (tags.take(is_letter, 2, 3)) {
      for (int i = 0; i < 3 && tags.take(is_letter, 3, 3); ++i) continue;
    } else if (!tags.take(is_letter, 4, 8)) {
      return false;
    }
    tags.take(is_letter, 4, 4);
    if (!tags.take(is_letter, 2, 2)) tags.take(is_digit, 3, 3);
    while (!tags.done() && is_variant(tags.current())) tags.advance();
  }
  return takes_extensions(tags);
}

bool is_relative_path(std::string_view text) {
  if (text.empty() || text[0] == '/' || text.find('\\') != std::string_view::npos) return false;
  if (text.substr(0, text.find('/')).find(':') != std::string_view::npos) return false;  // a scheme or a drive
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('/', begin), text.size());
    if (text.substr(begin, end - begin) == "..") return false;
    begin = end + 1;
  }
  return true;
}

bool is_url(std::string_view text) {
  if (text.starts_with("#")) return is_id(text.substr(1));
  if (has_scheme(text, "http")) return is_web_address(text.substr(5));
  if (has_scheme(text, "https")) return is_web_address(text.substr(6));
  if (has_scheme(text, "mailto")) return is_mail_address(text.substr(7));
  return has_scheme(text, "tel") && is_phone_number(text.substr(4));
}

}  // namespace handout::xml
