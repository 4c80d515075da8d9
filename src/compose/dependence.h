#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "content/article.h"
#include "layouts/layout.h"
#include "styled/styled.h"

// What of a composed document depends on the values of fields: enough to make the document of the next recipient from it, without composing anew.
namespace handout::compose {

class Fields;
struct FieldValue;

// A question that compose asked of the fields; another answer makes another document.
struct HasValue { std::string field; friend bool operator==(const HasValue&, const HasValue&) = default; };
struct HasLines { std::string field; friend bool operator==(const HasLines&, const HasLines&) = default; };          // of an address; how many is no question
struct PluralOf { std::string field; friend bool operator==(const PluralOf&, const PluralOf&) = default; };          // its category
struct WholeValue { std::string field; friend bool operator==(const WholeValue&, const WholeValue&) = default; };    // used for more than to be printed: a code, a bookmark
struct Decision {
  std::variant<HasValue, HasLines, PluralOf, WholeValue, content::Condition, layouts::Test> what;
  std::size_t edition = 0;  // of the request: fields are of one language
  std::string answer;
};

// Where a value stands in a paragraph's text, with its isolates; in lines, all of an address's with the breaks between them.
enum class InLines : std::uint8_t { No, Yes };
struct ValuePlace {
  std::size_t begin = 0, end = 0;
  std::size_t edition = 0;
  std::string field;
  content::FieldFormat format = content::FieldFormat::Plain;
  InLines lines = InLines::No;
  unicode::Locale language;           // around it
};

// A paragraph that holds values of the recipient's fields, in their order.
struct ValueParagraph {
  ValueParagraph(std::shared_ptr<const styled::Paragraph> of, std::vector<ValuePlace> at);

  std::shared_ptr<const styled::Paragraph> paragraph;
  std::vector<ValuePlace> places;
  styled::Paragraph frame;  // all of it but text and runs, which each recipient has of their own
};

struct Dependence {
  std::vector<Decision> decisions;  // each once
  std::vector<ValueParagraph> paragraphs;
  std::shared_ptr<const styled::Paragraph> title, subject;  // what the document says of itself; on no page

  void note(Decision decision);
  // The paragraph's text was read: its values are used for more than to be printed.
  void note_read(const styled::Paragraph& paragraph, const Fields& fields);
};

// What the fields of another recipient answer.
std::string answer_to(const Decision& decision, const Fields& fields);
bool decides_alike(const Dependence& dependence, std::span<const Fields* const> editions);

// The paragraph with the values of another recipient, for whom all decisions are the same. `editions`: the fields by edition.
std::shared_ptr<const styled::Paragraph> with_values(const ValueParagraph& from, std::span<const Fields* const> editions);

// A paragraph's words alone, without isolates, ends of lines and places of page fields and blanks.
std::string words_of(const styled::Paragraph& paragraph);

// What parts two lines of a text that doesn't end in a space. The space hangs beyond the line's end; readers, to whom lines are nothing, part the words by it.
inline constexpr std::string_view kLineBreak = " \u2028";

// A value as it stands in text: in an isolate of its own direction, so that nothing in it can disturb what surrounds it (UAX #9, 2.4.2).
std::string isolated_value(std::string_view value, const unicode::Locale& language);

}  // namespace handout::compose
