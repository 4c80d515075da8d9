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

struct PartAdder {
  const Composer& composer;
  TextBuilder& builder;
  const layouts::TextPart& part;
  const Scope& scope;

  [[nodiscard]] Scope inside(std::string_view name) const { return composer.enter(scope, Element(name, part.id, &part.classes)); }
  [[nodiscard]] bool is_plain() const { return part.classes.empty() && part.id.empty(); }

  void operator()(const layouts::LiteralText& literal) const { builder.add_words(literal.text, is_plain() ? scope : inside("words")); }
  void operator()(const layouts::FieldPart& field) const {
    if (field.format == "lines") builder.add_field_lines(field.name, inside("field"));
    else builder.add_field(field.name, field_format(field.format), inside("field"));
  }
  void operator()(const layouts::PhrasePart& phrase) const { builder.add_phrase(phrase, inside("phrase"), part.at); }
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
    builder.add_page_of(page.reference, inside("page-of"));
  }
  void operator()(const layouts::LeaderPart& leader) const {
    const Scope leader_scope = inside("leader");
    std::optional<Length> minimum;
    if (leader.minimum) minimum = composer.cascade.resolve(*leader.minimum, leader_scope.style.size);
    builder.add_leader(leader_pattern(leader.pattern), minimum, leader_scope);
  }
  void operator()(const layouts::BreakPart&) const { builder.add_break(scope); }
};

}  // namespace

void Composer::add_parts(TextBuilder& builder, const layouts::TextItem& text, const Scope& scope, const styled::PagePlace* place) const {
  for (const layouts::TextPart& part : text.parts) {
    if (shown(part.shown, place)) std::visit(PartAdder{*this, builder, part, scope}, part.what);
  }
}

}  // namespace handout::compose
