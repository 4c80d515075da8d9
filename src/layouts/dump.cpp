#include <fmt/format.h>

#include <cmath>
#include <functional>

#include "base/numbers.h"
#include "layouts/layout.h"
#include "layouts/properties.h"
#include "layouts/reader.h"

namespace handout::layouts {
namespace {

std::string value_text(const Dimension& dimension) {
  struct Part { double value; std::string_view unit; };
  std::string text = dimension.length != Length{} ? to_text(dimension.length) + "pt" : "";
  for (const Part& part : {Part{dimension.em, "em"}, Part{dimension.ex, "ex"}, Part{dimension.ch, "ch"}, Part{dimension.rem, "rem"}, Part{dimension.unit, "u"}, Part{dimension.percent * 100, "%"}, Part{dimension.fraction, "fr"}}) {
    if (part.value == 0) continue;
    if (!text.empty()) text += part.value < 0 ? " - " : " + ";
    text += decimal_text(text.empty() ? part.value : std::abs(part.value), 4) + std::string(part.unit);
  }
  return text.empty() ? "0pt" : text;
}
std::string value_text(double number) { return decimal_text(number, 4); }
std::string value_text(const Color& color) { return to_text(color); }
std::string value_text(const BorderValue& border) { return value_text(border.width) + " " + to_text(border.color); }
std::string value_text(const std::string& word) { return fmt::format("'{}'", word); }
std::string value_text(RangeValue range) { return fmt::format("{}% {}%", decimal_text(range.least * 100, 4), decimal_text(range.most * 100, 4)); }
std::string value_text(LimitsValue limits) { return fmt::format("{} {} {}", limits.word, limits.before, limits.after); }
std::string value_text(KeepValue keep) { return keep.strength == 10 ? "always" : keep.strength == 0 ? "auto" : std::to_string(keep.strength); }
std::string value_text(const TracksValue& tracks) {
  std::string text;
  for (const auto& track : tracks) text += (text.empty() ? "" : " ") + (track ? value_text(*track) : std::string("auto"));
  return text;
}
std::string value_text(NoValue) { return "none"; }

std::string joined(const std::vector<std::string>& words) { return fmt::format("{}", fmt::join(words, " ")); }
std::string list_text(std::string_view name, const std::vector<std::string>& words) { return words.empty() ? "" : fmt::format(" {}=[{}]", name, joined(words)); }
std::string shown_text(const Shown& shown) {
  constexpr std::string_view kRelations[] = {"=", "!=", "<", ">"};
  std::vector<std::string> tests, pages;
  for (const Test& test : shown.when) tests.push_back(fmt::format("{}{}'{}'", test.field, kRelations[static_cast<std::size_t>(test.relation)], test.value));
  for (const PageOn on : shown.pages) pages.emplace_back(to_text(on));
  return list_text("has", shown.has) + list_text("lacks", shown.lacks) + list_text("when", tests) + list_text("for-locale", shown.locales) + list_text("for-script", shown.scripts) + list_text("for-page", pages);
}
std::string length_text(std::string_view name, const std::optional<Dimension>& length) { return length ? fmt::format(" {}={}", name, value_text(*length)) : ""; }

std::string name_text(std::string_view name, std::string_view id, const std::vector<std::string>& classes) {
  std::string text(name);
  if (!id.empty()) text += fmt::format("#{}", id);
  for (const std::string& each : classes) text += "." + each;
  return text;
}

std::string selector_text(const Selector& selector) {
  std::string text;
  for (std::size_t i = 0; i < selector.compounds.size(); ++i) {
    if (i > 0) text += selector.child[i - 1] ? " > " : " ";
    const Compound& compound = selector.compounds[i];
    text += name_text(compound.element, compound.id, compound.classes);
    for (const auto& [name, value] : compound.attributes) text += fmt::format("[{}='{}']", name, value);
  }
  return text;
}

// One line a decision, two spaces a level.
class Writer {
 public:
  void line(std::string_view text) { fmt::format_to(std::back_inserter(out_), "{:{}}{}\n", "", 2 * depth_, text); }
  void inside(const std::function<void()>& write) {
    ++depth_;
    write();
    --depth_;
  }
  void items(const Items& items);
  void parts(const std::vector<TextPart>& parts);
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  int depth_ = 0;
};

struct PartText {
  std::string operator()(const LiteralText& literal) const { return fmt::format("'{}'", literal.text); }
  std::string operator()(const FieldPart& field) const { return fmt::format("field {}{}", field.name, field.format.empty() ? "" : " format=" + field.format); }
  std::string operator()(const PhrasePart& phrase) const {
    std::string text = fmt::format("phrase {}", phrase.id);
    for (const auto& [argument, field] : phrase.arguments) text += fmt::format(" {}={}", argument, field);
    return text;
  }
  std::string operator()(PagePart part) const { return part == PagePart::Page ? "page" : part == PagePart::Pages ? "pages" : "section-title"; }
  std::string operator()(const PageOfPart& part) const { return fmt::format("page-of {}", part.reference); }
  std::string operator()(const LeaderPart& leader) const { return fmt::format("leader {}{}", leader.pattern, length_text("minimum", leader.minimum)); }
  std::string operator()(BreakPart) const { return "br"; }
};

struct WriteItem {
  Writer& writer;
  const Item& item;

  void line(const std::string& more) const { writer.line(name_text(item.name, item.id, item.classes) + more + shown_text(item.shown)); }

  void operator()(const Slot& slot) const {
    const std::string most = slot.most < std::numeric_limits<std::size_t>::max() ? fmt::format(" most={}", slot.most) : "";
    line(list_text("select", slot.select) + list_text("except", slot.except) + (slot.reach == SlotReach::Sections ? " from=sections" : "") + most);
  }
  void operator()(const Box& box) const {
    line("");
    writer.inside([&] { writer.items(box.items); });
  }
  void operator()(const Row& row) const {
    line(fmt::format(" gap={}", value_text(row.gap)));
    writer.inside([&] {
      for (const RowCell& cell : row.cells) {
        writer.line(fmt::format("{} width={} align={}{}", name_text("cell", cell.id, cell.classes), cell.width ? value_text(*cell.width) : "auto", cell.align, shown_text(cell.shown)));
        writer.inside([&] { writer.items(cell.items); });
      }
    });
  }
  void operator()(const TextItem& text) const {
    line(text.heading > 0 ? fmt::format(" heading={}", text.heading) : "");
    writer.inside([&] { writer.parts(text.parts); });
  }
  void operator()(const PictureItem& picture) const {
    line(fmt::format(" {}{}{}{}{}", picture.field.empty() ? "src=" : "field=", picture.field.empty() ? picture.source : picture.field, length_text("width", picture.width), length_text("height", picture.height),
                     picture.alt_phrase.empty() ? "" : " alt=" + picture.alt_phrase));
  }
  void operator()(const RuleItem&) const { line(""); }
  void operator()(const LinesItem& lines) const { line(fmt::format(" count={}", lines.count)); }
  void operator()(const NoticeItem&) const { line(""); }
  void operator()(const ContentsItem& contents) const { line(fmt::format(" levels={}", contents.levels)); }
  void operator()(const CodeItem& code) const { 
    line(fmt::format(" kind={} {} target={}{}{}{}", code.kind, code.field.empty() ? fmt::format("text='{}'", code.text) : "field=" + code.field, code.target, code.level.empty() ? "" : " level=" + code.level,
                     length_text("module", code.module), length_text("gap", code.gap)));
  }
  void operator()(const ParallelItem& parallel) const {
    line(fmt::format(" gap={}{}", value_text(parallel.gap), length_text("least", parallel.least)));
    writer.inside([&] { writer.items(parallel.items); });
  }
};

void Writer::items(const Items& items) {
  for (const Item& item : items) std::visit(WriteItem{*this, item}, item.what);
}

void Writer::parts(const std::vector<TextPart>& parts) {
  for (const TextPart& part : parts) line(name_text(std::visit(PartText{}, part.what), part.id, part.classes) + shown_text(part.shown));
}

std::string size_text(const PageSize& size) { return size.automatic ? " size=auto" : fmt::format(" size={}x{}", to_text(size.size.width), to_text(size.size.height)); }

void write_region(Writer& writer, const Region& region) {
  std::string line = fmt::format("region {}", name_text(region.name, "", region.classes));
  line += length_text("top", region.top) + length_text("bottom", region.bottom) + length_text("left", region.left) + length_text("right", region.right);
  line += length_text("start", region.start) + length_text("end", region.end) + length_text("width", region.width) + length_text("height", region.height);
  writer.line(fmt::format("{} align={}{}", line, region.align, region.content ? " content" : ""));
  writer.inside([&] { writer.items(region.items); });
}

std::string place_text(const MarkPlace& place) {
  return length_text("left", place.left) + length_text("right", place.right) + length_text("start", place.start) + length_text("end", place.end) + length_text("top", place.top) + length_text("bottom", place.bottom) +
         length_text("clear", place.clear);
}

void write_marks(Writer& writer, const PageRule& page) {
  if (page.omr_marks) {
    const OmrMarksRule& omr = *page.omr_marks;
    std::vector<std::string> words;
    for (const OmrWord& word : omr.marks) words.push_back(word.bits > 0 ? fmt::format("{}:{}", word.name, word.bits) : word.name);
    writer.line("omr-marks" + place_text(omr.place) + length_text("pitch", omr.pitch) + length_text("length", omr.length) + length_text("width", omr.width) + length_text("clear-ends", omr.clear_ends) + list_text("marks", words));
  }
  if (page.sheet_code) writer.line(fmt::format("sheet-code {}{}{}", page.sheet_code->kind, place_text(page.sheet_code->place), length_text("module", page.sheet_code->module)));
  if (page.sheet_text) writer.line(fmt::format("sheet-text '{}'{}{}", page.sheet_text->text, place_text(page.sheet_text->place), length_text("size", page.sheet_text->size)));
}

void write_page(Writer& writer, const PageRule& page) {
  std::string line = fmt::format("page {}", to_text(page.on));
  if (page.size) line += size_text(*page.size);
  line += length_text("top", page.margin_top) + length_text("end", page.margin_end) + length_text("bottom", page.margin_bottom) + length_text("start", page.margin_start);
  line += length_text("side", page.side_width) + length_text("side-gap", page.side_gap);
  if (page.duplex) line += *page.duplex ? " duplex" : " simplex";
  if (!page.tray.empty()) line += fmt::format(" tray={}", page.tray);
  writer.line(line);
  const auto band = [&](std::string_view name, const std::optional<Items>& items, const Dimension& gap) {
    if (!items) return;
    writer.line(fmt::format("{} gap={}", name, value_text(gap)));
    writer.inside([&] { writer.items(*items); });
  };
  writer.inside([&] {
    band("header", page.header, page.header_gap);
    band("footer", page.footer, page.footer_gap);
    for (const Region& region : page.regions) write_region(writer, region);
    write_marks(writer, page);
  });
}

void write_fit(Writer& writer, const FitRule& fit) {
  const auto share = [](std::string_view name, double least) { return fmt::format(" {}={}%", name, decimal_text(least * 100, 4)); };
  writer.line((fit.pages > 0 ? fmt::format("fit pages={}", fit.pages) : fmt::format("fit sheets={}", fit.sheets)) + share("type", fit.least_type) + share("space", fit.least_space) + share("margin", fit.least_margin) +
              list_text("profiles", fit.profiles));
}

void write_envelope(Writer& writer, const EnvelopeRule& envelope) {
  std::string folds;
  for (const Length fold : envelope.folds) folds += (folds.empty() ? " folds=" : " ") + to_text(fold);
  writer.line(fmt::format("envelope {}{}{} address={}{}{}", envelope.name, folds, envelope.folded == FoldedAs::C ? " folded=c" : "", envelope.address, envelope.return_address.empty() ? "" : " return=" + envelope.return_address, envelope.code.empty() ? "" : " code=" + envelope.code));
}

void write_style(Writer& writer, const StyleRule& rule) {
  std::vector<std::string> selectors;
  for (const Selector& selector : rule.selectors) selectors.push_back(selector_text(selector));
  writer.line(fmt::format("style {}{}{}", fmt::join(selectors, ", "), list_text("for-script", rule.scripts) + list_text("for-locale", rule.locales), rule.layer > 0 ? fmt::format(" layer={}", rule.layer) : ""));
  writer.inside([&] {
    for (const Declaration& each : rule.declarations) writer.line(fmt::format("{} {}", form_of(each.property).rule.name, std::visit([](const auto& value) { return value_text(value); }, each.value)));
  });
}

}  // namespace

std::string dump(const LayoutDefinition& layout) {
  Writer writer;
  writer.line(fmt::format("layout#{} title='{}'{}{}", layout.id, layout.title, list_text("tried-in", layout.tried_in), layout.level == ContentLevel::Short ? " level=short" : ""));
  writer.inside([&] {
    for (const auto& [name, color] : layout.colors) writer.line(fmt::format("color {} {}", name, to_text(color)));
    for (const PageRule& page : layout.pages) write_page(writer, page);
    if (layout.sheet) writer.line(fmt::format("sheet {}{}{}", layout.sheet->fold, layout.sheet->size ? size_text(*layout.sheet->size) : "", layout.sheet->marks ? " marks" : ""));
    if (layout.fit) write_fit(writer, *layout.fit);
    if (layout.envelope) write_envelope(writer, *layout.envelope);
    for (const StyleRule& rule : layout.styles) write_style(writer, rule);
    writer.line("body");
    writer.inside([&] { writer.items(layout.body); });
  });
  return writer.take();
}

std::string to_text(const Selector& selector) { return selector_text(selector); }

std::string to_text(const Value& value) {
  if (const auto* word = std::get_if<std::string>(&value)) return *word;
  return std::visit([](const auto& each) { return value_text(each); }, value);
}

}  // namespace handout::layouts
