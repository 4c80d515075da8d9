#include "typeset/notes.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace handout::typeset {
namespace {

constexpr int kBold = 600;  // from here on a weight is seen as bold

bool has_letters(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const unicode::CodePoint c = unicode::decode(text, at);
    if (unicode::is_letter(c.value)) return true;
    at = c.end;
  }
  return false;
}

// Scripts whose words are broken with hyphens. To miss them in others is no loss.
bool is_hyphenated(std::string_view script) { return script == "Latn" || script == "Cyrl" || script == "Grek" || script == "Armn" || script == "Geor"; }

class Teller {
 public:
  Teller(const ItemizedText& itemized, const Span& at, const Resources& resources, Memo& memo, Diagnostics& diags)
      : itemized_(itemized), at_(at), resources_(resources), memo_(memo), diags_(diags) {}

  void tell_of_face(const Item& item) {
    const styled::TextStyle& style = itemized_.style(item);
    const fonts::FaceInfo& face = resources_.fonts.info(item.face);
    const bool lacks_weight = (style.weight >= kBold) != (face.weight >= kBold), lacks_slant = style.slant != face.slant;
    const bool small_capitals = std::find(style.features.begin(), style.features.end(), "smcp") != style.features.end();
    if (!lacks_weight && !lacks_slant && !small_capitals) return;
    const std::string_view text = std::string_view(itemized_.source.text).substr(item.begin, item.end - item.begin);
    if (!has_letters(text)) return;  // signs have one weight in most fonts
    if (lacks_weight) tell(fmt::format("font '{}' has no {} face: {} is set with weight {}", face.family, style.weight >= kBold ? "bold" : "regular", item.script, face.weight), "choose another way to set it off for this script");
    if (lacks_slant) tell(fmt::format("font '{}' has no {} face: {} is set upright", face.family, style.slant == fonts::Slant::Italic ? "italic" : "upright", item.script), "set emphasis in this script by weight or by emphasis marks");
    if (small_capitals && !resources_.fonts.has_feature(item.face, "smcp", item.script)) tell(fmt::format("font '{}' has no small capitals for {}: its own letters are used", face.family, item.script), "choose another font, or no font-variant for this script");
  }

  void tell_of_hyphens() {
    if (itemized_.paragraph.lines.hyphenate != styled::Hyphenate::Yes) return;
    for (const styled::TextRun& run : itemized_.source.runs) {
      if (!is_hyphenated(run.language.script())) continue;
      const std::string problem = resources_.hyphenation.problem(run.language);
      if (!problem.empty()) tell(problem, "install Debian's hyphen-* package of the language, or set hyphenate=\"auto\"");
    }
  }

 private:
  void tell(const std::string& what, std::string hint) {
    if (memo_.is_new(what)) diags_.note(at_, what).hint(std::move(hint));
  }

  const ItemizedText& itemized_;
  const Span& at_;
  const Resources& resources_;
  Memo& memo_;
  Diagnostics& diags_;
};

}  // namespace

void tell_what_is_missing(const ItemizedText& itemized, const Span& at, const Resources& resources, Memo& memo, Diagnostics& diags) {
  Teller teller(itemized, at, resources, memo, diags);
  for (const Item& item : itemized.items) {
    if (item.kind == ItemKind::Text) teller.tell_of_face(item);
  }
  teller.tell_of_hyphens();
}

}  // namespace handout::typeset
