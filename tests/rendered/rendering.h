#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "inspect/inspect.h"
#include "pipeline.h"

// Whole handouts through the pipeline.
namespace handout {

inline const std::filesystem::path kSource = HANDOUT_SOURCE_DIR;
inline constexpr const char* kArticle = "knee-stem-cell-treatment";

inline Pipeline shipped() {
  Diagnostics diags;
  auto installation = find_installation(kSource, diags);
  EXPECT_TRUE(installation) << to_text(diags);
  return Pipeline(*std::move(installation));
}

// The knee handout with everything that a request may bring.
inline request::Request knee(const std::string& locale, const std::string& profile = "standard") {
  request::Request request;
  request.editions.push_back({kArticle, *unicode::Locale::parse(locale), request::ArticleLevel::Full});
  request.profile = profile;
  request.clinic = (kSource / "content/clinics/example.xml").string();
  request.recipient.emplace();
  request.recipient->name.given = "Amal";
  request.recipient->name.family = "Haddad";
  request.recipient->birth_date = unicode::parse_date("1960-02-03");
  request.date = unicode::parse_date("2026-11-22");
  request.note = "Rest it for 2 days.";
  return request;
}

// An article given as text in a folder of its own; relative names of pictures start there.
class Rendering : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& name, std::string_view text) const;
  // A request for article.xml under layout.xml.
  [[nodiscard]] request::Request request(const std::string& locale) const;

  std::filesystem::path folder_;
  Diagnostics diags_;
};

// The words of every paragraph of the body in reading order, one a line, as they must be read back: without isolates, with page fields and blanks taken out.
std::string expected_text(const styled::StyledDocument& document);
// The same without what stands in elements of this role.
std::string expected_text_without(const styled::StyledDocument& document, display::Role role);
// That of each block whose element has this role.
std::vector<std::string> expected_texts_of(const styled::StyledDocument& document, display::Role role);
// The same for text read back: line separators and what stands for objects taken out, empty lines dropped.
std::string comparable(std::string_view text);

}  // namespace handout
