#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "typeset/typeset.h"

namespace handout::typeset {

// The shipped fonts, opened once.
inline const fonts::Fonts& shipped_fonts() {
  static const fonts::Fonts opened = [] {
    Diagnostics diags;
    auto result = fonts::Fonts::open(std::filesystem::path(HANDOUT_SOURCE_DIR) / "fonts/fonts.xml", {}, diags);
    EXPECTS(result.has_value());
    return *std::move(result);
  }();
  return opened;
}

inline const Span kAt = Span::of_file("a.xml").at(3, 5);

// A paragraph in the making: Noto Sans 12 pt on 16 pt.
struct Draft {
  styled::Paragraph paragraph;

  explicit Draft(std::string_view language, std::string_view text = {}) {
    paragraph.language = *unicode::Locale::parse(language);
    paragraph.direction = paragraph.language.direction();
    paragraph.lines.align = paragraph.direction == unicode::Direction::RightToLeft ? styled::Align::Right : styled::Align::Left;
    paragraph.lines.line_height = 16_pt;
    paragraph.elements.resize(1);
    paragraph.elements[0].info.role = display::Role::P;
    styled::TextStyle body;
    body.size = 12_pt;
    paragraph.styles.push_back(body);
    if (!text.empty()) add(text);
  }

  std::size_t add_style(styled::TextStyle style) {
    paragraph.styles.push_back(std::move(style));
    return paragraph.styles.size() - 1;
  }
  [[nodiscard]] styled::TextStyle body() const { return paragraph.styles.front(); }

  // Adds an element under the block's own.
  std::size_t add_element(display::Role role) {
    display::FragmentElement element;
    element.info.role = role;
    paragraph.elements.push_back(element);
    return paragraph.elements.size() - 1;
  }

  styled::TextRun& add(std::string_view text, std::size_t style = 0, std::size_t element = 0) {
    styled::TextRun run;
    run.begin = paragraph.text.size();
    run.end = run.begin + text.size();
    run.style = styled::StyleIndex{style};
    run.element = display::LocalElement{element};
    run.language = paragraph.language;
    paragraph.text += text;
    paragraph.runs.push_back(run);
    return paragraph.runs.back();
  }
  void add_blank(Length width) {
    paragraph.blanks.push_back({paragraph.text.size(), width});
    add("\uFFFC");
  }
  void add_leader(styled::Leader::Pattern pattern = styled::Leader::Pattern::Dots, std::optional<Length> minimum = std::nullopt) {
    paragraph.leaders.push_back({paragraph.text.size(), pattern, minimum});
    add("\uFFFC");
  }
  void add_field(styled::PageFieldKind kind) {
    paragraph.page_fields.push_back({paragraph.text.size(), kind});
    add("\uFFFC");
  }
};

// What setting a draft gave.
struct Outcome {
  std::shared_ptr<const display::Fragment> fragment;
  Diagnostics diags;
  [[nodiscard]] const display::Fragment& operator*() const { return *fragment; }
  [[nodiscard]] const display::Fragment* operator->() const { return fragment.get(); }
};

// Opened once: a dictionary is read when it is first asked for.
inline const unicode::Hyphenation& shipped_patterns() {
  static const unicode::Hyphenation hyphenation{unicode::Hyphenation::usual_folders()};
  return hyphenation;
}

inline Outcome set(const Draft& draft, LineWidths widths, const PageFieldValues* fields = nullptr) {
  unicode::Breaker breaker;
  Memo memo;
  Outcome outcome;
  const auto paragraph = std::make_shared<const styled::Paragraph>(draft.paragraph);
  outcome.fragment = typeset(paragraph, widths, kAt, fields, {shipped_fonts(), breaker, shipped_patterns()}, memo, outcome.diags);
  return outcome;
}
inline Outcome set(const Draft& draft, Length width, const PageFieldValues* fields = nullptr) { return set(draft, LineWidths{{}, width}, fields); }

template <typename Kind>
std::vector<const Kind*> commands(const display::Fragment& fragment, std::size_t line) {
  std::vector<const Kind*> found;
  const display::FragmentLine& at = fragment.lines.at(line);
  for (std::size_t c = at.first_command; c < at.first_command + at.command_count; ++c) {
    if (const auto* command = std::get_if<Kind>(&fragment.commands.at(c).what)) found.push_back(command);
  }
  return found;
}

inline std::vector<const display::GlyphRun*> glyph_runs(const display::Fragment& fragment, std::size_t line) {
  return commands<display::GlyphRun>(fragment, line);
}

// The texts of a line's glyph runs, in command order.
inline std::vector<std::string> run_texts(const display::Fragment& fragment, std::size_t line) {
  std::vector<std::string> texts;
  for (const display::GlyphRun* run : glyph_runs(fragment, line)) texts.push_back(run->text);
  return texts;
}

inline std::vector<std::string> line_texts(const display::Fragment& fragment) {
  std::vector<std::string> texts;
  for (std::size_t line = 0; line < fragment.lines.size(); ++line) {
    std::string text;
    for (const std::string& part : run_texts(fragment, line)) text += part;
    texts.push_back(text);
  }
  return texts;
}

inline std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += text;
  return all;
}

}  // namespace handout::typeset
