#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "content/article.h"
#include "merge/merge.h"

namespace handout::batch {

// Whose fault it is that a handout can't be made. When it can't be made for anybody either - a short name, an address of three lines, for each field a value of its type, whatever texts are tried - the mailing is at
// fault, not the row.
class Anybody {
 public:
  // `declared`: the fields that the articles know. `mailing`: where it begins, for messages.
  Anybody(std::vector<content::FieldDef> declared, Span mailing) : declared_(std::move(declared)), mailing_(std::move(mailing)) {}

  // What is wrong with the mailing; nothing: the row is at fault. Tried once for each article, language, layout and profile, with the first `test`; any thread may ask.
  std::optional<Diagnostics> fault_of_mailing(const request::Request& request, merge::Merger& merger, const merge::Merger::Test& test);

  // Others who could be meant, one for each text that is tried.
  [[nodiscard]] std::vector<request::Request> in_place_of(const request::Request& request) const;

 private:
  // With this text for every field of that type; without one, no field has a value but what is required.
  [[nodiscard]] request::Request in_place_of(const request::Request& request, std::string_view text) const;
  [[nodiscard]] std::string value_of(std::string_view field, std::string_view text) const;

  std::vector<content::FieldDef> declared_;
  Span mailing_;
  std::mutex mutex_;
  std::map<std::string, std::optional<Diagnostics>> tried_;
};

}  // namespace handout::batch
