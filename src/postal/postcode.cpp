#include "postal/postcode.h"

#include <algorithm>
#include <array>

#include "unicode/digits.h"
#include "unicode/text.h"

namespace handout::postal {
namespace {

// Longer than any postcode with its spaces.
constexpr std::size_t kLongest = 24;
constexpr std::uint64_t kDigits = (std::uint64_t{1} << 10) - 1, kLetters = ((std::uint64_t{1} << 26) - 1) << 10;

// The bit of a digit or capital letter; nothing for others.
std::optional<unsigned> bit_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A') + 10;
  return std::nullopt;
}

// What stands at one place of a form. takes 0: it is not written so. falls: a range of it does.
struct ReadPlace { std::uint64_t takes = 0; bool falls = false; };

// "[A-CEF0-4]" from behind the bracket; `at` comes to stand behind its end.
ReadPlace read_class(std::string_view text, std::size_t& at) {
  ReadPlace place;
  while (at < text.size() && text[at] != ']') {
    const auto first = bit_of(text[at++]);
    auto last = first;
    if (at + 1 < text.size() && text[at] == '-') {
      last = bit_of(text[at + 1]);
      at += 2;
    }
    if (!first || !last) return {};
    place.falls = place.falls || *last < *first || (*first < 10) != (*last < 10);
    for (unsigned bit = std::min(*first, *last); bit <= std::max(*first, *last); ++bit) place.takes |= std::uint64_t{1} << bit;
  }
  if (at == text.size()) return {};
  ++at;
  return place;
}

ReadPlace read_place(std::string_view text, std::size_t& at) {
  const char c = text[at++];
  if (c == '#') return {kDigits};
  if (c == '@') return {kLetters};
  if (c == '*') return {kDigits | kLetters};
  if (c == '[') return read_class(text, at);
  const auto bit = bit_of(c);
  return {bit ? std::uint64_t{1} << *bit : 0};
}

// What counts of a code: digits and capital letters. Nothing when anything but these, spaces and hyphens stands in it, or when it is too long.
struct Compact {
  std::array<char, kLongest> bytes{};
  std::size_t size = 0;
  std::size_t own = 0, foreign = 0;  // digits that are not 0 to 9: of the country's script, and others
  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

// UAX #44: Dash has more members; these are what keyboards and Japanese forms bring. U+3012 stands before Japanese postcodes.
bool is_separator(char32_t c) { return c == '-' || c == U'\u3012' || c == U'\u2010' || c == U'\u2011' || c == U'\u2013' || c == U'\u2212' || c == U'\uFF0D' || c == U'\u30FC' || unicode::is_white_space(c); }

std::optional<Compact> compact(std::string_view code, const std::string& script) {
  Compact out;
  for (std::size_t i = 0; i < code.size();) {
    const unicode::CodePoint c = unicode::decode(code, i);
    i = c.end;
    if (is_separator(c.value)) continue;
    if (out.size == out.bytes.size()) return std::nullopt;
    if (c.value < 0x80) {
      const char byte = static_cast<char>(c.value);
      const char capital = byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
      if (!bit_of(capital)) return std::nullopt;
      out.bytes[out.size++] = capital;
    } else if (const auto digit = unicode::digit_value(c.value)) {
      out.bytes[out.size++] = static_cast<char>('0' + *digit);
      ++(unicode::is_written_in(c.value, script) ? out.own : out.foreign);
    } else {
      return std::nullopt;
    }
  }
  return out;
}

}  // namespace

tl::expected<PostcodeForm, PostcodeForm::Fault> PostcodeForm::parse(std::string_view text) {
  PostcodeForm form;
  form.text_ = text;
  form.forms_.emplace_back();
  std::optional<std::size_t> falls;
  char before = '\0';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    Form& now = form.forms_.back();
    if (text[at] == ' ' || text[at] == '-' || text[at] == '|') {
      if (now.empty() || before != '\0') return tl::unexpected(Fault{begin, Aspect::Form});
      if (text[at] == '|') form.forms_.emplace_back();
      else before = text[at];
      ++at;
    } else {
      const ReadPlace place = read_place(text, at);
      if (place.takes == 0) return tl::unexpected(Fault{begin, Aspect::Form});
      if (place.falls && !falls) falls = begin;
      now.push_back({place.takes, before});
      before = '\0';
    }
  }
  if (form.forms_.back().empty() || before != '\0') return tl::unexpected(Fault{text.size(), Aspect::Form});
  if (falls) return tl::unexpected(Fault{*falls, Aspect::Meaning});
  return form;
}

std::optional<std::string> PostcodeForm::print(std::string_view code, std::string_view prefix, const std::string& script) const {
  const auto given = compact(code, script), lead = compact(prefix, script);
  if (!given) return std::nullopt;
  const auto takes = [](const Form& form, std::string_view text) {
    return form.size() == text.size() && std::equal(form.begin(), form.end(), text.begin(), [](const Place& place, char c) { return (place.takes >> *bit_of(c) & 1) != 0; });
  };
  std::string_view text = given->view();
  for (int attempt = 0; attempt < 2; ++attempt) {
    const auto form = std::find_if(forms_.begin(), forms_.end(), [&](const Form& each) { return takes(each, text); });
    if (form != forms_.end()) {
      if (given->own > 0 && given->foreign == 0) return std::string(code);
      std::string out(prefix);
      for (std::size_t i = 0; i < text.size(); ++i) {
        if ((*form)[i].before != '\0') out += (*form)[i].before;
        out += text[i];
      }
      return out;
    }
    if (!lead || lead->size == 0 || !text.starts_with(lead->view())) return std::nullopt;
    text.remove_prefix(lead->size);
  }
  return std::nullopt;
}

}  // namespace handout::postal
