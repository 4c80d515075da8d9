#include "typeset/collect.h"

#include <algorithm>
#include <string_view>

#include "base/expects.h"
#include "unicode/formats.h"
#include "unicode/text.h"

namespace handout::typeset {
namespace {

constexpr std::string_view kObject = "\uFFFC";
constexpr std::string_view kFirstStrongIsolate = "\u2068";
constexpr std::string_view kPopIsolate = "\u2069";

bool runs_cover(const styled::Paragraph& paragraph) {
  std::size_t reached = 0;
  for (const styled::TextRun& run : paragraph.runs) {
    if (run.begin != reached || run.end < run.begin || run.style.value() >= paragraph.styles.size()) return false;
    reached = run.end;
  }
  return reached == paragraph.text.size();
}

const unicode::Locale& language_at(const styled::Paragraph& paragraph, std::size_t offset) {
  const auto run = std::find_if(paragraph.runs.begin(), paragraph.runs.end(), [&](const styled::TextRun& r) { return offset < r.end; });
  EXPECTS(run != paragraph.runs.end());
  return run->language;
}

// Figure spaces are as wide as digits.
std::string number_text(std::int64_t number, const PageFieldValues& values, const unicode::Locale& language) {
  const std::string digits = unicode::format_ordinal_number(number, language);
  std::string padding;
  for (std::size_t have = unicode::count_code_points(digits); have < values.least_digits; ++have) padding += "\u2007";
  return padding + digits;
}

std::string words_of(const styled::PageField& field, const PageFieldValues& values, const unicode::Locale& language) {
  switch (field.kind) {
    case styled::PageFieldKind::PageOf: {
      const auto found = values.pages_of != nullptr ? values.pages_of->find(field.target) : std::map<std::string, std::int64_t>::const_iterator{};
      const bool known = values.pages_of != nullptr && found != values.pages_of->end();
      return number_text(known ? found->second : values.page, values, language);
    }
    case styled::PageFieldKind::Page: return number_text(values.page, values, language);
    case styled::PageFieldKind::Pages: return number_text(values.pages, values, language);
    case styled::PageFieldKind::SectionTitle: {
      // Words of unknown direction: isolated, so that they do not reorder what stands round them (UAX #9, 2.7).
      const std::string title = unicode::sanitize_field(values.section_title);
      return title.empty() ? title : std::string(kFirstStrongIsolate) + title + std::string(kPopIsolate);
    }
  }
  return {};
}

// Where a boundary of the paragraph's text lies after the replacements.
struct Shift {
  std::size_t behind = 0;  // of the replaced U+FFFC, in the paragraph's text
  std::size_t behind_new = 0;
};

std::size_t shifted(std::size_t offset, const std::vector<Shift>& shifts) {
  const auto next = std::upper_bound(shifts.begin(), shifts.end(), offset, [](std::size_t o, const Shift& s) { return o < s.behind; });
  if (next == shifts.begin()) return offset;
  const Shift& last = *(next - 1);
  return last.behind_new + (offset - last.behind);
}

// By offset; each must stand in the text as U+FFFC.
template <typename Object>
void sort_objects(std::vector<Object>& objects, std::string_view text) {
  std::stable_sort(objects.begin(), objects.end(), [](const auto& a, const auto& b) { return a.offset < b.offset; });
  for (const Object& object : objects) EXPECTS(text.substr(object.offset, kObject.size()) == kObject);
}

std::vector<Shift> fill_in(const styled::Paragraph& paragraph, const PageFieldValues& values, std::string& text) {
  std::vector<styled::PageField> fields = paragraph.page_fields;
  std::stable_sort(fields.begin(), fields.end(), [](const auto& a, const auto& b) { return a.offset < b.offset; });
  std::vector<Shift> shifts;
  std::size_t copied = 0;
  for (const styled::PageField& field : fields) {
    EXPECTS(std::string_view(paragraph.text).substr(field.offset, kObject.size()) == kObject && field.offset >= copied);
    text.append(paragraph.text, copied, field.offset - copied);
    text += words_of(field, values, language_at(paragraph, field.offset));
    copied = field.offset + kObject.size();
    shifts.push_back({copied, text.size()});
  }
  text.append(paragraph.text, copied);
  return shifts;
}

}  // namespace

CollectedText collect(const styled::Paragraph& paragraph, const PageFieldValues* fields) {
  EXPECTS(runs_cover(paragraph));
  CollectedText collected{{}, paragraph.runs, paragraph.blanks, paragraph.leaders};
  sort_objects(collected.blanks, paragraph.text);
  sort_objects(collected.leaders, paragraph.text);
  if (paragraph.page_fields.empty()) {
    collected.text = paragraph.text;
    return collected;
  }
  EXPECTS(fields != nullptr);
  const std::vector<Shift> shifts = fill_in(paragraph, *fields, collected.text);
  for (styled::TextRun& run : collected.runs) {
    run.begin = shifted(run.begin, shifts);
    run.end = shifted(run.end, shifts);
  }
  for (styled::Blank& blank : collected.blanks) blank.offset = shifted(blank.offset, shifts);
  for (styled::Leader& leader : collected.leaders) leader.offset = shifted(leader.offset, shifts);
  return collected;
}

}  // namespace handout::typeset
