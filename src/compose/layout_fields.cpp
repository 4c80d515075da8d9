// Which fields a layout names.
#include <fmt/format.h>

#include <algorithm>

#include "compose/fields.h"

namespace handout::compose {
namespace {

// What only layouts ask for, besides the fields that articles may show.
constexpr std::string_view kLayoutFields[] = {"edition", "clinic.logo", "article.id", "article.language", "article.language-name", "article.beside", "article.audience", "article.level", "article.reviewer", "article.reviewed", "article.review-by", "article.is-draft", "article.is-draft-translation"};

class LayoutFields {
 public:
  LayoutFields(std::vector<std::string_view> known, Diagnostics& diags) : known_(std::move(known)), diags_(diags) {}

  void check(const layouts::Items& items) const {
    layouts::visit_items(items, [this](const layouts::Item& item) {
      check(item.shown, item.at);
      std::visit([&](const auto& what) { check(what, item.at); }, item.what);
    });
  }

 private:
  void check(const std::string& name, const Span& at) const {
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) return;
    diags_.warning(at, fmt::format("neither the program nor the article knows a field '{}'{}", name, did_you_mean(name, known_)));
  }
  void check(const layouts::Shown& shown, const Span& at) const {
    for (const std::string& name : shown.has) check(name, at);
    for (const std::string& name : shown.lacks) check(name, at);
    for (const layouts::Test& test : shown.when) check(test.field, at);
  }
  void check(const layouts::Box&, const Span&) const {}
  void check(const layouts::Row& row, const Span&) const {
    for (const layouts::RowCell& cell : row.cells) {
      check(cell.shown, cell.at);
    }
  }
  void check(const layouts::TextItem& text, const Span&) const {
    for (const layouts::TextPart& part : text.parts) {
      check(part.shown, part.at);
      if (const auto* field = std::get_if<layouts::FieldPart>(&part.what)) check(field->name, part.at);
      if (const auto* phrase = std::get_if<layouts::PhrasePart>(&part.what)) {
        for (const auto& [argument, name] : phrase->arguments) check(name, part.at);
      }
    }
  }
  void check(const layouts::PictureItem& picture, const Span& at) const {
    if (!picture.field.empty()) check(picture.field, at);
  }
  void check(const layouts::Slot&, const Span&) const {}
  void check(const layouts::RuleItem&, const Span&) const {}
  void check(const layouts::LinesItem&, const Span&) const {}
  void check(const layouts::NoticeItem&, const Span&) const {}
  void check(const layouts::ContentsItem&, const Span&) const {}
  void check(const layouts::ParallelItem&, const Span&) const {}
  void check(const layouts::CodeItem& code, const Span& at) const {
    if (!code.field.empty()) check(code.field, at);
  }

  std::vector<std::string_view> known_;
  Diagnostics& diags_;
};

}  // namespace

void Fields::check_layout(const layouts::LayoutDefinition& layout, const content::Article& article, Diagnostics& diags) const {
  std::vector<std::string_view> known(std::begin(kLayoutFields), std::end(kLayoutFields));
  for (const auto& built_in : content::built_in_fields()) known.push_back(built_in.name);
  for (const content::FieldDef& declared : article.fields) known.push_back(declared.name);
  const LayoutFields fields(std::move(known), diags);
  for (const layouts::Items* items : layouts::all_items(layout)) fields.check(*items);
}

}  // namespace handout::compose
