#include "rendering.h"

#include <cstdlib>
#include <fstream>

namespace handout {

namespace {

// Reading order of styled blocks, as ISO 14289-1 wants them read: labels of a picture with the picture, a row's cells by its own order.
struct Reading {
  std::string text;
  display::Role without = display::Role::None;     // not read
  display::Role each = display::Role::None;        // what is read of these is put into `texts` as well
  std::vector<std::string> texts;
};
void collect(const styled::BlockPtr& block, Reading& reading);

void add_paragraph(const styled::Paragraph& paragraph, Reading& reading) { reading.text += paragraph.text + '\n'; }

struct Collector {
  Reading& reading;
  void operator()(const styled::Flow& flow) const {
    for (const auto& child : flow.children) collect(child, reading);
  }
  void operator()(const styled::ParagraphBlock& holder) const { add_paragraph(*holder.paragraph, reading); }
  void operator()(const styled::Row& row) const {
    for (const std::size_t cell : row.reading) collect(row.cells[cell].block, reading);
  }
  void operator()(const styled::ListItem& item) const {
    collect(item.label, reading);
    collect(item.body, reading);
  }
  void operator()(const styled::Columns& columns) const {
    for (const auto& child : columns.children) collect(child, reading);
  }
  void operator()(const styled::Parallel& parallel) const {
    for (const auto& track : parallel.tracks) collect(track, reading);
  }
  void operator()(const styled::Table& table) const {
    for (const auto& cell : table.cells) collect(cell.block, reading);
  }
  // Labels are one text with their figure.
  void operator()(const styled::Picture& picture) const {
    for (const auto& label : picture.labels) reading.text += label.paragraph->text;
    if (!picture.labels.empty()) reading.text += '\n';
  }
  void operator()(const styled::Rule&) const {}
  void operator()(const styled::WriteLines&) const {}
};

display::Role role_of(const styled::Block& block) {
  const auto* paragraph = std::get_if<styled::ParagraphBlock>(&block.content);
  return block.element.role == display::Role::None && paragraph != nullptr && !paragraph->paragraph->elements.empty() ? paragraph->paragraph->elements.front().info.role : block.element.role;
}

void collect(const styled::BlockPtr& block, Reading& reading) {
  const display::Role role = role_of(*block);
  if (role != display::Role::None && role == reading.without) return;
  const std::size_t before = reading.text.size();
  std::visit(Collector{reading}, block->content);
  if (role != display::Role::None && role == reading.each) reading.texts.push_back(comparable(std::string_view(reading.text).substr(before)));
}

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
  return expected_text_without(document, display::Role::None);
}

std::string expected_text_without(const styled::StyledDocument& document, display::Role role) {
  Reading reading{{}, role, {}, {}};
  collect(document.body, reading);
  return comparable(reading.text);
}

std::vector<std::string> expected_texts_of(const styled::StyledDocument& document, display::Role role) {
  Reading reading{{}, {}, role, {}};
  collect(document.body, reading);
  return reading.texts;
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
