// Codes to scan, with what they say beside them.
#include "codes/codes.h"

#include "compose/composer.h"
#include "unicode/formats.h"

namespace handout::compose {

using display::Role;
using display::TextSource;
using styled::BlockPtr;

namespace {

// A telephone reads it from the distance of a lap (codes.h).
constexpr Length kHandheldModule = 0.4_mm;
// The room that words beside a code need, in ems.
constexpr double kLeastWords = 9;

// What the code says, and how it is printed.
struct Said {
  std::string data, words;
  TextSource source = TextSource::Fixed;
};

bool is_address(std::string_view data) { return data.starts_with("https://") || data.starts_with("http://"); }

// Nobody types the scheme, nor the slash at the end.
std::string shown_address(std::string_view address) {
  address.remove_prefix(address.find("://") + 3);
  if (address.ends_with('/')) address.remove_suffix(1);
  return std::string(address);
}

codes::Code code_of(const Composer& composer, const layouts::CodeItem& item, const std::string& data, Length font_size) {
  codes::Code code;
  code.kind = codes::kind_named(item.kind).value_or(codes::Kind::Qr);
  code.data = data;
  code.level = codes::error_level_named(item.level).value_or(codes::ErrorLevel::Medium);
  if (code.kind == codes::Kind::Qr) code.module = kHandheldModule;
  if (item.module) code.module = composer.cascade.resolve(*item.module, font_size);
  return code;
}

}  // namespace

std::string Composer::phrase_words(std::string_view id, const unicode::MessageArguments& arguments, const Span& at) const {
  const content::Phrases* phrases = phrases_with(id, at);
  if (phrases == nullptr) return "";
  return unicode::format_message(phrases->patterns.find(id)->second, arguments, phrases->locale).value_or("");
}

// Modules stand where the standard has them, in right-to-left pages too: pictures are never mirrored.
Placed Composer::code(const layouts::Item& item, const layouts::CodeItem& source, const Scope& scope, std::optional<Length> room) const {
  Said said{source.text, source.text, TextSource::Fixed};
  if (!source.field.empty()) {
    const FieldValue* value = fields.whole(source.field);
    if (value == nullptr) return {};
    said = {value->raw, value->text, value->source};
    // A clinic's address is written as it is printed; a telephone opens what has a scheme.
    if (source.field == "clinic.web" && !is_address(said.data)) said.data.insert(0, "https://");
  }
  Diagnostics told;
  const auto picture = codes::encode(code_of(*this, source, said.data, scope.style.size), item.at, told);
  diags.append(told, said.source == TextSource::Field ? source.field : "");
  if (!picture) return {};
  const bool link = is_address(said.data);
  if (link && is_address(said.words)) said.words = shown_address(said.words);

  auto drawn = std::make_shared<styled::Block>();
  drawn->name = "code-picture";
  drawn->at = item.at;
  drawn->element = element_of(Role::Figure);
  drawn->element.alt = phrase_words("code-target", {{"target", said.words}}, item.at);
  const styled::Align align = physical(scope.style.align, article.locale.direction());
  const Size size = (*picture)->natural_size;
  drawn->content = styled::Picture{*picture, size, {}, align, said.source};
  std::vector<Placed> children;
  if (source.target == "none") {
    children.push_back({drawn, Column::Text});
    return {flow(item.name, item.at, scope.style, element_of(Role::None), std::move(children), Room::Narrow), scope.style.column};
  }

  const Element context("code-target", "", nullptr);
  const Scope words_scope = enter(scope, context);
  TextBuilder builder(*this, words_scope, element_of(Role::P));
  const auto add_words = [&] { builder.add_value(said.words, said.source == TextSource::Field ? source.field : "", words_scope, said.source); };
  if (link) builder.add_link(display::UriTarget{said.data}, said.words, TextBuilder::In::Paragraph, add_words);
  else add_words();
  BlockPtr words = builder.finish("code-target", item.at);
  const Length gap = source.gap ? cascade.resolve_space(*source.gap, scope.style.size) : scope.style.size / 2;
  const bool narrow = room && *room < size.width + gap + scope.style.size.scaled(kLeastWords);
  if (narrow) {
    drawn->box.space_after = gap;
    drawn->box.keep_with_next = styled::Keep::Always;
    children.push_back({drawn, Column::Text});
    children.push_back({words, Column::Text});
  } else {
    std::vector<styled::RowCell> cells;
    cells.push_back({drawn, styled::FixedWidth{size.width}, styled::CellAlign::Middle});
    cells.push_back({words, styled::ShareWidth{1}, styled::CellAlign::Middle});
    styled::BoxStyle whole;
    whole.keep_together = styled::Keep::Always;
    children.push_back({row("code-row", item.at, std::move(cells), gap, whole), Column::Text});
  }
  return {flow(item.name, item.at, scope.style, element_of(Role::None), std::move(children), Room::Narrow), scope.style.column};
}

}  // namespace handout::compose
