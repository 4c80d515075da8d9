#include "batch/report_article.h"

#include <fmt/format.h>

namespace handout::batch {

namespace {

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') result += "&amp;";
    else if (c == '<') result += "&lt;";
    else if (c == '>') result += "&gt;";
    else if (c == '"') result += "&quot;";
    // No character that XML has not (XML 1.0, 2.2).
    else if (static_cast<unsigned char>(c) < 0x20) result += ' ';
    else result += c;
  }
  return result;
}

}  // namespace

ArticleText::ArticleText(std::string_view id, std::string_view version, std::string_view title, std::string_view summary) {
  text_ = fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<article id=\"{}\" xml:lang=\"en\" version=\"{}\" status=\"draft\">\n  <title id=\"title\">{}</title>\n  <summary id=\"summary\">{}</summary>\n", id, escaped(version), escaped(title), escaped(summary));
}

std::string ArticleText::next_id() { return fmt::format("b{}", ++ids_); }

void ArticleText::begin_section(std::string_view title) {
  const std::string section = next_id(), own = next_id();
  text_ += fmt::format("  <section id=\"{}\">\n    <title id=\"{}\">{}</title>\n", section, own, escaped(title));
}

void ArticleText::end_section() { text_ += "  </section>\n"; }

void ArticleText::add_paragraph(std::string_view words) { text_ += fmt::format("    <p id=\"{}\">{}</p>\n", next_id(), escaped(words)); }

void ArticleText::add_table(std::string_view caption, const std::vector<Heading>& headings, const std::vector<std::vector<std::string>>& rows) {
  const auto class_of = [&](std::size_t column) { return headings[column].kind == Column::Number ? " class=\"number\"" : ""; };
  text_ += fmt::format("    <table id=\"{}\">\n", next_id());
  if (!caption.empty()) text_ += fmt::format("      <caption id=\"{}\">{}</caption>\n", next_id(), escaped(caption));
  text_ += "      <thead><tr>";
  for (std::size_t i = 0; i < headings.size(); ++i) text_ += fmt::format("<th id=\"{}\"{}>{}</th>", next_id(), class_of(i), escaped(headings[i].words));
  text_ += "</tr></thead>\n      <tbody>\n";
  for (const auto& row : rows) {
    text_ += "        <tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      const char* element = i == 0 ? "th" : "td";
      text_ += fmt::format("<{} id=\"{}\"{}{}>{}</{}>", element, next_id(), i == 0 ? " scope=\"row\"" : "", class_of(i), escaped(row[i]), element);
    }
    text_ += "</tr>\n";
  }
  text_ += "      </tbody>\n    </table>\n";
}

void ArticleText::add_plot(const Plot& plot, std::string_view file, std::string_view caption, std::string_view style) {
  text_ += fmt::format("    <figure id=\"{}\"{} src=\"{}\" alt=\"{}\">\n      <figcaption id=\"{}\">{}</figcaption>\n", next_id(), style.empty() ? "" : fmt::format(" class=\"{}\"", style), escaped(file), escaped(plot.in_words), next_id(), escaped(caption));
  for (const Plot::Label& each : plot.labels) text_ += fmt::format("      <label for=\"{}\" id=\"{}\">{}</label>\n", each.id, next_id(), escaped(each.words));
  text_ += "    </figure>\n";
}

std::string ArticleText::take() { return text_ + "</article>\n"; }

}  // namespace handout::batch
