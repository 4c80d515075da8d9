#include "fonts/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/numbers.h"
#include "fonts/vocabulary.h"
#include "xml/element.h"

namespace handout::fonts {

namespace {

// The parts between separators, without the spaces round them; empty parts are kept, so that "a,,b" can be refused.
std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    parts.push_back(part);
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

class CatalogueReader {
 public:
  explicit CatalogueReader(Diagnostics& diags) : diags_(diags) {}

  Catalogue read(const xml::Element& root) {
    for (const xml::Node& node : root.children) {
      const xml::Element* const element = node.element();
      if (!element) continue;
      if (element->name == "search") read_search(*element);
      if (element->name == "family") read_family(*element);
      if (element->name == "fallback") read_fallback(*element);
    }
    if (const auto family = find_family(root.value("default"), root.find("default")->value_at)) catalogue_.default_family = *family;
    return std::move(catalogue_);
  }

 private:
  void read_search(const xml::Element& element) {
    const xml::Attribute& attribute = *element.find("path");
    const std::filesystem::path path = attribute.value;
    if (path.empty() || std::find(path.begin(), path.end(), "..") != path.end()) {
      diags_.error(attribute.value_at, fmt::format("'{}' is no folder to search", attribute.value))
          .hint("use an absolute path, or a relative one without '..'");
      return;
    }
    catalogue_.search.push_back(path);
  }

  void read_family(const xml::Element& element) {
    const xml::Attribute& name = *element.find("name");
    if (name.value.find(',') != std::string::npos) diags_.error(name.value_at, fmt::format("the family's name '{}' has a comma", name.value));
    if (catalogue_.find(name.value)) {
      diags_.error(name.value_at, fmt::format("family '{}' is declared twice", name.value)).hint("put all of its faces into one <family>").meaning();
    }
    const FamilyId id{catalogue_.families.size()};
    Family& family = catalogue_.families.emplace_back();
    family.name = name.value;
    family.license = element.value("license");
    if (const xml::Attribute* const scripts = element.find("scripts")) {
      for (const std::string_view script : split(scripts->value, ' ')) {
        if (check_script(script, scripts->value_at)) family.scripts.emplace_back(script);
      }
    }
    for (const xml::Node& node : element.children) {
      if (const xml::Element* const face = node.element()) read_face(*face, id);
    }
  }

  void read_face(const xml::Element& element, FamilyId family) {
    DeclaredFace face{.file = std::string(element.value("file")), .family = family, .variations = {}, .at = element.at};
    face.index = read_number(element.find("index"), 0);
    face.weight = static_cast<int>(read_number(element.find("weight"), 400));
    face.slant = element.value("slant") == "italic" ? Slant::Italic : Slant::Upright;
    if (const xml::Attribute* const places = element.find("variations")) {
      if (auto variations = parse_variations(places->value)) face.variations = std::move(*variations);
      else diags_.error(places->value_at, fmt::format("'{}' is no list of axes and values", places->value)).hint("write each axis once, such as wght=700, slnt=-10");
    }
    for (const FaceId other : catalogue_.families[family.value()].faces) {
      const DeclaredFace& before = catalogue_.faces[other.value()];
      if (before.weight == face.weight && before.slant == face.slant) {
        diags_.error(element.at, fmt::format("family '{}' has two faces of weight {} and this slant",
                                             catalogue_.families[family.value()].name, face.weight)).meaning();
      }
    }
    catalogue_.families[family.value()].faces.emplace_back(catalogue_.faces.size());
    catalogue_.faces.push_back(std::move(face));
  }

  void read_fallback(const xml::Element& element) {
    const xml::Attribute& script = *element.find("script");
    if (!check_script(script.value, script.value_at)) return;
    Fallback fallback{.script = script.value, .language = std::nullopt, .families = {}};
    if (const xml::Attribute* const language = element.find("language")) {
      fallback.language = unicode::Locale::parse(language->value);
      if (!fallback.language) {
        diags_.error(language->value_at, fmt::format("unknown language '{}'", language->value)).hint("use a BCP 47 tag such as ur or zh-Hant").meaning();
        return;
      }
    }
    for (const Fallback& other : catalogue_.fallbacks) {
      if (other.script == fallback.script && other.language == fallback.language) {
        diags_.error(element.at, fmt::format("a second fallback for script '{}' and the same language", script.value))
            .hint("name all of its families in one <fallback>").meaning();
      }
    }
    const xml::Attribute& families = *element.find("families");
    for (const std::string_view name : split(families.value, ',')) {
      if (const auto family = find_family(name, families.value_at)) fallback.families.push_back(*family);
    }
    catalogue_.fallbacks.push_back(std::move(fallback));
  }

  std::optional<FamilyId> find_family(std::string_view name, const Span& at) {
    if (const auto family = catalogue_.find(name)) return family;
    std::vector<std::string_view> names;
    for (const Family& family : catalogue_.families) names.push_back(family.name);
    diags_.error(at, fmt::format("family '{}' is not declared{}", name, did_you_mean(name, names))).meaning();
    return std::nullopt;
  }

  bool check_script(std::string_view script, const Span& at) {
    if (is_script_code(script)) return true;
    diags_.error(at, fmt::format("'{}' is no script code", script)).hint("use ISO 15924 codes such as Latn or Arab");
    return false;
  }

  // What validate() let pass.
  static unsigned read_number(const xml::Attribute* attribute, unsigned otherwise) {
    return attribute ? static_cast<unsigned>(parse_integer(attribute->value).value_or(otherwise)) : otherwise;
  }

  Diagnostics& diags_;
  Catalogue catalogue_;
};

}  // namespace

bool is_script_code(std::string_view text) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  return text.size() == 4 && text[0] >= 'A' && text[0] <= 'Z' && lower(text[1]) && lower(text[2]) && lower(text[3]);
}

std::optional<FamilyId> Catalogue::find(std::string_view family) const {
  for (std::size_t i = 0; i < families.size(); ++i) {
    if (families[i].name == family) return FamilyId{i};
  }
  return std::nullopt;
}

Result<Catalogue> read_catalogue(std::string_view source, std::string_view file, Diagnostics& diags) {
  const std::size_t before = diags.error_count();
  const auto root = xml::parse(source, file, diags);
  if (!root) return tl::unexpected(Failure{});
  if (!xml::validate(*root, fonts_vocabulary(), diags)) return tl::unexpected(Failure{});
  Catalogue catalogue = CatalogueReader(diags).read(*root);
  if (diags.error_count() > before) return tl::unexpected(Failure{});
  return catalogue;
}

}  // namespace handout::fonts
