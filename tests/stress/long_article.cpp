#include "stress/long_article.h"

#include <fmt/format.h>

#include <functional>

#include "stress/generated_article.h"

namespace handout::stress {
namespace {

std::string repeated(std::size_t count, const std::function<std::string(std::size_t)>& one) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += one(i);
  return all;
}

std::string table(const std::string& rows) {
  return "<table id=\"t\"><thead><tr><th id=\"h1\">Number</th><th id=\"h2\">What it is</th><th id=\"h3\">More</th></tr></thead><tbody>\n" + rows + "</tbody></table>\n";
}

std::string row(std::size_t i) {
  return fmt::format("<tr><th id=\"n{0}\">{0}</th><td id=\"w{0}\">what row {0} is about</td><td id=\"m{0}\">more about {0}: words that may take a second line of their cell</td></tr>\n", i);
}

// A cell over three rows, one over two beside it.
std::string spanned_row(std::size_t i) {
  if (i % 3 == 0) return fmt::format("<tr><th id=\"n{0}\" rowspan=\"3\">{0}</th><td id=\"w{0}\">row {0}</td><td id=\"m{0}\" rowspan=\"2\">more about {0} and the next one</td></tr>\n", i);
  if (i % 3 == 1) return fmt::format("<tr><td id=\"w{0}\">row {0}</td></tr>\n", i);
  return fmt::format("<tr><td id=\"w{0}\">row {0}</td><td id=\"m{0}\">more about {0}</td></tr>\n", i);
}

// Spans that overlap from the first row to the last, so that no two rows can be told apart.
std::string chained_row(std::size_t i, std::size_t last) {
  const std::string span = i == last ? "" : " rowspan=\"2\"";
  const std::string first = i % 2 == 0 ? fmt::format("<th id=\"n{0}\"{1}>{0}</th>", i, span) : "";
  const std::string second = i == 0 ? "<td id=\"w0\">row 0</td>" : i % 2 == 1 ? fmt::format("<td id=\"w{0}\"{1}>row {0}</td>", i, span) : "";
  return fmt::format("<tr>{1}{2}<td id=\"m{0}\">more about {0}</td></tr>\n", i, first, second);
}

std::string body(LongContent content, std::size_t count) {
  switch (content) {
    case LongContent::Paragraphs: return repeated(count, [](std::size_t i) { return fmt::format("<p id=\"p{0}\">Paragraph {0} says something of its own, long enough for a second line of the page, which is number {0}.</p>\n", i); });
    case LongContent::Sections: return repeated(count, [](std::size_t i) { return fmt::format("<section id=\"s{0}\"><title id=\"s{0}-t\">Section {0}</title><p id=\"p{0}\">What it says, in words that are number {0}.</p></section>\n", i); });
    case LongContent::List: return "<ol id=\"l\">" + repeated(count, [](std::size_t i) { return fmt::format("<li id=\"i{0}\">item {0} of the list</li>\n", i); }) + "</ol>";
    case LongContent::Table: return table(repeated(count, row));
    case LongContent::SpannedTable: return table(repeated(count - count % 3, spanned_row));
    case LongContent::ChainedTable: return table(repeated(count, [count](std::size_t i) { return chained_row(i, count - 1); }));
    case LongContent::Figures:
      return repeated(count, [](std::size_t i) { return fmt::format("<figure id=\"f{0}\" src=\"picture.svg\" alt=\"picture {0}\"><figcaption id=\"c{0}\">Caption {0}</figcaption></figure>\n", i); });
    case LongContent::Mixed: break;
  }
  return {};
}

}  // namespace

std::string long_article(LongContent content, std::size_t count) {
  if (content == LongContent::Mixed) {
    Draws draws(5);
    return generated_article(draws, {"en", count, true});
  }
  return "<article id=\"long\" xml:lang=\"en\" version=\"1\" status=\"draft\"><title id=\"title\">Long</title>\n" + body(content, count) + "</article>\n";
}

}  // namespace handout::stress
