#include "unicode/breaking.h"

#include <algorithm>

#include <unicode/uchar.h>

#include "unicode/sequence_parts.h"
#include "unicode/text.h"

namespace handout::unicode {
namespace {

constexpr std::size_t kLongestScheme = 16, kLongestMailbox = 64;  // RFC 5321 4.5.3.1.1 for the second

bool is_ascii_alphanumeric(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9'); }
// Letters of the scripts that write spaces round an address; Chinese text may go on without one.
bool is_address_letter(char32_t c) { return is_ascii_alphanumeric(c) || (c > 0x7F && c < 0x590 && u_isalpha(static_cast<UChar32>(c)) != 0); }

// RFC 3986, 2: unreserved and reserved characters and "%".
bool is_url_character(char32_t c) { return is_address_letter(c) || (c != 0 && std::u32string_view(U"-._~:/?#[]@!$&'()*+,;=%").find(c) != std::u32string_view::npos); }
bool is_mailbox_character(char32_t c) { return is_address_letter(c) || (c != 0 && std::u32string_view(U"._%+-'").find(c) != std::u32string_view::npos); }

std::size_t previous_character(std::string_view text, std::size_t at) {
  do --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  return at;
}

// What ends a sentence is no part of the address; a bracket is, if it was opened inside.
std::size_t without_trailing_punctuation(std::string_view text, std::size_t begin, std::size_t end) {
  const auto count = [&](char c) { return std::count(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), c); };
  auto open = count('(') - count(')');
  while (end > begin) {
    const char last = text[end - 1];
    if (last == ')' && open < 0) ++open;
    else if (std::string_view(".,;:!?'*_~([").find(last) == std::string_view::npos) break;
    --end;
  }
  return end;
}

std::size_t url_end(std::string_view text, std::size_t begin, std::size_t at) {
  while (at < text.size() && is_url_character(character_at(text, at))) at = next_character(text, at);
  return without_trailing_punctuation(text, begin, at);
}

// At the colon of "://".
std::optional<Sequence> url_at_colon(std::string_view text, std::size_t colon, std::size_t from) {
  std::size_t begin = colon;
  const auto is_scheme_character = [](char c) { return is_ascii_alphanumeric(static_cast<unsigned char>(c)) || c == '+' || c == '-'; };
  while (begin > from && colon - begin < kLongestScheme && is_scheme_character(text[begin - 1])) --begin;
  if (begin == colon) return std::nullopt;
  const std::size_t end = url_end(text, colon + 3, colon + 3);
  if (end == colon + 3) return std::nullopt;
  return Sequence{begin, end, SequenceKind::Url};
}

// At "www.".
std::optional<Sequence> url_at_www(std::string_view text, std::size_t begin) {
  if (is_word_character(character_before(text, begin))) return std::nullopt;
  const std::size_t end = url_end(text, begin + 4, begin + 4);
  if (text.substr(begin + 4, end - begin - 4).find('.') == std::string_view::npos) return std::nullopt;
  return Sequence{begin, end, SequenceKind::Url};
}

// At the "@".
std::optional<Sequence> email_at(std::string_view text, std::size_t at, std::size_t from) {
  std::size_t begin = at;
  while (begin > from && at - begin < kLongestMailbox && is_mailbox_character(character_before(text, begin))) begin = previous_character(text, begin);
  while (begin < at && (text[begin] == '.' || text[begin] == '\'')) ++begin;
  std::size_t end = at + 1;
  while (end < text.size() && (is_address_letter(character_at(text, end)) || text[end] == '-' || text[end] == '.')) end = next_character(text, end);
  while (end > at && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  const std::string_view domain = text.substr(at + 1, end - at - 1);
  const std::size_t dot = domain.rfind('.');
  if (begin == at || dot == std::string_view::npos || dot == 0 || domain.size() - dot < 3) return std::nullopt;
  return Sequence{begin, end, SequenceKind::Email};
}

// A number does not begin inside a word or another number.
bool may_begin_number(std::string_view text, std::size_t at) {
  const char32_t before = character_before(text, at);
  if (is_word_character(before) && !(before > 0x2E80 && character_at(text, at) < 0x80)) return false;  // Chinese text has no space before it
  const bool joins = is_dash(before) || before == U'.' || before == U',' || before == U'/' || before == U':' || before == U'٫' || before == U'٬';
  return !joins || !is_word_character(character_before(text, previous_character(text, at)));
}

std::optional<Sequence> number_at(std::string_view text, std::size_t at) {
  if (!may_begin_number(text, at)) return std::nullopt;
  if (const auto end = quantity_end(text, at)) return Sequence{at, *end, SequenceKind::Quantity};
  if (const auto end = phone_end(text, at)) return Sequence{at, *end, SequenceKind::Phone};
  return std::nullopt;
}

bool begins_number(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || c == U'+' || c == U'(' || c == U'-' || c == U'$' || c == U'<' || c == U'>' || c == U'~';
  if (is_decimal_digit(c) || c == U'§' || c == U'№' || c == U'−' || c == U'±' || c == U'≈' || c == U'≤' || c == U'≥') return true;
  const auto type = u_charType(static_cast<UChar32>(c));
  return type == U_CURRENCY_SYMBOL || type == U_OTHER_NUMBER;
}

bool begins_word(std::string_view text, std::size_t at) {
  const char32_t before = character_before(text, at);
  return before == 0 || is_white_space(before) || std::u32string_view(U"(\"“„«—/").find(before) != std::u32string_view::npos;
}

std::optional<Sequence> name_at(std::string_view text, std::size_t at, const Locale& locale) {
  auto end = titled_name_end(text, at, locale);
  if (!end) end = name_with_suffix_end(text, at, locale);
  return end ? std::optional(Sequence{at, *end, SequenceKind::TitledName}) : std::nullopt;
}

bool is_www(std::string_view text, std::size_t at) { return text[at] == 'w' && text.substr(at).starts_with("www."); }

std::optional<Sequence> sequence_at(std::string_view text, std::size_t at, std::size_t from, const Locale& locale) {
  const char32_t c = character_at(text, at);
  if (c == U':' && text.substr(at).starts_with("://")) return url_at_colon(text, at, from);
  if (c == U'@') return email_at(text, at, from);
  if (c == U'w' && is_www(text, at)) return url_at_www(text, at);
  if (begins_number(c)) return number_at(text, at);
  if (is_word_character(c) && begins_word(text, at)) return name_at(text, at, locale);
  return std::nullopt;
}

// Chicago 14.18. Where the mark is the address's first or last character there is no joint.
void add_joints(std::string_view address, std::size_t i, std::vector<std::size_t>& joints) {
  const char c = address[i];
  const bool is_second_slash = c == '/' && i > 0 && address[i - 1] == '/', is_first_slash = c == '/' && i + 1 < address.size() && address[i + 1] == '/';
  if (c == '=' || c == '&') joints.insert(joints.end(), {i, i + 1});
  else if ((c == ':' && address.substr(i, 3) != "://") || is_second_slash) joints.push_back(i + 1);
  else if (c == '/' && !is_first_slash) joints.push_back(i);
  else if (std::string_view("~.,-_?#%").find(c) != std::string_view::npos) joints.push_back(i);
}

}  // namespace

char32_t character_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const auto byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? byte : decode(text, at).value;
}

char32_t character_before(std::string_view text, std::size_t at) { return at == 0 ? 0 : character_at(text, previous_character(text, at)); }

std::size_t next_character(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  return static_cast<unsigned char>(text[at]) < 0x80 ? at + 1 : decode(text, at).end;
}

bool is_decimal_digit(char32_t c) { return c < 0x80 ? c >= U'0' && c <= U'9' : u_isdigit(static_cast<UChar32>(c)) != 0; }

bool is_word_character(char32_t c) {
  if (c < 0x80) return is_ascii_alphanumeric(c);
  return u_isalnum(static_cast<UChar32>(c)) != 0 || is_mark(c);
}

bool is_inner_space(char32_t c) { return c == U' ' || c == U'\u00A0' || c == U'\u202F' || c == U'\u2009'; }

bool is_dash(char32_t c) { return c == U'-' || c == U'\u2010' || c == U'\u2011' || c == U'\u2013' || c == U'\u2212'; }

std::vector<Sequence> find_sequences(std::string_view text, const Locale& locale) {
  std::vector<Sequence> out;
  std::size_t from = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = sequence_at(text, at, from, locale);
    if (found && found->begin >= from) {
      out.push_back(*found);
      at = from = found->end;
    } else {
      at = next_character(text, at);
    }
  }
  return out;
}

std::vector<std::size_t> address_joints(std::string_view text, const Sequence& address) {
  std::vector<std::size_t> joints;
  const std::string_view of = text.substr(address.begin, address.end - address.begin);
  for (std::size_t i = 0; i < of.size(); ++i) {
    if (address.kind == SequenceKind::Url) add_joints(of, i, joints);
    else if (address.kind == SequenceKind::Email && (of[i] == '@' || of[i] == '.')) joints.push_back(i);
  }
  joints.erase(std::unique(joints.begin(), joints.end()), joints.end());
  std::erase_if(joints, [&](std::size_t joint) { return joint == 0 || joint >= of.size(); });
  for (std::size_t& joint : joints) joint += address.begin;
  return joints;
}

}  // namespace handout::unicode
