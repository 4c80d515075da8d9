#include "readers.h"

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <map>
#include <span>
#include <vector>

#include "unicode/text.h"

namespace handout {

namespace {

// The file stands between the two halves of the command.
struct Program { std::string_view name, command, end, package; };

Program program(Reader reader) {
  switch (reader) {
    case Reader::PopplerStructure: return {"pdfinfo -struct-text", "pdfinfo -enc UTF-8 -struct-text", "", "poppler-utils"};
    case Reader::Mutool: return {"mutool", "mutool draw -q -F txt", " 2>/dev/null", "mupdf-tools"};
    case Reader::Pdftotext: return {"pdftotext", "pdftotext -enc UTF-8", " -", "poppler-utils"};
    case Reader::PdftotextRaw: return {"pdftotext -raw", "pdftotext -enc UTF-8 -raw", " -", "poppler-utils"};
    case Reader::PdfJs: return {"pdf.js", "node '" HANDOUT_SOURCE_DIR "/tests/rendered/pdfjs_text.mjs'", "", "nodejs, libjs-pdf"};
  }
  return {};
}

tl::expected<std::string, std::string> output_of(const std::string& command) {
  std::FILE* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return tl::unexpected<std::string>("no process could be started");
  std::string text;
  std::array<char, 1 << 16> part;
  while (const std::size_t got = std::fread(part.data(), 1, part.size(), pipe)) text.append(part.data(), got);
  const int status = ::pclose(pipe);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return tl::unexpected<std::string>(command + ": status " + std::to_string(status));
  return text;
}

// "  P (block)", "  Link (inline)", "  /Scope /Row", "  Object 12 0" and, in quotes, text. Inline elements do not part the words of their block.
std::string text_of_structure(std::string_view listing) {
  std::string text;
  bool open = false;  // inside quotes that a line end has not closed
  for (std::size_t at = 0; at < listing.size();) {
    const std::size_t end = std::min(listing.find('\n', at), listing.size());
    std::string_view line = listing.substr(at, end - at);
    at = end + 1;
    if (!open) line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (open || line.starts_with('"')) {
      if (!open) line.remove_prefix(1);
      open = !line.ends_with('"');
      text += line.substr(0, line.size() - (open ? 0 : 1));
      if (open) text += '\n';
    } else if (!line.empty() && !line.starts_with('/') && !line.starts_with("Object ") && line.find("(inline)") == std::string_view::npos) {
      text += '\n';
    }
  }
  return text;
}

bool is_left_out(char32_t c) { return c == 0x00AD || c == 0x2060 || c == 0xFFFC || unicode::is_bidi_control(c); }

std::vector<std::string_view> split(std::string_view text, Words words) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  const auto end_word = [&](std::size_t end) {
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
  };
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    i = c.end;
    if (c.value == U' ') {
      end_word(c.begin);
      begin = c.end;
    } else if (words == Words::Characters) {
      end_word(c.end);
      begin = c.end;
    }
  }
  end_word(text.size());
  return parts;
}

// Length of the longest common subsequence, 64 words of `a` at a time (Hyyrö 2004): a bit of `row` is zero where the length grows.
std::size_t common_length(std::span<const std::string_view> a, std::span<const std::string_view> b) {
  const std::size_t blocks = (a.size() + 63) / 64;
  std::map<std::string_view, std::vector<std::uint64_t>> places;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::vector<std::uint64_t>& bits = places[a[i]];
    bits.resize(blocks);
    bits[i / 64] |= std::uint64_t{1} << (i % 64);
  }
  std::vector<std::uint64_t> row(blocks, ~std::uint64_t{0});
  for (const std::string_view word : b) {
    const auto found = places.find(word);
    if (found == places.end()) continue;
    std::uint64_t carry = 0;
    for (std::size_t block = 0; block < blocks; ++block) {
      const std::uint64_t old = row[block], matched = old & found->second[block];
      const std::uint64_t sum = old + matched, with_carry = sum + carry;
      carry = sum < old || with_carry < sum ? 1 : 0;
      row[block] = with_carry | (old & ~matched);
    }
  }
  std::size_t length = 0;
  for (std::size_t i = 0; i < a.size(); ++i) length += (row[i / 64] >> (i % 64) & 1) == 0 ? 1u : 0u;
  return length;
}

std::size_t common_words(std::span<const std::string_view> a, std::span<const std::string_view> b) {
  std::map<std::string_view, std::size_t> left;
  for (const std::string_view word : b) ++left[word];
  return static_cast<std::size_t>(std::ranges::count_if(a, [&](std::string_view word) {
    const auto found = left.find(word);
    if (found == left.end() || found->second == 0) return false;
    --found->second;
    return true;
  }));
}

double percent(std::size_t part, std::size_t whole) { return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole); }

}  // namespace

std::string_view name(Reader reader) { return program(reader).name; }

tl::expected<std::string, std::string> read_with(Reader reader, const std::filesystem::path& pdf) {
  const Program reading = program(reader);
  const std::string command = std::string(reading.command) + " '" + pdf.string() + "'" + std::string(reading.end);
  auto text = output_of(command);
  if (!text) return tl::unexpected<std::string>(text.error() + "; Debian's " + std::string(reading.package) + " must be installed");
  if (const auto bad = unicode::find_invalid_utf8(*text)) return tl::unexpected<std::string>(command + ": invalid UTF-8 at byte " + std::to_string(*bad));
  return reader == Reader::PopplerStructure ? text_of_structure(*text) : *text;
}

std::string normalized(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    i = c.end;
    if (is_left_out(c.value)) continue;
    if (!unicode::is_white_space(c.value)) kept += text.substr(c.begin, c.end - c.begin);
    else if (!kept.empty() && kept.back() != ' ') kept += ' ';
  }
  if (kept.ends_with(' ')) kept.pop_back();
  return kept;
}

Words words_of(std::string_view language) {
  static constexpr std::array<std::string_view, 6> kWithoutSpaces{"zh", "ja", "th", "lo", "km", "my"};
  return std::ranges::find(kWithoutSpaces, language) == kWithoutSpaces.end() ? Words::BySpaces : Words::Characters;
}

Agreement compare(std::string_view written, std::string_view read, Words words) {
  const std::string a = normalized(written), b = normalized(read);
  const auto a_words = split(a, words), b_words = split(b, words);
  const auto a_characters = split(a, Words::Characters), b_characters = split(b, Words::Characters);
  return {percent(common_words(a_words, b_words), a_words.size()), percent(common_length(a_words, b_words), a_words.size()),
          percent(common_length(a_characters, b_characters), a_characters.size())};
}

}  // namespace handout
