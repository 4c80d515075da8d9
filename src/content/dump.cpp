#include "content/article.h"

#include <fmt/format.h>

#include <functional>

#include "content/words.h"

namespace handout::content {
namespace {

std::string quoted(std::string_view name, std::string_view value) { return value.empty() ? "" : fmt::format(" {}=\"{}\"", name, escaped(value)); }

std::string classes_text(const std::vector<std::string>& classes) {
  std::string text;
  for (const std::string& each : classes) text += "." + each;
  return text;
}

// One line a block: two spaces a level, the kind, what makes it special, '#' and its id, and of words their digest and markup.
class Writer {
 public:
  void line(std::string_view text) { fmt::format_to(std::back_inserter(out_), "{:{}}{}\n", "", 2 * depth_, text); }
  void words(std::string_view kind, const TextBlock& block) {
    const std::string source = block.source.empty() ? "" : fmt::format("<-{}", block.source);
    line(fmt::format("{}#{}{} {}{} {}", kind, block.id, classes_text(block.classes), block_digest(block), source, markup(block.content)));
  }
  void words(std::string_view kind, const std::optional<TextBlock>& block) {
    if (block) words(kind, *block);
  }
  void inside(const std::function<void()>& write) {
    ++depth_;
    write();
    --depth_;
  }
  void block(const Block& block);
  void blocks(const Blocks& all) {
    for (const Block& each : all) block(each);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  int depth_ = 0;
};

struct WriteBlock {
  Writer& writer;
  const Block& block;

  [[nodiscard]] std::string name(std::string_view kind) const { return fmt::format("{}#{}{}", kind, block.id, classes_text(block.classes)); }

  void operator()(const Paragraph& what) const { writer.words("p", what.text); }
  void operator()(const Question& what) const { writer.words(fmt::format("question[{}]", what.lines), what.text); }
  void operator()(const List& what) const {
    constexpr std::string_view kKinds[] = {"ul", "ol", "ol[steps]", "ul[check]"};
    const std::string start = what.start == 1 ? "" : fmt::format(" start={}", what.start);
    writer.line(name(kKinds[static_cast<std::size_t>(what.kind)]) + start);
    writer.inside([&] {
      for (const Item& item : what.items) {
        if (item.text) {
          writer.words("li", *item.text);
          continue;
        }
        writer.line(fmt::format("li#{}", item.id));
        writer.inside([&] { writer.blocks(item.blocks); });
      }
    });
  }
  void rows(std::string_view part, const std::vector<TableRow>& rows) const {
    for (const TableRow& row : rows) {
      writer.line(part);
      writer.inside([&] {
        for (const Cell& cell : row.cells) writer.words(cell_kind(cell), cell.text);
      });
    }
  }
  static std::string cell_kind(const Cell& cell) {
    std::string kind = !cell.header ? "td" : cell.row_scope ? "th[row]" : "th[col]";
    if (cell.column_span != 1) kind += fmt::format("[colspan={}]", cell.column_span);
    if (cell.row_span != 1) kind += fmt::format("[rowspan={}]", cell.row_span);
    return kind;
  }
  void operator()(const Table& what) const {
    writer.line(name("table"));
    writer.inside([&] {
      writer.words("caption", what.caption);
      rows("thead tr", what.head);
      for (const RowGroup& body : what.bodies) rows("tbody" + classes_text(body.classes) + " tr", body.rows);
    });
  }
  void operator()(const Figure& what) const {
    writer.line(name("figure") + quoted("src", what.source) + quoted("alt", what.alt));
    writer.inside([&] {
      writer.words("figcaption", what.caption);
      for (const Label& label : what.labels) writer.words(fmt::format("label[{}]", escaped(label.place)), label.text);
    });
  }
  void operator()(const Callout& what) const {
    constexpr std::string_view kKinds[] = {"callout[urgent]", "callout[warning]", "callout[tip]", "callout[note]"};
    writer.line(name(kKinds[static_cast<std::size_t>(what.kind)]));
    writer.inside([&] {
      writer.words("title", what.title);
      writer.blocks(what.blocks);
    });
  }
  void operator()(const DefinitionList& what) const {
    writer.line(name("dl"));
    writer.inside([&] {
      for (const Definition& entry : what.entries) {
        for (const TextBlock& each : entry.terms) writer.words("dt", each);
        for (const TextBlock& each : entry.descriptions) writer.words("dd", each);
      }
    });
  }
  void operator()(const Section& what) const {
    writer.line(name(what.level == Level::Short ? "section[short]" : "section"));
    writer.inside([&] {
      writer.words("title", what.title);
      writer.blocks(what.blocks);
    });
  }
};

void Writer::block(const Block& block) { std::visit(WriteBlock{*this, block}, block.what); }

void write_head(Writer& writer, const Article& article) {
  std::string line = fmt::format("article#{} {}{} status={}", article.id, article.locale.tag(), quoted("version", article.version), article.status == Status::Draft ? "draft" : "reviewed");
  if (article.reviewed) line += " reviewed=" + unicode::to_text(*article.reviewed);
  line += quoted("reviewer", article.reviewer);
  if (article.review_by) line += " review-by=" + unicode::to_text(*article.review_by);
  line += quoted("audience", article.audience);
  for (const std::string& keyword : article.keywords) line += quoted("keyword", keyword);
  writer.line(line);
}

void write_declarations(Writer& writer, const Article& article) {
  constexpr std::string_view kTypes[] = {"text", "date", "number", "choice"};
  for (const Code& code : article.codes) writer.line(fmt::format("code {} {}", code.system, escaped(code.value)));
  for (const FieldDef& field : article.fields) {
    std::string line = fmt::format("field-def {} {}{}{}", field.name, kTypes[static_cast<std::size_t>(field.type)], field.required ? " required" : "", quoted("default", field.fallback));
    for (const std::string& choice : field.choices) line += quoted("choice", choice);
    writer.line(line);
  }
}

void write_reference(Writer& writer, const Reference& reference) {
  std::string kind = reference.status == ReferenceStatus::Checked ? "reference[checked]" : "reference[unverified]";
  if (reference.accessed) kind += fmt::format("[{}]", unicode::to_text(*reference.accessed));
  writer.words(kind + (reference.href.empty() ? "" : fmt::format("[{}]", escaped(reference.href))), reference.text);
}

}  // namespace

std::string dump(const Article& article) {
  Writer writer;
  write_head(writer, article);
  writer.inside([&] {
    write_declarations(writer, article);
    writer.words("title", article.title);
    writer.words("summary", article.summary);
    for (const TextBlock& point : article.points) writer.words("point", point);
    writer.blocks(article.body);
    for (const Reference& reference : article.references) write_reference(writer, reference);
  });
  return writer.take();
}

}  // namespace handout::content
