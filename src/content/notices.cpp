#include "content/article.h"

#include <fmt/format.h>

#include <map>

#include "base/files.h"
#include "content/reader.h"
#include "content/vocabulary.h"

namespace handout::content {
namespace {

constexpr std::uintmax_t kLargestFile = 1u << 20;

void read_text(const xml::Element& element, Notice& notice, std::map<std::string, Span>& languages, Diagnostics& diags) {
  NoticeText text;
  text.language = read_language(element, diags);
  text.at = element.at;
  Scope scope{diags, text.language, known_fields({}), {}, {}, {}, {}};
  text.content = read_inlines(element, scope);
  if (is_blank(text.content)) diags.error(element.at, "<text> has no words").meaning();
  const auto [first, is_new] = languages.try_emplace(text.language.tag(), text.at);
  if (!is_new && Locale::parse(element.value("xml:lang"))) {
    diags.error(value_at(element, "xml:lang"), fmt::format("the notice is given twice in '{}'", text.language.tag())).hint(fmt::format("first at {}", to_text(first->second))).meaning();
  }
  notice.texts.push_back(std::move(text));
}

Result<Notice> read_document(const std::filesystem::path& path, Diagnostics& diags) {
  const std::string shown = path.generic_string();
  const auto bytes = read_file(path, Span::of_file(shown), kLargestFile, diags);
  if (!bytes) return tl::unexpected(Failure{});
  const auto root = xml::parse(*bytes, shown, diags);
  if (!root) return tl::unexpected(Failure{});
  const bool valid = xml::validate(*root, notice_vocabulary(), diags);
  if (root->name != "notice") return tl::unexpected(Failure{});
  Notice notice;
  notice.id = read_name(*root, diags);
  std::map<std::string, Span> languages;
  for (const xml::Element* element : children(*root, "text")) read_text(*element, notice, languages, diags);
  if (!valid || diags.has_errors()) return tl::unexpected(Failure{});
  return notice;
}

}  // namespace

Result<Notice> read_notice(const std::filesystem::path& path, Diagnostics& diags) {
  Diagnostics document;
  auto notice = read_document(path, document);
  append(document, diags);
  return notice;
}

}  // namespace handout::content
