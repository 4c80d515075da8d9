#include "compose/dependence.h"

#include <algorithm>

#include "base/expects.h"
#include "compose/fields.h"
#include "compose/left_to_right.h"

namespace handout::compose {

namespace {

constexpr std::string_view kFirstStrongIsolate = "\u2068", kPopIsolate = "\u2069";

bool is_same(const content::Condition& a, const content::Condition& b) { return a.field == b.field && a.is == b.is && a.is_not == b.is_not; }
bool is_same(const layouts::Test& a, const layouts::Test& b) { return a.field == b.field && a.relation == b.relation && a.value == b.value; }
template <typename T>
bool is_same(const T& a, const T& b) { return a == b; }

bool asks_the_same(const Decision& a, const Decision& b) {
  return a.edition == b.edition && a.what.index() == b.what.index() && std::visit([&](const auto& what) { return is_same(what, std::get<std::decay_t<decltype(what)>>(b.what)); }, a.what);
}

struct Answer {
  const Fields& fields;
  std::string operator()(const HasValue& asked) const { return fields.peek(asked.field) != nullptr ? "yes" : "no"; }
  std::string operator()(const LineCount& asked) const {
    const FieldValue* value = fields.peek(asked.field);
    return value != nullptr ? std::to_string(value->lines.size()) : "";
  }
  std::string operator()(const PluralOf& asked) const { return fields.category(asked.field); }
  std::string operator()(const WholeValue& asked) const {
    const FieldValue* value = fields.peek(asked.field);
    return value != nullptr ? value->raw + '\0' + value->text : "";
  }
  std::string operator()(const content::Condition& condition) const { return fields.answers(condition) ? "yes" : "no"; }
  std::string operator()(const layouts::Test& test) const { return fields.answers(test) ? "yes" : "no"; }
};

std::string text_of(const ValuePlace& place, const Fields& fields) {
  const FieldValue* value = fields.peek(place.field);
  EXPECTS(value != nullptr);
  return isolated_value(printed(fields, *value, place.format, place.line), place.language);
}

// Offsets of the old text in the new one. Those inside a value are never asked for.
class Moved {
 public:
  explicit Moved(const std::vector<ValuePlace>& places) : places_(places) {}
  void add(std::size_t new_end) { ends_.push_back(new_end); }
  [[nodiscard]] std::size_t operator()(std::size_t offset) const {
    // The last place that ends at or before it.
    std::size_t count = 0;
    while (count < ends_.size() && places_[count].end <= offset) ++count;
    return count == 0 ? offset : offset - places_[count - 1].end + ends_[count - 1];
  }

 private:
  const std::vector<ValuePlace>& places_;
  std::vector<std::size_t> ends_;
};

}  // namespace

void Dependence::note(Decision decision) {
  if (std::none_of(decisions.begin(), decisions.end(), [&](const Decision& known) { return asks_the_same(known, decision); })) decisions.push_back(std::move(decision));
}

void Dependence::note_read(const styled::Paragraph& paragraph, const Fields& fields) {
  const auto found = std::find_if(paragraphs.begin(), paragraphs.end(), [&](const ValueParagraph& each) { return each.paragraph.get() == &paragraph; });
  if (found == paragraphs.end()) return;
  for (const ValuePlace& place : found->places) {
    Decision decision{WholeValue{place.field}, place.edition, {}};
    decision.answer = answer_to(decision, fields);
    note(std::move(decision));
  }
}

std::string answer_to(const Decision& decision, const Fields& fields) { return std::visit(Answer{fields}, decision.what); }

bool decides_alike(const Dependence& dependence, std::span<const Fields* const> editions) {
  return std::all_of(dependence.decisions.begin(), dependence.decisions.end(), [&](const Decision& decision) { return answer_to(decision, *editions[decision.edition]) == decision.answer; });
}

std::shared_ptr<const styled::Paragraph> with_values(const ValueParagraph& from, std::span<const Fields* const> editions) {
  auto made = std::make_shared<styled::Paragraph>(*from.paragraph);
  const std::string& old = from.paragraph->text;
  made->text.clear();
  Moved moved(from.places);
  std::size_t copied = 0;
  for (const ValuePlace& place : from.places) {
    made->text.append(old, copied, place.begin - copied);
    made->text += text_of(place, *editions[place.edition]);
    moved.add(made->text.size());
    copied = place.end;
  }
  made->text.append(old, copied);
  for (styled::TextRun& run : made->runs) {
    run.begin = moved(run.begin);
    run.end = moved(run.end);
  }
  for (styled::PageField& field : made->page_fields) field.offset = moved(field.offset);
  for (styled::Blank& blank : made->blanks) blank.offset = moved(blank.offset);
  for (styled::Leader& leader : made->leaders) leader.offset = moved(leader.offset);
  return made;
}

std::string printed(const Fields& fields, const FieldValue& value, content::FieldFormat format, std::optional<std::size_t> line) { return line ? value.lines.at(*line) : fields.format(value, format); }

std::string isolated_value(std::string_view value, const unicode::Locale& language) {
  std::string text(kFirstStrongIsolate);
  std::size_t added = 0;
  for (const LeftToRight& stretch : left_to_right_in_value(value, language)) {
    text.append(value.substr(added, stretch.begin - added)).append(stretch.before).append(value.substr(stretch.begin, stretch.end - stretch.begin)).append(stretch.behind);
    added = stretch.end;
  }
  return text.append(value.substr(added)).append(kPopIsolate);
}

}  // namespace handout::compose
