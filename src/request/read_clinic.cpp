#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "request/regions.h"
#include "request/request.h"
#include "request/vocabulary.h"
#include "unicode/text.h"
#include "xml/characters.h"
#include "xml/element.h"
#include "xml/read_document.h"

namespace handout::request {
namespace {

constexpr std::uintmax_t kLargestFile = 1u << 20;

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos && text.find_first_of(" \t,;<>") == std::string_view::npos;
}

class ClinicReader {
 public:
  ClinicReader(std::filesystem::path folder, Diagnostics& diags) : folder_(std::move(folder)), diags_(diags) {}

  Clinic read(const xml::Element& root) {
    Clinic clinic;
    clinic.at = root.at;
    clinic.id = root.value("id");
    clinic.name = root.value("name");
    clinic.phone = root.value("phone");
    clinic.web = root.value("web");
    clinic.email = read_email(root);
    clinic.region = read_region(root);
    clinic.language = read_language(root);
    for (const xml::Node& node : root.children) {
      if (const xml::Element* element = node.element(); element != nullptr && element->name == "address") clinic.address = read_address(*element);
    }
    if (const auto logo = find(root, "logo", std::filesystem::file_type::regular)) clinic.logo = *logo;
    if (const auto fonts = find(root, "fonts", std::filesystem::file_type::directory)) clinic.fonts.push_back(*fonts);
    return clinic;
  }

 private:
  std::string read_email(const xml::Element& root) {
    const xml::Attribute* email = root.find("email");
    if (email == nullptr) return "";
    if (!is_email(email->value)) diags_.error(email->value_at, fmt::format("'{}' is not an address for mail", xml::excerpt(email->value))).hint("write it as desk@clinic.example");
    return email->value;
  }

  std::string read_region(const xml::Element& root) {
    const xml::Attribute* region = root.find("region");
    if (region == nullptr) return "";
    if (is_region(region->value)) return region->value;
    auto fault = diags_.error(region->value_at, fmt::format("'{}' is no code of a country", xml::excerpt(region->value)));
    fault.hint("use two capital letters of ISO 3166, such as US");
    const bool formed = region->value.size() == 2 && std::all_of(region->value.begin(), region->value.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (formed) fault.meaning();
    return region->value;
  }

  std::optional<Locale> read_language(const xml::Element& root) {
    const xml::Attribute* language = root.find("language");
    if (language == nullptr) return std::nullopt;
    auto locale = Locale::parse(language->value);
    if (!locale) diags_.error(language->value_at, fmt::format("'{}' is no language tag", xml::excerpt(language->value))).hint("BCP 47 tags are such as es, pt-BR or zh-Hans");
    return locale;
  }

  std::vector<std::string> read_address(const xml::Element& address) {
    std::vector<std::string> lines;
    for (const xml::Node& node : address.children) {
      const xml::Element* line = node.element();
      if (line == nullptr || line->name != "line") continue;
      std::string words;
      for (const xml::Node& inside : line->children) {
        if (const xml::Text* text = inside.text()) words += text->text;
      }
      words = trimmed(unicode::collapse_white_space(words));
      if (words.empty()) diags_.error(line->at, "<line> has no words").meaning();
      lines.push_back(std::move(words));
    }
    return lines;
  }

  static std::string trimmed(std::string text) {
    if (text.starts_with(' ')) text.erase(0, 1);
    if (text.ends_with(' ')) text.pop_back();
    return text;
  }

  std::optional<std::filesystem::path> find(const xml::Element& root, std::string_view name, std::filesystem::file_type type) {
    const xml::Attribute* attribute = root.find(name);
    if (attribute == nullptr || attribute->value.empty()) return std::nullopt;
    const std::filesystem::path path = (folder_ / attribute->value).lexically_normal();
    std::error_code failure;
    if (std::filesystem::status(path, failure).type() != type) {
      const std::string_view what = type == std::filesystem::file_type::directory ? "folder" : "file";
      diags_.error(attribute->value_at, fmt::format("no {} '{}' in {}", what, xml::excerpt(attribute->value), folder_.generic_string())).meaning();
      return std::nullopt;
    }
    return std::filesystem::absolute(path);
  }

  std::filesystem::path folder_;
  Diagnostics& diags_;
};

}  // namespace

Result<Clinic> read_clinic(const std::filesystem::path& path, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
  auto document = xml::read_document(path, clinic_vocabulary(), kLargestFile, diags);
  if (!document) return tl::unexpected(Failure{});
  Clinic clinic = ClinicReader(path.has_parent_path() ? path.parent_path() : std::filesystem::path("."), diags).read(document->root);
  if (!document->valid || diags.error_count() > errors) return tl::unexpected(Failure{});
  clinic.digest = std::move(document->digest);
  return clinic;
}

}  // namespace handout::request
