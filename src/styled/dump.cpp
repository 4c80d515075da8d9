#include <fmt/format.h>

#include "base/numbers.h"
#include "styled/styled.h"
#include "unicode/text.h"

namespace handout::styled {
namespace {

// Text on one line: controls and isolates shown by their numbers.
std::string shown(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, i);
    if (c.value < 0x20 || c.value == 0x2028 || c.value == 0xFFFC || unicode::is_bidi_control(c.value)) result += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(c.value));
    else result += text.substr(c.begin, c.end - c.begin);
    i = c.end;
  }
  return result;
}

template <typename Meaning, std::size_t N>
std::string value(const char* name, Meaning meaning, Meaning usual, const char* const (&names)[N]) {
  return meaning == usual ? std::string() : fmt::format(" {}={}", name, names[static_cast<std::size_t>(meaning)]);
}

std::string value(const char* name, const Range& range, const Range& usual) {
  return range == usual ? std::string() : fmt::format(" {}={}%..{}%", name, decimal_text(range.least * 100, 4), decimal_text(range.most * 100, 4));
}

// How a paragraph's lines are made, by the names of the layout's properties: what a layout changed of it.
std::string line_words(const LineStyle& lines) {
  static constexpr const char *kWraps[] = {"total", "balance"}, *kHyphenate[] = {"no", "auto", "yes"}, *kJustify[] = {"auto", "inter-word", "inter-character", "kashida"};
  static constexpr const char *kStrictness[] = {"auto", "loose", "normal", "strict"}, *kWordBreaks[] = {"auto", "normal", "keep-all", "break-all"};
  const LineStyle usual;
  std::string words = value("text-wrap", lines.wrap, usual.wrap, kWraps) + value("hyphenate", lines.hyphenate, Hyphenate::Auto, kHyphenate);
  if (!(lines.hyphen_limits == usual.hyphen_limits)) words += fmt::format(" hyphenate-limits={},{},{}", lines.hyphen_limits.word, lines.hyphen_limits.before, lines.hyphen_limits.after);
  words += value("text-justify", lines.justify, usual.justify, kJustify);
  words += value("word-space", lines.bounds.word_space, usual.bounds.word_space) + value("letter-space", lines.bounds.letter_space, usual.bounds.letter_space);
  words += value("glyph-scale", lines.bounds.glyph_scale, usual.bounds.glyph_scale);
  if (lines.hanging_punctuation) words += " hanging-punctuation";
  if (lines.margin_kerning) words += " margin-kerning";
  words += value("line-break", lines.breaks.strictness, usual.breaks.strictness, kStrictness) + value("word-break", lines.breaks.words, usual.breaks.words, kWordBreaks);
  if (!lines.autospace) words += " text-autospace=none";
  if (!lines.trim_punctuation) words += " text-spacing-trim=none";
  if (lines.grid != Length{}) words += " line-grid=" + to_text(lines.grid);
  return words;
}

// Leaders by their offsets in the text, and the initial.
std::string object_words(const Paragraph& paragraph) {
  static constexpr const char* kPatterns[] = {"dots", "rule", "space"};
  std::string words;
  for (const Leader& leader : paragraph.leaders) {
    words += fmt::format(" leader={}@{}", kPatterns[static_cast<std::size_t>(leader.pattern)], leader.offset);
    if (leader.minimum) words += "," + to_text(*leader.minimum);
  }
  if (paragraph.initial) words += fmt::format(" initial={},{}", paragraph.initial->lines, to_text(paragraph.initial->gap));
  return words;
}

class Dumper {
 public:
  std::string dump(const StyledDocument& document) {
    const Size size = document.pages.masters.front().size;
    text_ += fmt::format("document {} {} {}x{}\n", document.language.tag(), document.direction == unicode::Direction::RightToLeft ? "rtl" : "ltr", to_text(size.width), to_text(size.height));
    if (document.sheet) text_ += fmt::format("sheet {} {}x{}{}\n", display::name(document.sheet->fold), to_text(document.sheet->size.width), to_text(document.sheet->size.height), document.sheet->marks ? " marks" : "");
    marks(document);
    for (std::size_t i = 0; i < document.pages.masters.size(); ++i) master(document.pages, i);
    block(*document.body, 0);
    return std::move(text_);
  }

 private:
  void line(int depth, const std::string& words) { text_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + words + '\n'; }

  static std::string place(const MarkPlace& place) {
    const auto edge = [](PaperEdge near, PaperEdge of, const char* first, const char* second) { return of == near ? first : second; };
    return fmt::format("{} {} {} {} clear={},{}", edge(PaperEdge::Left, place.across, "left", "right"), to_text(place.x), edge(PaperEdge::Top, place.down, "top", "bottom"), to_text(place.y), to_text(place.clear_beside), to_text(place.clear_above));
  }

  void marks(const StyledDocument& document) {
    static constexpr const char* kMeanings[] = {"benchmark", "safety", "retiming", "begin", "not-begin", "end", "not-end", "parity", "odd-parity", "sequence", "piece-sequence"};
    for (const TrayHint& hint : document.trays) line(0, fmt::format("tray {} {}", hint.pages, hint.tray));
    if (const auto& omr = document.marks.omr) {
      std::string words;
      for (const OmrMark& mark : omr->marks) {
        words += fmt::format(" {}", kMeanings[static_cast<std::size_t>(mark.meaning)]);
        if (mark.meaning == OmrMeaning::Sequence || mark.meaning == OmrMeaning::PieceSequence) words += fmt::format(".{}", mark.bit);
      }
      line(0, fmt::format("omr-marks {} pitch={} {}x{}{}", place(omr->place), to_text(omr->pitch), to_text(omr->length), to_text(omr->width), words));
    }
    if (const auto& code = document.marks.code) line(0, fmt::format("sheet-code {} {} module={}", code->kind, place(code->place), to_text(code->module)));
    if (const auto& text = document.marks.text) line(0, fmt::format("sheet-text '{}' {} size={}", text->text, place(text->place), to_text(text->size)));
  }

  // With the kinds of page that it is for, when there are several.
  void master(const PageMasters& pages, std::size_t index) {
    const PageMaster& of = pages.masters[index];
    if (pages.masters.size() > 1) line(0, fmt::format("page {}", fmt::join(places(pages, index), ", ")));
    band("header", of.header);
    band("footer", of.footer);
    for (const PlacedRegion& region : of.regions) {
      line(0, fmt::format("region {} at {},{} {}x{}{}", region.name, to_text(region.area.x), to_text(region.area.y), to_text(region.area.width), to_text(region.area.height), region.content ? " content" : ""));
      block(*region.block, 1);
    }
  }

  static std::vector<std::string> places(const PageMasters& pages, std::size_t index) {
    static constexpr const char* kBits[] = {"first", "last", "blank", "left"};
    std::vector<std::string> places;
    for (std::size_t bits = 0; bits < pages.by_place.size(); ++bits) {
      if (pages.by_place[bits] != index) continue;
      std::string words;
      for (std::size_t bit = 0; bit < 4; ++bit) {
        if ((bits >> bit & 1u) != 0) words += (words.empty() ? "" : "-") + std::string(kBits[bit]);
      }
      places.push_back(words.empty() ? "usual" : words);
    }
    return places;
  }

  void band(const char* name, const BlockPtr& block_of) {
    if (!block_of) return;
    line(0, name);
    block(*block_of, 1);
  }

  static std::string box(const BoxStyle& box) {
    std::string words;
    const auto length = [&](const char* name, Length value) {
      if (value != Length{}) words += fmt::format(" {}={}", name, to_text(value));
    };
    length("space-before", box.space_before);
    length("space-after", box.space_after);
    length("margin-left", box.margin.left);
    length("margin-right", box.margin.right);
    if (!(box.padding == Insets{})) words += fmt::format(" padding={},{},{},{}", to_text(box.padding.top), to_text(box.padding.right), to_text(box.padding.bottom), to_text(box.padding.left));
    if (box.background) words += " background=" + to_text(*box.background);
    const auto border = [&](const char* name, const std::optional<Border>& value) {
      if (value) words += fmt::format(" {}={},{}", name, to_text(value->width), to_text(value->color));
    };
    border("border-top", box.border_top);
    border("border-right", box.border_right);
    border("border-bottom", box.border_bottom);
    border("border-left", box.border_left);
    const auto keep = [&](const char* name, Keep strength) {
      if (strength != Keep::Auto) words += fmt::format(" {}{}", name, strength == Keep::Always ? std::string() : fmt::format("={}", static_cast<int>(strength)));
    };
    keep("keep-together", box.keep_together);
    keep("keep-with-next", box.keep_with_next);
    keep("keep-with-previous", box.keep_with_previous);
    static constexpr const char* kBreaks[] = {"auto", "column", "page", "verso", "recto"};
    static constexpr const char* kFloats[] = {"none", "top", "bottom", "left", "right"};
    words += value("break-before", box.break_before, Break::Auto, kBreaks);
    words += value("break-after", box.break_after, Break::Auto, kBreaks);
    words += value("float", box.floating, Float::None, kFloats);
    if (box.clear == Clear::Both) words += " clear";
    if (box.column_span == ColumnSpan::All) words += " column-span";
    if (box.box_break == BoxBreak::Clone) words += " box-break=clone";
    if (box.width) words += fmt::format(" width={}+{}%", to_text(box.width->length), decimal_text(box.width->share * 100, 2));
    return words;
  }

  void block(const Block& block_of, int depth) {
    std::string words = block_of.name;
    if (block_of.element.role != display::Role::None) words += fmt::format(" <{}>", display::name(block_of.element.role));
    if (!block_of.anchor.empty()) words += " anchor=" + block_of.anchor;
    if (!block_of.outline_title.empty()) words += fmt::format(" outline={}", block_of.outline_level);
    line(depth, words + box(block_of.box));
    std::visit([&](const auto& content) { add(content, depth + 1); }, block_of.content);
  }

  void add(const Flow& flow, int depth) {
    for (const BlockPtr& child : flow.children) block(*child, depth);
  }
  static std::string rule_words(const std::optional<Border>& rule) { return rule ? fmt::format(" rule={},{}", to_text(rule->width), to_text(rule->color)) : std::string(); }
  void add(const Columns& columns, int depth) {
    line(depth, fmt::format("columns {} gap={}{}", columns.count, to_text(columns.gap), columns.balanced ? "" : " filled") + rule_words(columns.rule));
    for (const BlockPtr& child : columns.children) block(*child, depth + 1);
  }
  void add(const Parallel& parallel, int depth) {
    line(depth, fmt::format("parallel gap={} least={} rows={}", to_text(parallel.gap), to_text(parallel.least), parallel.rows.size()));
    for (const BlockPtr& track : parallel.tracks) block(*track, depth + 1);
  }
  void add(const ParagraphBlock& holder, int depth) { paragraph(*holder.paragraph, depth); }
  void add(const Row& row, int depth) {
    for (const std::size_t cell : row.reading) block(*row.cells[cell].block, depth);
  }
  void add(const ListItem& item, int depth) {
    block(*item.label, depth);
    block(*item.body, depth);
  }
  void add(const Table& table, int depth) {
    static constexpr const char* kAligns[] = {"top", "baseline", "middle", "bottom", "stretch"};
    for (const RowGroup& group : table.groups) {
      if (group.keep_together != Keep::Auto) line(depth, fmt::format("rows from {} keep-together={}", group.first_row, static_cast<int>(group.keep_together)));
    }
    for (const TableCell& cell : table.cells) {
      const std::string mark = cell.decimal_mark ? fmt::format(" decimal-mark={}", *cell.decimal_mark) : "";
      line(depth, fmt::format("cell {},{} spans {},{}{}{}", cell.row, cell.column, cell.row_span, cell.column_span, value("vertical-align", cell.align, CellAlign::FirstBaseline, kAligns), mark));
      block(*cell.block, depth + 1);
    }
  }
  void add(const Picture& picture, int depth) {
    const std::string width = picture.width ? fmt::format(" width={}+{}%", to_text(picture.width->length), decimal_text(picture.width->share * 100, 2)) : std::string();
    line(depth, fmt::format("picture {}x{}{}", to_text(picture.size.width), to_text(picture.size.height), width));
    for (const PictureLabel& label : picture.labels) paragraph(*label.paragraph, depth);
  }
  void add(const Rule& rule, int depth) { line(depth, fmt::format("rule {} {}", to_text(rule.border.width), to_text(rule.border.color))); }
  void add(const WriteLines& lines, int depth) { line(depth, fmt::format("lines {} at {}", lines.count, to_text(lines.distance))); }

  void paragraph(const Paragraph& paragraph_of, int depth) {
    static constexpr const char* kAligns[] = {"left", "right", "center", "justify"};
    static constexpr const char* kMarks[] = {"none", "dot", "sesame", "circle"};
    line(depth, fmt::format("text {} {} leading={}{}{}", paragraph_of.language.tag(), kAligns[static_cast<std::size_t>(paragraph_of.lines.align)], to_text(paragraph_of.lines.line_height), line_words(paragraph_of.lines), object_words(paragraph_of)));
    for (const TextRun& run : paragraph_of.runs) {
      const TextStyle& style = paragraph_of.styles[run.style.value()];
      const auto& element = paragraph_of.elements[run.element.value()];
      std::string words = fmt::format("{} {} {}", to_text(style.size), style.weight, to_text(style.color));
      if (style.slant == fonts::Slant::Italic) words += " italic";
      if (!style.features.empty()) words += fmt::format(" features={}", fmt::join(style.features, ","));
      words += value("text-emphasis", style.emphasis, EmphasisMark::None, kMarks);
      if (element.info.role != display::Role::None && run.element.value() > 0) words += fmt::format(" <{}>", display::name(element.info.role));
      if (!(run.language == paragraph_of.language)) words += " " + run.language.tag();
      if (run.source == display::TextSource::Field) words += " field";
      line(depth + 1, fmt::format("{} \"{}\"", words, shown(std::string_view(paragraph_of.text).substr(run.begin, run.end - run.begin))));
    }
  }

  std::string text_;
};

}  // namespace

std::string dump(const StyledDocument& document) { return Dumper().dump(document); }

}  // namespace handout::styled
