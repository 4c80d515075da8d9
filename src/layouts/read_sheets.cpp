#include <fmt/format.h>

#include "base/numbers.h"
#include "layouts/length_rules.h"
#include "layouts/reader.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

// Below this nothing is left that a reader could use.
constexpr double kLeastShare = 0.4;

// "90%" as 0.9; 1 when it is left out or wrong.
double read_share(const xml::Element& element, std::string_view name, Diagnostics& diags) {
  const xml::Attribute* attribute = element.find(name);
  if (attribute == nullptr) return 1;
  const std::string_view value = attribute->value;
  const auto number = value.ends_with('%') ? parse_decimal(value.substr(0, value.size() - 1)) : std::nullopt;
  if (number && *number / 100 >= kLeastShare && *number <= 100) return *number / 100;
  auto fault = diags.error(attribute->value_at, fmt::format("{} is '{}'; expected the least share of it, 40% to 100%", name, xml::excerpt(value)));
  if (number) fault.meaning();
  return 1;
}

int read_number(const xml::Attribute& attribute) {
  const auto number = parse_integer(attribute.value);
  return number && *number >= 1 && *number <= kMostPages ? static_cast<int>(*number) : 0;  // validate tells others
}

}  // namespace

std::vector<std::string> read_profiles(const xml::Attribute& attribute, Diagnostics& diags) {
  std::vector<std::string> profiles;
  for (const Piece& piece : pieces_of(attribute)) {
    if (is_name(piece.text)) profiles.emplace_back(piece.text);
    else diags.error(piece.at, fmt::format("'{}' cannot be the name of a profile", xml::excerpt(piece.text)));
  }
  if (profiles.empty()) diags.error(attribute.value_at, "profiles is empty; expected names of profiles").hint("leave it out for all profiles");
  return profiles;
}

SheetRule read_sheet(const xml::Element& element, const Context& context) {
  SheetRule sheet;
  sheet.at = element.at;
  sheet.fold = text_of(element, "fold");
  if (const xml::Attribute* size = element.find("size")) sheet.size = read_size(*size, {"auto", "A4", "Letter", "A3"}, context.diags);
  sheet.marks = element.value("marks") == "yes";
  return sheet;
}

std::optional<FitRule> read_fit(const xml::Element& element, Diagnostics& diags) {
  FitRule fit;
  fit.at = element.at;
  const xml::Attribute* pages = element.find("pages");
  const xml::Attribute* sheets = element.find("sheets");
  if (pages != nullptr && sheets != nullptr) diags.error(sheets->at, "<fit> has pages and sheets; expected one of them").meaning();
  if (pages == nullptr && sheets == nullptr) diags.error(element.at, "<fit> has nothing to fit in; expected pages or sheets").meaning();
  if (pages != nullptr) fit.pages = read_number(*pages);
  if (sheets != nullptr) fit.sheets = read_number(*sheets);
  fit.least_type = read_share(element, "type", diags);
  fit.least_space = read_share(element, "space", diags);
  fit.least_margin = read_share(element, "margin", diags);
  if (const xml::Attribute* profiles = element.find("profiles")) fit.profiles = read_profiles(*profiles, diags);
  return fit;
}

std::optional<EnvelopeRule> read_envelope(const xml::Element& element, Diagnostics& diags) {
  EnvelopeRule envelope;
  envelope.at = element.at;
  const auto read_name = [&](std::string_view attribute) {
    const xml::Attribute* found = element.find(attribute);
    if (found != nullptr && !is_name(found->value)) diags.error(found->value_at, fmt::format("'{}' cannot be a name", xml::excerpt(found->value))).hint("use letters, digits, '-' and '_', with a letter first");
    return text_of(element, attribute);
  };
  envelope.name = read_name("type");
  envelope.address = read_name("address");
  envelope.return_address = read_name("return");
  envelope.code = read_name("code");
  if (element.value("folded") == "c") envelope.folded = FoldedAs::C;
  if (const xml::Attribute* folds = element.find("folds")) {
    const auto pieces = lengths_of(*folds);
    if (pieces.empty() || pieces.size() > 2) diags.error(folds->value_at, fmt::format("folds has {} lengths; expected 1 or 2", pieces.size()));
    for (const Piece& piece : pieces) {
      const auto length = read_length(piece, kPaperLength, "folds", diags);
      if (!length) continue;
      if (!length->is_absolute()) diags.error(piece.at, fmt::format("'{}' cannot be the place of a fold", piece.text)).hint("use pt, mm, cm or in").meaning();
      else if (!envelope.folds.empty() && length->length <= envelope.folds.back()) diags.error(piece.at, "the second fold is not below the first").meaning();
      else envelope.folds.push_back(length->length);
    }
  }
  return envelope;
}

}  // namespace handout::layouts
