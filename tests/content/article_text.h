#pragma once

#include <string>
#include <string_view>

#include "base/diagnostics.h"
#include "content/article.h"

namespace handout::content {

// An article around `body`, which begins on line 3. `attributes` stand on line 1 after the required ones.
inline std::string article_text(std::string_view body, std::string_view attributes = "") {
  return std::string("<article id=\"a\" xml:lang=\"en\" version=\"1\" status=\"draft\"") + std::string(attributes) + ">\n<title id=\"t\">T</title>\n" + std::string(body) + "\n</article>\n";
}

// With declarations (line 2) before the title.
inline std::string declared_text(std::string_view declarations, std::string_view body) {
  return "<article id=\"a\" xml:lang=\"en\" version=\"1\" status=\"draft\">\n" + std::string(declarations) + "<title id=\"t\">T</title>\n" + std::string(body) + "\n</article>\n";
}

struct Reading {
  Result<Article> article;
  std::string messages;
};

inline Reading read_text(std::string_view xml, const std::filesystem::path& folder = {}) {
  Diagnostics diags;
  auto article = parse_article(xml, "a.xml", folder, diags);
  return {std::move(article), to_text(diags)};
}

// What is told about an article with this body.
inline std::string faults(std::string_view body, std::string_view attributes = "") { return read_text(article_text(body, attributes)).messages; }

}  // namespace handout::content
