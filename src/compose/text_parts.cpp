// The words that a layout writes itself: the parts of its texts.
#include "compose/composer.h"

namespace handout::compose {

namespace {

styled::Leader::Pattern leader_pattern(const std::string& name) {
  return name == "rule" ? styled::Leader::Pattern::Rule : name == "space" ? styled::Leader::Pattern::Space : styled::Leader::Pattern::Dots;
}

content::FieldFormat field_format(const std::string& name) {
  return name == "long-date" ? content::FieldFormat::LongDate : name == "short-date" ? content::FieldFormat::ShortDate : name == "number" ? content::FieldFormat::Number : content::FieldFormat::Plain;
}

// The element by which styles know a part; none: it has the style of the text around it.
std::string_view element_name(const layouts::TextPart& part) {
  struct Visitor {
    bool is_plain;
    std::string_view operator()(const layouts::LiteralText&) const { return is_plain ? "" : "words"; }
    std::string_view operator()(const layouts::FieldPart&) const { return "field"; }
    std::string_view operator()(const layouts::PhrasePart&) const { return "phrase"; }
    std::string_view operator()(const layouts::PagePart&) const { return ""; }
    std::string_view operator()(const layouts::PageOfPart&) const { return "page-of"; }
    std::string_view operator()(const layouts::LeaderPart&) const { return "leader"; }
    std::string_view operator()(const layouts::BreakPart&) const { return ""; }
  };
  return std::visit(Visitor{part.classes.empty() && part.id.empty()}, part.what);
}

struct PartAdder {
  const Composer& composer;
  TextBuilder& builder;
  const layouts::TextPart& part;
  const Scope& scope;  // the part's own

  void operator()(const layouts::LiteralText& literal) const { builder.add_words(literal.text, scope); }
  void operator()(const layouts::FieldPart& field) const {
    if (field.format == "lines") builder.add_field_lines(field.name, scope);
    else builder.add_field(field.name, field_format(field.format), scope);
  }
  void operator()(const layouts::PhrasePart& phrase) const { builder.add_phrase(phrase, scope, part.at); }
  void operator()(const layouts::PagePart& page) const {
    using enum styled::PageFieldKind;
    using layouts::PagePart;
    builder.add_page_field(page == PagePart::Page ? Page : page == PagePart::Pages ? Pages : SectionTitle, scope);
  }
  void operator()(const layouts::PageOfPart& page) const {
    if (!composer.link_targets.contains(page.reference)) {
      composer.diags.warning(part.at, fmt::format("nothing with the id '{}' is printed: it has no page", page.reference)).hint("name a section, a block or a layout's item by its id");
      return;
    }
    builder.add_page_of(page.reference, scope);
  }
  void operator()(const layouts::LeaderPart& leader) const {
    std::optional<Length> minimum;
    if (leader.minimum) minimum = composer.cascade.resolve(*leader.minimum, scope.style.size);
    builder.add_leader(leader_pattern(leader.pattern), minimum, scope);
  }
  void operator()(const layouts::BreakPart&) const { builder.add_break(scope); }
};

}  // namespace

void Composer::add_parts(TextBuilder& builder, const layouts::TextItem& text, const Scope& scope, const styled::PagePlace* place) const {
  for (const layouts::TextPart& part : text.parts) {
    if (!shown(part.shown, place)) continue;
    const std::string_view name = element_name(part);
    const Element element(name, part.id, &part.classes);
    std::visit(PartAdder{*this, builder, part, name.empty() ? scope : enter(scope, element)}, part.what);
  }
}

}  // namespace handout::compose
