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
  std::string operator()(const HasLines& asked) const {
    const FieldValue* value = fields.peek(asked.field);
    return value == nullptr ? "" : value->lines.empty() ? "none" : "some";
  }
  std::string operator()(const PluralOf& asked) const { return fields.category(asked.field); }
  std::string operator()(const WholeValue& asked) const {
    const FieldValue* value = fields.peek(asked.field);
    return value != nullptr ? value->raw + '\0' + value->text : "";
  }
  std::string operator()(const content::Condition& condition) const { return fields.answers(condition) ? "yes" : "no"; }
  std::string operator()(const layouts::Test& test) const { return fields.answers(test) ? "yes" : "no"; }
};

const FieldValue& value_of(const ValuePlace& place, const Fields& fields) {
  const FieldValue* value = fields.peek(place.field);
  EXPECTS(value != nullptr);
  return *value;
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

// A paragraph as it is made again: text and runs that are copied, and values in their places.
class Remaker {
 public:
  explicit Remaker(const ValueParagraph& from) : from_(*from.paragraph), moved_(from.places), made_(std::make_shared<styled::Paragraph>(from.frame)) {
    constexpr std::size_t kUsualValue = 64;
    made_->text.reserve(from_.text.size() + from.places.size() * kUsualValue);
    runs_.reserve(from_.runs.size());
    if (!from_.runs.empty()) now_ = {from_.runs.front()};
  }

  void put(const ValuePlace& place, const Fields& fields) {
    copy_to(place.begin);
    const FieldValue& value = value_of(place, fields);
    if (place.lines == InLines::No) {
      made_->text += isolated_value(fields.format(value, place.format), place.language);
    } else {
      put_lines(place, value.lines);
    }
    moved_.add(made_->text.size());
    copied_ = place.end;
  }

  std::shared_ptr<const styled::Paragraph> end() {
    copy_to(from_.text.size());
    for (; run_ < from_.runs.size(); next_run()) runs_.push_back(std::move(now_));
    made_->runs.reserve(runs_.size());
    for (Run& each : runs_) {
      made_->runs.push_back(std::move(each.run));
      styled::TextRun& run = made_->runs.back();
      if (!each.begins_anew) run.begin = moved_(run.begin);
      if (!each.ends_anew) run.end = moved_(run.end);
    }
    for (styled::PageField& field : made_->page_fields) field.offset = moved_(field.offset);
    for (styled::Blank& blank : made_->blanks) blank.offset = moved_(blank.offset);
    for (styled::Leader& leader : made_->leaders) leader.offset = moved_(leader.offset);
    return made_;
  }

 private:
  // With offsets of the old text, where they are not of the new one already.
  struct Run { styled::TextRun run; bool begins_anew = false, ends_anew = false; };

  void copy_to(std::size_t offset) {
    made_->text.append(from_.text, copied_, offset - copied_);
    copied_ = offset;
  }

  void next_run() {
    if (++run_ < from_.runs.size()) now_ = {from_.runs[run_]};
  }

  // A run ends here, and `then` begins.
  void change_run(styled::TextRun then) {
    now_.run.end = then.begin = made_->text.size();
    now_.ends_anew = true;
    runs_.push_back(std::move(now_));
    now_ = {std::move(then), true, false};
  }

  // The run of the first line may begin before the place, that of the last one end behind it.
  void put_lines(const ValuePlace& place, const std::vector<std::string>& lines) {
    EXPECTS(!lines.empty());
    for (; from_.runs[run_].end <= place.begin; next_run()) runs_.push_back(std::move(now_));
    const styled::TextRun line = now_.run;
    styled::TextRun between = line;
    between.source = display::TextSource::Fixed;
    between.field.clear();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i > 0) {
        change_run(between);
        made_->text += kLineBreak;
        change_run(line);
      }
      made_->text += isolated_value(lines[i], place.language);
    }
    while (from_.runs[run_].end < place.end) ++run_;
    now_.run.end = from_.runs[run_].end;
  }

  const styled::Paragraph& from_;
  Moved moved_;
  std::shared_ptr<styled::Paragraph> made_;
  std::size_t copied_ = 0, run_ = 0;
  Run now_;                 // run_, or what is left of it
  std::vector<Run> runs_;   // before it
};

}  // namespace

ValueParagraph::ValueParagraph(std::shared_ptr<const styled::Paragraph> of, std::vector<ValuePlace> at) : paragraph(std::move(of)), places(std::move(at)), frame(*paragraph) {
  frame.text.clear();
  frame.runs.clear();
}

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
  Remaker remaker(from);
  for (const ValuePlace& place : from.places) remaker.put(place, *editions[place.edition]);
  return remaker.end();
}

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
