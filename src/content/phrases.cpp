#include "content/article.h"

#include <fmt/format.h>

#include <algorithm>

#include "content/reader.h"
#include "content/vocabulary.h"
#include "unicode/text.h"
#include "xml/read_document.h"

namespace handout::content {
namespace {

constexpr std::uintmax_t kLargestFile = 1u << 20;

bool is_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.'; }

// A value for whatever looks like an argument: a number where the pattern computes with it, else a word. A name too many does no harm.
unicode::MessageArguments dummy_arguments(std::string_view pattern) {
  constexpr std::string_view kNumeric[] = {"plural", "selectordinal", "number", "spellout", "ordinal", "duration", "choice", "date", "time"};
  unicode::MessageArguments arguments;
  for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
    std::size_t end = open + 1;
    const auto skip_spaces = [&] { while (end < pattern.size() && is_blank(pattern.substr(end, 1))) ++end; };
    const auto word = [&] {
      skip_spaces();
      const std::size_t begin = end;
      while (end < pattern.size() && is_name(pattern[end])) ++end;
      return std::string(pattern.substr(begin, end - begin));
    };
    std::string name = word();
    skip_spaces();
    if (name.empty() || end >= pattern.size() || (pattern[end] != ',' && pattern[end] != '}')) continue;
    std::string type;
    if (pattern[end] == ',') {
      ++end;
      type = word();
    }
    const bool numeric = std::find(std::begin(kNumeric), std::end(kNumeric), type) != std::end(kNumeric);
    if (numeric) arguments.insert_or_assign(std::move(name), std::int64_t{1});
    else arguments.try_emplace(std::move(name), std::string("x"));
  }
  return arguments;
}

std::string words_of(const xml::Element& element) {
  std::string text;
  for (const xml::Node& node : element.children) {
    if (node.text()) text += node.text()->text;
  }
  text = unicode::collapse_white_space(text);
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') + 1 - first);
}

void read_phrase(const xml::Element& element, Phrases& phrases, Diagnostics& diags) {
  const std::string id = text_of(element, "id");
  const std::string pattern = words_of(element);
  if (pattern.empty()) {
    diags.error(element.at, fmt::format("phrase '{}' has no words", id)).meaning();
    return;
  }
  std::string reason;
  if (!unicode::format_message(pattern, dummy_arguments(pattern), phrases.locale, &reason)) {
    diags.error(element.at, fmt::format("phrase '{}' is not a MessageFormat pattern: {}", id, reason)).hint("arguments are {name}; write '{' for a brace itself").meaning();
  }
  phrases.patterns.try_emplace(id, pattern);
}

Result<Phrases> read_document(const std::filesystem::path& path, Diagnostics& diags) {
  const auto document = xml::read_document(path, phrases_vocabulary(), kLargestFile, diags);
  if (!document) return tl::unexpected(Failure{});
  const xml::Element& root = document->root;
  Phrases phrases;
  phrases.locale = read_language(root, diags);
  phrases.status = root.value("status") == "reviewed" ? Status::Reviewed : Status::Draft;
  phrases.at = root.at;
  for (const xml::Element* element : children(root, "phrase")) read_phrase(*element, phrases, diags);
  if (const auto named = Locale::parse(path.stem().string()); named && !(*named == phrases.locale)) {
    diags.error(root.at, fmt::format("the file is named for '{}', but its xml:lang is '{}'", named->tag(), phrases.locale.tag())).meaning();
  }
  if (!document->valid || diags.has_errors()) return tl::unexpected(Failure{});
  return phrases;
}

}  // namespace

Result<Phrases> read_phrases(const std::filesystem::path& path, Diagnostics& diags) {
  Diagnostics document;
  auto phrases = read_document(path, document);
  append(document, diags);
  return phrases;
}

}  // namespace handout::content
