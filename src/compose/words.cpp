// Words of paragraphs for what is no page: what a file says of itself, bookmarks, what links say.
#include "compose/composer.h"
#include "unicode/text.h"

namespace handout::compose {

content::Inlines without_links(const content::Inlines& content) {
  content::Inlines words;
  for (const content::Inline& each : content) {
    if (std::holds_alternative<content::Cite>(each.what)) continue;
    if (const auto* link = std::get_if<content::Link>(&each.what)) {
      for (content::Inline& inner : without_links(link->content)) words.push_back(std::move(inner));
      continue;
    }
    content::Inline copy = each;
    if (auto* emphasized = std::get_if<content::Emphasized>(&copy.what)) emphasized->content = without_links(emphasized->content);
    if (auto* foreign = std::get_if<content::Foreign>(&copy.what)) foreign->content = without_links(foreign->content);
    if (auto* quote = std::get_if<content::Quote>(&copy.what)) quote->content = without_links(quote->content);
    if (auto* choose = std::get_if<content::Choose>(&copy.what)) {
      for (content::When& when : choose->branches) when.content = without_links(when.content);
      choose->otherwise = without_links(choose->otherwise);
    }
    if (auto* plural = std::get_if<content::Plural>(&copy.what)) {
      for (auto& [category, inner] : plural->cases) inner = without_links(inner);
    }
    words.push_back(std::move(copy));
  }
  return words;
}

std::string words_of(const styled::Paragraph& paragraph) {
  constexpr char32_t kObject = 0xFFFC, kLineEnd = 0x2028;
  const std::string_view text = paragraph.text;
  std::string words;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    i = c.end;
    if (unicode::is_bidi_control(c.value) || c.value == kObject || c.value == kLineEnd) continue;
    // Round a blank for a value that is not there two would meet.
    if (c.value == ' ' && (words.empty() || words.ends_with(' '))) continue;
    words += text.substr(c.begin, c.end - c.begin);
  }
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

std::shared_ptr<const styled::Paragraph> Composer::words(const content::Inlines& content, const Scope& scope) const {
  TextBuilder builder(*this, scope, {});
  builder.add_inlines(without_links(content), scope);
  return builder.finish_paragraph();
}

std::string Composer::read(const styled::Paragraph& paragraph) const {
  static_cast<void>(text_of(paragraph));
  return words_of(paragraph);
}

}  // namespace handout::compose
