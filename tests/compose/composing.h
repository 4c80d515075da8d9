#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "compose/compose.h"

// Composes small articles and layouts that are written inline.
namespace handout::compose {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

inline constexpr std::string_view kIsolate = "\u2068", kLeftIsolate = "\u2066", kRightIsolate = "\u2067", kPop = "\u2069", kObject = "\uFFFC", kSeparator = "\u2028";

// The text of a value between first-strong isolates, as compose writes it.
inline std::string isolated(std::string_view text) { return std::string(kIsolate) + std::string(text) + std::string(kPop); }

// Every block, in reading order.
inline void walk(const styled::BlockPtr& block, std::vector<styled::BlockPtr>& all) {
  if (!block) return;
  all.push_back(block);
  struct Visitor {
    std::vector<styled::BlockPtr>& all;
    void operator()(const styled::Flow& flow) const {
      for (const auto& child : flow.children) walk(child, all);
    }
    void operator()(const styled::Row& row) const {
      for (const std::size_t cell : row.reading) walk(row.cells[cell].block, all);
    }
    void operator()(const styled::ListItem& item) const {
      walk(item.label, all);
      walk(item.body, all);
    }
    void operator()(const styled::Table& table) const {
      for (const auto& cell : table.cells) walk(cell.block, all);
    }
    void operator()(const styled::ParagraphBlock&) const {}
    void operator()(const styled::Picture&) const {}
    void operator()(const styled::Rule&) const {}
    void operator()(const styled::WriteLines&) const {}
  };
  std::visit(Visitor{all}, block->content);
}

class Composing : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "handout-compose-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    auto phrases = std::make_shared<content::Phrases>();
    phrases->patterns = {{"page-of", "Page {page} of {pages}"}, {"printed", "Printed {date}"}, {"unverified", "not checked"}, {"urgent", "Get help now"}, {"note", "Please note"}, {"warning", "Take care"}, {"tip", "Good to know"}};
    phrases_ = {phrases};
    layout("<body><slot select=\"*\"/></body>");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // `body` begins on line 3, `head` (declarations) on line 2.
  void article(std::string_view body, std::string_view language = "en", std::string_view head = "") {
    const std::string text = "<article id=\"a\" xml:lang=\"" + std::string(language) + "\" version=\"1\" status=\"draft\">\n" + std::string(head) + "<title id=\"t\">Title</title>\n" + std::string(body) + "\n</article>";
    auto read = content::parse_article(text, "a.xml", folder_, diags_);
    ASSERT_TRUE(read) << told();
    article_ = std::make_shared<const content::Article>(*std::move(read));
  }
  void layout(std::string_view inside) {
    auto read = layouts::parse_layout("<layout id=\"l\" title=\"L\">" + std::string(inside) + "</layout>", "l.xml", folder_, diags_);
    ASSERT_TRUE(read) << told();
    layout_ = std::make_shared<const layouts::LayoutDefinition>(*std::move(read));
  }
  void styles(std::string_view rules) { layout(std::string(rules) + "<body><slot select=\"*\"/></body>"); }

  Result<styled::StyledDocument> try_compose() {
    if (request_.editions.empty()) request_.editions.push_back({"a.xml", article_->locale, level_});
    Sources sources{{article_}, layout_, {phrases_}, notices_, clinic_};
    return handout::compose::compose(request_, sources, {pictures_}, diags_);
  }
  // The document, which must come out, with its blocks in `blocks_`.
  void compose() {
    auto composed = try_compose();
    ASSERT_TRUE(composed) << told();
    document_ = *std::move(composed);
    blocks_.clear();
    walk(document_.body, blocks_);
  }
  // What is told about a document that must not come out.
  std::string refusal() {
    EXPECT_FALSE(try_compose());
    return told();
  }
  [[nodiscard]] std::string told() const { return to_text(diags_); }

  [[nodiscard]] styled::BlockPtr find(std::string_view name) const {
    for (const auto& block : blocks_) {
      if (block->name == name) return block;
    }
    ADD_FAILURE() << "no block " << name << " in\n" << styled::dump(document_);
    return blocks_.front();
  }
  [[nodiscard]] const styled::Paragraph& paragraph(std::string_view name) const { return *std::get<styled::ParagraphBlock>(find(name)->content).paragraph; }
  // The texts of all paragraphs in reading order.
  [[nodiscard]] std::vector<std::string> texts() const {
    std::vector<std::string> result;
    for (const auto& block : blocks_) {
      if (const auto* holder = std::get_if<styled::ParagraphBlock>(&block->content)) result.push_back(holder->paragraph->text);
    }
    return result;
  }
  [[nodiscard]] static std::string run_text(const styled::Paragraph& paragraph, std::size_t run) { return paragraph.text.substr(paragraph.runs.at(run).begin, paragraph.runs.at(run).end - paragraph.runs.at(run).begin); }
  void write(const std::string& name, std::string_view text) const { std::ofstream(folder_ / name, std::ios::binary) << text; }

  std::filesystem::path folder_;
  Diagnostics diags_;
  Pictures pictures_;
  request::Request request_;
  request::ArticleLevel level_ = request::ArticleLevel::Full;
  std::shared_ptr<const content::Article> article_;
  std::shared_ptr<const layouts::LayoutDefinition> layout_;
  std::vector<std::shared_ptr<const content::Phrases>> phrases_;
  std::map<std::string, std::shared_ptr<const content::Notice>> notices_;
  std::shared_ptr<request::Clinic> clinic_;
  styled::StyledDocument document_;
  std::vector<styled::BlockPtr> blocks_;
};

}  // namespace handout::compose
