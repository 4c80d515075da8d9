#include "typeset/explain_faces.h"

#include "typeset/collect.h"
#include "typeset/itemize.h"

namespace handout::typeset {
namespace {

styled::Paragraph plain_paragraph(std::string_view text, const unicode::Locale& language) {
  styled::Paragraph paragraph;
  paragraph.text = text;
  paragraph.language = language;
  paragraph.direction = unicode::first_strong_direction(text).value_or(language.direction());
  paragraph.styles.emplace_back().size = 12_pt;
  paragraph.elements.emplace_back();
  paragraph.runs.push_back({0, text.size(), styled::StyleIndex{0}, {}, language, display::TextSource::Fixed});
  return paragraph;
}

}  // namespace

std::vector<ExplainedRun> explain_faces(std::string_view text, const unicode::Locale& language, const Resources& resources) {
  if (text.empty()) return {};
  const styled::Paragraph paragraph = plain_paragraph(text, language);
  Diagnostics missing;
  const ItemizedText itemized = itemize(paragraph, collect(paragraph, nullptr), {}, resources, missing);
  std::vector<ExplainedRun> runs;
  for (const Item& item : itemized.items) {
    if (item.kind != ItemKind::Text) continue;
    ExplainedRun& run = runs.emplace_back(ExplainedRun{item.begin, item.end, item.script, item.face, {}});
    if (!missing.has_errors()) continue;
    fonts::FaceRequest request;
    request.language = language.tag();
    static_cast<void>(resources.fonts.choose_faces(itemized.source.text, item.begin, item.end, item.script, request, run.uncovered));
  }
  return runs;
}

}  // namespace handout::typeset
