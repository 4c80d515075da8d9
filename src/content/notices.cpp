#include "content/article.h"

#include <fmt/format.h>

#include <map>

#include "content/reader.h"
#include "content/vocabulary.h"
#include "xml/read_document.h"

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
  const auto document = xml::read_document(path, notice_vocabulary(), kLargestFile, diags);
  if (!document) return tl::unexpected(Failure{});
  const xml::Element& root = document->root;
  Notice notice;
  notice.id = read_name(root, diags);
  std::map<std::string, Span> languages;
  for (const xml::Element* element : children(root, "text")) read_text(*element, notice, languages, diags);
  if (!document->valid || diags.has_errors()) return tl::unexpected(Failure{});
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
