#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "batch/people.h"
#include "batch/snapshot.h"
#include "mailings/mailing.h"
#include "pipeline.h"

namespace handout::batch {

// What is asked for a recipient, and the language that was taken in place of the first of theirs ("ht -> en"), or "".
struct Wanted {
  request::Request request;
  std::string fallback;
  std::vector<std::pair<std::string, std::string>> of_mailing{};  // values of fields that no article has: files may be named by them
};

// The languages of a handout as one word, "es" or "es+en": this one beside those that are there.
void add_locale(std::string& locales, const unicode::Locale& locale);

// Mailing + person -> request: the locale, the profile, the fields. One thread.
class RequestMaker {
 public:
  // `list`: the name of the recipients' list in messages.
  // A value of the mailing that an article doesn't take is a fault at its place.
  static Result<RequestMaker> make(const mailings::Mailing& mailing, const Snapshot& snapshot, const std::filesystem::path& root, const std::string& list, Pipeline& pipeline, Diagnostics& diags);

  // The fields that the articles declare.
  [[nodiscard]] const std::vector<content::FieldDef>& declared() const { return declared_; }

  // Refused: no language and no fallback, a value that is missing or of another type.
  std::variant<Wanted, Refused> request_for(Somebody somebody);
  // The languages that it is printed in, "es" or "es+en"; "": none.
  [[nodiscard]] std::string locales_for(const request::Recipient& recipient);

 private:
  RequestMaker(const mailings::Mailing& mailing, Pipeline& pipeline) : mailing_(mailing), pipeline_(pipeline) {}
  [[nodiscard]] std::optional<unicode::Locale> nearest(const std::vector<unicode::Locale>& wanted) const;
  // By the tags that recipients ask for.
  struct Choice { std::optional<unicode::Locale> locale; std::string fallback; };
  const Choice& choose(const request::Recipient& recipient);
  Result<std::monostate> read_declared(const content::ArticleEntry& entry, Diagnostics& diags);
  void check_own_value(const content::FieldDef& declared, Diagnostics& diags);
  void find_fields_of_mailing(Diagnostics& diags);
  std::optional<Refused> set_fields(const Somebody& somebody, Wanted& wanted) const;

  const mailings::Mailing& mailing_;
  Pipeline& pipeline_;
  request::Request common_;                              // all but locales, recipient and values
  std::vector<std::vector<unicode::Locale>> available_;  // of each article
  std::vector<content::FieldDef> declared_;
  std::set<std::string, std::less<>> of_mailing_;         // fields that no article declares: to choose, to sort or to name files by
  std::set<std::string, std::less<>> wrong_;              // fields whose value in the mailing is none
  std::map<std::string, Choice> choices_;
};

}  // namespace handout::batch
