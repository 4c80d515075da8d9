#include "rendering.h"

#include <cstdlib>
#include <fstream>

namespace handout {

namespace {

// Reading order of styled blocks, as ISO 14289-1 wants them read: labels of a picture with the picture, a row's cells by its own order.
void collect(const styled::BlockPtr& block, std::string& text);

void add_paragraph(const styled::Paragraph& paragraph, std::string& text) { text += paragraph.text + '\n'; }

struct Collector {
  std::string& text;
  void operator()(const styled::Flow& flow) const {
    for (const auto& child : flow.children) collect(child, text);
  }
  void operator()(const styled::ParagraphBlock& holder) const { add_paragraph(*holder.paragraph, text); }
  void operator()(const styled::Row& row) const {
    for (const std::size_t cell : row.reading) collect(row.cells[cell].block, text);
  }
  void operator()(const styled::ListItem& item) const {
    collect(item.label, text);
    collect(item.body, text);
  }
  void operator()(const styled::Columns& columns) const {
    for (const auto& child : columns.children) collect(child, text);
  }
  void operator()(const styled::Parallel& parallel) const {
    for (const auto& track : parallel.tracks) collect(track, text);
  }
  void operator()(const styled::Table& table) const {
    for (const auto& cell : table.cells) collect(cell.block, text);
  }
  // Labels are one text with their figure.
  void operator()(const styled::Picture& picture) const {
    for (const auto& label : picture.labels) text += label.paragraph->text;
    if (!picture.labels.empty()) text += '\n';
  }
  void operator()(const styled::Rule&) const {}
  void operator()(const styled::WriteLines&) const {}
};

void collect(const styled::BlockPtr& block, std::string& text) { std::visit(Collector{text}, block->content); }

}  // namespace

std::string comparable(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    i = c.end;
    const bool dropped = unicode::is_bidi_control(c.value) || c.value == 0x2028 || c.value == 0xFFFC;
    const bool second_end = c.value == U'\n' && (kept.empty() || kept.back() == '\n');
    if (!dropped && !second_end) kept += text.substr(c.begin, c.end - c.begin);
  }
  if (kept.ends_with('\n')) kept.pop_back();
  return kept;
}

std::string expected_text(const styled::StyledDocument& document) {
  std::string text;
  collect(document.body, text);
  return comparable(text);
}

void Rendering::SetUp() {
  std::string pattern = (std::filesystem::temp_directory_path() / "handout-rendered-XXXXXX").string();
  ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
  folder_ = pattern;
}

void Rendering::write(const std::string& name, std::string_view text) const { std::ofstream(folder_ / name, std::ios::binary) << text; }

request::Request Rendering::request(const std::string& locale) const {
  request::Request request;
  request.editions.push_back({(folder_ / "article.xml").string(), *unicode::Locale::parse(locale), request::ArticleLevel::Full});
  request.layout = (folder_ / "layout.xml").string();
  return request;
}

}  // namespace handout
