#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "compose/compose.h"
#include "compose/dependence.h"

// What the fields of a handout say: the recipient's, the clinic's, the article's and those declared by it.
namespace handout::compose {

struct FieldValue {
  std::string text;   // as it is printed, sanitized
  std::string raw;    // as it was given: dates as YYYY-MM-DD, numbers plain
  content::FieldType type = content::FieldType::Text;
  display::TextSource source = display::TextSource::Fixed;
  std::vector<std::string> lines{};  // of an address, sanitized; of anything else none
};

// Which edition is printed: its id, how much of the article, and which of the request's it is.
struct Printed { std::string edition; request::ArticleLevel level = request::ArticleLevel::Full; std::size_t index = 0; };

class Fields {
 public:
  // Checks the request's own fields: wrong types and missing required ones of those that this article declares are faults, and so are names that no article of the request declares, told with its first one.
  Fields(const request::Request& request, const Sources& sources, const content::Article& article, const Printed& printed, Diagnostics& diags);
  // What is the same for every recipient: the clinic's, the article's.
  Fields(const Sources& sources, const content::Article& article, const Printed& printed);
  // The recipient's beside those, which outlive them and are not changed: `dates` are of the article's locale, and the caller's own.
  Fields(const Fields& same, std::shared_ptr<unicode::DateFormatter> dates, const request::Request& request, const content::Article& article, Diagnostics& diags);

  // Nothing when the field has no value. What is found is printed; who uses it for more says so with whole().
  [[nodiscard]] const FieldValue* find(std::string_view name) const;
  [[nodiscard]] const FieldValue* whole(std::string_view name) const;
  // The value with its lines.
  [[nodiscard]] const FieldValue* lines(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
  // The plural category of a number (CLDR); "other" without a value.
  [[nodiscard]] std::string plural(std::string_view name) const;
  // Warns of fields in the layout's body and page bands that neither the program nor the article knows: they would print as blanks.
  void check_layout(const layouts::LayoutDefinition& layout, const content::Article& article, Diagnostics& diags) const;
  [[nodiscard]] std::string format(const FieldValue& value, content::FieldFormat format) const;
  [[nodiscard]] bool holds(const content::Condition& condition) const;
  // A field without a value is not what it is compared with, nor less, nor more.
  [[nodiscard]] bool holds(const layouts::Test& test) const;

  // From now on what is asked is noted, with its answer.
  void note_in(Dependence* dependence) { dependence_ = dependence; }
  // The same questions, not noted.
  [[nodiscard]] const FieldValue* peek(std::string_view name) const;
  [[nodiscard]] std::string category(std::string_view name) const;
  [[nodiscard]] bool answers(const content::Condition& condition) const;
  [[nodiscard]] bool answers(const layouts::Test& test) const;

 private:
  void note(decltype(Decision::what) what) const;
  void set_lines(std::string_view name, const std::vector<std::string>& lines, display::TextSource source);
  void set(std::string_view name, std::string_view text, display::TextSource source);
  void set_date(std::string_view name, std::optional<unicode::Date> date, display::TextSource source);
  void add_request(const request::Request& request, const content::Article& article, Diagnostics& diags);
  void add_recipient(const request::Recipient& recipient);
  void add_clinic(const request::Clinic& clinic);
  void add_article(const content::Article& article, request::ArticleLevel level);
  void check_names(const request::Request& request, Diagnostics& diags) const;
  void add_declared(const request::Request& request, const content::Article& article, Diagnostics& diags);

  void check_marks(const request::Request& request, Diagnostics& diags) const;

  unicode::Locale locale_;
  std::shared_ptr<unicode::DateFormatter> dates_;
  std::size_t edition_;
  const Fields* same_ = nullptr;
  std::vector<std::string> known_;  // that any article of the request declares, and the program's; of `same_`, where it is given
  Dependence* dependence_ = nullptr;
  mutable std::map<std::string, FieldValue, std::less<>> values_;  // dates get their text when they are asked for; those of `same_` stay as they are
};

}  // namespace handout::compose
