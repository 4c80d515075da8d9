#include "layouts/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "layouts/reader.h"
#include "layouts/source_files.h"
#include "xml/characters.h"

namespace handout::layouts {
namespace {

constexpr int kLayoutLayer = 0, kProfileLayer = 1;

std::vector<const xml::Element*> children(const xml::Element& parent, std::string_view name) {
  std::vector<const xml::Element*> found;
  for (const xml::Node& node : parent.children) {
    if (const xml::Element* element = node.element(); element != nullptr && element->name == name) found.push_back(element);
  }
  return found;
}

// The colours of one file, over those of what it extends.
void read_colors(const xml::Element& root, Colors& colors, Diagnostics& diags) {
  Colors own;
  for (const xml::Element* element : children(root, "color")) {
    const xml::Attribute* name = element->find("name");
    const xml::Attribute* value = element->find("value");
    if (name == nullptr || value == nullptr) continue;
    const auto color = parse_hex_color(value->value);
    if (!color) diags.error(value->value_at, fmt::format("'{}' is not a colour; expected #rrggbb or #rgb", xml::excerpt(value->value)));
    if (!is_name(name->value)) diags.error(name->value_at, fmt::format("'{}' cannot be the name of a colour", xml::excerpt(name->value))).hint("use letters, digits, '-' and '_', with a letter first");
    if (name->value == "none") diags.error(name->value_at, "a colour cannot be named 'none', which means no colour").meaning();
    // A name is known even when its colour is wrong: one fault, not one for each use.
    if (!own.try_emplace(name->value, color.value_or(Color{})).second) diags.error(name->value_at, fmt::format("colour '{}' is defined twice", xml::excerpt(name->value))).meaning();
  }
  for (const auto& [name, color] : own) colors.insert_or_assign(name, color);
}

void read_file_into(LayoutDefinition& layout, const SourceFile& file, int layer, Diagnostics& diags) {
  const Context context{diags, layout.colors, file.folder, layout.folder};
  for (const xml::Element* page : children(file.root, "page")) layout.pages.push_back(read_page(*page, context));
  for (const xml::Element* sheet : children(file.root, "sheet")) layout.sheet = read_sheet(*sheet, context);
  for (const xml::Element* fit : children(file.root, "fit")) {
    if (auto rule = read_fit(*fit, diags)) layout.fit = rule;
  }
  for (const xml::Element* style : children(file.root, "style")) {
    if (auto rule = read_style(*style, context)) {
      rule->layer = layer;
      layout.styles.push_back(*std::move(rule));
    }
  }
}

void check_profile(const SourceFile& profile, Diagnostics& diags) {
  if (const xml::Attribute* extends = profile.root.find("extends")) diags.error(extends->at, "a profile extends nothing").hint("it is laid over any layout").meaning();
  for (const char* name : {"color", "body", "sheet", "fit"}) {
    for (const xml::Element* element : children(profile.root, name)) diags.error(element->at, fmt::format("<{}> may not stand in a profile", name)).hint("a profile holds <page> and <style>").meaning();
  }
}

// Names of colours are looked up only when all colours are known: a layout that changes one changes what it inherits as well.
Result<LayoutDefinition> merge(const std::vector<const SourceFile*>& chain, const SourceFile* profile, Diagnostics& diags) {
  LayoutDefinition layout;
  const SourceFile& last = *chain.back();
  layout.id = last.root.value("id");
  layout.title = last.root.value("title");
  layout.at = last.root.at;
  layout.folder = last.folder;
  std::string digests;
  for (const SourceFile* file : chain) {
    read_colors(file->root, layout.colors, diags);
    digests += file->digest;
  }
  const xml::Element* body = nullptr;
  const SourceFile* body_file = nullptr;
  for (const SourceFile* file : chain) {
    read_file_into(layout, *file, kLayoutLayer, diags);
    const auto bodies = children(file->root, "body");
    if (bodies.empty()) continue;
    body = bodies.front();
    body_file = file;
  }
  if (body != nullptr) layout.body = read_items(*body, Place::Body, {diags, layout.colors, body_file->folder, layout.folder});
  else diags.error(layout.at, fmt::format("layout '{}' has no <body>, nor has any that it extends", layout.id)).hint("a layout without a body can only be extended").meaning();
  if (profile != nullptr) {
    check_profile(*profile, diags);
    read_file_into(layout, *profile, kProfileLayer, diags);
    digests += profile->digest;
  }
  layout.digest = sha256_hex(digests);
  return layout;
}

}  // namespace

Result<LayoutDefinition> read_layout(const std::filesystem::path& layouts, std::string_view name, std::string_view profile, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
  SourceFiles files(layouts, diags);
  const SourceFile* file = files.find(name);
  const SourceFile* over = profile.empty() ? nullptr : files.find_profile(profile);
  const auto chain = file != nullptr ? files.chain(*file) : std::vector<const SourceFile*>{};
  if (chain.empty()) return tl::unexpected(Failure{});
  auto layout = merge(chain, over, diags);
  if (diags.error_count() > errors) return tl::unexpected(Failure{});
  return layout;
}

Result<LayoutDefinition> parse_layout(std::string_view xml, std::string_view shown, const std::filesystem::path& folder, Diagnostics& diags) {
  const std::size_t errors = diags.error_count();
  SourceFiles files(folder, diags);
  auto file = files.parse(xml, shown, {});
  if (!file) return tl::unexpected(Failure{});
  file->folder = folder;
  const auto chain = files.chain(*file);
  if (chain.empty()) return tl::unexpected(Failure{});
  auto layout = merge(chain, nullptr, diags);
  if (diags.error_count() > errors) return tl::unexpected(Failure{});
  return layout;
}

}  // namespace handout::layouts
