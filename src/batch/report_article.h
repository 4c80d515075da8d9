#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "batch/plots.h"

namespace handout::batch {

// An article in English, made block by block; words are escaped.
class ArticleText {
 public:
  ArticleText(std::string_view id, std::string_view version, std::string_view title, std::string_view summary);
  void begin_section(std::string_view title);
  void end_section();
  void add_paragraph(std::string_view words);
  // The first column heads its row; the others are numbers where `numbers` says so, by column.
  enum class Column : std::uint8_t { Words, Number };
  struct Heading { std::string words; Column kind = Column::Words; };
  void add_table(std::string_view caption, const std::vector<Heading>& headings, const std::vector<std::vector<std::string>>& rows);
  // `file`: where the drawing is, beside the article. `style`: a class that the layout knows.
  void add_plot(const Plot& plot, std::string_view file, std::string_view caption, std::string_view style = {});
  [[nodiscard]] std::string take();

 private:
  std::string next_id();
  std::string text_;
  std::size_t ids_ = 0;
};

}  // namespace handout::batch
